package io.opsconductor.runner.policy;

import io.opsconductor.plan.Effect;
import io.opsconductor.plan.Preview.ApprovalKind;
import io.opsconductor.plan.Preview.Demand;
import io.opsconductor.plan.Preview.Quota;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Brings together what the rules ask for, step by step, of one requester. */
final class Combination {
    /** Distinct other people that a destructive step needs, whatever a rule says. */
    private static final int DESTROY_APPROVALS = 2;

    private final Policy policy;
    private final Actor requester;
    private final List<Asked> asked = new ArrayList<>();
    private final Set<Rule> requesting = new LinkedHashSet<>();
    private int steps;

    Combination(Policy policy, Actor requester) {
        this.policy = policy;
        this.requester = requester;
    }

    /**
     * A demand, and where it comes from.
     *
     * @param rules names of the rules that make it
     * @param safeguard whether only the safeguard for destructive steps makes it
     */
    record Asked(Demand demand, List<String> rules, boolean safeguard) {}

    /** Adds the next step of the plan with the rules that apply to it, in the file's order. */
    void add(StepFacts step, List<Rule> applied) {
        steps++;
        List<Asked> here = new ArrayList<>();
        for (Rule rule : applied) {
            switch (rule.demand().kind()) {
                case NONE -> {}
                case REQUESTER -> requesting.add(rule);
                case SOMEONE_ELSE -> quotas(rule).forEach(of -> include(here, asked(of, List.of(rule.name()), false)));
            }
        }
        if (step.effect() == Effect.DESTROY
                && here.stream().noneMatch(one -> one.demand().people() >= DESTROY_APPROVALS)) {
            here.add(asked(
                    List.of(new Quota(DESTROY_APPROVALS, "", destroyers(here, applied))),
                    applied.stream().map(Rule::name).toList(),
                    true));
        }
        for (int at = 0; at < here.size(); at++) {
            if (!isCovered(at, here)) {
                include(asked, here.get(at));
            }
        }
    }

    private Asked asked(List<Quota> of, List<String> rules, boolean safeguard) {
        return new Asked(new Demand(of, List.of(steps)), rules, safeguard);
    }

    /** A list of quotas for each demand that the rule makes. */
    private Stream<List<Quota>> quotas(Rule rule) {
        List<Quota> all = rule.demand().shares().stream()
                .map(share -> share.group() == null
                        ? new Quota(share.people(), "", others(about(rule)))
                        : new Quota(share.people(), share.group(), others(policy.members(share.group()))))
                .toList();
        return rule.demand().overlap() ? all.stream().map(List::of) : Stream.of(all);
    }

    /** Whoever may approve the step; where only the safeguard asks for others, whoever may ask for the same. */
    private List<String> destroyers(List<Asked> here, List<Rule> applied) {
        if (!here.isEmpty()) {
            return here.stream()
                    .flatMap(one -> one.demand().of().stream())
                    .flatMap(quota -> quota.approvers().stream())
                    .distinct()
                    .sorted()
                    .toList();
        }
        Set<String> all =
                new TreeSet<>(policy.actors().stream().map(Actor::name).toList());
        applied.forEach(rule -> all.retainAll(about(rule)));
        return others(all);
    }

    /** Whether whoever meets another demand has met this one; of two that cover each other the first is kept. */
    private static boolean isCovered(int at, List<Asked> here) {
        Demand one = here.get(at).demand();
        for (int other = 0; other < here.size(); other++) {
            if (other != at
                    && covers(here.get(other).demand(), one)
                    && (other < at || !covers(one, here.get(other).demand()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean covers(Demand greater, Demand less) {
        if (less.of().size() != 1) {
            return greater.of().equals(less.of());
        }
        Quota quota = less.of().getFirst();
        return greater.of().stream()
                        .filter(part -> quota.approvers().containsAll(part.approvers()))
                        .mapToInt(Quota::people)
                        .sum()
                >= quota.people();
    }

    /** The same demand of several rules or steps is one. */
    private static void include(List<Asked> list, Asked added) {
        for (int at = 0; at < list.size(); at++) {
            Asked known = list.get(at);
            if (known.demand().of().equals(added.demand().of()) && known.safeguard() == added.safeguard()) {
                list.set(
                        at,
                        new Asked(
                                new Demand(
                                        known.demand().of(),
                                        union(
                                                known.demand().steps(),
                                                added.demand().steps())),
                                union(known.rules(), added.rules()),
                                known.safeguard()));
                return;
            }
        }
        list.add(added);
    }

    private static <T> List<T> union(List<T> left, List<T> right) {
        Set<T> both = new LinkedHashSet<>(left);
        both.addAll(right);
        return List.copyOf(both);
    }

    ApprovalKind kind() {
        if (!asked.isEmpty()) {
            return ApprovalKind.SOMEONE_ELSE;
        }
        return requesting.isEmpty() ? ApprovalKind.NONE : ApprovalKind.REQUESTER;
    }

    /** Everything that is asked for. Where somebody else must approve, the requester need not confirm. */
    List<Asked> all() {
        return switch (kind()) {
            case NONE -> List.of();
            case REQUESTER ->
                List.of(new Asked(
                        new Demand(List.of(new Quota(1, "", confirming())), List.of()),
                        requesting.stream().map(Rule::name).toList(),
                        false));
            case SOMEONE_ELSE ->
                asked.stream()
                        .map(one -> one.demand().steps().size() < steps
                                ? one
                                : new Asked(new Demand(one.demand().of(), List.of()), one.rules(), one.safeguard()))
                        .toList();
        };
    }

    private List<String> confirming() {
        Set<String> all =
                new TreeSet<>(policy.actors().stream().map(Actor::name).toList());
        requesting.forEach(rule -> all.retainAll(about(rule)));
        all.add(requester.name());
        return List.copyOf(all);
    }

    private List<String> about(Rule rule) {
        return policy.actors().stream().filter(rule::isAbout).map(Actor::name).toList();
    }

    private List<String> others(Collection<String> people) {
        return people.stream()
                .filter(name -> !name.equals(requester.name()))
                .distinct()
                .sorted()
                .toList();
    }
}
