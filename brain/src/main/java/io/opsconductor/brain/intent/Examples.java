package io.opsconductor.brain.intent;

import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.plan.Effect;
import io.opsconductor.tool.CatalogueEntry;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Two or three requests that would work here and now, to show to somebody who does not know what to ask. */
final class Examples {
    private static final int WANTED = 3;
    private static final int LOOKED_AT = 30;

    private Examples() {}

    /** Quoted and joined; another selection for another {@code turn}. */
    static String of(Knowledge knowledge, Index index, int turn) {
        List<CatalogueEntry> tools = knowledge.tools().tools().stream()
                .filter(tool -> tool.effect() == Effect.READ)
                .toList();
        List<String> fitting = IntStream.range(0, Math.min(LOOKED_AT, tools.size()))
                .mapToObj(i -> tools.get(Math.floorMod(turn * WANTED + i, tools.size())))
                .flatMap(tool -> fitting(tool, index).limit(1))
                .limit(WANTED)
                .map(example -> "\"" + example + "\"")
                .toList();
        if (fitting.size() < 2) {
            return fitting.isEmpty() ? "\"help\"" : fitting.getFirst();
        }
        return String.join(", ", fitting.subList(0, fitting.size() - 1)) + " or " + fitting.getLast();
    }

    private static Stream<String> fitting(CatalogueEntry tool, Index index) {
        return tool.examples().stream().filter(index::isAtHome);
    }
}
