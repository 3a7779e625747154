package io.opsconductor.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.chat.scripted.Rules;
import io.opsconductor.plan.PreviewRequest;
import io.opsconductor.plan.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Other values for a pending plan, and taking it back. */
class EditTest extends WithChatbot {
    private static final String REQUEST = "show the last 20 lines of /var/log/syslog on web-server-01";

    private static String path(JsonNode plan, String act) {
        return "/chat/approvals/" + plan.get("approval").asText() + "/" + act;
    }

    private Caller.Answer edit(JsonNode plan, String user, Map<String, String> values) {
        return chat.post(
                path(plan, "edit"),
                Map.of("user", user, "digest", plan.get("digest").asText(), "values", values));
    }

    private JsonNode newer(String conversation, JsonNode plan) {
        return chat.await(conversation, "plan", event -> !event.get("approval").equals(plan.get("approval")));
    }

    @Test
    void theFormHasTheValuesAndWhatTheyMayBe() {
        JsonNode plan = chat.await(chat.say("alice", REQUEST), "plan");
        assertThat(plan.get("actions").toString()).isEqualTo("[\"approve\",\"deny\",\"edit\",\"withdraw\"]");
        JsonNode form = chat.get(path(plan, "form")).body();
        assertThat(form.get("digest")).isEqualTo(plan.get("digest"));
        assertThat(form.get("requester").asText()).isEqualTo("web:alice");
        JsonNode step = form.at("/steps/0");
        assertThat(step.get("tool").asText()).isEqualTo("tail_log");
        assertThat(step.get("targets").toString()).isEqualTo("[\"web-server-01\"]");
        assertThat(step.at("/fields/0").toString())
                .isEqualTo("{\"field\":\"0.path\",\"name\":\"path\",\"description\":\"the path\",\"type\":\"path\","
                        + "\"value\":\"/var/log/syslog\",\"allowed\":[],\"required\":true}");
        assertThat(step.at("/fields/1").toString())
                .isEqualTo(
                        "{\"field\":\"0.lines\",\"name\":\"lines\",\"description\":\"the lines\",\"type\":\"integer\","
                                + "\"value\":\"20\",\"default_value\":\"50\",\"allowed\":[],\"required\":false,\"min\":1,"
                                + "\"max\":1000}");
    }

    @Test
    void anEditedPlanIsPreviewedAnewAndTakesThePlaceOfTheOld() throws Exception {
        String conversation = chat.say("alice", REQUEST);
        JsonNode plan = chat.await(conversation, "plan");
        runner.previewAsked();
        Caller.Answer answer = edit(plan, "alice", Map.of("0.path", " /var/log/auth.log ", "0.lines", "100"));
        assertThat(answer.status()).isEqualTo(200);
        PreviewRequest asked = runner.previewAsked();
        assertThat(asked.actorId()).isEqualTo("web:alice");
        assertThat(asked.conversation()).isEqualTo(conversation);
        assertThat(asked.plan().steps())
                .containsExactly(new Step(
                        "tail_log", Map.of("path", "/var/log/auth.log", "lines", 100), List.of("web-server-01")));

        JsonNode newer = newer(conversation, plan);
        assertThat(answer.body().get("approval")).isEqualTo(newer.get("approval"));
        assertThat(newer.get("summary").asText()).contains("/var/log/auth.log", "100", "web-server-01");
        JsonNode decision = chat.await(conversation, "decision");
        assertThat(decision.get("approval")).isEqualTo(plan.get("approval"));
        assertThat(decision.get("decision").asText()).isEqualTo("superseded");
        assertThat(decision.get("reason").asText()).isEqualTo("edited");
        assertThat(decision.get("identity").asText()).isEqualTo("web:alice");

        Caller.Answer old = chat.decide(plan, "bob", "approve");
        assertThat(old.status()).isEqualTo(409);
        assertThat(old.message()).startsWith("alice replaced this plan with a newer one at ");
        assertThat(runner.executions()).isZero();
        assertThat(chat.decide(newer, "bob", "approve").status()).isEqualTo(200);
        assertThat(runner.arrived().request().digest())
                .isEqualTo(newer.get("digest").asText());
    }

    @Test
    void approvalsOfTheOldPlanDoNotCountForTheEditedOne() {
        runner.rules(Rules.two());
        String conversation = chat.say("alice", REQUEST);
        JsonNode plan = chat.await(conversation, "plan");
        chat.decide(plan, "bob", "approve");
        assertThat(edit(plan, "alice", Map.of("0.lines", "30")).status()).isEqualTo(200);
        JsonNode newer = newer(conversation, plan);
        assertThat(chat.decide(newer, "carol", "approve").body().get("missing").asInt())
                .isEqualTo(1);
        assertThat(runner.executions()).isZero();
    }

    @Test
    void aBlankValueLeavesAnOptionalParameterOut() throws Exception {
        JsonNode plan = chat.await(chat.say("alice", REQUEST), "plan");
        runner.previewAsked();
        assertThat(edit(plan, "alice", Map.of("0.lines", "")).status()).isEqualTo(200);
        assertThat(runner.previewAsked().plan().steps().getFirst().parameters())
                .isEqualTo(Map.of("path", "/var/log/syslog"));
    }

    @Test
    void everyWrongValueIsToldByItsField() {
        String conversation = chat.say("alice", REQUEST);
        JsonNode plan = chat.await(conversation, "plan");
        Caller.Answer answer =
                edit(plan, "alice", Map.of("0.path", "", "0.lines", "many", "1.path", "/etc", "0.command", "rm -rf /"));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("invalid_values");
        JsonNode fields = answer.body().get("fields");
        assertThat(fields.get("0.path").asText()).isEqualTo("A value is needed.");
        assertThat(fields.get("0.lines").asText())
                .isEqualTo("Expected a whole number, found \"many\". Write digits only, such as 50.");
        assertThat(fields.get("1.path").asText()).isEqualTo("The plan has no such value. Open the form again.");
        assertThat(fields.get("0.command").asText()).isEqualTo("The plan has no such value. Open the form again.");
        assertThat(edit(plan, "alice", Map.of("0.lines", "1001"))
                        .body()
                        .at("/fields/0.lines")
                        .asText())
                .isEqualTo("Expected a whole number from 1 to 1000, found \"1001\".");
        assertThat(edit(plan, "alice", Map.of("0.path", "/var/log/\u202Egol"))
                        .body()
                        .at("/fields/0.path")
                        .asText())
                .contains("\\u{202E}");
        assertThat(chat.events(conversation, "decision")).isEmpty();
    }

    @Test
    void onlyTheRequesterEditsAndWithdraws() {
        String conversation = chat.say("alice", REQUEST);
        JsonNode plan = chat.await(conversation, "plan");
        Caller.Answer edited = edit(plan, "bob", Map.of("0.lines", "30"));
        assertThat(edited.status()).isEqualTo(403);
        assertThat(edited.message()).isEqualTo("bob may not edit this plan: alice asked for it");
        Caller.Answer withdrawn = chat.post(path(plan, "withdraw"), Map.of("user", "bob"));
        assertThat(withdrawn.status()).isEqualTo(403);
        assertThat(withdrawn.message()).isEqualTo("bob may not withdraw this plan: alice asked for it");
        assertThat(withdrawn.body().at("/error/hint").asText()).isEqualTo("ask alice, or ask for a plan of your own");
        assertThat(chat.events(conversation, "decision")).isEmpty();
    }

    @Test
    void whatIsDecidedForeignOrUnchangedIsNotEdited() {
        String conversation = chat.say("alice", REQUEST);
        JsonNode plan = chat.await(conversation, "plan");
        Caller.Answer foreign = chat.post(
                path(plan, "edit"),
                Map.of("user", "alice", "digest", "sha256:" + "0".repeat(64), "values", Map.of("0.lines", "30")));
        assertThat(foreign.code()).isEqualTo("digest_mismatch");
        Caller.Answer same = edit(plan, "alice", Map.of("0.lines", "20"));
        assertThat(same.status()).isEqualTo(400);
        assertThat(same.code()).isEqualTo("nothing_changed");
        assertThat(chat.decide(plan, "bob", "deny").status()).isEqualTo(200);
        assertThat(edit(plan, "alice", Map.of("0.lines", "30")).code()).isEqualTo("already_decided");
        assertThat(chat.get(path(plan, "form")).code()).isEqualTo("already_decided");
        Caller.Answer unknown = chat.post(
                "/chat/approvals/nothing/edit",
                Map.of("user", "alice", "digest", plan.get("digest").asText(), "values", Map.of()));
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(chat.get("/chat/approvals/nothing/form").status()).isEqualTo(404);
        assertThat(chat.events(conversation, "plan")).hasSize(1);
    }

    @Test
    void whatTheRunnerRefusesChangesNothing() {
        String conversation = chat.say("alice", REQUEST);
        JsonNode plan = chat.await(conversation, "plan");
        runner.refuseNextPreview(403, "not_allowed", "alice may not read /etc/shadow", "ask for another file");
        Caller.Answer answer = edit(plan, "alice", Map.of("0.path", "/etc/shadow"));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.message()).isEqualTo("alice may not read /etc/shadow");
        assertThat(chat.events(conversation, "decision")).isEmpty();
        assertThat(chat.decide(plan, "bob", "approve").status()).isEqualTo(200);
    }

    @Test
    void ofAnEditAndApprovalsAtOnceOneCounts() throws Exception {
        String conversation = chat.say("alice", REQUEST);
        JsonNode plan = chat.await(conversation, "plan");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> acts = List.of(
                    () -> edit(plan, "alice", Map.of("0.lines", "30")).status(),
                    () -> chat.decide(plan, "bob", "approve").status(),
                    () -> edit(plan, "alice", Map.of("0.lines", "40")).status(),
                    () -> chat.post(path(plan, "withdraw"), Map.of("user", "alice"))
                            .status());
            List<Integer> statuses = threads.invokeAll(acts).stream()
                    .map(Future::resultNow)
                    .sorted()
                    .toList();
            assertThat(statuses).containsExactly(200, 409, 409, 409);
        }
        assertThat(chat.events(conversation, "decision")).hasSize(1);
    }

    @Test
    void theRequesterWithdrawsByAButton() {
        String conversation = chat.say("alice", "check disk space on web-server-01");
        JsonNode plan = chat.await(conversation, "plan");
        assertThat(plan.get("actions").toString())
                .as("nothing to edit")
                .isEqualTo("[\"approve\",\"deny\",\"withdraw\"]");
        Caller.Answer answer = chat.post(path(plan, "withdraw"), Map.of("user", "alice"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().get("status").asText()).isEqualTo("cancelled");
        JsonNode decision = chat.await(conversation, "decision");
        assertThat(decision.get("decision").asText()).isEqualTo("cancelled");
        assertThat(decision.get("user").asText()).isEqualTo("alice");
        assertThat(decision.get("identity").asText()).isEqualTo("web:alice");
        Caller.Answer again = chat.post(path(plan, "withdraw"), Map.of("user", "alice"));
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.message()).startsWith("alice withdrew this plan at ");
        assertThat(chat.decide(plan, "bob", "approve").status()).isEqualTo(409);
        assertThat(chat.post("/chat/approvals/nothing/withdraw", Map.of("user", "alice"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void anExpiredPlanIsNeitherEditedNorWithdrawn() {
        runner.rules(Rules.someoneElse().expiringAfter(Duration.ofMillis(200)));
        String conversation = chat.say("alice", REQUEST);
        JsonNode plan = chat.await(conversation, "plan");
        chat.await(conversation, "decision");
        assertThat(edit(plan, "alice", Map.of("0.lines", "30")).status()).isEqualTo(410);
        assertThat(chat.post(path(plan, "withdraw"), Map.of("user", "alice")).status())
                .isEqualTo(410);
    }

    @Test
    void aFormThatIsTooLargeOrMalformedIsRefused() {
        JsonNode plan = chat.await(chat.say("alice", REQUEST), "plan");
        assertThat(edit(plan, "alice", Map.of("x".repeat(101), "1")).code()).isEqualTo("invalid_values");
        assertThat(edit(plan, "alice", Map.of("0.path", "/" + "x".repeat(2_000)))
                        .body()
                        .at("/fields/0.path")
                        .asText())
                .isEqualTo("Expected at most 1024 characters, found 2001. Shorten the value.");
        Caller.Answer nothing = chat.post(
                path(plan, "edit"),
                Map.of("user", "alice", "digest", plan.get("digest").asText()));
        assertThat(nothing.status()).isEqualTo(400);
    }
}
