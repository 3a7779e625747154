package io.opsconductor.runner.policy;

import io.opsconductor.plan.Effect;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a rule is about besides people. An empty condition holds for everything; all conditions must hold. Names are compared
 * without regard to case, so that a denial is not lost to a capital letter.
 *
 * @param labels by key, the values of which a target must have one; {@value #ANY} for any
 * @param windows of which the time must be in one
 */
record Scope(
        Set<Effect> effects,
        Set<String> tools,
        Set<String> targets,
        Set<String> targetGroups,
        Set<String> environments,
        Map<String, Set<String>> labels,
        List<TimeWindow> windows) {
    static final String ANY = "*";

    Scope {
        effects = Set.copyOf(effects);
        tools = folded(tools);
        targets = folded(targets);
        targetGroups = folded(targetGroups);
        environments = folded(environments);
        Map<String, Set<String>> folded = new HashMap<>();
        labels.forEach((key, values) -> folded.put(fold(key), folded(values)));
        labels = Map.copyOf(folded);
        windows = List.copyOf(windows);
    }

    boolean covers(StepFacts step, TargetFacts target, Instant at) {
        return unmet(step, target, at).isEmpty();
    }

    /** The first condition that does not hold, in words; empty when all do. */
    String unmet(StepFacts step, TargetFacts target, Instant at) {
        if (!effects.isEmpty() && !effects.contains(step.effect())) {
            return "its effects are " + words(effects.stream().map(Effect::word).toList());
        }
        if (!holds(tools, List.of(step.tool()))) {
            return "its tools are " + words(tools);
        }
        if (!holds(targets, List.of(target.name()))) {
            return "its targets are " + words(targets);
        }
        if (!holds(targetGroups, target.groups())) {
            return "its target groups are " + words(targetGroups);
        }
        if (!holds(environments, List.of(target.environment()))) {
            return "its environments are " + words(environments);
        }
        for (Map.Entry<String, Set<String>> label : labels.entrySet()) {
            if (!has(target, label.getKey(), label.getValue())) {
                return "it wants the label " + label.getKey() + "=" + String.join("|", new TreeSet<>(label.getValue()));
            }
        }
        return windows.isEmpty() || windows.stream().anyMatch(window -> window.contains(at))
                ? ""
                : "its times are " + windows.stream().map(TimeWindow::words).collect(Collectors.joining("; "));
    }

    private static boolean has(TargetFacts target, String key, Set<String> values) {
        return target.labels().entrySet().stream()
                .filter(label -> fold(label.getKey()).equals(key))
                .anyMatch(label -> values.contains(ANY) || values.contains(fold(label.getValue())));
    }

    private static boolean holds(Set<String> wanted, List<String> found) {
        return wanted.isEmpty() || found.stream().map(Scope::fold).anyMatch(wanted::contains);
    }

    private static String words(Collection<String> names) {
        return String.join(", ", new TreeSet<>(names));
    }

    private static Set<String> folded(Collection<String> names) {
        return names.stream().map(Scope::fold).collect(Collectors.toUnmodifiableSet());
    }

    static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
