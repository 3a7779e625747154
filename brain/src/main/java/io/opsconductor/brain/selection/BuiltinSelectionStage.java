package io.opsconductor.brain.selection;

import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.intent.Entity;
import io.opsconductor.brain.intent.Intent;
import io.opsconductor.brain.intent.ToolRequest;
import io.opsconductor.brain.language.Indexes;
import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.brain.language.Language;
import io.opsconductor.brain.language.Reading;
import io.opsconductor.brain.language.ToolIndex.Fit;
import io.opsconductor.brain.language.Verbs;
import io.opsconductor.brain.language.Verbs.Action;
import io.opsconductor.plan.Effect;
import io.opsconductor.tool.CatalogueEntry;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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

    /** @param byValues whether only what is named speaks for it, and no word */
    private record Scored(CatalogueEntry tool, double score, boolean byValues) {}

    static ToolChoice choice(ToolRequest request, Knowledge knowledge, Index index) {
        if (request.entities().stream().anyMatch(Entity.Unsafe.class::isInstance)) {
            return new ToolChoice.NoTool(request);
        }
        Reading reading = index.read(request.text(), request.language());
        Optional<CatalogueEntry> named = byName(reading, knowledge, index.language());
        if (named.isPresent()) {
            return new ToolChoice.Chosen(request, named.get());
        }
        Optional<Action> action = new Verbs(index.language()).action(reading);
        if (action.isEmpty() && index.tools().content(reading).isEmpty()) {
            return general(request, reading, knowledge, index.language());
        }
        List<Entity> here = reading.entities();
        List<Entity> carried = request.entities().stream()
                .filter(entity -> !here.contains(entity))
                .toList();
        List<Scored> scored = scored(reading, carried, action, index);
        boolean byValues = scored.stream().anyMatch(Scored::byValues);
        if (scored.isEmpty() || (scored.getFirst().score < GATE.possible() && !byValues)) {
            return new ToolChoice.NoTool(request);
        }
        double best = scored.getFirst().score;
        double next = scored.size() > 1 ? scored.get(1).score : 0;
        CatalogueEntry first = scored.getFirst().tool;
        boolean rival = EntityFit.hasUnusedUrl(first, here) && byValues;
        if (!rival && GATE.chooses(best, next, EntityFit.isComplete(first, request.entities()))) {
            return new ToolChoice.Chosen(request, first);
        }
        List<CatalogueEntry> candidates = scored.stream()
                .filter(tool -> tool.score >= GATE.possible() / 2)
                .limit(OFFERED)
                .map(Scored::tool)
                .toList();
        boolean offers = candidates.size() > 1 || (byValues && !candidates.isEmpty());
        return offers ? new ToolChoice.Unclear(request, candidates) : new ToolChoice.NoTool(request);
    }

    private static List<Scored> scored(Reading reading, List<Entity> carried, Optional<Action> action, Index index) {
        ChangeRule rule = new ChangeRule(index);
        EntityFit fit = new EntityFit(index);
        List<Fit> byWords = index.tools().rank(reading, LOOKED_AT, tool -> rule.allows(tool, reading, action));
        // "is https://example.com slow": the words say nothing of a tool that the values are just right for.
        boolean asks = action.isEmpty()
                && !new Verbs(index.language()).mentionsChange(reading)
                && reading.words().stream().anyMatch(word -> index.language().is("read-cue", word.term()));
        Stream<Fit> byValues = asks ? byValues(reading.entities(), byWords, index) : Stream.empty();
        return Stream.concat(byWords.stream(), byValues)
                .map(tool -> scored(tool, fit, reading, carried))
                .sorted(Comparator.comparingDouble(Scored::score).reversed())
                .toList();
    }

    private static Stream<Fit> byValues(List<Entity> own, List<Fit> byWords, Index index) {
        Set<String> seen = byWords.stream().map(fit -> fit.tool().name()).collect(Collectors.toSet());
        return index.tools().all().stream()
                .filter(tool -> tool.effect() == Effect.READ
                        && EntityFit.mustHave(tool, own)
                        && !seen.contains(tool.name())
                        && EntityFit.exactly(tool, own))
                .map(tool -> new Fit(tool, 0, 0));
    }

    private static Scored scored(Fit tool, EntityFit fit, Reading reading, List<Entity> carried) {
        return new Scored(
                tool.tool(), tool.score() + fit.of(tool.tool(), reading.entities(), carried), tool.coverage() == 0);
    }

    /** A tool's exact name of several words, as in "check_disk_space on web-01". */
    private static Optional<CatalogueEntry> byName(Reading reading, Knowledge knowledge, Language language) {
        List<CatalogueEntry> named = knowledge.tools().tools().stream()
                .filter(tool -> tool.name().indexOf('_') > 0
                        && reading.words().stream()
                                .anyMatch(word -> word.lower().equals(tool.name())))
                .toList();
        boolean negated = IntStream.range(0, reading.words().size())
                .anyMatch(at -> language.match("not", reading.words(), at) > 0);
        return named.size() == 1 && !negated ? Optional.of(named.getFirst()) : Optional.empty();
    }

    /** "how is web-01", "https://example.com": only things are named, so the tools that take just these are offered; a path says more. */
    private static ToolChoice general(ToolRequest request, Reading reading, Knowledge knowledge, Language language) {
        List<Entity> own = reading.entities();
        List<CatalogueEntry> candidates = own.isEmpty()
                ? List.of()
                : knowledge.tools().tools().stream()
                        .filter(tool -> tool.effect() == Effect.READ && EntityFit.exactly(tool, own))
                        .limit(OFFERED)
                        .toList();
        boolean value = own.stream().anyMatch(Entity.Value.class::isInstance);
        List<CatalogueEntry> forPath = candidates.stream()
                .filter(tool -> EntityFit.isForPath(tool, own, language))
                .toList();
        if (forPath.size() == 1) {
            return new ToolChoice.Chosen(request, forPath.getFirst());
        }
        if (candidates.size() > 1) {
            return new ToolChoice.Unclear(request, candidates);
        }
        return candidates.size() == 1 && value
                ? new ToolChoice.Chosen(request, candidates.getFirst())
                : new ToolChoice.NoTool(request);
    }
}
