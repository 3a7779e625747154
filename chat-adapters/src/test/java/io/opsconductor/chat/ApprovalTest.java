package io.opsconductor.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.chat.scripted.Rules;
import io.opsconductor.chat.scripted.ScriptedExecution;
import io.opsconductor.plan.ExecutionStatus;
import io.opsconductor.plan.PlanCode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class ApprovalTest extends WithChatbot {
    private static final String REQUEST = "check disk space on web-server-01";

    @Test
    void whatIsApprovedRunsAndItsOutputIsToldInOrder() throws Exception {
        String conversation = chat.say("alice", REQUEST);
        JsonNode plan = chat.await(conversation, "plan");
        assertThat(plan.get("summary").asText()).isEqualTo("Check disk space on web-server-01");
        assertThat(plan.get("requester").asText()).isEqualTo("web:alice");
        assertThat(plan.at("/steps/0/command").asText()).isEqualTo("check_disk_space");
        assertThat(plan.at("/approval_rule/approvers").toString()).isEqualTo("[\"bob\",\"carol\"]");

        Caller.Answer answer = chat.decide(plan, "bob", "approve");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().get("status").asText()).isEqualTo("approved");

        ScriptedExecution execution = runner.arrived();
        assertThat(execution.request().digest()).isEqualTo(plan.get("digest").asText());
        assertThat(execution.request().actorId()).isEqualTo("web:alice");
        assertThat(execution.request().attestations()).hasSize(1);
        execution.started("web-server-01");
        execution.output("web-server-01", "half full\n");
        execution.finished("web-server-01", "half full\n");
        execution.ended(ExecutionStatus.SUCCEEDED, "check_disk_space succeeded on web-server-01.");

        JsonNode result = chat.await(conversation, "result");
        assertThat(result.get("status").asText()).isEqualTo("succeeded");
        assertThat(result.at("/step_results/0/stdout").asText()).isEqualTo("half full\n");
        List<JsonNode> events = chat.events(conversation);
        assertThat(events.stream().map(event -> event.get("type").asText()))
                .containsExactly("message", "plan", "decision", "progress", "progress", "progress", "result");
        assertThat(events.stream().map(event -> event.get("seq").asLong()).toList())
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void theSecondDecisionIsToldWhoDecidedFirst() throws Exception {
        String conversation = chat.say("alice", REQUEST);
        JsonNode plan = chat.await(conversation, "plan");
        assertThat(chat.decide(plan, "bob", "approve").status()).isEqualTo(200);
        Caller.Answer second = chat.decide(plan, "carol", "deny");
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.code()).isEqualTo("already_decided");
        assertThat(second.message()).startsWith("bob approved this plan at ");
        assertThat(chat.events(conversation, "decision")).hasSize(1);
        runner.arrived();
        assertThat(runner.executions()).isEqualTo(1);
    }

    @Test
    void ofManyDecisionsAtOnceOneCounts() throws Exception {
        JsonNode plan = chat.await(chat.say("alice", REQUEST), "plan");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> clicks = java.util.stream.IntStream.range(0, 12)
                    .<Callable<Integer>>mapToObj(i ->
                            () -> chat.decide(plan, i % 2 == 0 ? "bob" : "carol", i % 3 == 0 ? "deny" : "approve")
                                    .status())
                    .toList();
            List<Integer> statuses = threads.invokeAll(clicks).stream()
                    .map(java.util.concurrent.Future::resultNow)
                    .sorted()
                    .toList();
            assertThat(statuses).startsWith(200, 409).endsWith(409).hasSize(12);
        }
    }

    @Test
    void aForeignDigestDecidesNothing() {
        String conversation = chat.say("alice", REQUEST);
        JsonNode plan = chat.await(conversation, "plan");
        Caller.Answer answer = chat.post(
                "/chat/approvals/" + plan.get("approval").asText(),
                Map.of("user", "bob", "decision", "approve", "digest", "sha256:" + "0".repeat(64)));
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("digest_mismatch");
        assertThat(chat.decide(plan, "bob", "deny").status()).isEqualTo(200);
    }

    @Test
    void whoMayNotDecideIsToldSoAndTheRequestStaysOpen() {
        String conversation = chat.say("alice", REQUEST);
        JsonNode plan = chat.await(conversation, "plan");
        Caller.Answer answer = chat.decide(plan, "alice", "approve");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.message()).isEqualTo("alice may not approve this");
        assertThat(answer.body().at("/error/choices").toString()).isEqualTo("[\"bob\",\"carol\"]");
        assertThat(chat.events(conversation, "decision")).isEmpty();
        assertThat(chat.decide(plan, "carol", "approve").status()).isEqualTo(200);
    }

    @Test
    void aDeniedPlanEndsWithAResultThatSaysSo() {
        String conversation = chat.say("alice", REQUEST);
        JsonNode plan = chat.await(conversation, "plan");
        Caller.Answer answer = chat.post(
                "/chat/approvals/" + plan.get("approval").asText(),
                Map.of(
                        "user", "bob",
                        "decision", "deny",
                        "digest", plan.get("digest").asText(),
                        "reason", "not during the sale"));
        assertThat(answer.body().get("status").asText()).isEqualTo("denied");
        JsonNode result = chat.await(conversation, "result");
        assertThat(result.get("status").asText()).isEqualTo("denied");
        assertThat(result.get("summary").asText()).isEqualTo("bob denied it (not during the sale). Nothing was run.");
        assertThat(result.get("identity").asText()).isEqualTo("web:bob");
        assertThat(runner.executions()).isZero();
    }

    @Test
    void twoApprovalsMustComeFromTwoPeople() throws Exception {
        runner.rules(Rules.two());
        String conversation = chat.say("alice", REQUEST);
        JsonNode plan = chat.await(conversation, "plan");
        Caller.Answer first = chat.decide(plan, "bob", "approve");
        assertThat(first.body().get("status").asText()).isEqualTo("pending");
        assertThat(first.body().get("missing").asInt()).isEqualTo(1);
        assertThat(chat.await(conversation, "decision").get("still").asText()).isEqualTo("one more is needed: carol");
        Caller.Answer again = chat.decide(plan, "bob", "approve");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.message()).isEqualTo("bob has approved this plan already");
        assertThat(runner.executions()).isZero();
        assertThat(chat.decide(plan, "carol", "approve").body().get("status").asText())
                .isEqualTo("approved");
        assertThat(runner.arrived().request().attestations()).hasSize(2);
    }

    @Test
    void whatNeedsNoApprovalRunsAtOnceAndSaysSo() throws Exception {
        runner.rules(Rules.nobody());
        String conversation = chat.say("alice", REQUEST);
        JsonNode plan = chat.await(conversation, "plan");
        assertThat(plan.get("actions")).isEmpty();
        JsonNode decision = chat.await(conversation, "decision");
        assertThat(decision.get("reason").asText()).isEqualTo("no approval is needed: the test says so");
        assertThat(decision.has("user")).isFalse();
        assertThat(runner.arrived().request().attestations()).isEmpty();
    }

    @Test
    void anExpiredPlanIsToldInTheThreadAndRecordedAndTakesNoDecision() throws IOException {
        runner.rules(Rules.someoneElse().expiringAfter(Duration.ofMillis(300)));
        String conversation = chat.say("alice", REQUEST);
        JsonNode plan = chat.await(conversation, "plan");
        JsonNode decision = chat.await(conversation, "decision");
        assertThat(decision.get("decision").asText()).isEqualTo("expired");
        Caller.Answer answer = chat.decide(plan, "bob", "approve");
        assertThat(answer.status()).isEqualTo(410);
        assertThat(answer.code()).isEqualTo("expired");
        assertThat(runner.executions()).isZero();
        assertThat(journal("decision")).singleElement().satisfies(entry -> {
            assertThat(entry.at("/data/decision").asText()).isEqualTo("expired");
            assertThat(entry.at("/data/approver").asText()).isEmpty();
            assertThat(entry.get("digest").asText())
                    .isEqualTo(plan.get("digest").asText());
        });
    }

    @Test
    void theRequesterCanWithdraw() {
        String conversation = chat.say("alice", REQUEST);
        JsonNode plan = chat.await(conversation, "plan");
        chat.say(conversation, "alice", "cancel");
        assertThat(chat.await(conversation, "decision").get("decision").asText())
                .isEqualTo("cancelled");
        Caller.Answer answer = chat.decide(plan, "bob", "approve");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.message()).startsWith("alice withdrew this plan at ");
    }

    @Test
    void askingForTheSameAgainReplacesTheOpenPlan() {
        String conversation = chat.say("alice", REQUEST);
        JsonNode plan = chat.await(conversation, "plan");
        chat.say(conversation, "alice", REQUEST);
        JsonNode decision = chat.await(conversation, "decision");
        assertThat(decision.get("status").asText()).isEqualTo("superseded");
        assertThat(decision.get("approval")).isEqualTo(plan.get("approval"));
        JsonNode newer =
                chat.await(conversation, "plan", event -> !event.get("approval").equals(plan.get("approval")));
        assertThat(chat.decide(plan, "bob", "approve").status()).isEqualTo(409);
        assertThat(chat.decide(newer, "bob", "approve").status()).isEqualTo(200);
    }

    @Test
    void aPreviewThatDoesNotFitItsDigestIsNotShown() {
        runner.lie();
        String conversation = chat.say("alice", REQUEST);
        JsonNode error = chat.await(conversation, "error");
        assertThat(error.get("code").asText()).isEqualTo("wrong_preview");
        assertThat(error.get("message").asText())
                .isEqualTo("The runner's preview was refused: its digest does not fit its content.");
        assertThat(chat.events(conversation, "plan")).isEmpty();
    }

    @Test
    void withoutTheRunnerNothingIsDecidedAndThePlanStaysOpen() throws Exception {
        String conversation = chat.say("alice", REQUEST);
        JsonNode plan = chat.await(conversation, "plan");
        runner.vanish();
        Caller.Answer answer = chat.decide(plan, "bob", "approve");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("runner_unreachable");
        assertThat(answer.message()).contains("does not answer");
        runner.comeBack();
        assertThat(chat.decide(plan, "bob", "approve").status()).isEqualTo(200);
        runner.arrived();
    }

    @Test
    void whatDestroysIsApprovedWithItsCodeAndNothingElseIs() throws Exception {
        runner.destroying();
        runner.rules(Rules.two());
        JsonNode plan = chat.await(chat.say("alice", REQUEST), "plan");
        String code = PlanCode.of(plan.get("digest").asText());
        assertThat(plan.get("code").asText()).isEqualTo(code);
        Caller.Answer without = chat.decide(plan, "bob", "approve");
        assertThat(without.status()).isEqualTo(422);
        assertThat(without.code()).isEqualTo("wrong_code");
        assertThat(without.message()).isEqualTo("this cannot be undone, so whoever approves it types its code");
        assertThat(approve(plan, "bob", "000-000").message()).isEqualTo("what was typed is not the code of this plan");
        assertThat(approve(plan, "bob", code).status()).isEqualTo(200);
        assertThat(approve(
                                plan,
                                "carol",
                                " " + code.toLowerCase(java.util.Locale.ROOT).replace("-", ""))
                        .status())
                .isEqualTo(200);
        assertThat(runner.arrived().request().attestations())
                .allSatisfy(attestation ->
                        assertThat(attestation.statement().typed()).isEqualTo(code));
    }

    private Caller.Answer approve(JsonNode plan, String user, String code) {
        return chat.post(
                "/chat/approvals/" + plan.get("approval").asText(),
                Map.of(
                        "user",
                        user,
                        "decision",
                        "approve",
                        "digest",
                        plan.get("digest").asText(),
                        "code",
                        code));
    }

    @Test
    void whoApprovedMayDenyWhileOthersAreWaitedFor() {
        runner.rules(Rules.two());
        String conversation = chat.say("alice", REQUEST);
        JsonNode plan = chat.await(conversation, "plan");
        assertThat(chat.decide(plan, "bob", "approve").status()).isEqualTo(200);
        assertThat(chat.decide(plan, "bob", "deny").body().get("status").asText())
                .isEqualTo("denied");
        assertThat(chat.decide(plan, "carol", "approve").message()).startsWith("bob denied this plan at ");
        assertThat(runner.executions()).isZero();
    }

    @Test
    void aPlanThatChangedIsMadeAnewAndTheOldOneIsSuperseded() throws Exception {
        String conversation = chat.say("alice", REQUEST);
        JsonNode plan = chat.await(conversation, "plan");
        runner.refuseNextCheck(409, "changed_since_preview", "this changed: the policy", "preview it again");
        assertThat(chat.decide(plan, "bob", "approve").code()).isEqualTo("changed_since_preview");
        Caller.Answer fresh =
                chat.post("/chat/approvals/" + plan.get("approval").asText() + "/fresh", Map.of("user", "bob"));
        assertThat(fresh.status()).isEqualTo(200);
        JsonNode decision = chat.await(conversation, "decision");
        assertThat(decision.get("status").asText()).isEqualTo("superseded");
        assertThat(decision.get("user").asText()).isEqualTo("bob");
        assertThat(decision.get("reason").asText()).isEqualTo("what was shown changed meanwhile, so it was made anew");
        JsonNode newer =
                chat.await(conversation, "plan", event -> !event.get("approval").equals(plan.get("approval")));
        assertThat(newer.get("approval")).isEqualTo(fresh.body().get("approval"));
        assertThat(newer.get("requester").asText()).isEqualTo("web:alice");
        assertThat(chat.decide(newer, "bob", "approve").status()).isEqualTo(200);
        assertThat(runner.arrived().request().digest())
                .isEqualTo(newer.get("digest").asText());
    }

    @Test
    void aPlanThatChangedAfterItsApprovalIsNotRunAndIsOneClickAway() {
        String conversation = chat.say("alice", REQUEST);
        JsonNode plan = chat.await(conversation, "plan");
        runner.refuseNext(409, "changed_since_preview", "this changed: the tool check_disk_space", "preview it again");
        assertThat(chat.decide(plan, "bob", "approve").status()).isEqualTo(200);
        JsonNode result = chat.await(conversation, "result");
        assertThat(result.get("status").asText()).isEqualTo("failed");
        assertThat(result.get("summary").asText()).contains("this changed: the tool check_disk_space");
        assertThat(runner.executions()).isZero();
        Caller.Answer again = chat.post(
                "/chat/executions/" + result.get("execution").asText() + "/rerun",
                Map.of("user", "alice", "targets", "all"));
        assertThat(again.status()).isEqualTo(200);
        chat.await(
                conversation,
                "plan",
                event -> event.get("approval").equals(again.body().get("approval")));
    }

    @Test
    void whatWaitsIsShownAndDecidedInAnotherConversation() throws Exception {
        String first = chat.say("alice", REQUEST);
        JsonNode plan = chat.await(first, "plan");
        String other = chat.say("bob", "what waits for my approval?");
        JsonNode list = chat.await(
                other, "message", event -> !event.at("/choices/0/reply").isMissingNode());
        assertThat(list.at("/choices/0/label").asText()).isEqualTo("Show: Check disk space on web-server-01");
        chat.say(other, "bob", list.at("/choices/0/reply").asText());
        JsonNode shown = chat.await(other, "plan");
        assertThat(shown.get("approval")).isEqualTo(plan.get("approval"));
        assertThat(chat.decide(shown, "bob", "approve").status()).isEqualTo(200);
        assertThat(chat.await(other, "decision").get("status").asText()).isEqualTo("approved");
        ScriptedExecution execution = runner.arrived();
        execution.started("web-server-01");
        execution.finished("web-server-01", "half full\n");
        execution.ended(ExecutionStatus.SUCCEEDED, "done");
        JsonNode result = chat.await(other, "result");
        assertThat(result.get("status").asText()).isEqualTo("succeeded");
        assertThat(result.get("step_results")).isEmpty();
        assertThat(chat.await(first, "result").at("/step_results/0/stdout").asText())
                .isEqualTo("half full\n");

        runner.rules(Rules.someoneElse().approvedBy("carol"));
        String third = chat.say("alice", "restart nginx on web-server-01");
        JsonNode carols = chat.await(third, "plan");
        chat.say(other, "bob", "show plan " + carols.get("approval").asText());
        chat.await(
                other,
                "message",
                event -> event.get("text").asText().contains("is neither yours nor yours to decide about"));
    }

    @Test
    void anUnknownApprovalIsNotFound() {
        Caller.Answer answer = chat.post(
                "/chat/approvals/nothing",
                Map.of("user", "bob", "decision", "approve", "digest", "sha256:" + "0".repeat(64)));
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("unknown_approval");
    }
}
