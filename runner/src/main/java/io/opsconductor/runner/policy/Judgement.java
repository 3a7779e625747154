package io.opsconductor.runner.policy;

import io.opsconductor.plan.Effect;
import io.opsconductor.plan.Preview.ApprovalKind;
import io.opsconductor.plan.Preview.ApprovalRule;
import io.opsconductor.runner.policy.PolicyDecision.Allowed;
import io.opsconductor.runner.policy.PolicyDecision.Refused;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** One plan before the rules. */
final class Judgement {
    /** Distinct other people that a destructive step needs, whatever a rule says. */
    private static final int DESTROY_APPROVALS = 2;

    private static final String LOCAL_CHAT = "web:";

    private final Policy policy;
    private final Actor requester;
    private final List<StepFacts> steps;

    Judgement(Policy policy, Actor requester, List<StepFacts> steps) {
        this.policy = policy;
        this.requester = requester;
        this.steps = steps;
    }

    PolicyDecision decision() {
        List<Rule> about =
                policy.rules().stream().filter(r -> r.isAbout(requester)).toList();
        Set<Rule> applied = new LinkedHashSet<>();
        List<Refused> unruled = new ArrayList<>();
        for (StepFacts step : steps) {
            for (TargetFacts target : step.targets()) {
                List<Rule> covering =
                        about.stream().filter(r -> r.covers(step, target)).toList();
                for (Rule rule : covering) {
                    if (rule.deny()) {
                        return denied(rule, step, target);
                    }
                }
                if (covering.isEmpty()) {
                    unruled.add(noRule(step, target));
                }
                applied.addAll(covering);
            }
        }
        // A denial further on explains more than a missing rule, so missing rules are reported last.
        return unruled.isEmpty() ? approval(inFileOrder(applied)) : unruled.getFirst();
    }

    private List<Rule> inFileOrder(Set<Rule> applied) {
        return policy.rules().stream().filter(applied::contains).toList();
    }

    private PolicyDecision approval(List<Rule> applied) {
        List<String> names = applied.stream().map(Rule::name).toList();
        boolean destroys = steps.stream().anyMatch(s -> s.effect() == Effect.DESTROY);
        ApprovalKind kind = destroys ? ApprovalKind.SOMEONE_ELSE : ApprovalKind.NONE;
        int people = destroys ? DESTROY_APPROVALS : 0;
        for (Rule rule : applied) {
            kind = kind.compareTo(rule.demand().kind()) >= 0
                    ? kind
                    : rule.demand().kind();
            people = Math.max(people, rule.demand().people());
        }
        List<String> approvers = approvers(kind, applied);
        if (kind == ApprovalKind.SOMEONE_ELSE && approvers.size() < people) {
            return new Refused(
                    "not_enough_approvers",
                    "This needs the approval of " + people(people) + " other than " + requester.name()
                            + ", and the policy has "
                            + (approvers.isEmpty() ? "nobody" : "only " + String.join(", ", approvers))
                            + " who may give it.",
                    "Ask whoever keeps the runner's policy to add approvers to " + quoted(names) + ".");
        }
        ApprovalRule rule = new ApprovalRule(
                kind,
                people,
                approvers,
                identities(approvers),
                reason(kind, people, destroys, deciding(kind, applied)));
        return new Allowed(rule, requester.name(), policy.expiry(), names);
    }

    /** Names of the rules that ask for the most; all of them when only the safeguard for destructive steps does. */
    private static List<String> deciding(ApprovalKind kind, List<Rule> applied) {
        List<String> deciding = applied.stream()
                .filter(rule -> rule.demand().kind() == kind)
                .map(Rule::name)
                .toList();
        return deciding.isEmpty() ? applied.stream().map(Rule::name).toList() : deciding;
    }

    /** The people whose approval satisfies every rule at once. */
    private List<String> approvers(ApprovalKind kind, List<Rule> applied) {
        if (kind == ApprovalKind.NONE) {
            return List.of();
        }
        Set<String> approvers = new TreeSet<>();
        policy.actors().forEach(actor -> approvers.add(actor.name()));
        boolean demanded = false;
        for (Rule rule : applied) {
            if (rule.demand().kind() == kind) {
                demanded = true;
                approvers.retainAll(eligible(rule));
            }
        }
        if (!demanded) {
            // Only the safeguard for destructive steps asks for others: whoever may ask for the same may approve.
            applied.forEach(rule -> approvers.retainAll(eligible(rule)));
        }
        if (kind == ApprovalKind.REQUESTER) {
            approvers.add(requester.name());
        } else {
            approvers.remove(requester.name());
        }
        return List.copyOf(approvers);
    }

    /** Where chat platforms know the approvers by. */
    private Map<String, List<String>> identities(List<String> approvers) {
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

    private Set<String> eligible(Rule rule) {
        String group = rule.demand().group();
        Set<String> people = new TreeSet<>();
        if (group != null) {
            people.addAll(policy.members(group));
        } else {
            policy.actors().stream().filter(rule::isAbout).map(Actor::name).forEach(people::add);
        }
        return people;
    }

    private static String reason(ApprovalKind kind, int people, boolean destroys, List<String> rules) {
        String demand = switch (kind) {
            case NONE -> "no approval is needed";
            case REQUESTER -> "whoever asks may approve";
            case SOMEONE_ELSE -> people(people) + " other than whoever asks must approve";
        };
        return quoted(rules) + ": " + demand + (destroys ? ", because it destroys" : "");
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

    private static String people(int count) {
        return count == 1 ? "1 person" : count + " people";
    }

    private static String quoted(List<String> names) {
        return String.join(", ", names.stream().map(n -> "\"" + n + "\"").toList());
    }
}
