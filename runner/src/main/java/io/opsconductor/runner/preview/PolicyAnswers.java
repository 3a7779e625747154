package io.opsconductor.runner.preview;

import io.opsconductor.plan.PolicyQuestion;
import io.opsconductor.plan.Problem;
import io.opsconductor.plan.Rights;
import io.opsconductor.plan.Visible;
import io.opsconductor.runner.policy.Policy;
import io.opsconductor.runner.policy.PolicyDecision;
import io.opsconductor.runner.policy.StepFacts;
import io.opsconductor.runner.policy.TargetFacts;
import io.opsconductor.tool.ToolLibrary;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Answers who would have to approve a plan, to whoever may know. */
public final class PolicyAnswers {
    private final Previewer previewer;
    private final Supplier<ToolLibrary> tools;
    private final Supplier<Policy> policy;

    public PolicyAnswers(Previewer previewer, Supplier<ToolLibrary> tools, Supplier<Policy> policy) {
        this.previewer = previewer;
        this.tools = tools;
        this.policy = policy;
    }

    /** What came of a question. */
    public sealed interface Answered {
        record Told(PolicyQuestion.Answer answer) implements Answered {}

        record Refused(int status, Problem problem) implements Answered {}
    }

    public Answered answer(PolicyQuestion.Request asked, Instant now) {
        Policy rules = policy.get();
        if (rules.judge(asked.tenantId(), asked.actorId(), List.of(), now)
                instanceof PolicyDecision.Refused(String code, String message, String hint)) {
            return new Answered.Refused(403, Problem.of(code, message, hint));
        }
        String person = asked.person().isEmpty() ? asked.actorId() : rules.identityOf(asked.person());
        String name = person == null ? null : rules.personOf(person);
        if (person == null || name == null) {
            return new Answered.Refused(
                    404,
                    Problem.of(
                            "unknown_actor",
                            "The policy knows nobody called " + Visible.escape(asked.person()) + ".",
                            "Ask with the policy's name of the person."));
        }
        boolean aboutOthers = !name.equals(rules.personOf(asked.actorId()));
        return switch (previewer.facts(asked.plan())) {
            case Previewer.Facts.Unusable(Problem problem) -> new Answered.Refused(422, problem);
            case Previewer.Facts.Usable(List<StepFacts> facts) ->
                aboutOthers && !mayAskOnAll(rules, asked, facts, now)
                        ? new Answered.Refused(
                                403,
                                Problem.of(
                                        "not_told",
                                        "Who approves there is told to those who may ask for something there themselves.",
                                        "Ask whoever keeps the runner's policy."))
                        : new Answered.Told(told(rules, asked.tenantId(), person, name, facts, now));
        };
    }

    /** Whether whoever asks the question may ask for anything at all on every target that it is about. */
    private boolean mayAskOnAll(Policy rules, PolicyQuestion.Request asked, List<StepFacts> facts, Instant now) {
        List<TargetFacts> targets = facts.stream()
                .flatMap(step -> step.targets().stream())
                .distinct()
                .toList();
        Set<String> granted = new HashSet<>();
        rules.rights(asked.tenantId(), asked.actorId(), tools.get().catalogue().tools(), targets, now).grants().stream()
                .map(Rights.Grant::targets)
                .forEach(granted::addAll);
        return targets.stream().allMatch(target -> granted.contains(target.name()));
    }

    private static PolicyQuestion.Answer told(
            Policy rules, String tenant, String person, String name, List<StepFacts> facts, Instant now) {
        return switch (rules.judge(tenant, person, facts, now)) {
            case PolicyDecision.Refused(String code, String message, String hint) ->
                new PolicyQuestion.Answer(name, Problem.of(code, message, hint).error(), null, 0, List.of());
            case PolicyDecision.Allowed allowed ->
                new PolicyQuestion.Answer(
                        name, null, allowed.approval(), allowed.expiry().toSeconds(), allowed.rules());
        };
    }
}
