package io.opsconductor.runner.policy;

import io.opsconductor.plan.DemandWords;
import io.opsconductor.plan.Preview.ApprovalKind;
import io.opsconductor.plan.Preview.ApprovalRule;
import io.opsconductor.plan.Rights;
import io.opsconductor.plan.Visible;
import io.opsconductor.runner.inventory.Inventory;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.text.Nearest;
import io.opsconductor.tool.CatalogueEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rules at one moment. Questions to it change nothing. */
public final class Policy {
    private final String version;
    private final Set<String> tenants;
    private final Map<String, Actor> actors;
    private final Map<String, Actor> byIdentity = new HashMap<>();
    private final Map<String, List<String>> groups;
    private final List<Rule> rules;
    private final Duration expiry;

    Policy(
            String version,
            Set<String> tenants,
            Collection<Actor> actors,
            Map<String, List<String>> groups,
            List<Rule> rules,
            Duration expiry) {
        this.version = version;
        this.tenants = Set.copyOf(tenants);
        this.actors = new LinkedHashMap<>();
        this.groups = Map.copyOf(groups);
        this.rules = List.copyOf(rules);
        this.expiry = expiry;
        for (Actor actor : actors) {
            this.actors.put(actor.name(), actor);
            actor.identities().forEach(identity -> byIdentity.put(identity, actor));
        }
    }

    /** Digest of the policy file's bytes. */
    public String version() {
        return version;
    }

    /** How long an approval may take. */
    public Duration expiry() {
        return expiry;
    }

    /**
     * Whether a plan may be asked for, and who must approve it. A denial wins over everything; each step on each target
     * needs a rule that allows it; what all rules that apply ask for must be met.
     *
     * @param tenant the tenant
     * @param requester platform-qualified identity of who asks
     * @param steps at least one
     * @param at the runner's time, for rules that hold at times
     */
    public PolicyDecision judge(String tenant, String requester, List<StepFacts> steps, Instant at) {
        return judge(tenant, requester, steps, at, "");
    }

    /**
     * The same, for somebody who means to do without the approval of others.
     *
     * @param breakGlass why; empty to ask as usual
     */
    public PolicyDecision judge(String tenant, String requester, List<StepFacts> steps, Instant at, String breakGlass) {
        if (!tenants.isEmpty() && !tenants.contains(tenant)) {
            return new PolicyDecision.Refused(
                    "unknown_tenant",
                    "The tenant " + printable(tenant) + " is not one of this runner's policy.",
                    "Add it under tenants in the policy, or use one of the policy's tenants.");
        }
        Actor actor = byIdentity.get(requester);
        if (actor == null) {
            return new PolicyDecision.Refused("unknown_actor", unknown(requester), addIdentity(requester));
        }
        Judgement judgement = new Judgement(this, actor, steps, at);
        return breakGlass.isEmpty() ? judgement.decision() : judgement.broken(breakGlass);
    }

    /**
     * Whether an approval by this identity counts.
     *
     * @param rule the preview's rule
     * @param requester identity of who asked
     * @param approver identity of who decides
     */
    public Standing judgeApprover(ApprovalRule rule, String requester, String approver) {
        Actor person = byIdentity.get(approver);
        if (person == null) {
            return new Standing.DoesNot("unknown_actor", unknown(approver), addIdentity(approver));
        }
        if (rule.kind() == ApprovalKind.SOMEONE_ELSE && person.equals(byIdentity.get(requester))) {
            return new Standing.DoesNot(
                    "own_request",
                    person.name() + " asked for this, and the policy wants somebody else to approve it.",
                    "Ask " + DemandWords.oneOf(rule.approvers()) + " to approve.");
        }
        if (!rule.approvers().contains(person.name())) {
            return new Standing.DoesNot(
                    "not_an_approver",
                    person.name() + " may not approve this.",
                    rule.approvers().isEmpty()
                            ? "It needs no approval."
                            : "Ask " + DemandWords.oneOf(rule.approvers()) + " to approve.");
        }
        return new Standing.Counts(person.name());
    }

    /**
     * Whether a denial by this identity counts: the requester may deny, everybody who may approve, and where the requester does
     * without the approval of others, whoever might have given it.
     */
    public Standing judgeDenier(ApprovalRule rule, String requester, String denier) {
        Actor person = byIdentity.get(denier);
        if (person == null) {
            return new Standing.DoesNot("unknown_actor", unknown(denier), addIdentity(denier));
        }
        if (person.equals(byIdentity.get(requester))
                || rule.approvers().contains(person.name())
                || rule.stoppers().contains(person.name())) {
            return new Standing.Counts(person.name());
        }
        return new Standing.DoesNot(
                "not_an_approver",
                person.name() + " may not deny this.",
                "Whoever asked for it may, and "
                        + DemandWords.oneOf(rule.stoppers().isEmpty() ? rule.approvers() : rule.stoppers()) + ".");
    }

    /** Counts the people whose approval counts; identities that do not count are left out. */
    public Tally tally(ApprovalRule rule, String requester, List<String> approverIdentities) {
        Set<String> people = new LinkedHashSet<>();
        for (String identity : approverIdentities) {
            if (judgeApprover(rule, requester, identity) instanceof Standing.Counts(String name)) {
                people.add(name);
            }
        }
        return Tally.of(rule, people);
    }

    /**
     * Names in rules that mean nothing at the moment, in sentences: a denial with a typing mistake denies nothing. They
     * are no errors, because tools and targets come and go.
     */
    public List<String> doubts(Collection<String> tools, Inventory inventory) {
        List<String> doubts = new ArrayList<>();
        Set<String> environments = new TreeSet<>();
        Set<String> labels = new TreeSet<>();
        Set<String> targets = new TreeSet<>(Set.of(TargetFacts.RUNNER));
        for (Target target : inventory.targets()) {
            environments.add(target.environment());
            targets.add(target.name());
            labels.addAll(target.labels().keySet());
        }
        for (Rule rule : rules) {
            Scope scope = rule.scope();
            doubt(doubts, rule, "tool", scope.tools(), tools);
            doubt(doubts, rule, "target", scope.targets(), targets);
            doubt(
                    doubts,
                    rule,
                    "target group",
                    scope.targetGroups(),
                    inventory.groups().keySet());
            doubt(doubts, rule, "environment", scope.environments(), environments);
            doubt(doubts, rule, "label", scope.labels().keySet(), labels);
        }
        return doubts;
    }

    private static void doubt(List<String> doubts, Rule rule, String kind, Set<String> used, Collection<String> known) {
        Set<String> folded = known.stream().map(Scope::fold).collect(Collectors.toSet());
        for (String name : new TreeSet<>(used)) {
            if (!folded.contains(name)) {
                List<String> nearest = Nearest.of(name, known, 1);
                doubts.add("The rule \"" + rule.name() + "\" names the " + kind + " " + name + ", which does not exist."
                        + (nearest.isEmpty() ? "" : " Did you mean " + nearest.getFirst() + "?"));
            }
        }
    }

    /**
     * What somebody may ask for.
     *
     * @param tenant the tenant
     * @param identity platform-qualified identity of the person
     * @param tools those there are
     * @param targets those of the inventory
     * @param at the runner's time
     */
    public Rights.Answer rights(
            String tenant, String identity, List<CatalogueEntry> tools, List<TargetFacts> targets, Instant at) {
        Actor actor = byIdentity.get(identity);
        if (actor == null || (!tenants.isEmpty() && !tenants.contains(tenant))) {
            return Rights.Answer.NOBODY;
        }
        return new Rights.Answer(actor.name(), actor.identities(), new Granting(rules, actor, tools, at).on(targets));
    }

    /**
     * Why {@link #judge} decides as it does.
     *
     * @param requester platform-qualified identity of a person whom the policy knows
     */
    public Explanation explain(String tenant, String requester, List<StepFacts> steps, Instant at) {
        PolicyDecision decision = judge(tenant, requester, steps, at);
        Actor actor = byIdentity.get(requester);
        return actor == null ? new Explanation(decision, List.of()) : Explanation.of(decision, rules, actor, steps, at);
    }

    /** An identity of somebody whom the policy knows by this name or identity; null when it knows nobody by it. */
    public @Nullable String identityOf(String person) {
        if (byIdentity.containsKey(person)) {
            return person;
        }
        return actors.values().stream()
                .filter(actor -> actor.name().equalsIgnoreCase(person))
                .findFirst()
                .map(actor -> actor.identities().getFirst())
                .orElse(null);
    }

    /** The policy's names of people. */
    public List<String> people() {
        return List.copyOf(actors.keySet());
    }

    /** The policy's names of groups of people. */
    Set<String> groups() {
        return groups.keySet();
    }

    /** The person behind an identity; null when the policy knows none. */
    public @Nullable String personOf(String identity) {
        Actor actor = byIdentity.get(identity);
        return actor == null ? null : actor.name();
    }

    Collection<Actor> actors() {
        return actors.values();
    }

    List<Rule> rules() {
        return rules;
    }

    List<String> members(String group) {
        return groups.getOrDefault(group, List.of());
    }

    private static String unknown(String identity) {
        return "The policy does not know " + printable(identity) + ".";
    }

    private static String addIdentity(String identity) {
        return "Ask whoever keeps the runner's policy to list " + printable(identity)
                + " under the identities of a person.";
    }

    private static String printable(String text) {
        return Visible.escape(text.length() <= 160 ? text : text.substring(0, 160) + "...");
    }
}
