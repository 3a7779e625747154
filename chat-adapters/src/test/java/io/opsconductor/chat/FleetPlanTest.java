package io.opsconductor.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.chat.scripted.ScriptedExecution;
import io.opsconductor.plan.Batch;
import io.opsconductor.plan.ExecutionStatus;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.StepOptions;
import io.opsconductor.plan.TargetStatus;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A plan for a fleet on its way through the chat: its words, its card, its dry run, its waiting. */
class FleetPlanTest extends WithChatbot {
    private static final String ROLLING =
            "restart nginx on all web servers, one at a time, wait 10 seconds between, stop if more than 1 fails,"
                    + " then check that they answer";

    private Caller.Answer dryRun(JsonNode plan, String user) {
        return chat.post("/chat/approvals/" + plan.get("approval").asText() + "/dry-run", Map.of("user", user));
    }

    @Test
    void theCardSaysInWordsHowItRunsAndTheDigestCoversIt() throws Exception {
        String conversation = chat.say("alice", ROLLING);
        JsonNode card = chat.await(conversation, "plan");
        assertThat(card.get("summary").asText())
                .isEqualTo("Restart service nginx on web-server-01 and web-server-02, one at a time, each verified");
        assertThat(card.at("/steps/0/how").asText())
                .isEqualTo("one target at a time, 10 s between, stops when more than 1 fails");
        assertThat(card.at("/steps/1/how").asText())
                .isEqualTo(
                        "the tool's check alone, which changes nothing, verifies step 1 after each batch of it; where it"
                                + " fails, that step has failed, tried again up to 2 times, first after 3 s");
        assertThat(card.at("/steps/1/command").asText()).isEqualTo("restart_service --check");

        Plan asked = runner.previewAsked().plan();
        chat.decide(card, "bob", "approve");
        ScriptedExecution execution = runner.arrived();
        assertThat(execution.request().plan()).isEqualTo(asked);
        assertThat(asked.steps().getFirst().options().pace().batch()).isEqualTo(Batch.ofTargets(1));
    }

    @Test
    void aUsualPlanSaysNothingAboutHowItRuns() {
        JsonNode card = chat.await(chat.say("alice", "restart nginx on all web servers"), "plan");
        assertThat(card.has("how")).isFalse();
        assertThat(card.at("/steps/0").has("how")).isFalse();
    }

    @Test
    void waitingIsToldWhileItRuns() throws Exception {
        String conversation = chat.say("alice", ROLLING);
        JsonNode card = chat.await(conversation, "plan");
        chat.decide(card, "bob", "approve");
        ScriptedExecution execution = runner.arrived();
        execution.started("web-server-01");
        chat.await(conversation, "progress");
        execution.waits("", "Waits 10 s before batch 2 of 2.");
        JsonNode waiting = chat.await(
                conversation, "progress", event -> event.path("state").asText().equals("waiting"));
        assertThat(waiting.get("text").asText()).isEqualTo("Waits 10 s before batch 2 of 2.");
        execution.finished(0, "web-server-01", TargetStatus.SUCCEEDED);
        execution.ended(ExecutionStatus.SUCCEEDED, "done");
        chat.await(conversation, "result");
    }

    @Test
    void aDryRunIsAPlanOfItsOwnThatOnlyLooksAndThePlanGoesOnWaiting() throws Exception {
        String conversation = chat.say("alice", ROLLING);
        JsonNode card = chat.await(conversation, "plan");
        assertThat(card.get("actions").toString())
                .isEqualTo("[\"approve\",\"deny\",\"dry_run\",\"edit\",\"withdraw\"]");
        runner.previewAsked();

        Caller.Answer answer = dryRun(card, "carol");

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        Plan checks = runner.previewAsked().plan();
        assertThat(checks.steps()).singleElement().satisfies(step -> {
            assertThat(step.options().check()).isTrue();
            assertThat(step.options().pace()).isEqualTo(StepOptions.USUAL.pace());
            assertThat(step.targets()).hasSize(2);
        });
        JsonNode dry = chat.await(
                conversation,
                "plan",
                event -> event.get("approval").equals(answer.body().get("approval")));
        assertThat(dry.get("summary").asText())
                .isEqualTo("Dry run of restart service nginx on web-server-01 and web-server-02");
        assertThat(dry.at("/steps/0/effect").asText()).isEqualTo("read");
        assertThat(dry.get("requester").asText()).isEqualTo("web:carol");
        assertThat(chat.decide(dry, "bob", "approve").status()).isEqualTo(200);
        assertThat(runner.arrived().request().plan()).isEqualTo(checks);
        assertThat(chat.decide(card, "bob", "approve").status()).isEqualTo(200);
    }

    @Test
    void checkFirstSaysTheSameInWordsAndWithoutAPlanThereIsNothingToCheck() {
        String conversation = chat.say("alice", "restart nginx on web-server-01");
        JsonNode card = chat.await(conversation, "plan");
        chat.say(conversation, "alice", "check it first");
        JsonNode dry =
                chat.await(conversation, "plan", event -> !event.get("approval").equals(card.get("approval")));
        assertThat(dry.get("summary").asText()).isEqualTo("Dry run of restart service nginx on web-server-01");

        String other = chat.say("bob", "dry run");
        assertThat(chat.await(
                                other,
                                "message",
                                event -> event.get("from").asText().equals("opsconductor"))
                        .get("text")
                        .asText())
                .isEqualTo("No plan of yours waits here for its decision. Ask for one, and then for its dry run.");
    }

    @Test
    void aPlanWithoutAnyCheckHasNoDryRun() {
        JsonNode card = chat.await(chat.say("alice", "check disk space on web-server-01"), "plan");
        assertThat(card.get("actions").toString()).doesNotContain("dry_run");
        Caller.Answer answer = dryRun(card, "alice");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("no_check");
    }

    @Test
    void editedValuesAreThoseOfTheVerificationToo() throws Exception {
        JsonNode card = chat.await(chat.say("alice", ROLLING), "plan");
        runner.previewAsked();
        Caller.Answer edited = chat.post(
                "/chat/approvals/" + card.get("approval").asText() + "/edit",
                Map.of(
                        "user",
                        "alice",
                        "digest",
                        card.get("digest").asText(),
                        "values",
                        Map.of("0.service", "apache2")));
        assertThat(edited.status()).as(edited.toString()).isEqualTo(200);
        assertThat(runner.previewAsked().plan().steps())
                .extracting(
                        step -> step.parameters().get("service"),
                        step -> step.options().verify())
                .containsExactly(tuple("apache2", false), tuple("apache2", true));
    }
}
