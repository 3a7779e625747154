package io.opsconductor.runner;

import static io.opsconductor.runner.TestCaller.plan;
import static io.opsconductor.runner.TestCaller.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsconductor.counterpart.store.PostgreSqlServer;
import io.opsconductor.counterpart.store.TestStore;
import io.opsconductor.kit.config.InvalidSettingsException;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import io.opsconductor.plan.ExecuteRequest;
import io.opsconductor.plan.ExecutionAnswer;
import io.opsconductor.plan.ExecutionEvent;
import io.opsconductor.plan.ExecutionStatus;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.Step;
import io.opsconductor.plan.TargetResult;
import io.opsconductor.plan.TargetStatus;
import io.opsconductor.runner.store.ExecutionStore;
import io.opsconductor.runner.store.OutputFiles;
import io.opsconductor.runner.store.OutputTable;
import io.opsconductor.runner.trail.HomeFiles;
import io.opsconductor.runner.trail.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runners that share one database of PostgreSQL, each with a home of its own. */
@Timeout(120)
class SeveralRunnersTest {
    private static final String LEASE = "OPSCONDUCTOR_RUNNER_INSTANCE_LEASE";

    @TempDir
    Path directory;

    private TestHome home;
    private TestHome otherHome;
    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeEach
    void prepare() throws IOException {
        home = TestHome.make(directory.resolve("one"), TestStore.POSTGRESQL);
        home.tool("long", "change", "seq 1 2000", List.of());
        home.tool(
                "until",
                "change",
                "sh -c 'echo begun; until test -e \"$0\"; do sleep 0.02; done; echo done' {file}",
                List.of("file: path"));
        try (Stream<Path> all = Files.walk(home.path())) {
            for (Path from : all.toList()) {
                Files.copy(
                        from,
                        directory.resolve("two").resolve(home.path().relativize(from)),
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        otherHome = new TestHome(directory.resolve("two"), TestStore.POSTGRESQL);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    /** A runner, and somebody who calls it as the chatbot does. */
    private record Running(Runner runner, TestCaller chatbot) {}

    private Map<String, String> environment(TestHome of, String... settings) {
        Map<String, String> environment = new HashMap<>(of.environment());
        environment.putAll(home.store().settings("runner", home.path()));
        environment.put("OPSCONDUCTOR_RUNNER_STORE_SHARED", "true");
        environment.put(LEASE, "20s");
        environment.put("OPSCONDUCTOR_RUNNER_STORE_CONNECTIONS", "4");
        for (int i = 0; i < settings.length; i += 2) {
            environment.put(settings[i], settings[i + 1]);
        }
        return environment;
    }

    private Running start(TestHome of, String... settings) {
        Map<String, String> environment = environment(of, settings);
        Runner runner = Main.start(RunnerSettings.read(environment), environment, Clock.systemUTC());
        TestCaller chatbot = TestCaller.as("chatbot", of.path(), runner.apiPort());
        open.add(runner);
        open.add(chatbot);
        return new Running(runner, chatbot);
    }

    private Database store() {
        return Database.existing(RunnerSettings.read(environment(home)).store());
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private static ExecutionAnswer answer(Running at, ExecuteRequest request) {
        return at.chatbot().get("/executions/" + request.executionId()).as(ExecutionAnswer.class);
    }

    private Plan one(String tool, String file) {
        return plan(step(tool, Map.of("file", directory.resolve(file).toString())));
    }

    @Test
    void ofAHundredSendsOfOneRequestToTwoRunnersOneRuns() throws Exception {
        List<Running> runners = List.of(start(home), start(otherHome));
        ExecuteRequest request = runners.getFirst().chatbot().approved(one("note", "ran"), "web:alice", "web:bob");
        List<Callable<TestCaller.Answer>> sends = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Running to = runners.get(i % 2);
            sends.add(() -> to.chatbot().execute(request));
        }
        int first = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<TestCaller.Answer> sent : threads.invokeAll(sends)) {
                TestCaller.Answer answer = sent.get();
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.as(ExecutionAnswer.class)
                                .stepResults()
                                .getFirst()
                                .stdout())
                        .isEqualTo("done\n");
                first += answer.response()
                                .headers()
                                .firstValue("OpsConductor-Repeated")
                                .isEmpty()
                        ? 1
                        : 0;
            }
        }
        assertThat(first).isEqualTo(1);
        assertThat(directory.resolve("ran")).hasContent("ran");
    }

    @Test
    void ofManyIdsForOneApprovedPlanAtTwoRunnersOneRuns() throws Exception {
        List<Running> runners = List.of(start(home), start(otherHome));
        ExecuteRequest request = runners.getFirst().chatbot().approved(one("note", "ran"), "web:alice", "web:bob");
        List<Callable<TestCaller.Answer>> sends = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Running to = runners.get(i % 2);
            ExecuteRequest another = new ExecuteRequest(
                    TestCaller.newId(),
                    request.plan(),
                    request.tenantId(),
                    request.actorId(),
                    request.digest(),
                    request.attestations());
            sends.add(() -> to.chatbot().execute(another));
        }
        List<String> outcomes = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<TestCaller.Answer> sent : threads.invokeAll(sends)) {
                TestCaller.Answer answer = sent.get();
                outcomes.add(answer.status() == 200 ? "ran" : answer.status() + " " + answer.code());
            }
        }
        assertThat(outcomes).containsOnlyOnce("ran");
        assertThat(outcomes).containsOnly("ran", "409 already_executed");
        assertThat(directory.resolve("ran")).hasContent("ran");
    }

    @Test
    void whatOneRunsIsSeenFollowedAndCancelledAtTheOther() throws Exception {
        Running one = start(home);
        Running other = start(otherHome);
        ExecuteRequest request = one.chatbot().approved(one("hold", "held"), "web:alice", "web:bob");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                Fleet.Watched there = new Fleet.Watched(one.chatbot().executeStreaming(request))) {
            there.until("\"text\":\"begun");
            assertThat(answer(other, request).status()).isEqualTo(ExecutionStatus.RUNNING);
            Future<TestCaller.Answer> repeated =
                    threads.submit(() -> other.chatbot().execute(request));
            try (Fleet.Watched here = new Fleet.Watched(
                    other.chatbot().stream("/executions/" + request.executionId() + "/events?after=1"))) {
                here.until("target_started");
                assertThat(other.chatbot()
                                .post(
                                        "/executions/" + request.executionId() + "/cancel",
                                        Map.of("actor_id", "web:carol"))
                                .status())
                        .isEqualTo(202);
                List<ExecutionEvent> rest = here.rest();
                assertThat(rest.getLast())
                        .isInstanceOfSatisfying(
                                ExecutionEvent.Finished.class,
                                finished -> assertThat(finished.status()).isEqualTo(ExecutionStatus.CANCELLED));
            }
            there.rest();
            assertThat(repeated.get().as(ExecutionAnswer.class).status()).isEqualTo(ExecutionStatus.CANCELLED);
        }
        assertThat(answer(other, request).stepResults().getFirst().reason()).contains("carol cancelled it");
        assertThat(other.chatbot()
                        .post("/executions/" + request.executionId() + "/cancel", Map.of("actor_id", "web:carol"))
                        .code())
                .isEqualTo("already_ended");
    }

    @Test
    void aLongOutputOfOneIsReadAtTheOther() {
        Running one = start(home);
        Running other = start(otherHome);
        ExecuteRequest request = one.chatbot().approved(plan(step("long", Map.of())), "web:alice", "web:bob");
        String told = one.chatbot()
                .execute(request)
                .as(ExecutionAnswer.class)
                .stepResults()
                .getFirst()
                .stdout();
        assertThat(told).hasSizeGreaterThan(8_000).endsWith("2000\n");
        assertThat(answer(other, request).stepResults().getFirst().stdout()).isEqualTo(told);
    }

    @Test
    void eventsOfManyTargetsComeInOrderAtTheOtherAndNoneIsMissing() throws Exception {
        Running one = start(home);
        Running other = start(otherHome);
        Plan many = plan(Stream.generate(() -> step("free", Map.of())).limit(12).toArray(Step[]::new));
        ExecuteRequest request = one.chatbot().request(many, one.chatbot().preview(many, "web:alice"));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var ran = threads.submit(() -> one.chatbot().execute(request));
            await(() ->
                    other.chatbot().get("/executions/" + request.executionId()).status() == 200);
            try (Fleet.Watched here =
                    new Fleet.Watched(other.chatbot().stream("/executions/" + request.executionId() + "/events"))) {
                List<ExecutionEvent> events = here.rest();
                assertThat(events).isSortedAccordingTo((a, b) -> Long.compare(a.seq(), b.seq()));
                assertThat(events.stream().filter(ExecutionEvent.TargetFinished.class::isInstance))
                        .hasSize(12);
            }
            ran.get();
        }
    }

    @Test
    void aRunnerThatWasTakenForDeadStoresNothingOfItAndBeginsAgain() throws Exception {
        Running one = start(home, LEASE, "4s");
        Running other = start(otherHome);
        ExecuteRequest request = one.chatbot().approved(one("hold", "held"), "web:alice", "web:bob");
        try (Database store = store();
                Fleet.Watched there = new Fleet.Watched(one.chatbot().executeStreaming(request))) {
            there.until("\"text\":\"begun");
            assertThat(store.change(
                            "update runner_instance set state = 'dead' where epoch = (select owner from execution"
                                    + " where status = 'running')"))
                    .isEqualTo(1);
            // Whoever follows it at the one that lost it is told what the other one stored.
            assertThat(there.rest().getLast()).isInstanceOf(ExecutionEvent.Finished.class);
            await(() -> new TestJournal(home.path()).types().contains("execution_lost"));
            assertThat(answer(one, request)).isEqualTo(answer(other, request));
            // Unknown to the other one, unless the journal of the first told it in time that the command was cancelled.
            assertThat(answer(one, request).stepResults().getFirst().status())
                    .isIn(TargetStatus.INTERRUPTED, TargetStatus.CANCELLED);
            assertThat(store.query("select type from event where type like '%finished'", row -> Rows.text(row, "type")))
                    .containsExactlyInAnyOrder("target_finished", "finished");
        }
        assertThat(new TestJournal(otherHome.path()).types())
                .containsOnlyOnce("execution_continued")
                .containsOnlyOnce("execution_finished");
        assertThat(new TestJournal(home.path()).types()).doesNotContain("execution_finished");
        // Under its new number it takes new work.
        ExecuteRequest next = one.chatbot().approved(one("note", "ran"), "web:alice", "web:bob");
        await(() -> one.chatbot().execute(next).status() == 200);
        assertThat(directory.resolve("ran")).hasContent("ran");
    }

    @Test
    void aRunnerThatCannotRenewItsLeaseStartsNothingAndCancelsWhatRuns() throws Exception {
        Running one = start(home, LEASE, "4s");
        ExecuteRequest running = one.chatbot().approved(one("hold", "held"), "web:alice", "web:bob");
        ExecuteRequest waiting = one.chatbot().approved(one("note", "ran"), "web:alice", "web:bob");
        try (Fleet.Watched watched = new Fleet.Watched(one.chatbot().executeStreaming(running));
                Connection blocking = connect();
                Statement statement = blocking.createStatement()) {
            watched.until("\"text\":\"begun");
            blocking.setAutoCommit(false);
            statement.execute("select number from store_owner for update");
            await(() -> health(one).contains("to renew the lease of this runner"));
            assertThat(one.chatbot().execute(waiting).code()).isEqualTo("no_lease");
            await(() -> new TestJournal(home.path()).types().contains("step_finished"));
            blocking.commit();
            watched.rest();
        }
        ExecutionAnswer answer = answer(one, running);
        assertThat(answer.status()).isEqualTo(ExecutionStatus.CANCELLED);
        assertThat(answer.stepResults().getFirst().reason())
                .contains("could not renew its lease: its store did not answer in time.");
        // The approval of the other one was not used up.
        await(() -> one.chatbot().execute(waiting).status() == 200);
        assertThat(directory.resolve("ran")).hasContent("ran");
    }

    private Connection connect() throws SQLException {
        Map<String, String> environment = environment(home);
        return DriverManager.getConnection(
                environment.get("OPSCONDUCTOR_RUNNER_STORE_URL"), PostgreSqlServer.USER, PostgreSqlServer.PASSWORD);
    }

    private static String health(Running of) {
        return new PlainPage(of.runner().healthPort()).get("/health").body();
    }

    @Test
    void aRunnerThatIsToldToStopTakesNothingMoreAndEndsWithWhatItRuns() throws Exception {
        Running one = start(home, "OPSCONDUCTOR_RUNNER_SHUTDOWN_GRACE", "30s");
        Running other = start(otherHome);
        ExecuteRequest running = one.chatbot().approved(one("until", "go"), "web:alice", "web:bob");
        ExecuteRequest next = one.chatbot().approved(one("note", "ran"), "web:alice", "web:bob");
        CountDownLatch stopped = new CountDownLatch(1);
        open.remove(one.runner());
        try (Fleet.Watched watched = new Fleet.Watched(one.chatbot().executeStreaming(running))) {
            watched.until("\"text\":\"begun");
            Thread.ofVirtual().start(() -> {
                one.runner().close();
                stopped.countDown();
            });
            await(() -> health(one).contains("about to stop"));
            TestCaller.Answer refused = one.chatbot().execute(next);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.code()).isEqualTo("draining");
            assertThat(refused.response().headers().firstValue("Connection")).contains("close");
            assertThat(other.chatbot().execute(next).status()).isEqualTo(200);
            Files.writeString(directory.resolve("go"), "");
            assertThat(watched.rest().getLast()).isInstanceOf(ExecutionEvent.Finished.class);
        }
        stopped.await();
        assertThat(answer(other, running).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(directory.resolve("ran")).hasContent("ran");
    }

    @Test
    void aRunnerThatIsKilledIsNoticedAndItsExecutionSettledOnceByAnother() throws Exception {
        Running other = start(otherHome);
        Plan threeSteps = plan(
                step("free", Map.of()),
                step("hold", Map.of("file", directory.resolve("held").toString())),
                step("note", Map.of("file", directory.resolve("never").toString())));
        ExecuteRequest request;
        try (RunnerProcess one = RunnerProcess.start(environment(home, LEASE, "4s"));
                TestCaller chatbot = TestCaller.as("chatbot", home.path(), one.apiPort())) {
            request = chatbot.approved(threeSteps, "web:alice", "web:bob");
            try (Fleet.Watched watched = new Fleet.Watched(chatbot.executeStreaming(request))) {
                watched.until("\"text\":\"begun");
                try (Database store = store()) {
                    // Whoever finds no approvals does not go on with it.
                    assertThat(store.change("update execution set attestations = ''"))
                            .isEqualTo(1);
                }
                one.kill();
            }
        }
        try (Fleet.Watched watched =
                new Fleet.Watched(other.chatbot().stream("/executions/" + request.executionId() + "/events?after=3"))) {
            assertThat(watched.rest().getLast())
                    .isInstanceOfSatisfying(
                            ExecutionEvent.Finished.class,
                            finished -> assertThat(finished.status()).isEqualTo(ExecutionStatus.INTERRUPTED));
        }
        assertThat(answer(other, request).stepResults())
                .extracting(TargetResult::status)
                .containsExactly(TargetStatus.SUCCEEDED, TargetStatus.INTERRUPTED, TargetStatus.SKIPPED);
        assertThat(answer(other, request).stepResults().getLast().reason())
                .isEqualTo("Not started: the runner that led it stopped, and this one does not go on, because its"
                        + " approvals are not all in the store.");
        assertThat(Files.readString(directory.resolve("held"))).isEqualTo("begun\n");
        assertThat(directory.resolve("never")).doesNotExist();
        assertThat(new TestJournal(otherHome.path()).types())
                .containsOnlyOnce("execution_taken")
                .doesNotContain("execution_continued");
        // It comes back with its home, and has nothing to settle.
        Running again = start(home);
        assertThat(answer(again, request)).isEqualTo(answer(other, request));
        assertThat(new TestJournal(home.path()).types()).doesNotContain("execution_finished");
        for (TestHome each : List.of(home, otherHome)) {
            assertThat(Verification.of(HomeFiles.of(each.path(), environment(each)), List.of("runner"))
                            .defects())
                    .isEmpty();
        }
    }

    @Test
    void whereNobodyCouldGoOnForFiveMinutesNobodyDoes() throws Exception {
        Running one = start(home, LEASE, "4s");
        Running other = start(otherHome);
        ExecuteRequest request = one.chatbot()
                .approved(
                        plan(
                                step(
                                        "hold",
                                        Map.of("file", directory.resolve("held").toString())),
                                step(
                                        "note",
                                        Map.of(
                                                "file",
                                                directory.resolve("never").toString()))),
                        "web:alice",
                        "web:bob");
        try (Database store = store();
                Fleet.Watched watched = new Fleet.Watched(one.chatbot().executeStreaming(request))) {
            watched.until("\"text\":\"begun");
            assertThat(store.change(
                            "update runner_instance set state = 'dead', lease_until_ms = lease_until_ms - 310000"
                                    + " where epoch = (select owner from execution where status = 'running')"))
                    .isEqualTo(1);
            await(() -> answer(other, request).status() != ExecutionStatus.RUNNING);
        }
        assertThat(answer(other, request).stepResults().getLast().reason())
                .isEqualTo(
                        "Not started: the runner that led it was away for more than 5 minutes before another one could"
                                + " go on.");
        assertThat(directory.resolve("never")).doesNotExist();
    }

    @Test
    void aDatabaseThatIsAwayForLongStopsWhatRunsAndAllGoesOnWhenItIsBack() throws Exception {
        try (PostgreSqlServer server = PostgreSqlServer.own(directory.resolve("postgresql"))) {
            List<String> settings = new ArrayList<>(List.of(LEASE, "2s"));
            server.place().settings("runner").forEach((key, value) -> settings.addAll(List.of(key, value)));
            Running one = start(home, settings.toArray(String[]::new));
            ExecuteRequest running = one.chatbot().approved(one("hold", "held"), "web:alice", "web:bob");
            ExecuteRequest next = one.chatbot().approved(one("note", "ran"), "web:alice", "web:bob");
            try (Fleet.Watched watched = new Fleet.Watched(one.chatbot().executeStreaming(running))) {
                watched.until("\"text\":\"begun");
                server.stop();
                await(() -> new TestJournal(home.path()).types().contains("step_finished"));
                server.startAgain();
                await(() -> one.chatbot().execute(next).status() == 200);
                watched.rest();
            }
            assertThat(answer(one, running).stepResults().getFirst().reason())
                    .contains("could not renew its lease: its store did not answer in time.");
            assertThat(directory.resolve("ran")).hasContent("ran");
            close();
            open.clear();
        }
    }

    @Test
    void ofTwoThatForgetOldOutputsAtTheSameTimeOneDoes() {
        Running one = start(home);
        Running other = start(otherHome);
        ExecuteRequest request = one.chatbot().approved(plan(step("long", Map.of())), "web:alice", "web:bob");
        assertThat(one.chatbot().execute(request).status()).isEqualTo(200);
        List<String> told = new ArrayList<>();
        Instant later = Instant.now().plusSeconds(10);
        try (Database database = store()) {
            ExecutionStore store = new ExecutionStore(
                    database,
                    new OutputTable(
                            database,
                            new OutputFiles(directory.resolve("files"), Clock.systemUTC()),
                            Clock.systemUTC()));
            List<Long> numbers = database.query("select epoch from runner_instance", row -> Rows.number(row, "epoch"));
            assertThatThrownBy(() -> store.forgetOutputsBefore(later, numbers.getFirst(), _ -> {
                        throw new IllegalStateException("no journal");
                    }))
                    .hasMessage("no journal");
            long forgotten = store.forgetOutputsBefore(later, numbers.getFirst(), execution -> {
                told.add("by one");
                store.forgetOutputsBefore(later, numbers.getLast(), _ -> told.add("by the other"));
            });
            assertThat(forgotten).isEqualTo(1);
        }
        assertThat(told).containsExactly("by one");
        assertThat(answer(other, request).stepResults().getFirst().stdout()).doesNotContain("2000");
    }

    @Test
    void aStoreInAFileIsNotShared() {
        Map<String, String> environment = new TestHome(home.path(), TestStore.SQLITE).environment();
        environment.put("OPSCONDUCTOR_RUNNER_STORE_SHARED", "true");
        assertThatThrownBy(() -> RunnerSettings.read(environment))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("store.shared is true, and the store is a file, which one runner writes: name a"
                        + " database of PostgreSQL in store.url, or leave store.shared out");
    }
}
