package io.opsconductor.runner;

import static io.opsconductor.runner.TestCaller.plan;
import static io.opsconductor.runner.TestCaller.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.counterpart.store.TestStore;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import io.opsconductor.kit.store.StorePlace;
import io.opsconductor.kit.store.command.StoreCommand;
import io.opsconductor.plan.ExecuteRequest;
import io.opsconductor.plan.ExecutionAnswer;
import io.opsconductor.plan.Tenant;
import io.opsconductor.runner.attestation.ApprovalKeys;
import io.opsconductor.runner.trail.HomeFiles;
import io.opsconductor.runner.trail.Proof;
import io.opsconductor.runner.trail.Trail;
import io.opsconductor.runner.trail.TrailReader;
import io.opsconductor.runner.trail.Verification;
import io.opsconductor.runner.trail.Whose;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The runner's store, from version to version and from its file to a server. */
class RunnerStoreTest {
    @TempDir
    Path directory;

    private ExecuteRequest ran(TestHome home) {
        try (Runner runner = Main.start(home.settings(), home.environment(), Clock.systemUTC());
                TestCaller chatbot = TestCaller.as("chatbot", home.path(), runner.apiPort())) {
            ExecuteRequest request = chatbot.approved(
                    plan(step("note", Map.of("file", directory.resolve("ran").toString()))), "web:alice", "web:bob");
            assertThat(chatbot.execute(request).status()).isEqualTo(200);
            return request;
        }
    }

    @Test
    void aRunnerGoesOnInPostgreSqlWhereItsFileEnded() throws Exception {
        TestHome before = TestHome.make(directory.resolve("home"), TestStore.SQLITE);
        ExecuteRequest request = ran(before);
        TestHome after = new TestHome(before.path(), TestStore.POSTGRESQL);
        CommandLine command = StoreCommand.of("runner", "db/runner", after.environment());
        StringWriter out = new StringWriter();
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(out, true));
        assertThat(command.execute("migrate", "runner")).as(out.toString()).isZero();

        try (Runner runner = Main.start(after.settings(), after.environment(), Clock.systemUTC());
                TestCaller chatbot = TestCaller.as("chatbot", after.path(), runner.apiPort())) {
            ExecutionAnswer answer =
                    chatbot.get("/executions/" + request.executionId()).as(ExecutionAnswer.class);
            assertThat(answer.stepResults())
                    .singleElement()
                    .satisfies(result -> assertThat(result.stdout()).isEqualTo("done\n"));
            // Its id and its digest are used up.
            assertThat(chatbot.execute(request).status()).isEqualTo(200);
            assertThat(directory.resolve("ran")).hasContent("ran");
        }
        HomeFiles files = HomeFiles.of(after.path(), after.environment());
        assertThat(Verification.of(files, List.of("runner")).defects()).isEmpty();
        Optional<Trail> trail = new TrailReader(
                        files,
                        _ -> new ApprovalKeys(after.path().resolve("keys")),
                        new Whose(Optional.of(Tenant.DEFAULT)))
                .of(request.executionId());
        assertThat(trail.orElseThrow().proofs()).isNotEmpty().allMatch(Proof::holds);
    }

    @Test
    void aCopyOfTheJournalThatWasChangedInPostgreSqlIsFound() throws Exception {
        TestHome home = TestHome.make(directory.resolve("home"), TestStore.POSTGRESQL);
        ran(home);
        HomeFiles files = HomeFiles.of(home.path(), home.environment());
        assertThat(Verification.of(files, List.of("runner")).defects()).isEmpty();
        StorePlace store = home.settings().store();
        try (Database database = Database.existing(store)) {
            database.change("update journal set hash = 'other' where seq = 2");
        }
        assertThat(Verification.of(files, List.of("runner")).defects().toString())
                .contains("is not the line that the store has a copy of as number 2")
                .contains("keep both, " + store + " and the file");
    }

    /** What a store of each version was given, in the columns that it had. */
    private static final List<String> CONTENT = List.of(
            "insert into journal values (1, 'at', 'started', '', '', '', 'hash', 'line')",
            "insert into preview (digest, nonce, request, preview, expires_at_ms) values ('d1', 'n1', 'r', 'p', 4000000000000)",
            "insert into execution (id, digest, request_digest, conversation, requester, preview, accepted_at, status,"
                    + " ended_at, summary) values ('e1', 'd1', 'q', 'c1', 'web:alice', 'p', '2026-01-01T00:00:00Z',"
                    + " 'succeeded', '2026-01-01T00:00:01Z', '{}')",
            "insert into target_run values ('e1', 0, 0, 'ping', 'web-01', 'ENDED', '{\"a\":1}')",
            "insert into event values ('e1', 1, '2026-01-01T00:00:00Z', 'accepted', -1, -1)");

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3", "4"})
    void aStoreOfEachVersionIsBroughtUpToDateAndCopied(String version) throws Exception {
        Path home = directory.resolve("old" + version);
        Path file = StorePlace.file(home, "runner");
        Files.createDirectories(file.getParent());
        Flyway.configure()
                .dataSource("jdbc:sqlite:" + file, "", "")
                .locations("classpath:db/runner")
                .target(version)
                .load()
                .migrate();
        try (Database old = Database.existing(file)) {
            CONTENT.forEach(old::change);
        }
        Map<String, String> settings = new HashMap<>(TestStore.POSTGRESQL.settings("runner", home));
        settings.put("OPSCONDUCTOR_HOME", home.toString());
        StringWriter out = new StringWriter();
        CommandLine command = StoreCommand.of("runner", "db/runner", settings);
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(out, true));
        assertThat(command.execute("migrate", "runner")).as(out.toString()).isZero();
        for (StorePlace place : List.of(new StorePlace.InFile(file), StorePlace.of("runner", home, settings))) {
            try (Database now = Database.open(place, "db/runner")) {
                assertThat(now.query(
                                "select tenant, public_id, outputs from execution",
                                row -> Rows.text(row, "tenant")
                                        + Rows.text(row, "public_id")
                                        + Rows.text(row, "outputs")))
                        .containsExactly(version.equals("1") || version.equals("2") ? "defaulte1kept" : "defaultkept");
                assertThat(now.query("select result from target_run", row -> Rows.text(row, "result")))
                        .containsExactly(
                                version.equals("1")
                                        ? "{\"result\":{\"a\":1},\"stdout_file\":\"\",\"stderr_file\":\"\"}"
                                        : "{\"a\":1}");
                assertThat(now.query("select line from journal", row -> Rows.text(row, "line")))
                        .containsExactly("line");
                assertThat(now.query("select tenant from preview", row -> Rows.text(row, "tenant")))
                        .containsExactly("default");
            }
        }
    }
}
