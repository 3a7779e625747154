package io.opsconductor.runner;

import static io.opsconductor.runner.TestCaller.plan;
import static io.opsconductor.runner.TestCaller.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.json.Digest;
import io.opsconductor.json.Json;
import io.opsconductor.kit.journal.JournalVerification;
import io.opsconductor.kit.keys.CertificateTerm;
import io.opsconductor.plan.ExecuteRequest;
import io.opsconductor.plan.ExecutionAnswer;
import io.opsconductor.plan.ExecutionEvent;
import io.opsconductor.plan.ExecutionStatus;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.PreviewAnswer;
import io.opsconductor.plan.TargetResult;
import io.opsconductor.plan.TargetStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutionTest {
    @TempDir
    private Path directory;

    private TestHome home;
    private Runner runner;
    private TestCaller chatbot;

    @BeforeEach
    void start() throws IOException {
        home = TestHome.make(directory.resolve("home"));
        runner = Main.start(home.settings(), home.environment(), Clock.systemUTC());
        chatbot = TestCaller.as("chatbot", home.path(), runner.apiPort());
    }

    @AfterEach
    void stop() {
        chatbot.close();
        runner.close();
    }

    @Test
    void whatWasPreviewedAndApprovedRunsAndAnswers() {
        Plan plan = plan(step("say", Map.of("text", "hello; rm -rf /")));
        PreviewAnswer preview = chatbot.preview(plan, "web:alice");
        assertThat(preview.digest()).isEqualTo(preview.preview().digest());

        ExecutionAnswer answer = chatbot.execute(chatbot.request(plan, preview, chatbot.approval(preview, "web:alice")))
                .as(ExecutionAnswer.class);

        assertThat(answer.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(answer.result().message()).isEqualTo("say succeeded on the runner.");
        assertThat(answer.stepResults()).singleElement().satisfies(result -> {
            assertThat(result.stdout()).isEqualTo("hello; rm -rf /\n");
            assertThat(result.exitCode()).isZero();
            assertThat(result.target()).isEqualTo("runner");
        });
    }

    @Test
    void aPlanThatNeedsNoApprovalRunsWithoutAttestations() {
        Plan plan = plan(step("free", Map.of()));
        ExecutionAnswer answer = chatbot.execute(chatbot.request(plan, chatbot.preview(plan, "web:alice")))
                .as(ExecutionAnswer.class);
        assertThat(answer.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    @Test
    void aFailedStepKeepsTheLaterOnesFromStarting() {
        Plan plan = plan(step("say", Map.of("text", "one")), step("fail", Map.of()), step("say", Map.of("text", "x")));
        ExecutionAnswer answer = chatbot.execute(chatbot.approved(plan, "web:alice", "web:alice"))
                .as(ExecutionAnswer.class);

        assertThat(answer.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(answer.stepResults())
                .extracting(TargetResult::status)
                .containsExactly(TargetStatus.SUCCEEDED, TargetStatus.FAILED, TargetStatus.SKIPPED);
        assertThat(answer.stepResults().get(1).stderr()).isEqualTo("oh\n");
        assertThat(answer.stepResults().get(1).exitCode()).isEqualTo(7);
        assertThat(answer.stepResults().get(2).reason())
                .isEqualTo("Not started, because step 2 (fail) did not succeed everywhere.");
        assertThat(answer.result().message()).isEqualTo("Of 3 runs: 1 succeeded, 1 failed, 1 skipped.");
    }

    @Test
    void outputsAreForgottenWhenTheirTimeIsOverAndTheRestStays() throws Exception {
        home.tool("count", "read", "seq 1 2000", List.of());
        Path policy = home.path().resolve("policy.yaml");
        Files.writeString(policy, Files.readString(policy).replace("[say, fail]", "[say, fail, count]"));
        restart(Clock.systemUTC());
        Plan plan = plan(step("say", Map.of("text", "short")), step("count", Map.of()));
        ExecutionAnswer ran = chatbot.execute(chatbot.approved(plan, "web:alice", "web:alice"))
                .as(ExecutionAnswer.class);
        String id = ran.executionId();
        String whole = ran.stepResults().get(1).stdout();
        assertThat(whole).startsWith("1\n2\n").endsWith("\n2000\n");
        Path outputs = home.path().resolve("runner/outputs");
        assertThat(files(outputs))
                .singleElement()
                .satisfies(file -> assertThat(Files.readString(file)).isEqualTo(whole));
        restart(Clock.systemUTC());
        assertThat(chatbot.get("/executions/" + id).as(ExecutionAnswer.class).stepResults())
                .extracting(TargetResult::stdout)
                .containsExactly("short\n", whole);

        Files.writeString(files(outputs).getFirst(), "something else");
        assertThat(chatbot.get("/executions/" + id)
                        .as(ExecutionAnswer.class)
                        .stepResults()
                        .get(1)
                        .stdout())
                .isEqualTo("[This output is no longer kept. Its digest is " + Digest.of(whole) + ".]\n");

        restart(Clock.offset(Clock.systemUTC(), Duration.ofDays(91)));
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!files(outputs).isEmpty()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
        ExecutionAnswer later = chatbot.get("/executions/" + id).as(ExecutionAnswer.class);
        assertThat(later.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(later.stepResults())
                .extracting(TargetResult::stdout)
                .containsExactly(
                        "[This output is no longer kept. Its digest is " + Digest.of("short\n") + ".]\n",
                        "[This output is no longer kept. Its digest is " + Digest.of(whole) + ".]\n");
        assertThat(home.path().resolve("runner/journal/journal.jsonl"))
                .content()
                .contains(Digest.of("short\n"), Digest.of(whole));
        assertThat(JournalVerification.of(home.path().resolve("runner/journal/journal.jsonl"), entry -> {})
                        .intact())
                .isTrue();
    }

    private void restart(Clock clock) throws IOException {
        stop();
        runner = Main.start(home.settings(), home.environment(), clock);
        chatbot = TestCaller.as("chatbot", home.path(), runner.apiPort());
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void executionsAreFoundByWhatTheyAre() {
        Plan good = plan(step("say", Map.of("text", "one")));
        Plan bad = plan(step("say", Map.of("text", "two")), step("fail", Map.of()));
        String first = chatbot.execute(chatbot.approved(good, "web:alice", "web:alice"))
                .as(ExecutionAnswer.class)
                .executionId();
        String second = chatbot.execute(chatbot.approved(bad, "web:alice", "web:alice"))
                .as(ExecutionAnswer.class)
                .executionId();

        assertThat(found("")).containsExactly(second, first);
        assertThat(found("?status=partial")).isEmpty();
        assertThat(found("?status=failed")).containsExactly(second);
        assertThat(found("?tool=fail")).containsExactly(second);
        assertThat(found("?tool=say")).containsExactly(second, first);
        assertThat(found("?target=runner")).containsExactly(second, first);
        assertThat(found("?requester=web:alice")).containsExactly(second, first);
        assertThat(found("?tool=say&target=runner&requester=web:alice")).containsExactly(second, first);
        assertThat(found("?requester=web:bob")).isEmpty();
        assertThat(found("?target=web-01")).isEmpty();
        assertThat(found("?limit=1")).containsExactly(second);
        Instant now = Instant.now();
        assertThat(found("?since=" + now.minusSeconds(60))).containsExactly(second, first);
        assertThat(found("?until=" + now.minusSeconds(60))).isEmpty();
        assertThat(found("?since=" + now.plusSeconds(60))).isEmpty();
    }

    private List<String> found(String query) {
        List<String> ids = new ArrayList<>();
        TestCaller.Answer answer = chatbot.get("/executions" + query.replace(":", "%3A"));
        assertThat(answer.status()).as(answer.message()).isEqualTo(200);
        answer.body()
                .path("executions")
                .forEach(line -> ids.add(line.path("execution_id").asText()));
        return ids;
    }

    @Test
    void theStreamTellsEverythingInOrderAndEndsWithFinished() {
        Plan plan = plan(step("say", Map.of("text", "hello")));
        try (Stream<String> lines = chatbot.executeStreaming(chatbot.approved(plan, "web:alice", "web:alice"))) {
            List<ExecutionEvent> events = events(lines);
            assertThat(events.stream().map(e -> e.getClass().getSimpleName()))
                    .containsExactly("Accepted", "TargetStarted", "Output", "TargetFinished", "Finished");
            assertThat(events).extracting(ExecutionEvent::seq).isSorted().doesNotHaveDuplicates();
            assertThat(((ExecutionEvent.Output) events.get(2)).text()).isEqualTo("hello\n");
        }
    }

    @Test
    void aLostStreamResumesWhereItBroke() {
        Plan plan = plan(step("say", Map.of("text", "hello")));
        ExecuteRequest request = chatbot.approved(plan, "web:alice", "web:alice");
        assertThat(chatbot.execute(request).status()).isEqualTo(200);

        try (Stream<String> lines = chatbot.stream("/executions/" + request.executionId() + "/events?after=2")) {
            assertThat(events(lines).stream().map(e -> e.getClass().getSimpleName()))
                    .containsExactly("Output", "TargetFinished", "Finished");
        }
    }

    @Test
    void eventsOtherThanOutputOutliveARestart() {
        Plan plan = plan(step("say", Map.of("text", "hello")));
        ExecuteRequest request = chatbot.approved(plan, "web:alice", "web:alice");
        ExecutionAnswer before = chatbot.execute(request).as(ExecutionAnswer.class);
        restart();

        try (Stream<String> lines = chatbot.stream("/executions/" + request.executionId() + "/events?after=0")) {
            assertThat(events(lines).stream().map(e -> e.getClass().getSimpleName()))
                    .containsExactly("Accepted", "TargetStarted", "TargetFinished", "Finished");
        }
        assertThat(chatbot.get("/executions/" + request.executionId()).as(ExecutionAnswer.class))
                .isEqualTo(before);
    }

    @Test
    void aSilentStreamBeatsAndACancelEndsTheCommand() throws IOException {
        Path file = directory.resolve("held");
        Plan plan = plan(step("hold", Map.of("file", file.toString())), step("free", Map.of()));
        ExecuteRequest request = chatbot.approved(plan, "web:alice", "web:bob");
        try (Stream<String> lines = chatbot.executeStreaming(request)) {
            Iterator<String> each = lines.iterator();
            awaitLine(each, "\"text\":\"begun");
            awaitLine(each, ": still here");
            assertThat(cancel(request, "web:dan").code()).isEqualTo("cancel_not_allowed");
            assertThat(cancel(request, "web:carol").status()).isEqualTo(202);
            awaitLine(each, "\"type\":\"finished\"");
        }
        ExecutionAnswer answer =
                chatbot.get("/executions/" + request.executionId()).as(ExecutionAnswer.class);
        assertThat(answer.status()).isEqualTo(ExecutionStatus.CANCELLED);
        assertThat(answer.stepResults())
                .extracting(TargetResult::status)
                .containsExactly(TargetStatus.CANCELLED, TargetStatus.SKIPPED);
        assertThat(answer.stepResults().get(1).reason()).isEqualTo("Not started: carol cancelled it.");
        assertThat(cancel(request, "web:carol").code()).isEqualTo("already_ended");
        assertThat(Files.readString(file)).isEqualTo("begun\n");
    }

    @Test
    void aHundredIdenticalRequestsAtOnceRunOnce() throws Exception {
        Path file = directory.resolve("noted");
        Plan plan = plan(step("note", Map.of("file", file.toString())));
        ExecuteRequest request = chatbot.approved(plan, "web:alice", "web:bob");
        List<Callable<TestCaller.Answer>> calls = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            calls.add(() -> chatbot.execute(request));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<TestCaller.Answer> answers = new ArrayList<>();
            for (var future : threads.invokeAll(calls)) {
                answers.add(future.get());
            }
            assertThat(answers).allSatisfy(a -> assertThat(a.status()).isEqualTo(200));
            assertThat(answers.stream()
                            .map(a -> a.response()
                                    .headers()
                                    .firstValue("OpsConductor-Repeated")
                                    .orElse("first"))
                            .collect(Collectors.groupingBy(word -> word, Collectors.counting())))
                    .isEqualTo(Map.of("first", 1L, "true", 99L));
        }
        assertThat(Files.readString(file)).isEqualTo("ran\n");
    }

    @Test
    void healthAndMetricsTellWhatTheRunnerDoes() {
        Plan plan = plan(step("fail", Map.of()));
        chatbot.execute(chatbot.approved(plan, "web:alice", "web:alice"));
        PlainPage pages = new PlainPage(runner.healthPort());
        assertThat(pages.get("/health").body()).contains("\"status\":\"UP\"", "6 tools", "\"journal\":{\"ok\":true");
        assertThat(pages.get("/metrics").body())
                .contains(
                        "opsconductor_execution_requests_received_total 1.0",
                        "opsconductor_commands_executed_total{effect=\"read\",method=\"local-command\",status=\"failed\"} 1.0",
                        "opsconductor_command_duration_seconds_count{method=\"local-command\"} 1",
                        "opsconductor_journal_uncopied_lines ",
                        "opsconductor_executions_total{status=\"failed\"} 1.0",
                        "opsconductor_execution_duration_seconds_count 1",
                        "opsconductor_executions_running 0.0");
        assertThat(pages.get("/tools").statusCode()).isEqualTo(404);
    }

    @Test
    void whenTheCertificateEndsIsAMetricThatFollowsTheFile() throws Exception {
        PlainPage pages = new PlainPage(runner.healthPort());
        Path certificate = home.path().resolve("tls/runner.crt");
        assertThat(certificateEnd(pages))
                .isEqualTo((double) CertificateTerm.of(certificate).end().getEpochSecond());
        Files.writeString(certificate, "no certificate");
        assertThat(certificateEnd(pages)).isNaN();
    }

    private static double certificateEnd(PlainPage pages) {
        return pages.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("opsconductor_certificate_expiry_timestamp_seconds "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }

    private TestCaller.Answer cancel(ExecuteRequest request, String actor) {
        return chatbot.post("/executions/" + request.executionId() + "/cancel", Map.of("actor_id", actor));
    }

    private void restart() {
        stop();
        runner = Main.start(home.settings(), home.environment(), Clock.systemUTC());
        chatbot = TestCaller.as("chatbot", home.path(), runner.apiPort());
    }

    private static void awaitLine(Iterator<String> lines, String part) {
        while (lines.hasNext()) {
            if (lines.next().contains(part)) {
                return;
            }
        }
        throw new AssertionError("the stream ended without " + part);
    }

    private static List<ExecutionEvent> events(Stream<String> lines) {
        return lines.filter(line -> line.startsWith("data: "))
                .map(line -> Json.read(line.substring(6), ExecutionEvent.class))
                .toList();
    }
}
