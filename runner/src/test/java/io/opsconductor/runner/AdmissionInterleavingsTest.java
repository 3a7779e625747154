package io.opsconductor.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opsconductor.counterpart.order.Interleaving;
import io.opsconductor.counterpart.order.Schedules;
import io.opsconductor.kit.journal.Journal;
import io.opsconductor.kit.journal.JournalMirror;
import io.opsconductor.kit.keys.Signer;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import io.opsconductor.kit.trace.Tracing;
import io.opsconductor.plan.Attestation;
import io.opsconductor.plan.ExecuteRequest;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.PreviewAnswer;
import io.opsconductor.plan.PreviewRequest;
import io.opsconductor.plan.Tenant;
import io.opsconductor.runner.attestation.ApprovalKeys;
import io.opsconductor.runner.attestation.AttestationCheck;
import io.opsconductor.runner.audit.Audit;
import io.opsconductor.runner.audit.JournaledEnds;
import io.opsconductor.runner.execution.Admission;
import io.opsconductor.runner.execution.Admitted;
import io.opsconductor.runner.execution.ExecutionEngine;
import io.opsconductor.runner.execution.Executions;
import io.opsconductor.runner.execution.Previews;
import io.opsconductor.runner.execution.Recovery;
import io.opsconductor.runner.execution.RenderedAgain;
import io.opsconductor.runner.execution.StepExecutors;
import io.opsconductor.runner.execution.TargetLocks;
import io.opsconductor.runner.instance.Instances;
import io.opsconductor.runner.instance.Lease;
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
import io.opsconductor.runner.store.OfferStore;
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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * Two senders of one approved plan, to one runner or to two of them, the clock, a tool file that is changed and a runner that dies, in
 * every order in which their steps can come: each admission is cut where the plan is rendered again. Everything is the runner's own but what a step does,
 * which is counted.
 */
@TestInstance(Lifecycle.PER_CLASS)
class AdmissionInterleavingsTest {
    private static final Duration EXPIRY = Duration.ofMinutes(15);

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
    /** Each process writes a journal of its own. */
    private final List<Journal> journals = new ArrayList<>();

    private final List<Audit> audits = new ArrayList<>();
    private ApprovalKeys approvalKeys;
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
        database = Database.open(home.settings().store(), "db/runner");
        mirror = new JournalMirror(database);
        journals.add(Journal.open(directory.resolve("runner/journal"), "runner", clock, mirror));
        journals.add(Journal.open(directory.resolve("other/journal"), "runner", clock, _ -> {}));
        journals.forEach(journal -> audits.add(new Audit(journal)));
        approvalKeys = new ApprovalKeys(directory.resolve("keys"));
        executionStore = new ExecutionStore(database, new OutputFiles(directory.resolve("runner/outputs"), clock));
        signer = Signer.open(directory.resolve("keys/chatbot.key"), directory.resolve("keys/chatbot.pub"));
    }

    @AfterAll
    void stop() throws Exception {
        files.close();
        journals.forEach(Journal::close);
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

    /** @param runners how many processes there are over one store; with two, each is sent to by one sender */
    private record Case(Second second, int runners, boolean swaps, boolean dies) {}

    @Test
    void anApprovedPlanStartsOnceAndAsItWasApproved() throws Exception {
        int states = 0;
        for (Second second : Second.values()) {
            states += all(new Case(second, 1, true, false));
        }
        assertThat(states).isGreaterThan(90);
    }

    @Test
    void ofTwoRunnersOneStartsIt() throws Exception {
        int states = 0;
        for (Second second : Second.values()) {
            states += all(new Case(second, 2, true, false));
        }
        assertThat(states).isGreaterThan(90);
    }

    @Test
    void aRunnerThatDiesStartsNothingTwice() throws Exception {
        int states = 0;
        for (Second second : Second.values()) {
            states += all(new Case(second, 1, false, true));
        }
        assertThat(states).isGreaterThan(120);
    }

    /** A process, but for its store. */
    private record Running(ExecutionEngine engine, Estate estate, Previews previews, Admission admission) {}

    private int all(Case which) throws Exception {
        Schedules schedules = new Schedules();
        do {
            World now = new World(which, schedules);
            try {
                if (now.interleaving.run(now::state)) {
                    now.check();
                }
                now.end();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(which + ", in the order " + now.interleaving + ": " + e.getMessage(), e);
            }
        } while (schedules.next());
        return schedules.states();
    }

    /** One approved plan and everybody around it. */
    private final class World {
        private final String file = "/plan/" + worlds++;
        private final Case which;
        private final Interleaving interleaving;
        private final List<Admitted> answers = new ArrayList<>();
        private final String digest;
        private final Instant expiresAt;
        /** The processes that live; the engine of one that died is left alone: it does nothing any more. */
        private List<Running> processes;

        private ToolLibrary tools = approvedTools;

        World(Case which, Schedules schedules) {
            this.which = which;
            this.interleaving = new Interleaving(schedules);
            world = this;
            Plan plan = TestCaller.plan(TestCaller.step("note", Map.of("file", file)));
            processes = begun();
            Previews.Issue issue = processes
                    .getFirst()
                    .previews()
                    .issue(processes.getFirst().estate(), new PreviewRequest(plan, "default", "web:alice", "c1"));
            PreviewAnswer preview = ((Previews.Issue.Issued) issue).answer();
            digest = preview.digest();
            expiresAt = preview.preview().expiresAt();
            ExecuteRequest first = request(plan, preview, TestCaller.newId());
            ExecuteRequest second =
                    which.second() == Second.THE_SAME ? first : request(plan, preview, TestCaller.newId());
            interleaving.add("first", () -> answers.add(admitted(0, first)));
            interleaving.add("second", () -> answers.add(admitted(which.runners() - 1, second)));
            interleaving.add("clock", () -> clock.advance(EXPIRY));
            if (which.swaps()) {
                interleaving.add("swap", () -> tools = otherTools);
            }
            if (which.dies()) {
                interleaving.add("death", this::dies);
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

        private List<Running> begun() {
            return IntStream.range(0, which.runners()).mapToObj(this::process).toList();
        }

        private Lease lease(int runner) {
            return Lease.shared(new Instances(database, clock), "runner-" + runner, Duration.ofMinutes(5));
        }

        private Running process(int runner) {
            Audit audit = audits.get(runner);
            Lease lease = lease(runner);
            StepExecutor counting = new Counting();
            ExecutionEngine engine = new ExecutionEngine(
                    _ -> new StepExecutors(counting, counting, counting, counting, counting),
                    executionStore,
                    audit,
                    new RunnerMetrics(new SimpleMeterRegistry()),
                    clock,
                    4,
                    TargetLocks.alone(Duration.ofSeconds(1)),
                    lease,
                    null,
                    Tracing.off());
            Executions executions = new Executions(executionStore, engine, audit, clock, 64, lease);
            Previewer previewer = new Previewer(this::tools, files.inventory()::fresh, files.policy()::fresh);
            Estate estate = new Estate(
                    Tenant.DEFAULT,
                    Set.of("chatbot"),
                    () -> tools.catalogue(),
                    () -> files.inventory().fresh().directory(),
                    files.policy()::fresh,
                    previewer,
                    new PolicyAnswers(previewer, this::tools, files.policy()::fresh),
                    new AttestationCheck(approvalKeys));
            Previews previews = new Previews(new PreviewStore(database), executions, audit, clock);
            return new Running(
                    engine,
                    estate,
                    previews,
                    new Admission(previews, executions, new RenderedAgain(clock), audit, clock));
        }

        /** Whenever a plan is rendered again, whatever may happen meanwhile happens before. */
        private ToolLibrary tools() {
            if (interleaving.isActing()) {
                // What it may have looked at: nothing else happens between this and where it went on the last time.
                interleaving.pause(clock.instant().isBefore(expiresAt) + " " + (tools == approvedTools) + executions());
            }
            return tools;
        }

        private Admitted admitted(int runner, ExecuteRequest request) {
            Running process = processes.get(runner);
            Admitted answer = process.admission().admit(process.estate(), request);
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
            interleaving.allDie();
            new Recovery(
                            executionStore,
                            new OfferStore(database, new OutputFiles(directory.resolve("runner/outputs"), clock)),
                            audits.getFirst(),
                            new JournaledEnds(database, mirror),
                            clock,
                            lease(0))
                    .settle();
            processes = begun();
        }

        /** How often it ran, and how what is stored of it stands. */
        private String executions() {
            return runs.getOrDefault(file, 0)
                    + database.query(
                                    "select status from execution where digest = ?",
                                    row -> Rows.text(row, "status"),
                                    digest)
                            .toString();
        }

        private String state() {
            return clock.instant().isBefore(expiresAt) + " " + (tools == approvedTools) + " " + executions() + " "
                    + answers.stream().map(World::words).toList();
        }

        private static String words(Admitted answer) {
            return switch (answer) {
                case Admitted.Started _ -> "started";
                case Admitted.Repeated _ -> "repeated";
                case Admitted.Refused refused -> refused.refusal().code();
            };
        }

        void end() {
            processes.forEach(process -> process.engine().close());
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
