package io.opsconductor.runner.policy;

import io.opsconductor.plan.Effect;
import io.opsconductor.plan.Rights;
import io.opsconductor.tool.CatalogueEntry;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What one person may ask for, target by target; whether enough people could approve it is another question. */
final class Granting {
    private final List<Rule> about;
    private final List<CatalogueEntry> tools;
    /** Targets that a rule names differ from others like them. */
    private final Set<String> named;

    private final Map<TargetFacts, Set<String>> known = new HashMap<>();

    /** Label keys that rules ask about, folded. */
    private final Set<String> labels;

    private final Instant at;

    Granting(List<Rule> rules, Actor actor, List<CatalogueEntry> tools, Instant at) {
        this.about = rules.stream().filter(rule -> rule.isAbout(actor)).toList();
        this.tools = List.copyOf(tools);
        this.named =
                about.stream().flatMap(rule -> rule.scope().targets().stream()).collect(Collectors.toSet());
        this.labels = about.stream()
                .flatMap(rule -> rule.scope().labels().keySet().stream())
                .collect(Collectors.toSet());
        this.at = at;
    }

    List<Rights.Grant> on(List<TargetFacts> targets) {
        TargetFacts runner = TargetFacts.runner();
        Set<String> onRunner = allowed(runner).stream()
                .filter(tool -> tools.stream().anyMatch(one -> one.name().equals(tool) && !one.needsTarget()))
                .collect(Collectors.toCollection(TreeSet::new));
        Map<Set<String>, Set<String>> targetsOfTools = new HashMap<>();
        add(targetsOfTools, runner.name(), onRunner);
        for (TargetFacts target : targets) {
            Set<String> here = new TreeSet<>(allowed(target));
            // What runs on the runner and names this target is judged with both.
            here.removeIf(tool -> !onRunner.contains(tool)
                    && tools.stream().noneMatch(one -> one.name().equals(tool) && one.needsTarget()));
            add(targetsOfTools, target.name(), here);
        }
        Map<String, Rights.Grant> sorted = new TreeMap<>();
        targetsOfTools.forEach((granted, names) ->
                sorted.put(names.iterator().next(), new Rights.Grant(List.copyOf(names), List.copyOf(granted))));
        return List.copyOf(sorted.values());
    }

    private static void add(Map<Set<String>, Set<String>> targetsOfTools, String target, Set<String> granted) {
        if (!granted.isEmpty()) {
            targetsOfTools.computeIfAbsent(granted, g -> new TreeSet<>()).add(target);
        }
    }

    /** Thousands of targets are of few kinds: each kind is judged once. */
    private Set<String> allowed(TargetFacts target) {
        boolean byName = named.contains(Scope.fold(target.name()));
        TargetFacts kind = new TargetFacts(
                byName ? target.name() : "",
                target.environment(),
                target.groups().stream().sorted().toList(),
                target.labels().entrySet().stream()
                        .filter(label -> labels.contains(Scope.fold(label.getKey())))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        return known.computeIfAbsent(kind, k -> judged(byName ? target : kind));
    }

    private Set<String> judged(TargetFacts target) {
        return tools.stream()
                .filter(tool -> isAllowed(tool.name(), tool.effect(), target))
                .map(CatalogueEntry::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean isAllowed(String tool, Effect effect, TargetFacts target) {
        StepFacts step = new StepFacts(tool, effect, List.of(target));
        List<Rule> covering =
                about.stream().filter(rule -> rule.covers(step, target, at)).toList();
        return !covering.isEmpty() && covering.stream().noneMatch(Rule::deny);
    }
}
