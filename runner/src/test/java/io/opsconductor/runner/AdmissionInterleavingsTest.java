package io.opsconductor.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opsconductor.kit.journal.Journal;
import io.opsconductor.kit.journal.JournalMirror;
import io.opsconductor.kit.keys.Signer;
import io.opsconductor.kit.store.Database;
import io.opsconductor.plan.Attestation;
import io.opsconductor.plan.ExecuteRequest;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.PreviewAnswer;
import io.opsconductor.plan.PreviewRequest;
import io.opsconductor.plan.Tenant;
import io.opsconductor.runner.attestation.ApprovalKeys;
import io.opsconductor.runner.attestation.AttestationCheck;
import io.opsconductor.runner.audit.Audit;
import io.opsconductor.runner.execution.Admission;
import io.opsconductor.runner.execution.Admitted;
import io.opsconductor.runner.execution.ExecutionEngine;
import io.opsconductor.runner.execution.Executions;
import io.opsconductor.runner.execution.Previews;
import io.opsconductor.runner.execution.Recovery;
import io.opsconductor.runner.execution.RenderedAgain;
import io.opsconductor.runner.execution.StepExecutors;
import io.opsconductor.runner.metrics.RunnerMetrics;
import io.opsconductor.runner.preview.PolicyAnswers;
import io.opsconductor.runner.preview.Previewer;
import io.opsconductor.runner.step.Cancellation;
import io.opsconductor.runner.step.Captured;
import io.opsconductor.runner.step.OutputListener;
import io.opsconductor.runner.step.StepCommand;
import io.opsconductor.runner.step.StepExecutor;
import io.opsconductor.runner.step.TargetOutcome;
import io.opsconductor.runner.store.ExecutionStore;
import io.opsconductor.runner.store.OutputFiles;
import io.opsconductor.runner.store.PreviewStore;
import io.opsconductor.runner.store.StoredExecution;
import io.opsconductor.runner.tenant.Estate;
import io.opsconductor.tool.ToolLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * Two senders of one approved plan, the clock, a tool file that is changed and a runner that dies, in every order in which their
 * steps can come: each admission is cut where the plan is rendered again. Everything is the runner's own but what a step does,
 * which is counted.
 */
@TestInstance(Lifecycle.PER_CLASS)
class AdmissionInterleavingsTest {
    private static final Duration EXPIRY = Duration.ofMinutes(15);

    /** The process died; what it was doing is never gone on with. */
    private static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final TestClock clock = new TestClock();
    /** How often each plan's step was started, by the plan's own file. */
    private final Map<String, Integer> runs = new ConcurrentHashMap<>();

    private final Semaphore begun = new Semaphore(0);
    private final Semaphore never = new Semaphore(0);
    private Path directory;
    private TestHome home;
    private FollowedFiles files;
    private ToolLibrary approvedTools;
    private ToolLibrary otherTools;
    private Database database;
    private JournalMirror mirror;
    private Journal journal;
    private Audit audit;
    private ExecutionStore executionStore;
    private Signer signer;
    private @Nullable World world;
    private int worlds;

    @BeforeAll
    void start() throws IOException {
        // In memory where there is such a place: the crashes here are of processes, and no disk is asked to keep
        // anything.
        Path memory = Path.of("/dev/shm");
        directory = Files.isWritable(memory)
                ? Files.createTempDirectory(memory, "admissions")
                : Files.createTempDirectory("admissions");
        home = TestHome.make(directory);
        home.tool("note", "change", "sh -c 'echo other >> \"$0\"' {file}", List.of("file: path"));
        try (FollowedFiles other = FollowedFiles.open(home.settings().tenants().getFirst())) {
            otherTools = other.tools().fresh();
        }
        home.tool("note", "change", "sh -c 'echo ran >> \"$0\"' {file}", List.of("file: path"));
        files = FollowedFiles.open(home.settings().tenants().getFirst());
        approvedTools = files.tools().fresh();
        database = Database.open(directory.resolve("runner/store.db"), "db/runner");
        mirror = new JournalMirror(database);
        journal = Journal.open(directory.resolve("runner/journal"), "runner", clock, mirror);
        audit = new Audit(journal);
        executionStore = new ExecutionStore(database, new OutputFiles(directory.resolve("runner/outputs"), clock));
        signer = Signer.open(directory.resolve("keys/chatbot.key"), directory.resolve("keys/chatbot.pub"));
    }

    @AfterAll
    void stop() throws Exception {
        files.close();
        journal.close();
        mirror.close();
        database.close();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** What the second sender sends. */
    private enum Second {
        THE_SAME,
        THE_SAME_PLAN_UNDER_ANOTHER_ID
    }

    private record Case(Second second, boolean swaps, boolean dies) {}

    @Test
    void anApprovedPlanStartsOnceAndAsItWasApproved() throws Exception {
        int schedules = 0;
        for (Second second : Second.values()) {
            schedules += all(new Case(second, true, false));
        }
        assertThat(schedules).isGreaterThan(200);
    }

    @Test
    void aRunnerThatDiesStartsNothingTwice() throws Exception {
        int schedules = 0;
        for (Second second : Second.values()) {
            schedules += all(new Case(second, false, true));
        }
        assertThat(schedules).isGreaterThan(300);
    }

    private int all(Case which) throws Exception {
        Schedules schedules = new Schedules();
        do {
            World now = new World(which, schedules);
            try {
                now.run();
                now.check();
                now.living.close();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(which + ", in the order " + now.order + ": " + e.getMessage(), e);
            }
        } while (schedules.next());
        return schedules.runs();
    }

    /** Somebody or something that acts, step by step, when it is its turn. */
    private static final class Actor {
        private final String name;
        private final Runnable acts;
        private final Semaphore turn = new Semaphore(0);
        private final Semaphore done = new Semaphore(0);
        private volatile boolean started;
        private volatile boolean ended;
        private volatile boolean dies;
        private volatile @Nullable Throwable failure;

        Actor(String name, Runnable acts) {
            this.name = name;
            this.acts = acts;
            Thread.ofVirtual().start(this::live);
        }

        private void live() {
            turn.acquireUninterruptibly();
            started = true;
            try {
                while (!ended) {
                    try {
                        acts.run();
                        ended = true;
                    } catch (Died e) {
                        // The sender got no answer, and sends the same again.
                        dies = false;
                    }
                }
            } catch (Throwable e) {
                failure = e;
                ended = true;
            }
            done.release();
        }

        void pause() {
            done.release();
            turn.acquireUninterruptibly();
            if (dies) {
                throw new Died();
            }
        }

        void step() {
            turn.release();
            done.acquireUninterruptibly();
            Throwable failed = failure;
            if (failed != null) {
                throw new AssertionError(name + " failed", failed);
            }
        }
    }

    /** One approved plan and everybody around it. */
    private final class World {
        private final String file = "/plan/" + worlds++;
        private final Schedules schedules;
        private final List<String> order = new ArrayList<>();
        private final List<Actor> actors = new ArrayList<>();
        private final List<Admitted> answers = new ArrayList<>();
        private final Instant expiresAt;
        private Admission admission;
        private Previews previews;
        /** The engine of a process that died is left alone: it does nothing any more. */
        private ExecutionEngine living;

        private ToolLibrary tools = approvedTools;
        private volatile @Nullable Actor acting;
        private Estate estate;

        World(Case which, Schedules schedules) {
            this.schedules = schedules;
            world = this;
            Plan plan = TestCaller.plan(TestCaller.step("note", Map.of("file", file)));
            begin();
            Previews.Issue issue = previews.issue(estate, new PreviewRequest(plan, "default", "web:alice", "c1"));
            PreviewAnswer preview = ((Previews.Issue.Issued) issue).answer();
            expiresAt = preview.preview().expiresAt();
            ExecuteRequest first = request(plan, preview, TestCaller.newId());
            ExecuteRequest second =
                    which.second() == Second.THE_SAME ? first : request(plan, preview, TestCaller.newId());
            actors.add(new Actor("first", () -> answers.add(admitted(first))));
            actors.add(new Actor("second", () -> answers.add(admitted(second))));
            actors.add(new Actor("clock", () -> clock.advance(EXPIRY)));
            if (which.swaps()) {
                actors.add(new Actor("swap", () -> tools = otherTools));
            }
            if (which.dies()) {
                actors.add(new Actor("death", this::dies));
            }
        }

        private ExecuteRequest request(Plan plan, PreviewAnswer preview, String id) {
            Attestation.Statement statement = new Attestation.Statement(
                    preview.digest(),
                    Attestation.Decision.APPROVE,
                    "web:bob",
                    "web:alice",
                    "c1",
                    clock.instant(),
                    preview.preview().nonce());
            return new ExecuteRequest(
                    id,
                    plan,
                    "default",
                    "web:alice",
                    preview.digest(),
                    List.of(new Attestation(statement, signer.keyId(), signer.sign(statement.signedBytes()))));
        }

        private void begin() {
            StepExecutor counting = new Counting();
            ExecutionEngine engine = new ExecutionEngine(
                    _ -> new StepExecutors(counting, counting, counting, counting, counting),
                    executionStore,
                    audit,
                    new RunnerMetrics(new SimpleMeterRegistry()),
                    clock,
                    4,
                    Duration.ofSeconds(1));
            living = engine;
            Executions executions = new Executions(executionStore, engine, audit, clock, 64);
            Previewer previewer = new Previewer(this::tools, files.inventory()::fresh, files.policy()::fresh);
            estate = new Estate(
                    Tenant.DEFAULT,
                    Set.of("chatbot"),
                    () -> tools.catalogue(),
                    () -> files.inventory().fresh().directory(),
                    files.policy()::fresh,
                    previewer,
                    new PolicyAnswers(previewer, this::tools, files.policy()::fresh),
                    new AttestationCheck(new ApprovalKeys(directory.resolve("keys"))));
            previews = new Previews(new PreviewStore(database), executions, audit, clock);
            admission = new Admission(previews, executions, new RenderedAgain(clock), audit, clock);
        }

        /** Whenever a plan is rendered again, whatever may happen meanwhile happens before. */
        private ToolLibrary tools() {
            Actor sender = acting;
            if (sender != null) {
                sender.pause();
            }
            return tools;
        }

        private Admitted admitted(ExecuteRequest request) {
            Admitted answer = admission.admit(estate, request);
            if (answer instanceof Admitted.Started) {
                assertThat(clock.instant()).as("by the runner's clock").isBefore(expiresAt);
                assertThat(tools).as("what runs").isSameAs(approvedTools);
                awaitStep();
            }
            return answer;
        }

        private void awaitStep() {
            try {
                assertThat(begun.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        /** What runs goes on for ever, as far as anybody will know; the next process settles it. */
        private void dies() {
            actors.stream()
                    .filter(actor -> actor.started && !actor.ended)
                    .forEach(actor -> actor.dies = actor != acting);
            new Recovery(executionStore, audit, clock).settle();
            Actor now = acting;
            acting = null;
            begin();
            acting = now;
        }

        void run() {
            List<Actor> left = new ArrayList<>(actors);
            while (!left.isEmpty()) {
                Actor next = left.get(schedules.choose(left.size()));
                order.add(next.name);
                acting = next;
                next.step();
                left.removeIf(actor -> actor.ended);
            }
            acting = null;
        }

        void check() {
            List<StoredExecution> stored = answers.stream()
                    .flatMap(answer -> switch (answer) {
                        case Admitted.Started(StoredExecution execution) -> Stream.of(execution);
                        case Admitted.Repeated(StoredExecution execution) -> Stream.of(execution);
                        case Admitted.Refused _ -> Stream.empty();
                    })
                    .toList();
            assertThat(answers).hasSize(2);
            assertThat(stored.stream().map(StoredExecution::id).distinct().count())
                    .as("executions")
                    .isLessThanOrEqualTo(1);
            assertThat(runs.getOrDefault(file, 0)).as("runs of the step").isEqualTo(stored.isEmpty() ? 0 : 1);
            assertThat(answers.stream().filter(Admitted.Refused.class::isInstance))
                    .allSatisfy(answer -> assertThat(
                                    ((Admitted.Refused) answer).refusal().code())
                            .isIn("already_executed", "expired", "changed_since_preview"));
        }
    }

    /** A step that begins and does not end before all is over. */
    private final class Counting implements StepExecutor {
        @Override
        public TargetOutcome run(StepCommand command, OutputListener listener, Cancellation cancellation) {
            runs.merge(Objects.requireNonNull(world).file, 1, Integer::sum);
            begun.release();
            try {
                never.acquire();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new TargetOutcome.Interrupted(Captured.NOTHING, Captured.NOTHING, Duration.ZERO, "the test is over");
        }

        @Override
        public void close() {}
    }
}
