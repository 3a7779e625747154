package io.opsconductor.runner.policy;

import io.opsconductor.plan.DemandWords;
import io.opsconductor.plan.Effect;
import io.opsconductor.plan.Preview.ApprovalKind;
import io.opsconductor.plan.Preview.ApprovalRule;
import io.opsconductor.plan.Preview.Demand;
import io.opsconductor.plan.Preview.Quota;
import io.opsconductor.runner.policy.Combination.Asked;
import io.opsconductor.runner.policy.PolicyDecision.Allowed;
import io.opsconductor.runner.policy.PolicyDecision.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One plan before the rules. */
final class Judgement {
    private static final String LOCAL_CHAT = "web:";

    private final Policy policy;
    private final Actor requester;
    private final List<StepFacts> steps;
    private final Instant at;

    Judgement(Policy policy, Actor requester, List<StepFacts> steps, Instant at) {
        this.policy = policy;
        this.requester = requester;
        this.steps = steps;
        this.at = at;
    }

    PolicyDecision decision() {
        List<Rule> about =
                policy.rules().stream().filter(r -> r.isAbout(requester)).toList();
        Combination combination = new Combination(policy, requester);
        Set<Rule> applied = new LinkedHashSet<>();
        List<Refused> unruled = new ArrayList<>();
        for (StepFacts step : steps) {
            Set<Rule> ofStep = new LinkedHashSet<>();
            for (TargetFacts target : step.targets()) {
                List<Rule> covering =
                        about.stream().filter(r -> r.covers(step, target, at)).toList();
                for (Rule rule : covering) {
                    if (rule.deny()) {
                        return denied(rule, step, target);
                    }
                }
                if (covering.isEmpty()) {
                    unruled.add(noRule(step, target));
                }
                ofStep.addAll(covering);
            }
            combination.add(step, inFileOrder(ofStep));
            applied.addAll(ofStep);
        }
        // A denial further on explains more than a missing rule, so missing rules are reported last.
        return unruled.isEmpty() ? approval(combination, inFileOrder(applied)) : unruled.getFirst();
    }

    /** What holds instead when the requester does without the approval of others. */
    PolicyDecision broken(String reason) {
        return switch (decision()) {
            case Refused refused -> refused;
            case Allowed allowed ->
                allowed.approval().breakGlass()
                        ? new Allowed(
                                alone(allowed.approval(), reason),
                                allowed.requesterName(),
                                allowed.expiry(),
                                allowed.rules())
                        : new Refused(
                                "break_glass_not_allowed",
                                "The policy does not let " + requester.name()
                                        + " do this without the approval that it asks for.",
                                "Every rule that asks for somebody else's approval here must allow break_glass for "
                                        + requester.name() + ", and no step may destroy.");
        };
    }

    private ApprovalRule alone(ApprovalRule asked, String reason) {
        List<String> self = List.of(requester.name());
        return asked.without(
                self,
                identities(self),
                "break glass: nobody else approves this, because " + requester.name() + " says: " + reason);
    }

    private List<Rule> inFileOrder(Set<Rule> applied) {
        return policy.rules().stream().filter(applied::contains).toList();
    }

    private PolicyDecision approval(Combination combination, List<Rule> applied) {
        List<String> names = applied.stream().map(Rule::name).toList();
        List<Asked> asked = combination.all();
        for (Asked one : asked) {
            if (new Matching(one.demand().of(), approvers(one.demand())).missing() > 0) {
                return notEnough(one, names);
            }
        }
        List<Demand> demands = asked.stream().map(Asked::demand).toList();
        Set<String> approvers =
                demands.stream().flatMap(d -> approvers(d).stream()).collect(Collectors.toSet());
        ApprovalRule rule = new ApprovalRule(
                combination.kind(),
                demands,
                identities(approvers),
                reason(combination.kind(), asked, names),
                mayBeBroken(combination.kind(), applied));
        return new Allowed(rule, requester.name(), expiry(applied), names);
    }

    private Refused notEnough(Asked asked, List<String> names) {
        List<String> approvers = List.copyOf(approvers(asked.demand()));
        return new Refused(
                "not_enough_approvers",
                capital(DemandWords.steps(asked.demand().steps()) + "this needs the approval of ")
                        + people(asked.demand()) + " other than " + requester.name() + ", and the policy has "
                        + (approvers.isEmpty() ? "nobody" : "only " + String.join(", ", approvers))
                        + " who may give it.",
                "Ask whoever keeps the runner's policy to add approvers to "
                        + quoted(asked.rules().isEmpty() ? names : asked.rules()) + ".");
    }

    /** Every rule that asks for somebody else must let it; what destroys needs others always. */
    private boolean mayBeBroken(ApprovalKind kind, List<Rule> applied) {
        return kind == ApprovalKind.SOMEONE_ELSE
                && steps.stream().noneMatch(step -> step.effect() == Effect.DESTROY)
                && applied.stream()
                        .filter(rule -> rule.demand().kind() == ApprovalKind.SOMEONE_ELSE)
                        .allMatch(rule -> rule.mayBeBrokenBy(requester));
    }

    private Duration expiry(List<Rule> applied) {
        return applied.stream()
                .map(Rule::expiry)
                .flatMap(Optional::stream)
                .reduce(policy.expiry(), (one, other) -> one.compareTo(other) <= 0 ? one : other);
    }

    private static Set<String> approvers(Demand demand) {
        return demand.of().stream()
                .flatMap(quota -> quota.approvers().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Where chat platforms know the approvers by. */
    private Map<String, List<String>> identities(Collection<String> approvers) {
        Map<String, List<String>> identities = new TreeMap<>();
        for (Actor actor : policy.actors()) {
            List<String> own = actor.identities().stream()
                    .filter(identity -> !identity.startsWith(LOCAL_CHAT))
                    .sorted()
                    .toList();
            if (approvers.contains(actor.name()) && !own.isEmpty()) {
                identities.put(actor.name(), own);
            }
        }
        return identities;
    }

    private static String reason(ApprovalKind kind, List<Asked> asked, List<String> applied) {
        return switch (kind) {
            case NONE -> quoted(applied) + ": no approval is needed";
            case REQUESTER -> quoted(asked.getFirst().rules()) + ": whoever asks may approve";
            case SOMEONE_ELSE -> asked.stream().map(Judgement::reason).collect(Collectors.joining("; "));
        };
    }

    private static String reason(Asked asked) {
        return quoted(asked.rules()) + ": " + people(asked.demand()) + " other than whoever asks must approve"
                + (asked.safeguard() ? ", because it destroys" : "");
    }

    private Refused denied(Rule rule, StepFacts step, TargetFacts target) {
        return new Refused(
                "denied_by_policy",
                "The rule " + quoted(List.of(rule.name())) + " forbids " + requester.name() + " " + step.tool()
                        + on(target) + ".",
                "Ask whoever keeps the runner's policy whether the rule should cover this.");
    }

    private Refused noRule(StepFacts step, TargetFacts target) {
        return new Refused(
                "no_rule",
                "No rule of the policy allows " + requester.name() + " " + step.tool() + " ("
                        + step.effect().word().toLowerCase(Locale.ROOT) + ")" + on(target) + ".",
                "Ask whoever keeps the runner's policy for a rule that allows it; what no rule allows is refused.");
    }

    private static String on(TargetFacts target) {
        return " on " + target.name() + (target.environment().isEmpty() ? "" : " (" + target.environment() + ")");
    }

    private static String people(Demand demand) {
        return demand.of().stream().map(Judgement::people).collect(Collectors.joining(" and "));
    }

    private static String people(Quota quota) {
        return (quota.people() == 1 ? "1 person" : quota.people() + " people")
                + (quota.group().isEmpty() ? "" : " of " + quota.group());
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private static String quoted(List<String> names) {
        return String.join(", ", names.stream().map(n -> "\"" + n + "\"").toList());
    }
}
