package io.opsconductor.runner.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.opsconductor.counterpart.net.FreePort;
import io.opsconductor.runner.inventory.DatabaseAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Needs MariaDB's server program, which the launcher's test command installs. */
class MariaDbExecutorTest extends DatabaseExecutorTest {
    private static final Path SERVER = Path.of("/usr/sbin/mariadbd");
    private static final Duration START = Duration.ofSeconds(30);

    private @Nullable Process process;
    private @Nullable Path folder;
    private int port;

    @Override
    DatabaseAddress.Kind kind() {
        return DatabaseAddress.Kind.MARIADB;
    }

    @Override
    int port() {
        return port;
    }

    @Override
    Connection administrator() throws SQLException {
        return DriverManager.getConnection("jdbc:mariadb://127.0.0.1:" + port + "/shop?user=admin&password=admin");
    }

    @Override
    String sleep(int seconds) {
        return "select sleep(" + seconds + ")";
    }

    @Override
    String running() {
        return "select count(*) from information_schema.processlist where user = 'ops' and command in ('Query',"
                + " 'Execute')";
    }

    @Override
    String limit() {
        return "select @@max_statement_time as s";
    }

    @Override
    String encryption() {
        return "show session status like 'Ssl_version'";
    }

    @Override
    void start() throws Exception {
        assumeTrue(Files.isExecutable(SERVER), "MariaDB's server is not installed");
        Path own = Files.createTempDirectory("mariadb");
        folder = own;
        Files.createDirectories(own.resolve("data/mysql"));
        Path script = Files.writeString(own.resolve("init.sql"), """
                create database shop;
                create user ops@'127.0.0.1' identified by '%s';
                create user admin@'127.0.0.1' identified by 'admin';
                grant all on *.* to admin@'127.0.0.1';
                grant all on shop.* to ops@'127.0.0.1';
                grant process, replica monitor on *.* to ops@'127.0.0.1';
                grant select on performance_schema.* to ops@'127.0.0.1';
                """.formatted(PASSWORD));
        Process install = new ProcessBuilder(
                        "mariadb-install-db",
                        "--no-defaults",
                        "--datadir=" + own.resolve("data"),
                        "--auth-root-authentication-method=normal",
                        "--skip-test-db",
                        "--user=" + System.getProperty("user.name"))
                .redirectErrorStream(true)
                .redirectOutput(own.resolve("install.log").toFile())
                .start();
        assertThat(install.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(install.exitValue())
                .as(Files.readString(own.resolve("install.log")))
                .isZero();
        port = FreePort.find();
        List<String> command = new ArrayList<>(List.of(
                SERVER.toString(),
                "--no-defaults",
                "--datadir=" + own.resolve("data"),
                "--socket=" + own.resolve("s"),
                "--pid-file=" + own.resolve("pid"),
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--init-file=" + script,
                "--innodb-flush-log-at-trx-commit=0",
                "--ssl-cert=" + certificates.resolve("server.pem"),
                "--ssl-key=" + certificates.resolve("server-key.pem"),
                "--skip-name-resolve"));
        // MariaDB starts as root only when it is told so.
        command.add("--user=" + System.getProperty("user.name"));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(own.resolve("server.log").toFile())
                .start();
        awaitAnswer(own);
    }

    private void awaitAnswer(Path own) throws IOException {
        long deadline = System.nanoTime() + START.toNanos();
        while (true) {
            try (Connection connection = administrator()) {
                assertThat(connection.isValid(5)).isTrue();
                return;
            } catch (SQLException e) {
                assertThat(System.nanoTime())
                        .as(e + "\n" + Files.readString(own.resolve("server.log")))
                        .isLessThan(deadline);
                Thread.onSpinWait();
            }
        }
    }

    @Override
    void stop() throws Exception {
        if (process != null) {
            process.destroy();
            process.waitFor(20, TimeUnit.SECONDS);
        }
        if (folder != null) {
            delete(folder);
        }
    }

    @Override
    List<String> toolRuns() {
        return List.of(
                "mariadb_locks ~ - ~ (0 rows)",
                "mysql_connections ~ - ~ allowed",
                "mysql_database_sizes ~ - ~ shop",
                "mysql_kill_query ~ session=VICTIM ~ 0 rows affected",
                "mysql_kill_session ~ session=VICTIM ~ 0 rows affected",
                "mysql_processlist ~ - ~ ops",
                "mysql_replication ~ - ~ (0 rows)",
                "mysql_slow_queries ~ count=5 ~ mean_ms",
                "mysql_table_sizes ~ count=500 ~ orders",
                "mysql_transactions ~ - ~ rows_locked",
                "mysql_variables ~ name=max_connections ~ max_connections");
    }

    @Override
    String sessionId() {
        return "select connection_id()";
    }

    @Override
    Connection victim() throws SQLException {
        return DriverManager.getConnection("jdbc:mariadb://127.0.0.1:" + port + "/shop?user=ops&password=" + PASSWORD);
    }

    @Test
    void theToolForLocksShowsWhoBlocksWhom() throws Exception {
        theToolShowsWhoBlocksWhom("mariadb_locks", "update orders set amount = amount where id = 1");
    }

    @Test
    void aReadOnlySessionCannotBeTalkedIntoWriting() throws Exception {
        for (String statement : List.of(
                "set transaction read write",
                "set session transaction read write",
                "start transaction read write",
                "commit")) {
            run(read(statement));
            assertThat(run(read("delete from orders")).reason()).as(statement).contains("may not");
            assertThat(count("select count(*) from orders")).as(statement).isEqualTo(4);
        }
    }

    @Test
    void mySqlWhichTheDriverCannotResetIsLoggedInToAnew() {
        // MariaDB takes the same statements; what is asked is that nothing of a session outlives its statement.
        String session = "select connection_id() as id";
        String first = stdout(runAs(DatabaseAddress.Kind.MYSQL, read(session)));
        assertThat(stdout(runAs(DatabaseAddress.Kind.MYSQL, read(session)))).isNotEqualTo(first);
        String kept = stdout(run(read(session)));
        assertThat(stdout(run(read(session)))).isEqualTo(kept);
    }

    @Test
    void whatTheAccountMayNotDoIsNamed() {
        assertThat(run(read("select * from mysql.global_priv")).reason())
                .startsWith("The account ops has no right to do this on orders-db (");
    }
}
