package io.opsconductor.chat.slack.deliver;

import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.outputs.Chart;
import io.opsconductor.brain.outputs.Level;
import io.opsconductor.brain.outputs.OutputReading;
import io.opsconductor.plan.Effect;
import io.opsconductor.plan.Preview;
import io.opsconductor.plan.TargetResult;
import io.opsconductor.plan.TargetStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events as the brain writes them. */
final class Events {
    static final String APPROVAL = "ap_1";
    static final String EXECUTION = "ex_1";
    static final String TOOL = "disk-usage";

    private Events() {}

    static ChatEvent.PlanCard plan(String requester, List<String> targets) {
        return plan(requester, targets, "df -h");
    }

    static ChatEvent.PlanCard plan(String requester, List<String> targets, String command) {
        return new ChatEvent.PlanCard(
                APPROVAL,
                "d1",
                Effect.READ,
                "Check disk space",
                requester,
                "alice",
                List.of(new ChatEvent.CardStep(
                        TOOL,
                        Effect.READ,
                        targets,
                        command,
                        targets.stream()
                                .map(target -> new ChatEvent.CardCommand(target, command, "ops", "staging"))
                                .toList(),
                        null)),
                new Preview.BlastRadius(targets.size(), Map.of("staging", targets.size())),
                new Preview.ApprovalRule(
                        Preview.ApprovalKind.REQUESTER,
                        1,
                        List.of("alice", "bob"),
                        Map.of(),
                        "checks need one approval"),
                Instant.now().plusSeconds(600),
                List.of("approve", "deny", "edit", "withdraw"),
                null,
                null);
    }

    static ChatEvent.Decision approved(String identity, @Nullable Integer missing) {
        return new ChatEvent.Decision(
                APPROVAL, "approve", "bob", identity, null, missing == null ? "approved" : "pending", missing);
    }

    static ChatEvent.Decision decided(
            String decision, @Nullable String identity, @Nullable String reason, String status) {
        return new ChatEvent.Decision(
                APPROVAL, decision, identity == null ? null : "bob", identity, reason, status, null);
    }

    static ChatEvent.Progress started(String target) {
        return ChatEvent.Progress.started(EXECUTION, APPROVAL, 0, TOOL, target);
    }

    static ChatEvent.Progress output(String target, String text) {
        return ChatEvent.Progress.output(EXECUTION, APPROVAL, 0, TOOL, target, "stdout", text);
    }

    static ChatEvent.Progress finished(String target, String output) {
        return ChatEvent.Progress.finished(EXECUTION, APPROVAL, succeeded(target, output));
    }

    static TargetResult succeeded(String target, String output) {
        return new TargetResult(0, TOOL, target, TargetStatus.SUCCEEDED, 0, output, "", false, false, 1_200, "");
    }

    /** A result of which there is something to draw. */
    static ChatEvent.Result drawn(TargetResult result) {
        Chart chart = new Chart(
                "Time of each answer",
                Chart.Shape.IN_ORDER,
                "ms",
                null,
                List.of(new Chart.Series(
                        result.target(), Level.OK, List.of(new Chart.Point(1, 0.4), new Chart.Point(2, 0.6)))),
                0);
        return new ChatEvent.Result(
                EXECUTION,
                APPROVAL,
                "succeeded",
                "All targets succeeded.",
                List.of(result),
                null,
                List.of(new OutputReading(TOOL, "It answers.", null, chart)),
                List.of());
    }

    static ChatEvent.Result result(TargetResult... results) {
        return new ChatEvent.Result(EXECUTION, APPROVAL, "succeeded", "All targets succeeded.", List.of(results), null);
    }
}
