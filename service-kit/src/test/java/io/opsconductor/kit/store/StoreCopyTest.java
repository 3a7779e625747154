package io.opsconductor.kit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.counterpart.store.PostgreSqlServer;
import io.opsconductor.kit.journal.Journal;
import io.opsconductor.kit.store.command.StoreCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** From a file to a server, with the command that people use. */
@Timeout(60)
class StoreCopyTest {
    @TempDir
    Path home;

    private final PostgreSqlServer.Place place = PostgreSqlServer.shared().place();
    private final Map<String, String> settings = new HashMap<>(place.settings("test"));
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void fill() {
        settings.put("OPSCONDUCTOR_HOME", home.toString());
        settings.put("OPSCONDUCTOR_TEST_STORE_PATIENCE", "0s");
        try (Database file = Database.open(file(), "db/test")) {
            file.transaction(tx -> {
                for (int i = 0; i < 1_200; i++) {
                    tx.dml("insert into thing (id, note) values (?, ?)", "t" + i, "Ä 🐘 \\ '" + i);
                    tx.dml("insert into follows (thing, position) values (?, ?)", "t" + i, 7_000_000_000L);
                }
                return true;
            });
            file.change("insert into numbered (what) values ('first')");
            file.change("insert into numbered (number, what) values (41, 'last')");
        }
    }

    private Path file() {
        return StorePlace.file(home, "test");
    }

    private StorePlace server() {
        return StorePlace.of("test", home, settings);
    }

    private int run(String... arguments) {
        CommandLine line = StoreCommand.of("test", "db/test", settings);
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    private void onServer(String sql) {
        try (Connection connection = place.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    private static List<String> things(Database database) {
        return database.query(
                "select id, note from thing order by id", row -> Rows.text(row, "id") + Rows.text(row, "note"));
    }

    @Test
    void everyTableIsCopiedAndTheProcessGoesOnThere() throws IOException {
        byte[] before = Files.readAllBytes(file());

        assertThat(run("migrate", "test")).as(err.toString()).isZero();

        assertThat(out.toString().lines())
                .contains("  thing                       1,200 rows", "  numbered                        2 rows")
                .endsWith(
                        "Copied 5 tables with 2402 rows to " + place.url() + "; each was read back and is the same.",
                        "Next: start the test with these settings. It reads " + file()
                                + " no more: keep it until you are content, then delete it.");
        try (Database there = Database.open(server(), "db/test");
                Database here = Database.existing(file())) {
            assertThat(things(there)).hasSize(1_200).isEqualTo(things(here));
            there.change("insert into numbered (what) values ('next')");
            assertThat(there.query("select number from numbered order by number", row -> Rows.number(row, "number")))
                    .containsExactly(1L, 41L, 42L);
        }
        assertThat(Files.readAllBytes(file())).isEqualTo(before);
        try (Stream<Path> left = Files.list(file().getParent())) {
            assertThat(left.map(Path::getFileName).map(Path::toString))
                    .allMatch(name -> name.startsWith("store.db") && !name.contains("copying"));
        }
    }

    @Test
    void aDatabaseThatHasContentAlreadyIsLeftAsItIs() {
        try (Database there = Database.open(server(), "db/test")) {
            there.change("insert into thing (id, note) values ('theirs', '')");
        }
        assertThat(run("migrate", "test")).isEqualTo(3);
        assertThat(err.toString())
                .contains("the database " + place.url()
                        + " is not empty: its table thing has rows already; name an empty one, nothing was copied");
        try (Database there = Database.existing(server())) {
            assertThat(things(there)).containsExactly("theirs");
        }
    }

    @Test
    void whatIsKeptOtherwiseThanItWasIsNoticedAndTakenBack() {
        Database.open(server(), "db/test").close();
        onServer("create function changed() returns trigger language plpgsql as"
                + " $$ begin new.what := 'changed'; return new; end $$");
        onServer("create trigger changing before insert on numbered for each row execute function changed()");
        assertThat(run("migrate", "test")).isEqualTo(3);
        assertThat(err.toString())
                .contains("the table numbered does not hold in the database what it holds in the file (2 of 2 rows):"
                        + " nothing was copied");
        try (Database there = Database.existing(server())) {
            assertThat(things(there)).isEmpty();
        }
    }

    @Test
    void aDatabaseThatAProcessUsesIsRefused() {
        try (Database there = Database.open(server(), "db/test")) {
            assertThat(run("migrate", "test")).isEqualTo(3);
            assertThat(err.toString()).contains("another process uses the store " + place.url());
            assertThat(things(there)).isEmpty();
        }
    }

    @Test
    void aProcessThatRunsIsToBeStoppedFirst() {
        try (Journal _ = Journal.open(home.resolve("test/journal"), "test", Clock.systemUTC(), entry -> {})) {
            assertThat(run("migrate", "test")).isEqualTo(3);
        }
        assertThat(err.toString()).isEqualToIgnoringNewLines("The test runs: stop it, then ask again.");
    }

    @Test
    void whatPostgreSqlDoesNotKeepIsReplacedAndTold() {
        try (Database file = Database.open(file(), "db/test")) {
            file.change("update thing set note = ? where id = 't7'", "a\0b");
        }
        assertThat(run("migrate", "test")).as(err.toString()).isZero();
        assertThat(out.toString()).contains("1,200 rows, in which 1 texts had a NUL, now U+FFFD");
        try (Database there = Database.existing(server())) {
            assertThat(things(there)).contains("t7a\uFFFDb");
        }
    }

    @Test
    void whoeverNamesNoDatabaseIsToldHow() {
        settings.keySet().removeIf(name -> name.contains("STORE"));
        assertThat(run("migrate", "test")).isEqualTo(2);
        assertThat(err.toString())
                .contains("The settings of the test name no database: set store.url, store.user and store.password, as"
                        + " variables OPSCONDUCTOR_TEST_STORE_URL and so on");
    }

    @Test
    void aBackupOfAFileIsMadeWhileItIsWrittenAndCanTakeItsPlace() throws IOException {
        settings.keySet().removeIf(name -> name.contains("STORE"));
        Path copy = home.resolve("copy.db");
        List<String> then;
        try (Database running = Database.open(file(), "db/test")) {
            running.change("insert into thing (id, note) values ('late', '')");
            then = things(running);
            assertThat(run("backup", "test", copy.toString()))
                    .as(err.toString())
                    .isZero();
            running.change("delete from follows");
            running.change("delete from thing");
        }
        assertThat(Files.getPosixFilePermissions(copy))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        assertThat(run("backup", "test", copy.toString())).isEqualTo(3);
        assertThat(err.toString()).contains("copy.db is there already: name another file");
        assertThat(run("backup", "test", home.resolve("nowhere/copy.db").toString()))
                .isEqualTo(3);
        assertThat(err.toString()).contains("nowhere/copy.db cannot be made");
        Files.deleteIfExists(Path.of(file() + "-wal"));
        Files.deleteIfExists(Path.of(file() + "-shm"));
        Files.move(copy, file(), StandardCopyOption.REPLACE_EXISTING);
        try (Database restored = Database.open(file(), "db/test")) {
            assertThat(things(restored)).isEqualTo(then).contains("late");
        }
    }

    @Test
    void aBackupOfAServerIsItsOwnToolsWork() {
        assertThat(run("backup", "test", home.resolve("copy.db").toString())).isEqualTo(3);
        assertThat(err.toString()).contains("back it up with PostgreSQL's own tools, such as pg_dump");
    }
}
