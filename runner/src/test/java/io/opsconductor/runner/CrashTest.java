package io.opsconductor.runner;

import static io.opsconductor.runner.TestCaller.plan;
import static io.opsconductor.runner.TestCaller.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.json.Json;
import io.opsconductor.kit.journal.JournalVerification;
import io.opsconductor.kit.store.Database;
import io.opsconductor.plan.Batch;
import io.opsconductor.plan.ExecuteRequest;
import io.opsconductor.plan.ExecutionAnswer;
import io.opsconductor.plan.ExecutionEvent;
import io.opsconductor.plan.ExecutionStatus;
import io.opsconductor.plan.Pace;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.Retry;
import io.opsconductor.plan.Step;
import io.opsconductor.plan.StepOptions;
import io.opsconductor.plan.TargetResult;
import io.opsconductor.plan.TargetStatus;
import io.opsconductor.runner.step.RealSshd;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that die at the worst moment. */
class CrashTest {
    @TempDir
    private Path directory;

    private TestHome home;

    @BeforeEach
    void prepare() throws IOException {
        home = TestHome.make(directory.resolve("home"));
    }

    @Test
    void afterAKillBetweenStartAndResultTheOutcomeIsUnknownAndNothingRunsAgain() throws Exception {
        Path file = directory.resolve("held");
        Path never = directory.resolve("never");
        Plan plan = plan(
                step("free", Map.of()),
                step("hold", Map.of("file", file.toString())),
                step("note", Map.of("file", never.toString())));
        ExecuteRequest request;
        long lastSeen = 0;
        try (RunnerProcess first = RunnerProcess.start(home);
                TestCaller caller = TestCaller.as("chatbot", home.path(), first.apiPort())) {
            request = caller.approved(plan, "web:alice", "web:bob");
            try (Stream<String> lines = caller.executeStreaming(request)) {
                Iterator<String> each = lines.iterator();
                String line = "";
                while (!line.contains("\"text\":\"begun")) {
                    line = each.next();
                    lastSeen = line.startsWith("id: ") ? Long.parseLong(line.substring(4)) : lastSeen;
                }
            }
            first.kill();
        }

        try (RunnerProcess second = RunnerProcess.start(home);
                TestCaller caller = TestCaller.as("chatbot", home.path(), second.apiPort())) {
            ExecutionAnswer answer =
                    caller.get("/executions/" + request.executionId()).as(ExecutionAnswer.class);
            assertThat(answer.status()).isEqualTo(ExecutionStatus.INTERRUPTED);
            assertThat(answer.result().message())
                    .isEqualTo("The runner stopped while it was running: of 3 runs, 1 has an unknown outcome,"
                            + " 1 was not started.");
            assertThat(answer.stepResults())
                    .extracting(TargetResult::status)
                    .containsExactly(TargetStatus.SUCCEEDED, TargetStatus.INTERRUPTED, TargetStatus.SKIPPED);
            assertThat(answer.stepResults().get(1).reason())
                    .isEqualTo("The runner stopped while this was running: whether it took effect is unknown.");

            try (Stream<String> lines =
                    caller.stream("/executions/" + request.executionId() + "/events?after=" + lastSeen)) {
                List<ExecutionEvent> events = lines.filter(line -> line.startsWith("data: "))
                        .map(line -> Json.read(line.substring(6), ExecutionEvent.class))
                        .toList();
                assertThat(events.stream().map(e -> e.getClass().getSimpleName()))
                        .containsExactly("TargetFinished", "TargetFinished", "Finished");
            }

            TestCaller.Answer repeated = caller.execute(request);
            assertThat(repeated.as(ExecutionAnswer.class).status()).isEqualTo(ExecutionStatus.INTERRUPTED);
            assertThat(repeated.response().headers().firstValue("OpsConductor-Repeated"))
                    .contains("true");
            assertThat(second.terminate()).isEqualTo(143);
        }
        assertThat(Files.readString(file)).isEqualTo("begun\n");
        assertThat(never).doesNotExist();
        TestJournal journal = new TestJournal(home.path());
        assertThat(JournalVerification.of(journal.file(), entry -> {}).problems())
                .isEmpty();
        assertThat(journal.types())
                .containsSubsequence(
                        "execution_accepted",
                        "step_started",
                        "step_finished",
                        "step_started",
                        "started",
                        "step_finished",
                        "execution_finished",
                        "stopped");
    }

    @Test
    void whatHadEndedAndWasNotStoredYetEndsAsTheJournalSays() throws Exception {
        ExecuteRequest request;
        try (RunnerProcess first = RunnerProcess.start(home);
                TestCaller caller = TestCaller.as("chatbot", home.path(), first.apiPort())) {
            request = caller.approved(plan(step("fail", Map.of())), "web:alice", "web:bob");
            assertThat(caller.execute(request).as(ExecutionAnswer.class).status())
                    .isEqualTo(ExecutionStatus.FAILED);
            first.kill();
        }
        // What the store would have had, had the kill come between the journal's line and its commit.
        try (Database store = Database.existing(home.settings().store())) {
            store.change("delete from event where type in ('target_finished', 'finished')");
            store.change("update target_run set state = 'STARTED', result = ''");
            store.change("update execution set status = 'running', ended_at = '', summary = ''");
        }
        try (RunnerProcess second = RunnerProcess.start(home);
                TestCaller caller = TestCaller.as("chatbot", home.path(), second.apiPort())) {
            ExecutionAnswer answer =
                    caller.get("/executions/" + request.executionId()).as(ExecutionAnswer.class);
            assertThat(answer.status()).isEqualTo(ExecutionStatus.FAILED);
            TargetResult result = answer.stepResults().getFirst();
            assertThat(result.status()).isEqualTo(TargetStatus.FAILED);
            assertThat(result.exitCode()).isEqualTo(7);
            assertThat(result.reason())
                    .isEqualTo("The runner stopped before its output was stored; how it ended is from the journal.");
        }
        assertThat(new TestJournal(home.path()).types()).containsOnlyOnce("step_finished");
    }

    @Test
    void afterAKillInTheMiddleOfABatchOnlyWhatRanIsUnknownAndTheNextBatchesWereNotStarted() throws Exception {
        home = Fleet.prepare(directory.resolve("fleet"));
        try (RealSshd sshd = RealSshd.start(Files.createDirectories(directory.resolve("sshd")))) {
            Fleet.inventory(home, sshd);
            StepOptions one = StepOptions.USUAL.with(new Pace(0, Batch.ofTargets(1), 0));
            Map<String, Object> values =
                    Map.of("folder", directory.resolve("fleet/work").toString(), "word", "restart");
            Plan plan = plan(
                    new Step("change", values, Fleet.machines(3), one),
                    new Step(
                            "change",
                            values,
                            Fleet.machines(3),
                            StepOptions.USUAL.checking().verifying()));
            Files.writeString(directory.resolve("fleet/work/hold-restart-web-02"), "");
            ExecutionAnswer answer = killedAt("restart begins web-02", plan);
            assertThat(answer.status()).isEqualTo(ExecutionStatus.INTERRUPTED);
            assertThat(Fleet.results(answer))
                    .containsExactly(
                            "0 web-01 succeeded",
                            "0 web-02 interrupted",
                            "0 web-03 skipped",
                            "1 web-01 succeeded",
                            "1 web-02 skipped",
                            "1 web-03 skipped");
        }
    }

    @Test
    void afterAKillBetweenTwoTriesTheOutcomeIsThatOfTheLastTry() throws Exception {
        home = Fleet.prepare(directory.resolve("fleet"));
        try (RealSshd sshd = RealSshd.start(Files.createDirectories(directory.resolve("sshd")))) {
            Fleet.inventory(home, sshd);
            Files.writeString(directory.resolve("fleet/work/fail-restart-web-01"), "9");
            Plan plan = plan(new Step(
                    "safe",
                    Map.of("folder", directory.resolve("fleet/work").toString(), "word", "restart"),
                    Fleet.machines(1),
                    StepOptions.USUAL.with(new Retry(1, 600))));
            ExecutionAnswer answer = killedAt("Tries again in 600 s", plan);
            assertThat(Fleet.results(answer)).containsExactly("0 web-01 failed");
            assertThat(answer.stepResults().getFirst().reason())
                    .isEqualTo(
                            "The command ended with exit code 3. It was not tried again: the runner stopped before.");
            assertThat(answer.status()).isEqualTo(ExecutionStatus.FAILED);
        }
    }

    /** Kills the runner when its stream says this, and answers what the next one makes of it. */
    private ExecutionAnswer killedAt(String line, Plan plan) throws Exception {
        ExecuteRequest request;
        try (RunnerProcess first = RunnerProcess.start(home);
                TestCaller caller = TestCaller.as("chatbot", home.path(), first.apiPort())) {
            request = caller.approved(plan, "web:alice", "web:bob");
            try (Fleet.Watched watched = new Fleet.Watched(caller.executeStreaming(request))) {
                watched.until(line);
                first.kill();
            }
        }
        try (RunnerProcess second = RunnerProcess.start(home);
                TestCaller caller = TestCaller.as("chatbot", home.path(), second.apiPort())) {
            return caller.get("/executions/" + request.executionId()).as(ExecutionAnswer.class);
        }
    }

    @Test
    void aTakenPortIsSaidInASentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            ProcessBuilder command = RunnerProcess.command(home);
            command.environment().put("OPSCONDUCTOR_RUNNER_HEALTH_PORT", String.valueOf(taken.getLocalPort()));
            command.redirectError(ProcessBuilder.Redirect.PIPE);
            Process process = command.start();
            process.getInputStream().readAllBytes();
            String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).isEqualTo(3);
            assertThat(said)
                    .contains("opsconductor runner: the health page cannot listen on 127.0.0.1:" + taken.getLocalPort()
                            + ": another process has the port, or the address is not this machine's;"
                            + " stop the other one or set another port");
        }
    }

    @Test
    void aBrokenPolicyIsSaidWithItsPlace() throws Exception {
        Files.writeString(home.path().resolve("policy.yaml"), "rules:\n  - nam: x\n");
        ProcessBuilder command = RunnerProcess.command(home);
        command.redirectError(ProcessBuilder.Redirect.PIPE);
        Process process = command.start();
        process.getInputStream().readAllBytes();
        String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(3);
        assertThat(said).contains("the runner cannot use the policy:", "policy.yaml:2:5");
    }
}
