package io.opsconductor.brain.answer;

import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.plan.Effect;
import io.opsconductor.tool.CatalogueEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Sentences to begin with, made of tools and targets that exist. */
public final class Suggestions {
    private static final int MAX = 5;

    private Suggestions() {}

    /** At most five, harmless ones first. */
    public static List<String> of(Knowledge knowledge) {
        List<String> suggestions = new ArrayList<>();
        TreeSet<String> groups = new TreeSet<>(knowledge.targets().groups().keySet());
        if (!knowledge.targets().targets().isEmpty()) {
            String target = knowledge.targets().targets().getLast().name();
            first(knowledge, "check_disk_space", "check disk space on " + target, suggestions);
            first(knowledge, "uptime_load", "uptime of " + target, suggestions);
            if (!groups.isEmpty()) {
                first(knowledge, "memory", "check memory on all " + groups.getLast(), suggestions);
            }
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

    private static void first(Knowledge knowledge, String tool, String sentence, List<String> suggestions) {
        if (knowledge.tools().tools().stream().map(CatalogueEntry::name).anyMatch(tool::equals)) {
            suggestions.add(sentence);
        }
    }
}
