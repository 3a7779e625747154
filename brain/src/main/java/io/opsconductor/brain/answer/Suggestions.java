package io.opsconductor.brain.answer;

import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.plan.Effect;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.TargetDirectory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Sentences to begin with, made of tools and targets that exist. */
public final class Suggestions {
    private static final int MAX = 5;

    private Suggestions() {}

    /** At most five, harmless ones first. */
    public static List<String> of(Knowledge knowledge) {
        List<String> suggestions = new ArrayList<>();
        Optional<Map.Entry<String, List<String>>> group =
                group(knowledge.targets().groups());
        if (!knowledge.targets().targets().isEmpty()) {
            String target = group.map(
                            found -> found.getValue().stream().sorted().toList())
                    .orElseGet(() -> knowledge.targets().targets().stream()
                            .map(TargetDirectory.Entry::name)
                            .toList())
                    .getFirst();
            first(knowledge, "check_disk_space", "check disk space on " + target, suggestions);
            first(knowledge, "uptime_load", "uptime of " + target, suggestions);
            group.map(found -> found.getKey().replaceAll("[-_]+", " "))
                    .ifPresent(name -> first(knowledge, "memory", "check memory on all " + name, suggestions));
            first(knowledge, "restart_service", "restart nginx on " + target + ", then check its status", suggestions);
        }
        knowledge.tools().tools().stream()
                .filter(tool -> tool.effect() == Effect.READ && !tool.needsTarget())
                .flatMap(tool -> tool.examples().stream().limit(1))
                .limit(Math.max(0, MAX - 1 - suggestions.size()))
                .forEach(suggestions::add);
        suggestions.add("help");
        return suggestions;
    }

    /** A group to speak of, of web servers if there are any: the examples restart nginx. */
    private static Optional<Map.Entry<String, List<String>>> group(Map<String, List<String>> groups) {
        return new TreeMap<>(groups)
                .entrySet().stream()
                        .filter(group -> !group.getValue().isEmpty())
                        .min(Comparator.comparing(group -> !group.getKey().contains("web")));
    }

    private static void first(Knowledge knowledge, String tool, String sentence, List<String> suggestions) {
        if (knowledge.tools().tools().stream().map(CatalogueEntry::name).anyMatch(tool::equals)) {
            suggestions.add(sentence);
        }
    }
}
