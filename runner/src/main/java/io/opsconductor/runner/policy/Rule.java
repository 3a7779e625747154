package io.opsconductor.runner.policy;

import io.opsconductor.plan.Effect;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One rule. An empty condition holds for everything; all conditions must hold. Names are compared without regard to
 * case, so that a denial is not lost to a capital letter.
 *
 * @param name as in the file, for reasons and reports
 * @param deny whether it forbids
 * @param demand the approval it asks for; {@link Demand#NONE} for one that forbids
 */
record Rule(
        String name,
        boolean deny,
        Set<String> actors,
        Set<String> roles,
        Set<Effect> effects,
        Set<String> tools,
        Set<String> targets,
        Set<String> targetGroups,
        Set<String> environments,
        Demand demand) {
    Rule {
        actors = Set.copyOf(actors);
        roles = Set.copyOf(roles);
        effects = Set.copyOf(effects);
        tools = folded(tools);
        targets = folded(targets);
        targetGroups = folded(targetGroups);
        environments = folded(environments);
    }

    /** Whether the rule is about this person: named, or in one of its roles; a rule that names nobody is about all. */
    boolean isAbout(Actor actor) {
        return (actors.isEmpty() && roles.isEmpty())
                || actors.contains(actor.name())
                || actor.roles().stream().anyMatch(roles::contains);
    }

    boolean covers(StepFacts step, TargetFacts target) {
        return (effects.isEmpty() || effects.contains(step.effect()))
                && holds(tools, List.of(step.tool()))
                && holds(targets, List.of(target.name()))
                && holds(targetGroups, target.groups())
                && holds(environments, List.of(target.environment()));
    }

    private static boolean holds(Set<String> wanted, List<String> found) {
        return wanted.isEmpty() || found.stream().map(Rule::fold).anyMatch(wanted::contains);
    }

    private static Set<String> folded(Collection<String> names) {
        return names.stream().map(Rule::fold).collect(Collectors.toUnmodifiableSet());
    }

    static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
