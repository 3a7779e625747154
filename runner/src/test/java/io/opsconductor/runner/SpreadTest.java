package io.opsconductor.runner;

import static io.opsconductor.runner.TestCaller.plan;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.counterpart.otlp.TraceCollector;
import io.opsconductor.counterpart.otlp.TraceCollector.Recorded;
import io.opsconductor.counterpart.store.RedisServerProcess;
import io.opsconductor.counterpart.store.TestStore;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import io.opsconductor.plan.Batch;
import io.opsconductor.plan.ExecuteRequest;
import io.opsconductor.plan.ExecutionAnswer;
import io.opsconductor.plan.ExecutionEvent;
import io.opsconductor.plan.ExecutionStatus;
import io.opsconductor.plan.Failures;
import io.opsconductor.plan.Pace;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.Step;
import io.opsconductor.plan.StepOptions;
import io.opsconductor.plan.TargetResult;
import io.opsconductor.plan.TargetStatus;
import io.opsconductor.runner.step.RealSshd;
import io.opsconductor.runner.trail.HomeFiles;
import io.opsconductor.runner.trail.Verification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.api.stream.StreamAddArgs;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

/** Runners that share a database of PostgreSQL and tell one another of work by Redis: the targets of a step run on all of them. */
@Timeout(120)
class SpreadTest {
    private static final int PLACES = 3;
    private static final String PASSWORD = "Redis-password-1";
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @TempDir
    Path directory;

    private final List<TestHome> homes = new ArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private RedisServerProcess redis;

    @BeforeEach
    void prepare() throws Exception {
        TestHome first = new TestHome(Fleet.prepare(directory).path(), TestStore.POSTGRESQL);
        RealSshd sshd = RealSshd.start(Files.createDirectories(directory.resolve("sshd")));
        open.add(sshd);
        Fleet.inventory(first, sshd);
        homes.add(first);
        for (String name : List.of("two", "three")) {
            try (Stream<Path> all = Files.walk(first.path())) {
                for (Path from : all.toList()) {
                    Files.copy(
                            from,
                            directory.resolve(name).resolve(first.path().relativize(from)),
                            StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
            homes.add(new TestHome(directory.resolve(name), TestStore.POSTGRESQL));
        }
        redis = RedisServerProcess.start(
                "user default off",
                "user runner on >" + PASSWORD
                        + " ~opsconductor:* resetchannels &opsconductor:* +@stream +@pubsub +@connection");
        open.add(redis);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    private record Running(TestHome home, Runner runner, TestCaller chatbot) {
        String health() {
            return new PlainPage(runner.healthPort()).get("/health").body();
        }
    }

    private Map<String, String> environment(TestHome of, String... settings) {
        Map<String, String> environment = new HashMap<>(of.environment());
        environment.putAll(
                homes.getFirst().store().settings("runner", homes.getFirst().path()));
        environment.put("OPSCONDUCTOR_RUNNER_STORE_SHARED", "true");
        environment.put("OPSCONDUCTOR_RUNNER_STORE_CONNECTIONS", "4");
        environment.put("OPSCONDUCTOR_RUNNER_REDIS_ADDRESS", redis.address());
        environment.put("OPSCONDUCTOR_RUNNER_REDIS_USER", "runner");
        environment.put("OPSCONDUCTOR_RUNNER_REDIS_PASSWORD", "env:REDIS_WORD");
        environment.put("REDIS_WORD", PASSWORD);
        environment.put("OPSCONDUCTOR_RUNNER_REDIS_TARGETS", Integer.toString(PLACES));
        environment.put("OPSCONDUCTOR_RUNNER_EXECUTIONS_PARALLEL_TARGETS", Integer.toString(PLACES));
        for (int i = 0; i < settings.length; i += 2) {
            environment.put(settings[i], settings[i + 1]);
        }
        return environment;
    }

    private Running start(int home, String... settings) {
        Map<String, String> environment = environment(homes.get(home), settings);
        Runner runner = Main.start(RunnerSettings.read(environment), environment, Clock.systemUTC());
        open.add(runner);
        TestCaller chatbot = TestCaller.as("chatbot", homes.get(home).path(), runner.apiPort());
        open.add(chatbot);
        return new Running(homes.get(home), runner, chatbot);
    }

    private Database store() {
        return Database.existing(
                RunnerSettings.read(environment(homes.getFirst())).store());
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    /** Until all of them know of one another and of Redis. */
    private static void awaitFleet(List<Running> runners, int live) {
        for (Running each : runners) {
            await(() -> each.health().contains(live + " live") && each.health().contains("\"status\":\"UP\""));
        }
        // How many there are is looked up each second.
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1_100));
    }

    private Step change(List<String> targets, StepOptions options) {
        return new Step("change", Map.of("folder", work().toString(), "word", "go"), targets, options);
    }

    private Path work() {
        return directory.resolve("work");
    }

    private void hold(List<String> targets) {
        targets.forEach(target -> {
            try {
                Files.writeString(work().resolve("hold-go-" + target), "");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private void letGo(List<String> targets) throws IOException {
        for (String target : targets) {
            Files.delete(work().resolve("hold-go-" + target));
        }
    }

    /** The machines on which it has begun, in order. */
    private List<String> log() {
        try {
            Path log = work().resolve("log");
            return Files.exists(log)
                    ? Files.readAllLines(log).stream()
                            .filter(line -> line.startsWith("go begins "))
                            .map(line -> line.substring("go begins ".length()))
                            .toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long begun(TestHome at) {
        return new TestJournal(at.path())
                .types().stream().filter("step_started"::equals).count();
    }

    private static ExecutionAnswer answer(Running at, ExecuteRequest request) {
        return at.chatbot().get("/executions/" + request.executionId()).as(ExecutionAnswer.class);
    }

    private static void awaitEnd(Running at, ExecuteRequest request) {
        await(() -> answer(at, request).status() != ExecutionStatus.RUNNING);
    }

    @Test
    void theTargetsOfAStepRunOnAllRunnersOnceEachAndOnOneWhenRedisIsGone() throws Exception {
        List<Running> runners = List.of(start(0), start(1), start(2));
        awaitFleet(runners, 3);
        written(List.of(
                "",
                "{",
                "{}",
                "null",
                "x".repeat(100_000),
                "{\"tenant\":\"default\",\"execution\":\"e-none-such\",\"step\":0,\"position\":0}",
                "{\"tenant\":\"/\",\"execution\":\"e\",\"step\":-1,\"position\":99999999999}"));
        Running leader = runners.getFirst();
        List<String> all = Fleet.machines(RealSshd.ADDRESSES);
        hold(all);
        Plan plan = plan(change(all, StepOptions.USUAL));
        ExecuteRequest request = leader.chatbot().approved(plan, "web:alice", "web:bob");
        try (Fleet.Watched watched = new Fleet.Watched(leader.chatbot().executeStreaming(request))) {
            await(() -> log().size() == all.size());
            assertThat(homes).allSatisfy(home -> assertThat(begun(home)).isBetween(2L, 3L));
            written(IntStream.range(-1, all.size() + 1)
                    .mapToObj(position -> "{\"tenant\":\"default\",\"execution\":\"" + request.executionId()
                            + "\",\"step\":0,\"position\":" + position + "}")
                    .toList());
            letGo(all);
            List<ExecutionEvent> events = watched.rest();
            assertThat(events).isSortedAccordingTo((a, b) -> Long.compare(a.seq(), b.seq()));
            assertThat(events.stream().filter(ExecutionEvent.TargetStarted.class::isInstance))
                    .hasSize(all.size());
            assertThat(events.stream().filter(ExecutionEvent.TargetFinished.class::isInstance))
                    .hasSize(all.size());
            assertThat(String.join(
                            "",
                            events.stream()
                                    .filter(ExecutionEvent.Output.class::isInstance)
                                    .map(event -> ((ExecutionEvent.Output) event).text())
                                    .toList()))
                    .contains(all.stream()
                            .map(target -> "go begins " + target + "\n")
                            .toList());
        }
        assertThat(answer(runners.get(2), request).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(answer(runners.get(2), request).stepResults())
                .extracting(TargetResult::stdout)
                .containsExactlyElementsOf(all.stream()
                        .map(target -> "go begins " + target + "\ngo ends " + target + "\n")
                        .toList());
        assertThat(log()).containsExactlyInAnyOrderElementsOf(all);

        // A runner with other tools leaves the next one to the others.
        Files.delete(work().resolve("log"));
        Path tool = homes.get(2).path().resolve("tools/change.yaml");
        String before = Files.readString(tool);
        Files.writeString(tool, before.replace("Writes that", "Writes down that"));
        long byIt = begun(homes.get(2));
        ExecuteRequest otherwise = leader.chatbot().approved(plan, "web:alice", "web:bob");
        assertThat(leader.chatbot().execute(otherwise).as(ExecutionAnswer.class).status())
                .isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(begun(homes.get(2))).isEqualTo(byIt);
        assertThat(log()).containsExactlyInAnyOrderElementsOf(all);
        Files.writeString(tool, before);

        // Somebody cancels the next one, at a runner that does not lead it.
        Files.delete(work().resolve("log"));
        hold(all);
        ExecuteRequest cancelled = leader.chatbot().approved(plan, "web:alice", "web:bob");
        try (Fleet.Watched watched = new Fleet.Watched(leader.chatbot().executeStreaming(cancelled))) {
            await(() -> log().size() == all.size());
            assertThat(runners.get(2)
                            .chatbot()
                            .post("/executions/" + cancelled.executionId() + "/cancel", Map.of("actor_id", "web:carol"))
                            .status())
                    .isEqualTo(202);
            watched.rest();
        }
        assertThat(answer(leader, cancelled).stepResults())
                .allSatisfy(result -> assertThat(result.status()).isEqualTo(TargetStatus.CANCELLED))
                .allSatisfy(result -> assertThat(result.reason()).contains("carol cancelled it"));
        letGo(all);

        // Redis goes away in the middle of the next one.
        Files.delete(work().resolve("log"));
        hold(all);
        ExecuteRequest next = leader.chatbot().approved(plan, "web:alice", "web:bob");
        try (Fleet.Watched watched = new Fleet.Watched(leader.chatbot().executeStreaming(next))) {
            await(() -> log().size() >= PLACES);
            redis.stop();
            await(() -> leader.health().contains("\"status\":\"DEGRADED\""));
            assertThat(leader.health())
                    .contains("\"ready\":true", redis.address() + " is away since", "this runner runs alone");
            letGo(all);
            watched.rest();
        }
        assertThat(answer(leader, next).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(log()).containsExactlyInAnyOrderElementsOf(all);
        Files.delete(work().resolve("log"));
        long byLeader = begun(homes.getFirst());
        ExecuteRequest alone = leader.chatbot().approved(plan, "web:alice", "web:bob");
        assertThat(leader.chatbot().execute(alone).status()).isEqualTo(200);
        assertThat(begun(homes.getFirst()) - byLeader).isEqualTo(all.size());
        assertThat(log()).containsExactlyInAnyOrderElementsOf(all);
        redis.startAgain();
        await(() -> leader.health().contains("\"status\":\"UP\""));
        for (TestHome each : homes) {
            assertThat(Verification.of(HomeFiles.of(each.path(), environment(each)), List.of("runner"))
                            .defects())
                    .isEmpty();
        }
    }

    @Test
    void whatARunnerThatIsKilledHadBegunIsUnknownAndTheRestIsRunByOthers() throws Exception {
        Running one = start(0, "OPSCONDUCTOR_RUNNER_REDIS_TARGETS", "2");
        Running two = start(1, "OPSCONDUCTOR_RUNNER_REDIS_TARGETS", "2", "OPSCONDUCTOR_RUNNER_SHUTDOWN_GRACE", "60s");
        Failures goOn = new Failures(100, Failures.Then.CONTINUE);
        List<String> all = Fleet.machines(RealSshd.ADDRESSES);
        List<String> led = all.subList(0, 4);
        List<String> helped = all.subList(4, 8);
        hold(all);
        ExecuteRequest byIt;
        ExecuteRequest withIt;
        long itsOwn;
        try (RunnerProcess three =
                        RunnerProcess.start(environment(homes.get(2), "OPSCONDUCTOR_RUNNER_INSTANCE_LEASE", "4s"));
                TestCaller chatbot = TestCaller.as("chatbot", homes.get(2).path(), three.apiPort())) {
            awaitFleet(List.of(one, two), 3);
            byIt = chatbot.approved(
                    plan(change(
                            led,
                            StepOptions.USUAL
                                    .with(new Pace(0, Batch.ofTargets(2), 0))
                                    .with(goOn))),
                    "web:alice",
                    "web:bob");
            withIt = one.chatbot().approved(plan(change(helped, StepOptions.USUAL)), "web:alice", "web:bob");
            try (Fleet.Watched there = new Fleet.Watched(chatbot.executeStreaming(byIt));
                    Fleet.Watched here = new Fleet.Watched(one.chatbot().executeStreaming(withIt))) {
                there.until("target_started");
                await(() -> log().size() == 2 + helped.size());
                itsOwn = begun(homes.get(2));
                three.kill();
                letGo(all);
                here.rest();
            }
        }
        // A batch of its own, and what it took of the other one's in time.
        assertThat(itsOwn).isBetween(2L, 2L + helped.size());
        awaitEnd(two, byIt);
        assertThat(log()).containsExactlyInAnyOrderElementsOf(all);
        List<TargetResult> results = Stream.of(byIt, withIt)
                .flatMap(request -> answer(two, request).stepResults().stream())
                .toList();
        assertThat(results).hasSize(all.size());
        assertThat(results.stream().filter(result -> result.status() == TargetStatus.INTERRUPTED))
                .hasSize((int) itsOwn);
        assertThat(results.stream().filter(result -> result.status() == TargetStatus.SUCCEEDED))
                .hasSize(all.size() - (int) itsOwn);
        // Whoever follows it is told of every target once, wherever it ran.
        try (Fleet.Watched watched =
                        new Fleet.Watched(two.chatbot().stream("/executions/" + byIt.executionId() + "/events"));
                Database store = store()) {
            List<ExecutionEvent> events = watched.rest();
            assertThat(events).isSortedAccordingTo((a, b) -> Long.compare(a.seq(), b.seq()));
            assertThat(events.stream().filter(ExecutionEvent.TargetFinished.class::isInstance))
                    .hasSize(led.size());
            assertThat(store.query("select step from offer", row -> Rows.number(row, "step")))
                    .isEmpty();
        }
        assertThat(Stream.of(one, two)
                        .flatMap(each -> new TestJournal(each.home().path()).types().stream()))
                .containsOnlyOnce("execution_continued")
                .doesNotContain("execution_taken");

        // One of those who are left is told to stop: what it runs for the other one comes to its end.
        Files.delete(work().resolve("log"));
        hold(helped);
        ExecuteRequest last = one.chatbot().approved(plan(change(helped, StepOptions.USUAL)), "web:alice", "web:bob");
        open.remove(two.runner());
        long byTwo = begun(homes.get(1));
        try (Fleet.Watched watched = new Fleet.Watched(one.chatbot().executeStreaming(last))) {
            await(() -> log().size() == helped.size());
            assertThat(begun(homes.get(1)) - byTwo).isEqualTo(2);
            Thread stopping = Thread.ofVirtual().start(two.runner()::close);
            await(() -> two.health().contains("about to stop"));
            letGo(helped);
            watched.rest();
            stopping.join();
        }
        assertThat(answer(one, last).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    /** The numbers of those who have taken a target and not given it back. */
    private static List<Long> taken(Database store) {
        return store.query("select epoch from offer where epoch <> 0", row -> Rows.number(row, "epoch"));
    }

    @Test
    void aTargetThatWasTakenAndHadNotBegunIsRunByItsLeaderWhenWhoeverTookItStops() throws Exception {
        // Its only place is taken by the change that keeps others off web-01.
        TraceCollector collector = TraceCollector.start();
        open.add(collector);
        String endpoint = collector.endpoint().toString();
        Running one =
                start(0, "OPSCONDUCTOR_RUNNER_REDIS_TARGETS", "1", "OPSCONDUCTOR_RUNNER_TRACING_ENDPOINT", endpoint);
        Running two =
                start(1, "OPSCONDUCTOR_RUNNER_INSTANCE_LEASE", "4s", "OPSCONDUCTOR_RUNNER_TRACING_ENDPOINT", endpoint);
        List<String> both = List.of("web-01", "web-02");
        try (Database store = store()) {
            for (boolean inOrder : List.of(false, true)) {
                awaitFleet(List.of(one, two), 2);
                hold(List.of("web-01"));
                ExecuteRequest first = one.chatbot()
                        .approved(plan(change(List.of("web-01"), StepOptions.USUAL)), "web:alice", "web:bob");
                ExecuteRequest second =
                        one.chatbot().approved(plan(change(both, StepOptions.USUAL)), "web:alice", "web:bob");
                try (Fleet.Watched holding = new Fleet.Watched(one.chatbot().executeStreaming(first))) {
                    holding.until("go begins");
                    try (Fleet.Watched waiting = new Fleet.Watched(
                            one.chatbot().executeStreaming(second, "00-" + TRACE + "-00f067aa0ba902b7-01"))) {
                        await(() -> log().contains("web-02") && taken(store).size() == 1);
                        long taker = taken(store).getFirst();
                        if (inOrder) {
                            open.remove(two.runner());
                            two.runner().close();
                        } else {
                            assertThat(store.change("update runner_instance set state = 'dead' where epoch = ?", taker))
                                    .isEqualTo(1);
                        }
                        await(() -> !taken(store).contains(taker));
                        letGo(List.of("web-01"));
                        waiting.rest();
                    }
                    holding.rest();
                }
                assertThat(answer(one, second).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
                assertThat(log()).containsExactlyInAnyOrder("web-01", "web-01", "web-02");
                Files.delete(work().resolve("log"));
            }
        }
        // Both targets were tried there, in both turns, within what their leader did for them.
        Recorded elsewhere = collector.await(
                "a target elsewhere",
                span -> span.name().equals("target elsewhere")
                        && span.attributes().containsValue("web-02")
                        && span.attributes().containsValue("succeeded"));
        assertThat(elsewhere.trace()).isEqualTo(TRACE);
        Recorded above =
                collector.await("its leader's target", span -> span.id().equals(elsewhere.parent()));
        assertThat(above.name()).isEqualTo("target");
        assertThat(above.attributes()).containsEntry("opsconductor.target", "web-02");
    }

    @Test
    void aStepsDeadlineCountsFromItsBeginWhoeverGoesOnWithIt() throws Exception {
        Running one = start(0);
        Running two = start(1);
        awaitFleet(List.of(one, two), 2);
        StepOptions options = StepOptions.USUAL
                .with(new Pace(0, Batch.ofTargets(1), 0))
                .with(new Failures(100, Failures.Then.CONTINUE))
                .within(60);
        List<String> both = List.of("web-01", "web-02");
        hold(List.of("web-01"));
        ExecuteRequest request = one.chatbot().approved(plan(change(both, options)), "web:alice", "web:bob");
        try (Database store = store();
                Fleet.Watched watched = new Fleet.Watched(one.chatbot().executeStreaming(request))) {
            watched.until("target_started");
            await(() -> log().size() == 1);
            assertThat(store.change(
                            "update event set at = ? where type = 'target_started'",
                            Instant.now().minusSeconds(61).toString()))
                    .isEqualTo(1);
            assertThat(store.change(
                            "update runner_instance set state = 'dead' where epoch = (select owner from execution"
                                    + " where status = 'running')"))
                    .isEqualTo(1);
            awaitEnd(two, request);
        }
        letGo(List.of("web-01"));
        assertThat(log()).containsExactly("web-01");
        assertThat(answer(two, request).stepResults().getLast().reason())
                .isEqualTo("Not started: the step's deadline of 60 s had passed.");
    }

    /** What anybody could write there. */
    private void written(List<String> hints) {
        Config config = new Config();
        config.setCodec(StringCodec.INSTANCE);
        config.setUsername("runner");
        config.setPassword(PASSWORD);
        config.useSingleServer()
                .setAddress(redis.address())
                .setConnectionMinimumIdleSize(1)
                .setConnectionPoolSize(2);
        RedissonClient client = Redisson.create(config);
        try {
            for (String hint : hints) {
                var _ = client.<String, String>getStream("opsconductor:hints").add(StreamAddArgs.entry("hint", hint));
                var _ = client.getTopic("opsconductor:words").publish(hint);
            }
        } finally {
            client.shutdown();
        }
    }
}
