package io.opsconductor.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.chat.scripted.ScriptedExecution;
import io.opsconductor.json.Json;
import io.opsconductor.plan.ExecutionStatus;
import io.opsconductor.plan.PreviewRequest;
import io.opsconductor.plan.Step;
import io.opsconductor.plan.TargetStatus;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What ran, again. */
class RerunTest extends WithChatbot {
    private static final String ONE = "web-server-01";
    private static final String TWO = "web-server-02";
    private static final String BOTH = "restart nginx on all web servers, then check disk space on all web servers";

    /** What ran, and in which conversation. */
    private record Ran(String conversation, JsonNode plan, ScriptedExecution execution) {
        String id() {
            return execution.request().executionId();
        }
    }

    private Ran approved(String text) throws InterruptedException {
        String conversation = chat.say("alice", text);
        JsonNode plan = chat.await(conversation, "plan");
        runner.previewAsked();
        assertThat(chat.decide(plan, "bob", "approve").status()).isEqualTo(200);
        return new Ran(conversation, plan, runner.arrived());
    }

    private Ran ended(String text, TargetStatus... statuses) throws InterruptedException {
        Ran ran = approved(text);
        for (int i = 0; i < statuses.length; i++) {
            ran.execution.finished(i / 2, i % 2 == 0 ? ONE : TWO, statuses[i]);
        }
        ran.execution.ended(ExecutionStatus.PARTIAL, "Some of it succeeded.");
        chat.await(ran.conversation, "result");
        return ran;
    }

    private Caller.Answer again(Ran ran, String user, String targets) {
        return chat.post("/chat/executions/" + ran.id() + "/rerun", Map.of("user", user, "targets", targets));
    }

    private JsonNode newer(Ran ran) {
        return chat.await(
                ran.conversation, "plan", event -> !event.get("approval").equals(ran.plan.get("approval")));
    }

    @Test
    void allOfItIsPreviewedForWhoeverAsksAndNothingRunsUnapproved() throws Exception {
        Ran ran = ended(
                BOTH, TargetStatus.SUCCEEDED, TargetStatus.SUCCEEDED, TargetStatus.SUCCEEDED, TargetStatus.SUCCEEDED);
        Caller.Answer answer = again(ran, "carol", "all");
        assertThat(answer.status()).isEqualTo(200);
        PreviewRequest asked = runner.previewAsked();
        assertThat(asked.actorId()).isEqualTo("web:carol");
        assertThat(asked.plan()).isEqualTo(ran.execution.request().plan());
        JsonNode card = newer(ran);
        assertThat(card.get("approval")).isEqualTo(answer.body().get("approval"));
        assertThat(card.get("requester").asText()).isEqualTo("web:carol");
        assertThat(card.get("summary").asText())
                .startsWith("Restart service nginx on ")
                .endsWith(" (again)");
        assertThat(card.get("digest")).isNotEqualTo(ran.plan.get("digest"));
        assertThat(runner.executions()).isEqualTo(1);
        assertThat(chat.decide(card, "bob", "approve").status()).isEqualTo(200);
        ScriptedExecution second = runner.arrived();
        assertThat(second.request().digest()).isEqualTo(card.get("digest").asText());
        assertThat(second.request().executionId()).isNotEqualTo(ran.id());
    }

    @Test
    void onlyWhatDidNotSucceedRunsAgainStepByStep() throws Exception {
        Ran ran = ended(
                BOTH, TargetStatus.SUCCEEDED, TargetStatus.FAILED, TargetStatus.UNREACHABLE, TargetStatus.SKIPPED);
        assertThat(again(ran, "alice", "failed").status()).isEqualTo(200);
        assertThat(runner.previewAsked().plan().steps())
                .containsExactly(
                        new Step("restart_service", Map.of("service", "nginx"), List.of(TWO)),
                        new Step("check_disk_space", Map.of(), List.of(ONE, TWO)));
    }

    @Test
    void whatIsSentAgainWithItsKeyIsTakenOnce() throws Exception {
        Ran ran = ended(
                BOTH, TargetStatus.SUCCEEDED, TargetStatus.SUCCEEDED, TargetStatus.SUCCEEDED, TargetStatus.SUCCEEDED);
        Caller.Answer first = keyed(ran, "k1");
        assertThat(first.status()).isEqualTo(200);
        restart();
        assertThat(keyed(ran, "k1").body()).isEqualTo(first.body());
        assertThat(chat.events(ran.conversation, "plan")).hasSize(2);
        assertThat(keyed(ran, "k2").body()).isNotEqualTo(first.body());
    }

    private Caller.Answer keyed(Ran ran, String key) {
        return chat.send(HttpRequest.newBuilder(chat.uri("/chat/executions/" + ran.id() + "/rerun"))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(Map.of("user", "alice", "targets", "all")))));
    }

    @Test
    void aStepThatSucceededEverywhereIsLeftOut() throws Exception {
        Ran ran = ended(
                BOTH, TargetStatus.SUCCEEDED, TargetStatus.SUCCEEDED, TargetStatus.TIMED_OUT, TargetStatus.SUCCEEDED);
        assertThat(again(ran, "alice", "failed").status()).isEqualTo(200);
        assertThat(runner.previewAsked().plan().steps())
                .containsExactly(new Step("check_disk_space", Map.of(), List.of(ONE)));
        assertThat(newer(ran).get("summary").asText()).isEqualTo("Check disk space on web-server-01 (again)");
    }

    @Test
    void aChangeWhoseOutcomeIsUnknownIsNotRepeatedAsFailed() throws Exception {
        Ran ran =
                ended(BOTH, TargetStatus.FAILED, TargetStatus.INTERRUPTED, TargetStatus.SKIPPED, TargetStatus.SKIPPED);
        Caller.Answer answer = again(ran, "alice", "failed");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("outcome_unknown");
        assertThat(answer.message())
                .isEqualTo(
                        "whether restart_service took effect on web-server-02 is unknown, and running it twice is not"
                                + " the same as running it once");
        assertThat(answer.body().at("/error/hint").asText())
                .isEqualTo("look at the target first, then ask for what is missing, or run all of it again");
        assertThat(chat.events(ran.conversation, "plan")).hasSize(1);
        assertThat(again(ran, "alice", "all").status()).isEqualTo(200);
    }

    @Test
    void aLookWhoseOutcomeIsUnknownIsRepeated() throws Exception {
        Ran ran = ended(
                BOTH, TargetStatus.SUCCEEDED, TargetStatus.SUCCEEDED, TargetStatus.INTERRUPTED, TargetStatus.CANCELLED);
        assertThat(again(ran, "alice", "failed").status()).isEqualTo(200);
        assertThat(runner.previewAsked().plan().steps())
                .containsExactly(new Step("check_disk_space", Map.of(), List.of(ONE, TWO)));
    }

    @Test
    void whatNeverReachedTheRunnerRunsAgainAsFailed() throws Exception {
        runner.refuseNext(
                409, "changed_since_preview", "since the preview was shown, this changed: policy", "ask again");
        String conversation = chat.say("alice", BOTH);
        JsonNode plan = chat.await(conversation, "plan");
        runner.previewAsked();
        chat.decide(plan, "bob", "approve");
        JsonNode result = chat.await(conversation, "result");
        Caller.Answer answer = chat.post(
                "/chat/executions/" + result.get("execution").asText() + "/rerun",
                Map.of("user", "alice", "targets", "failed"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(runner.previewAsked().plan().steps()).hasSize(2);
    }

    @Test
    void whatCannotRunAgainIsRefusedInWords() throws Exception {
        Ran ran = approved(BOTH);
        Caller.Answer running = again(ran, "alice", "all");
        assertThat(running.status()).isEqualTo(409);
        assertThat(running.code()).isEqualTo("still_running");
        ran.execution.finished(0, ONE, TargetStatus.SUCCEEDED);
        ran.execution.finished(0, TWO, TargetStatus.SUCCEEDED);
        ran.execution.finished(1, ONE, TargetStatus.SUCCEEDED);
        ran.execution.finished(1, TWO, TargetStatus.SUCCEEDED);
        ran.execution.ended(ExecutionStatus.SUCCEEDED, "All of it succeeded.");
        chat.await(ran.conversation, "result");
        Caller.Answer nothing = again(ran, "alice", "failed");
        assertThat(nothing.code()).isEqualTo("nothing_failed");
        assertThat(again(ran, "alice", "some").code()).isEqualTo("invalid_targets");
        Caller.Answer unknown = chat.post("/chat/executions/nothing/rerun", Map.of("user", "alice", "targets", "all"));
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.message()).isEqualTo("there is no execution nothing");
        runner.refuseNextPreview(403, "not_allowed", "dave may not restart nginx", "ask alice");
        Caller.Answer forbidden = again(ran, "dave", "all");
        assertThat(forbidden.status()).isEqualTo(403);
        assertThat(forbidden.message()).isEqualTo("dave may not restart nginx");
    }

    @Test
    void aRollingPlanRunsAgainInTheSameWayAndWhatWasNotVerifiedIsDoneAgain() throws Exception {
        Ran ran = ended(
                "restart nginx on all web servers, one at a time, then check that they answer",
                TargetStatus.SUCCEEDED,
                TargetStatus.SUCCEEDED,
                TargetStatus.SUCCEEDED,
                TargetStatus.FAILED);
        assertThat(again(ran, "alice", "failed").status()).isEqualTo(200);
        List<Step> before = ran.execution.request().plan().steps();
        assertThat(before).hasSize(2);
        assertThat(runner.previewAsked().plan().steps())
                .containsExactly(
                        before.getFirst().of(before.getFirst().parameters(), List.of(TWO)),
                        before.getLast().of(before.getLast().parameters(), List.of(TWO)));
        assertThat(again(ran, "alice", "all").status()).isEqualTo(200);
        assertThat(runner.previewAsked().plan().steps()).isEqualTo(before);
    }

    @Test
    void whatWasNotNeededIsNotRunAsFailed() throws Exception {
        Ran ran = ended(
                BOTH, TargetStatus.FAILED, TargetStatus.SUCCEEDED, TargetStatus.NOT_NEEDED, TargetStatus.NOT_NEEDED);
        assertThat(again(ran, "alice", "failed").status()).isEqualTo(200);
        assertThat(runner.previewAsked().plan().steps())
                .containsExactly(new Step("restart_service", Map.of("service", "nginx"), List.of(ONE)));
    }

    @Test
    void whatRanBeforeARestartRunsAgain() throws Exception {
        Ran ran = ended(BOTH, TargetStatus.SUCCEEDED, TargetStatus.FAILED, TargetStatus.SKIPPED, TargetStatus.SKIPPED);
        restart();
        assertThat(again(ran, "alice", "failed").status()).isEqualTo(200);
        assertThat(runner.previewAsked().plan().steps()).hasSize(2);
    }
}
