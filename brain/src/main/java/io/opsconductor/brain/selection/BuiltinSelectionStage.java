package io.opsconductor.brain.selection;

import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.intent.Entity;
import io.opsconductor.brain.intent.Intent;
import io.opsconductor.brain.intent.ToolRequest;
import io.opsconductor.brain.language.Indexes;
import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.brain.language.Reading;
import io.opsconductor.brain.language.ToolIndex.Fit;
import io.opsconductor.brain.language.Verbs;
import io.opsconductor.brain.language.Verbs.Action;
import io.opsconductor.plan.Effect;
import io.opsconductor.tool.CatalogueEntry;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Stage B without a model: words and named things score the tools, the verb rules out, the gate decides. Thread-safe. */
public final class BuiltinSelectionStage implements SelectionStage {
    private static final int OFFERED = 3;
    /** How many of the best by words are looked at closely. */
    private static final int LOOKED_AT = 30;

    private static final Gate GATE = Gate.tuned();

    private final Indexes indexes;

    public BuiltinSelectionStage(Indexes indexes) {
        this.indexes = indexes;
    }

    @Override
    public List<ToolChoice> select(Intent.RunTools intent, Knowledge knowledge) {
        Index index = indexes.of(knowledge);
        return intent.requests().stream()
                .map(request -> choice(request, knowledge, index))
                .toList();
    }

    private record Scored(CatalogueEntry tool, double score) {}

    static ToolChoice choice(ToolRequest request, Knowledge knowledge, Index index) {
        if (request.entities().stream().anyMatch(Entity.Unsafe.class::isInstance)) {
            return new ToolChoice.NoTool(request);
        }
        Reading reading = index.read(request.text());
        Optional<CatalogueEntry> named = byName(reading, knowledge);
        if (named.isPresent()) {
            return new ToolChoice.Chosen(request, named.get());
        }
        Optional<Action> action = new Verbs(index.language()).action(reading);
        if (action.isEmpty() && index.tools().content(reading).isEmpty()) {
            return general(request, reading, knowledge);
        }
        List<Scored> scored = scored(reading, action, index);
        if (scored.isEmpty() || scored.getFirst().score < GATE.possible()) {
            return new ToolChoice.NoTool(request);
        }
        double best = scored.getFirst().score;
        double next = scored.size() > 1 ? scored.get(1).score : 0;
        if (GATE.chooses(best, next)) {
            return new ToolChoice.Chosen(request, scored.getFirst().tool);
        }
        List<CatalogueEntry> candidates = scored.stream()
                .filter(tool -> tool.score >= GATE.possible() / 2)
                .limit(OFFERED)
                .map(Scored::tool)
                .toList();
        return candidates.size() > 1 ? new ToolChoice.Unclear(request, candidates) : new ToolChoice.NoTool(request);
    }

    private static List<Scored> scored(Reading reading, Optional<Action> action, Index index) {
        ChangeRule rule = new ChangeRule(index);
        EntityFit fit = new EntityFit(index);
        return index.tools().rank(reading).stream()
                .filter(tool -> rule.allows(tool.tool(), reading, action))
                .limit(LOOKED_AT)
                .map(tool -> scored(tool, fit, reading))
                .sorted(Comparator.comparingDouble(Scored::score).reversed())
                .toList();
    }

    private static Scored scored(Fit tool, EntityFit fit, Reading reading) {
        return new Scored(tool.tool(), tool.score() + fit.of(tool.tool(), reading.entities()));
    }

    /** A tool's exact name of several words, as in "check_disk_space on web-01". */
    private static Optional<CatalogueEntry> byName(Reading reading, Knowledge knowledge) {
        List<CatalogueEntry> named = knowledge.tools().tools().stream()
                .filter(tool -> tool.name().indexOf('_') > 0
                        && reading.words().stream()
                                .anyMatch(word -> word.lower().equals(tool.name())))
                .toList();
        return named.size() == 1 ? Optional.of(named.getFirst()) : Optional.empty();
    }

    /** "how is web-01": nothing is said but a target, so the tools that need no more than a target are offered. */
    private static ToolChoice general(ToolRequest request, Reading reading, Knowledge knowledge) {
        boolean targets = reading.entities().stream().anyMatch(Indexes.Index::isTarget);
        List<CatalogueEntry> candidates = knowledge.tools().tools().stream()
                .filter(tool -> tool.effect() == Effect.READ && tool.needsTarget())
                .filter(tool -> tool.parameters().stream().noneMatch(CatalogueEntry.Parameter::required))
                .limit(OFFERED)
                .toList();
        return targets && candidates.size() > 1
                ? new ToolChoice.Unclear(request, candidates)
                : new ToolChoice.NoTool(request);
    }
}
