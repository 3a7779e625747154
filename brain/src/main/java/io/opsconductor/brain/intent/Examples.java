package io.opsconductor.brain.intent;

import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.plan.Effect;
import io.opsconductor.tool.CatalogueEntry;
import java.util.List;

/** Two or three requests that would work here and now, to show to somebody who does not know what to ask. */
final class Examples {
    private Examples() {}

    /** Quoted and joined; another selection for another {@code turn}. */
    static String of(Knowledge knowledge, Index index, int turn) {
        List<String> fitting = knowledge.tools().tools().stream()
                .filter(tool -> tool.effect() == Effect.READ)
                .flatMap(tool -> fitting(tool, index).stream().limit(1))
                .toList();
        if (fitting.isEmpty()) {
            return "\"help\"";
        }
        int count = Math.min(3, fitting.size());
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            String example = fitting.get(Math.floorMod(turn * 3 + i, fitting.size()));
            text.append(i == 0 ? "" : i == count - 1 ? " or " : ", ")
                    .append('"')
                    .append(example)
                    .append('"');
        }
        return text.toString();
    }

    private static List<String> fitting(CatalogueEntry tool, Index index) {
        return tool.examples().stream()
                .filter(example -> index.read(example).entities().stream()
                        .noneMatch(entity ->
                                entity instanceof Entity.UnknownTarget || entity instanceof Entity.AmbiguousTarget))
                .toList();
    }
}
