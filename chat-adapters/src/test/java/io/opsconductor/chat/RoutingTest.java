package io.opsconductor.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.chat.scripted.ScriptedExecution;
import io.opsconductor.plan.ExecuteRequest;
import io.opsconductor.plan.ExecutionStatus;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class RoutingTest extends WithChatbot {
    private static final String TARGET = "web-server-01";

    @Test
    void aLostStreamIsTakenUpWhereItBroke() throws Exception {
        String conversation = approved();
        ScriptedExecution execution = runner.arrived();
        execution.started(TARGET);
        chat.await(conversation, "progress");
        execution.drop();
        execution.output(TARGET, "after the break\n");
        execution.finished(TARGET, "after the break\n");
        execution.ended(ExecutionStatus.SUCCEEDED, "check_disk_space succeeded on web-server-01.");
        chat.await(conversation, "result");
        assertThat(chat.events(conversation, "progress").stream()
                        .map(event -> event.get("state").asText()))
                .containsExactly("started", "output", "finished");
        assertThat(runner.executions()).isEqualTo(1);
    }

    @Test
    void aRunnerThatIsGoneForAWhileIsToldOnceAndTheResultComes() throws Exception {
        String conversation = approved();
        ScriptedExecution execution = runner.arrived();
        execution.started(TARGET);
        chat.await(conversation, "progress");
        runner.vanish();
        JsonNode error = chat.await(conversation, "error");
        assertThat(error.get("code").asText()).isEqualTo("runner_unreachable");
        assertThat(error.get("message").asText()).contains("was accepted by it and does not depend on this connection");
        execution.ended(ExecutionStatus.INTERRUPTED, "The runner stopped; the outcome on 1 target is unknown.");
        runner.comeBack();
        JsonNode result = chat.await(conversation, "result");
        assertThat(result.get("status").asText()).isEqualTo("interrupted");
        assertThat(chat.events(conversation, "error")).hasSize(1);
        assertThat(chat.events(conversation, "result")).hasSize(1);
    }

    @Test
    void aRestartedChatbotFollowsWhatRunsAndTellsTheResultOnce() throws Exception {
        String conversation = approved();
        ScriptedExecution execution = runner.arrived();
        execution.started(TARGET);
        chat.await(conversation, "progress");
        chatbot.stop();
        execution.finished(TARGET, "while you were away\n");
        execution.ended(ExecutionStatus.SUCCEEDED, "check_disk_space succeeded on web-server-01.");
        startAgain();
        JsonNode result = chat.await(conversation, "result");
        assertThat(result.at("/step_results/0/stdout").asText()).isEqualTo("while you were away\n");
        assertThat(chat.events(conversation, "progress")).hasSize(2);
        restart();
        assertThat(chat.events(conversation, "result")).hasSize(1);
        assertThat(runner.executions()).isEqualTo(1);
    }

    @Test
    void aRestartedChatbotGivesNoNumberOfShownOutputAgain() throws Exception {
        String conversation = approved();
        ScriptedExecution execution = runner.arrived();
        execution.started(TARGET);
        execution.output(TARGET, "half of it\n");
        JsonNode output = chat.await(
                conversation, "progress", event -> event.get("state").asText().equals("output"));
        chatbot.stop();
        execution.finished(TARGET, "half of it\n");
        execution.ended(ExecutionStatus.SUCCEEDED, "check_disk_space succeeded on web-server-01.");
        startAgain();
        assertThat(chat.await(conversation, "result").get("seq").asLong())
                .isGreaterThan(output.get("seq").asLong() + 1);
    }

    @Test
    void whatTheRunnerRefusesToRunIsToldInItsWords() throws Exception {
        runner.refuseNext(
                409, "changed_since_preview", "since the preview was shown, this changed: policy", "ask again");
        String conversation = approved();
        JsonNode error = chat.await(conversation, "error");
        assertThat(error.get("code").asText()).isEqualTo("changed_since_preview");
        assertThat(error.get("message").asText())
                .isEqualTo(
                        "The runner refused to run \"Check disk space on web-server-01\": since the preview was shown,"
                                + " this changed: policy. Nothing was run.");
        assertThat(error.get("hint").asText()).isEqualTo("ask again");
        JsonNode result = chat.await(conversation, "result");
        assertThat(result.get("status").asText()).isEqualTo("failed");
        assertThat(runner.executions()).isZero();
    }

    @Test
    void aRunnerWithoutRoomIsAskedAgain() throws Exception {
        runner.refuseNext(503, "busy", "as many executions run as may", "");
        String conversation = approved();
        ScriptedExecution execution = runner.arrived();
        execution.ended(ExecutionStatus.SUCCEEDED, "check_disk_space succeeded on web-server-01.");
        assertThat(chat.await(conversation, "result").get("status").asText()).isEqualTo("succeeded");
    }

    @Test
    void whatARunnerRefusesThatIsAboutToStopIsSentAgainAtOnceAndNobodyIsToldOfIt() throws Exception {
        runner.refuseNext(503, "draining", "this runner is about to stop and starts nothing more", "");
        String conversation = approved();
        ScriptedExecution execution = runner.arrived();
        execution.ended(ExecutionStatus.SUCCEEDED, "check_disk_space succeeded on web-server-01.");
        assertThat(chat.await(conversation, "result").get("status").asText()).isEqualTo("succeeded");
        assertThat(runner.executions()).isEqualTo(1);
        // The router took it for one request; it was the client that looked for another runner.
        assertThat(Files.readAllLines(home.resolve("chatbot/journal/journal.jsonl")).stream()
                        .filter(line -> line.contains("execution_requested")))
                .hasSize(1);
    }

    @Test
    void whatRunsCanBeCancelled() throws Exception {
        String conversation = approved();
        ScriptedExecution execution = runner.arrived();
        execution.started(TARGET);
        JsonNode progress = chat.await(conversation, "progress");
        String path = "/chat/executions/" + progress.get("execution").asText() + "/cancel";
        assertThat(chat.post(path, Map.of("user", "alice")).status()).isEqualTo(202);
        assertThat(chat.await(conversation, "result").get("status").asText()).isEqualTo("cancelled");
        Caller.Answer late = chat.post(path, Map.of("user", "alice"));
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.code()).isEqualTo("already_finished");
        assertThat(chat.post("/chat/executions/nothing/cancel", Map.of("user", "alice"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aCancelNeverSaysThatNothingRanWhileAnAttemptMayStillArrive() throws Exception {
        runner.letExecutesStick();
        String conversation = approved();
        ExecuteRequest request = runner.stuck();
        chat.say(conversation, "alice", "cancel");
        chat.await(conversation, "message", event -> event.get("text").asText().contains("alice asked to cancel"));
        assertThat(chat.events(conversation, "result")).isEmpty();
        runner.letThrough(request);
        JsonNode result = chat.await(conversation, "result");
        assertThat(result.get("status").asText()).isEqualTo("cancelled");
        assertThat(result.get("summary").asText()).isEqualTo("alice cancelled it.");
        assertThat(runner.executions()).isEqualTo(1);
    }

    @Test
    void nothingIsSaidOfAWishToCancelAfterTheEnd() throws Exception {
        String conversation = approved();
        ScriptedExecution execution = runner.arrived();
        execution.started(TARGET);
        JsonNode progress = chat.await(conversation, "progress");
        CountDownLatch told = new CountDownLatch(1);
        runner.holdCancels(told);
        String path = "/chat/executions/" + progress.get("execution").asText() + "/cancel";
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var cancelling = threads.submit(
                    () -> chat.post(path, Map.of("user", "alice")).status());
            JsonNode result = chat.await(conversation, "result");
            told.countDown();
            assertThat(cancelling.get()).isEqualTo(202);
            assertThat(result.get("identity").asText()).isEqualTo("web:alice");
        }
        assertThat(chat.events(conversation).getLast().get("type").asText()).isEqualTo("result");
    }

    @Test
    void whoeverActsIsNamedByIdentity() throws Exception {
        runner.letExecutesStick();
        String conversation = approved();
        ExecuteRequest request = runner.stuck();
        chat.say(conversation, "alice", "cancel");
        JsonNode asked = chat.await(conversation, "message", event -> event.has("named"));
        assertThat(asked.get("named").asText()).isEqualTo("web:alice");
        assertThat(asked.has("sender")).isFalse();
        assertThat(chat.events(conversation, "message").getFirst().get("sender").asText())
                .isEqualTo("web:alice");
        assertThat(chat.await(conversation, "decision").get("identity").asText())
                .isEqualTo("web:bob");
        runner.letThrough(request);
        assertThat(chat.await(conversation, "result").get("identity").asText()).isEqualTo("web:alice");
    }

    private String approved() {
        String conversation = chat.say("alice", "check disk space on " + TARGET);
        JsonNode plan = chat.await(conversation, "plan");
        assertThat(chat.decide(plan, "bob", "approve").status()).isEqualTo(200);
        return conversation;
    }
}
