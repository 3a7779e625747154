package io.opsconductor.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.runner.inventory.DatabaseAddress;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PostgreSqlExecutorTest extends DatabaseExecutorTest {
    private @Nullable EmbeddedPostgres server;

    private EmbeddedPostgres server() {
        return java.util.Objects.requireNonNull(server, "started before every test");
    }

    @Override
    DatabaseAddress.Kind kind() {
        return DatabaseAddress.Kind.POSTGRESQL;
    }

    @Override
    int port() {
        return server().getPort();
    }

    @Override
    Connection administrator() throws SQLException {
        return server().getDatabase("postgres", "shop").getConnection();
    }

    @Override
    String sleep(int seconds) {
        return "select pg_sleep(" + seconds + ")";
    }

    @Override
    String running() {
        return "select count(*) from pg_stat_activity where usename = 'ops' and state = 'active'";
    }

    @Override
    String limit() {
        return "select current_setting('statement_timeout') as s";
    }

    @Override
    String encryption() {
        return "select version from pg_stat_ssl where pid = pg_backend_pid()";
    }

    @Override
    void start() throws Exception {
        server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "off")
                .setServerConfig("ssl", "on")
                .setServerConfig(
                        "ssl_cert_file", certificates.resolve("server.pem").toString())
                .setServerConfig(
                        "ssl_key_file", certificates.resolve("server-key.pem").toString())
                .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                .setPGStartupWait(Duration.ofMinutes(1))
                .start();
        try (Connection connection = server().getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database shop");
            statement.execute("create role ops login password '" + PASSWORD + "'");
        }
        administer("grant all on schema public to ops");
        administer("alter default privileges in schema public grant all on tables to ops");
        administer("grant create on database shop to ops");
        administer("create extension pg_stat_statements");
        administer("create table own (id integer primary key)");
        administer("alter table own owner to ops");
        // Everybody who is not the administrator needs the password.
        java.nio.file.Path rules = java.nio.file.Path.of(setting("hba_file"));
        java.nio.file.Files.writeString(
                rules, "host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n");
        administer("select pg_reload_conf()");
    }

    private String setting(String name) throws SQLException {
        try (Connection connection = administrator();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("show " + name)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Override
    void stop() throws Exception {
        server().close();
    }

    @Override
    List<String> toolRuns() {
        return List.of(
                "pg_activity ~ - ~ statement",
                "pg_activity ~ state=idle ~ ops",
                "pg_cancel_query ~ pid=VICTIM ~ t",
                "pg_connections ~ - ~ allowed",
                "pg_database_sizes ~ - ~ shop",
                "pg_locks ~ - ~ (0 rows)",
                "pg_long_transactions ~ age=1d ~ (0 rows)",
                "pg_replication ~ - ~ (0 rows)",
                "pg_replication_slots ~ - ~ (0 rows)",
                "pg_settings ~ name=work_mem ~ maintenance_work_mem",
                "pg_slow_queries ~ count=5 ~ mean_ms",
                "pg_table_sizes ~ count=50 ~ orders",
                "pg_terminate_backend ~ pid=VICTIM ~ t",
                "pg_unused_indexes ~ - ~ (0 rows)",
                "pg_vacuum ~ table=public.own ~ 0 rows affected",
                "pg_vacuum_state ~ - ~ analysed");
    }

    @Override
    String sessionId() {
        return "select pg_backend_pid()";
    }

    @Override
    Connection victim() throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port() + "/shop", "ops", PASSWORD);
    }

    @Test
    void theToolForLocksShowsWhoBlocksWhom() throws Exception {
        // Only the statistics of its own sessions are an account's to see.
        administer("grant pg_monitor to ops");
        theToolShowsWhoBlocksWhom("pg_locks", "update orders set amount = amount where id = 1");
        administer("revoke pg_monitor from ops");
    }

    @Test
    void aReadOnlySessionCannotBeTalkedIntoWriting() throws Exception {
        for (String statement : List.of(
                "set transaction read write",
                "select set_config('transaction_read_only', 'off', false)",
                "set session characteristics as transaction read write",
                "commit",
                "with gone as (delete from orders returning id) select count(*) from gone",
                "explain analyze delete from orders")) {
            run(read(statement));
            assertThat(run(read("delete from orders")).reason()).as(statement).contains("may not");
            assertThat(count("select count(*) from orders")).as(statement).isEqualTo(4);
        }
    }

    @Test
    void aSyntaxErrorHasItsPosition() {
        assertThat(run(read("select 1 frm x")).reason())
                .isEqualTo("The database of orders-db does not understand the statement: syntax error at or near \"x\","
                        + " at character 14. Correct the tool.");
    }

    @Test
    void whatTheAccountMayNotDoIsNamed() {
        assertThat(run(read("select * from pg_authid")).reason())
                .isEqualTo("The account ops has no right to do this on orders-db (permission denied for table"
                        + " pg_authid).");
    }

    @Test
    void aSessionThatTheServerEndsIsNamed() throws Exception {
        Thread terminator = Thread.ofVirtual().start(() -> {
            try {
                while (count(running()) == 0) {
                    Thread.onSpinWait();
                }
                administer("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'ops'");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        TargetOutcome outcome = run(change(sleep(20)));
        terminator.join();

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        TargetOutcome.Interrupted.class,
                        lost -> assertThat(lost.reason())
                                .isEqualTo(
                                        "The connection to the database of orders-db was lost while the statement ran, so whether it"
                                                + " took effect is unknown. Look there before running it again."));
    }
}
