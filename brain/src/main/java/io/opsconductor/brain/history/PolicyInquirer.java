package io.opsconductor.brain.history;

import io.opsconductor.brain.Refusal;
import io.opsconductor.brain.Tenancy;
import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.conversation.ChatMessage;
import io.opsconductor.brain.conversation.Reply;
import io.opsconductor.brain.intent.Intent;
import io.opsconductor.brain.language.Speech;
import io.opsconductor.brain.planning.Planning;
import io.opsconductor.brain.runner.RunnerAnswer;
import io.opsconductor.brain.runner.RunnerClient;
import io.opsconductor.plan.PolicyQuestion;
import io.opsconductor.plan.Preview.ApprovalRule;
import io.opsconductor.plan.Preview.Demand;
import io.opsconductor.plan.Preview.Quota;
import io.opsconductor.plan.Tenant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Answers who must approve a request. The runner says so, and to whom it may be said; nothing is run or kept. */
public final class PolicyInquirer {
    private final RunnerClient runner;
    private final Tenancy tenancy;

    public PolicyInquirer(RunnerClient runner, Tenancy tenancy) {
        this.runner = runner;
        this.tenancy = tenancy;
    }

    /** The answer for whoever wrote the message. */
    public Reply answer(ChatMessage message, Intent.AskApproval asked, Planning.Planned planned, Speech speech) {
        Optional<Tenant> tenant = tenancy.of(message.sender());
        if (tenant.isEmpty()) {
            return Reply.of(failure(Tenancy.nobodys(message.sender())));
        }
        String person = asked.person().self() ? "" : asked.person().name();
        return Reply.of(
                switch (runner.explain(
                        new PolicyQuestion.Request(tenant.get().name(), message.sender(), person, planned.plan()))) {
                    case RunnerAnswer.Ok<PolicyQuestion.Answer>(PolicyQuestion.Answer answer) ->
                        ChatEvent.Message.ours(text(answer, planned.summary(), speech));
                    case RunnerAnswer.Refused<PolicyQuestion.Answer>(Refusal refusal) -> failure(refusal);
                    case RunnerAnswer.Unreachable<PolicyQuestion.Answer>(String why) ->
                        failure(runner.unreachable(why, "try again in a moment"));
                });
    }

    private static ChatEvent failure(Refusal refusal) {
        return ChatEvent.Failure.of(refusal.code(), refusal.message(), refusal.hint());
    }

    private static String text(PolicyQuestion.Answer answer, String summary, Speech speech) {
        List<String> lines = new ArrayList<>();
        lines.add(speech.say("policy-about", "summary", summary, "person", answer.person()));
        if (answer.refusal() != null) {
            lines.add(speech.say("policy-refused", "why", answer.refusal().message()));
        } else if (answer.approval() != null) {
            lines.addAll(demands(answer.approval(), answer.person(), speech));
            lines.add(speech.say("policy-because", "reason", answer.approval().reason()));
            lines.add(speech.say(
                    "policy-expiry",
                    "minutes",
                    Long.toString(Duration.ofSeconds(answer.expirySeconds()).toMinutes())));
            if (answer.approval().breakGlass()) {
                lines.add(speech.say("policy-glass", "person", answer.person()));
            }
        }
        return String.join("\n", lines);
    }

    private static List<String> demands(ApprovalRule rule, String person, Speech speech) {
        return switch (rule.kind()) {
            case NONE -> List.of("- " + speech.say("policy-none"));
            case REQUESTER -> List.of("- " + speech.say("policy-requester", "person", person));
            case SOMEONE_ELSE ->
                rule.demands().stream()
                        .map(demand -> "- " + demand(demand, speech))
                        .toList();
        };
    }

    private static String demand(Demand demand, Speech speech) {
        String who = demand.of().stream()
                .map(quota -> quota(quota, speech))
                .collect(Collectors.joining(" " + speech.say("policy-and") + " "));
        String once = demand.of().size() > 1 ? " " + speech.say("policy-once") : "";
        String steps = demand.steps().isEmpty()
                ? ""
                : speech.say(
                                "policy-steps",
                                "steps",
                                demand.steps().stream().map(String::valueOf).collect(Collectors.joining(", ")))
                        + " ";
        return steps + speech.say("policy-must", "who", who) + once;
    }

    private static String quota(Quota quota, Speech speech) {
        String people = String.join(", ", quota.approvers());
        return speech.say(
                quota.group().isEmpty() ? "policy-people" : "policy-group",
                "count",
                Integer.toString(quota.people()),
                "group",
                quota.group(),
                "people",
                people);
    }
}
