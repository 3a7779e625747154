package io.opsconductor.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.chat.scripted.ScriptedExecution;
import io.opsconductor.json.Json;
import io.opsconductor.kit.keys.CertificateTerm;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.StorePlace;
import io.opsconductor.plan.ExecutionStatus;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class InboxTest extends WithChatbot {
    @Test
    void aMessageDeliveredTwiceIsAnsweredOnce() {
        Caller.Answer first = keyed("k1");
        Caller.Answer second = keyed("k1");
        assertThat(second.status()).isEqualTo(202);
        assertThat(second.body()).isEqualTo(first.body());
        String conversation = first.body().get("conversation").asText();
        chat.await(conversation, "plan");
        chat.say(conversation, "alice", "help");
        chat.await(conversation, "message", event -> event.get("from").asText().equals("opsconductor"));
        assertThat(chat.events(conversation, "plan")).hasSize(1);
    }

    @Test
    void aMessageDeliveredAgainAfterARestartIsStillTheSame() {
        Caller.Answer first = keyed("k1");
        chat.await(first.body().get("conversation").asText(), "plan");
        restart();
        assertThat(keyed("k1").body()).isEqualTo(first.body());
        assertThat(chat.events(first.body().get("conversation").asText(), "plan"))
                .hasSize(1);
    }

    @Test
    void aMessageThatWasHalfWayIsAnsweredOnceAfterTheRestart() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        runner.holdPreviews(latch);
        String conversation = chat.say("alice", "check disk space on web-server-01");
        runner.previewAsked();
        chatbot.stop();
        latch.countDown();
        startAgain();
        JsonNode plan = chat.await(conversation, "plan");
        assertThat(chat.decide(plan, "bob", "approve").status()).isEqualTo(200);
        assertThat(chat.events(conversation, "plan")).hasSize(1);
        assertThat(chat.events(conversation, "error")).isEmpty();
    }

    /** Has a table under another name, so that the store works for everything else. */
    private void rename(String table, String as) {
        try (Database store =
                Database.existing(StorePlace.of("chatbot", home, kindOfStore().settings("chatbot", home)))) {
            long _ = store.change("alter table " + table + " rename to " + as);
        }
    }

    @Test
    void aMessageThatCouldNotBeAnsweredForLongIsAnsweredWhenItCanBe() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        runner.holdPreviews(latch);
        String conversation = chat.say("alice", "check disk space on web-server-01");
        runner.previewAsked();
        rename("message", "message_away");
        latch.countDown();
        for (int again = 0; again < 3; again++) {
            runner.previewAsked();
        }
        rename("message_away", "message");
        // The try that was under way then may have had no success, and be told so.
        while (chat.events(conversation).size() < 2) {
            Thread.onSpinWait();
        }
        assertThat(chat.events(conversation).getLast().get("type").asText()).isIn("plan", "error");
    }

    @Test
    void anEndThatCouldNotBeStoredIsToldWhenItCanBe() throws Exception {
        String conversation = chat.say("alice", "check disk space on web-server-01");
        chat.decide(chat.await(conversation, "plan"), "bob", "approve");
        ScriptedExecution execution = runner.arrived();
        execution.started("web-server-01");
        chat.await(conversation, "progress");
        rename("execution", "execution_away");
        execution.ended(ExecutionStatus.SUCCEEDED, "It succeeded.");
        while (journal("result_posted").isEmpty()) {
            Thread.onSpinWait();
        }
        rename("execution_away", "execution");
        assertThat(chat.await(conversation, "result").path("status").asText()).isEqualTo("succeeded");
        assertThat(chat.events(conversation, "result")).hasSize(1);
    }

    @Test
    void messagesOfAConversationAreAnsweredInOrder() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        runner.holdPreviews(latch);
        String conversation = chat.say("alice", "check disk space on web-server-01");
        runner.previewAsked();
        chat.say(conversation, "alice", "help");
        String other = chat.say("bob", "help");
        chat.await(other, "message", event -> event.get("from").asText().equals("opsconductor"));
        assertThat(chat.events(conversation, "plan")).isEmpty();
        latch.countDown();
        chat.await(conversation, "message", event -> event.get("from").asText().equals("opsconductor"));
        assertThat(chat.events(conversation).stream()
                        .map(event -> event.get("type").asText()))
                .containsExactly("message", "message", "plan", "message");
    }

    @Test
    void aMissingValueIsAskedForAndTheQuestionSurvivesARestart() {
        String conversation = chat.say("alice", "restart nginx");
        JsonNode question = chat.await(conversation, "question");
        assertThat(question.get("choices")).isNotEmpty();
        restart();
        chat.say(conversation, "alice", "web-server-02");
        JsonNode plan = chat.await(conversation, "plan");
        assertThat(plan.at("/steps/0/targets/0").asText()).isEqualTo("web-server-02");
    }

    @Test
    void withoutTheRunnerPeopleAreToldSo() {
        chatbot.stop();
        runner.vanish();
        startAgain();
        assertThat(chat.get("/health").status()).isEqualTo(503);
        assertThat(chat.get("/health/live").status()).isEqualTo(200);
        String conversation = chat.say("alice", "check disk space on web-server-01");
        JsonNode error = chat.await(conversation, "error");
        assertThat(error.get("message").asText())
                .startsWith("I do not know the tools and targets yet: the runner at https://127.0.0.1:");
        runner.comeBack();
        chat.say(conversation, "alice", "check disk space on web-server-01");
    }

    @Test
    void theListsForThePageNameWhatThereIs() {
        String conversation = chat.say("alice", "check disk space on web-server-01");
        chat.await(conversation, "plan");
        assertThat(chat.get("/chat/users").body().at("/users/0/name").asText()).isEqualTo("alice");
        assertThat(chat.get("/chat/suggestions").body().get("suggestions").toString())
                .contains("check disk space on web-server-01");
        JsonNode entry = chat.get("/chat/conversations?user=bob").body().at("/conversations/0");
        assertThat(entry.get("conversation").asText()).isEqualTo(conversation);
        assertThat(entry.get("title").asText()).isEqualTo("check disk space on web-server-01");
        assertThat(entry.get("waiting").asBoolean()).isTrue();
    }

    @Test
    void healthAndMetricsTellHowItIs() throws Exception {
        String conversation = chat.say("alice", "check disk space on web-server-01");
        var plan = chat.await(conversation, "plan");
        assertThat(metrics()).contains("opsconductor_approvals_waiting 1.0");
        chat.decide(plan, "bob", "approve");
        runner.arrived().ended(ExecutionStatus.SUCCEEDED, "check_disk_space succeeded on web-server-01.");
        chat.await(conversation, "result");
        assertThat(chat.get("/health").status()).isEqualTo(200);
        String metrics = metrics();
        assertThat(metrics)
                .contains(
                        "opsconductor_requests_received_total 1.0",
                        "opsconductor_plans_generated_total 1.0",
                        "opsconductor_execution_requests_sent_total 1.0",
                        "opsconductor_execution_results_received_total{status=\"succeeded\"} 1.0",
                        "opsconductor_stage_duration_seconds_count{stage=\"intent\"} 1",
                        "opsconductor_journal_uncopied_lines ",
                        "opsconductor_messages_waiting 0.0",
                        "opsconductor_approvals_waiting 0.0");
        assertThat(metrics.lines()
                        .filter(line -> line.startsWith("opsconductor_certificate_expiry_timestamp_seconds "))
                        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' ') + 1))))
                .containsExactly((double) CertificateTerm.of(home.resolve("tls/chatbot.crt"))
                        .end()
                        .getEpochSecond());
    }

    @Test
    void whatHappenedIsInTheJournal() throws Exception {
        String conversation = chat.say("alice", "check disk space on web-server-01");
        chat.decide(chat.await(conversation, "plan"), "bob", "approve");
        runner.arrived().ended(ExecutionStatus.SUCCEEDED, "check_disk_space succeeded on web-server-01.");
        chat.await(conversation, "result");
        List<String> types = java.nio.file.Files.readAllLines(home.resolve("chatbot/journal/journal.jsonl")).stream()
                .map(line -> Json.tree(line).get("type").asText())
                .toList();
        assertThat(types)
                .containsExactly(
                        "message_received",
                        "intent",
                        "plan_previewed",
                        "decision",
                        "execution_requested",
                        "result_posted");
    }

    private Caller.Answer keyed(String key) {
        return chat.send(HttpRequest.newBuilder(chat.uri("/chat/messages"))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(
                        Json.write(Map.of("user", "alice", "text", "check disk space on web-server-01")))));
    }

    private String metrics() throws Exception {
        return java.net.http.HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(chat.uri("/metrics")).build(),
                        java.net.http.HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
