package io.opsconductor.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.runner.credential.CredentialSource;
import io.opsconductor.runner.inventory.DatabaseAddress;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.mask.Masker;
import io.opsconductor.tool.CommandRendering.Surroundings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SqliteExecutorTest {
    private static final String FOREVER =
            "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n";

    private final Masker masker = new Masker();
    private final DatabaseExecutor executor =
            new DatabaseExecutor(new CredentialSource(masker, Map.of(), Path.of("age.txt")), masker);

    @TempDir
    Path folder;

    @BeforeEach
    void fill() throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("jobs.db"));
                var statement = connection.createStatement()) {
            statement.execute("create table jobs (id integer primary key, name text, payload blob)");
            statement.execute("insert into jobs values (1, 'a' || char(10) || 'b', x'00ff'), (2, null, null)");
        }
    }

    @AfterEach
    void close() {
        executor.close();
    }

    @Test
    void aFileIsReadAndChanged() {
        assertThat(run("select id, name, payload from jobs order by id", true))
                .isInstanceOfSatisfying(
                        TargetOutcome.Answered.class,
                        answered -> assertThat(answered.stdout().text()).isEqualTo("""
                id  name  payload
                --  ----  -------
                 1  a\\nb  0x00ff
                 2  NULL  NULL
                (2 rows)
                """));
        assertThat(run("delete from jobs where id = 2", false))
                .isInstanceOfSatisfying(
                        TargetOutcome.Answered.class,
                        answered -> assertThat(answered.stdout().text()).isEqualTo("1 row affected\n"));
    }

    @Test
    void theShippedToolListsTables() {
        RenderedCommand.Statement statement =
                (RenderedCommand.Statement) ShippedTools.rendered("sqlite_tables", Map.of(), Surroundings.PLAIN);
        assertThat(((TargetOutcome.Answered) run(statement.sql(), true))
                        .stdout()
                        .text())
                .contains("table  jobs");
    }

    @Test
    void aReaderCannotChangeTheFile() throws Exception {
        byte[] before = Files.readAllBytes(folder.resolve("jobs.db"));
        for (String statement : List.of("delete from jobs", "drop table jobs", "pragma user_version = 7", "vacuum")) {
            assertThat(run(statement, true).reason()).as(statement).isNotEmpty();
        }
        run("pragma query_only = false", true);
        assertThat(run("delete from jobs", true).reason()).contains("a tool with effect read may not");
        assertThat(Files.readAllBytes(folder.resolve("jobs.db"))).isEqualTo(before);
    }

    @Test
    void aFileThatIsNotThereIsNoNewDatabase() {
        assertThat(run(folder.resolve("gone.db"), "select 1", true, Duration.ofSeconds(5)))
                .isEqualTo(new TargetOutcome.NotStarted(
                        "unknown_database",
                        "The database file " + folder.resolve("gone.db")
                                + " of jobs-db is not there. Nothing was run. Correct its path in the inventory."));
        assertThat(folder.resolve("gone.db")).doesNotExist();
    }

    @Test
    void aStatementThatNeverEndsIsEnded() {
        assertThat(run(folder.resolve("jobs.db"), FOREVER, true, Duration.ofSeconds(1)))
                .isInstanceOfSatisfying(
                        TargetOutcome.TimedOut.class,
                        late -> assertThat(late.reason()).isEqualTo("It was still running after 1 s and was ended."));
    }

    @Test
    void cancellingEndsAStatementThatRuns() throws Exception {
        Cancellation cancellation = new Cancellation();
        CountDownLatch ended = new CountDownLatch(1);
        Thread canceller = Thread.ofVirtual().start(() -> {
            while (ended.getCount() > 0 && !isRunning()) {
                Thread.onSpinWait();
            }
            cancellation.cancel("bob cancelled it.");
        });
        TargetOutcome outcome = run(folder.resolve("jobs.db"), FOREVER, true, Duration.ofSeconds(20), cancellation);
        ended.countDown();
        canceller.join();

        assertThat(outcome.reason()).isEqualTo("It was ended. bob cancelled it.");
        assertThat(outcome).isInstanceOf(TargetOutcome.Cancelled.class);
    }

    /** Whether a thread is at SQLite's own code. */
    private static boolean isRunning() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().equals("statement"))
                .anyMatch(thread -> List.of(thread.getValue()).stream()
                        .anyMatch(frame -> frame.getClassName().startsWith("org.sqlite.core.NativeDB")
                                && frame.getMethodName().equals("step")));
    }

    @Test
    void twoStatementsInOneAreNotBothRun() {
        assertThat(run("select 1; delete from jobs", false).reason()).contains("more than one statement");
        assertThat(((TargetOutcome.Answered) run("select count(*) as n from jobs", true))
                        .stdout()
                        .text())
                .isEqualTo("n\n-\n2\n(1 row)\n");
    }

    @Test
    void aMistakeIsNamed() {
        assertThat(run("selekt 1", true).reason())
                .startsWith("The database of jobs-db does not understand the statement: ")
                .contains("syntax error");
    }

    private TargetOutcome run(String sql, boolean readOnly) {
        return run(folder.resolve("jobs.db"), sql, readOnly, Duration.ofSeconds(10));
    }

    private TargetOutcome run(Path file, String sql, boolean readOnly, Duration timeout) {
        return run(file, sql, readOnly, timeout, new Cancellation());
    }

    private TargetOutcome run(Path file, String sql, boolean readOnly, Duration timeout, Cancellation cancellation) {
        DatabaseAddress address = new DatabaseAddress(DatabaseAddress.Kind.SQLITE, 0, "", file, false, null, "", null);
        Target target = new Target(
                "jobs-db", List.of(), "", 22, "sqlite", "", List.of(), Map.of(), null, List.of(), null, null, address);
        return executor.run(
                new StepCommand(
                        "execution-1",
                        new RenderedCommand.Statement(sql, List.of(), readOnly, 100),
                        new Place.OnTarget(target),
                        timeout,
                        64 * 1024),
                (channel, text) -> {},
                cancellation);
    }
}
