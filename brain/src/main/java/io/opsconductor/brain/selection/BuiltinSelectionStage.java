package io.opsconductor.brain.selection;

import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.intent.Entity;
import io.opsconductor.brain.intent.Intent;
import io.opsconductor.brain.intent.ToolRequest;
import io.opsconductor.brain.language.Indexes;
import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.brain.language.Language;
import io.opsconductor.brain.language.LooseValues;
import io.opsconductor.brain.language.Reading;
import io.opsconductor.brain.language.ToolIndex.Fit;
import io.opsconductor.brain.language.Verbs;
import io.opsconductor.brain.language.Verbs.Action;
import io.opsconductor.brain.language.Word;
import io.opsconductor.plan.Effect;
import io.opsconductor.tool.CatalogueEntry;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
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
        Verbs verbs = new Verbs(index.language());
        if (verbs.ordersUnknown(reading, word -> index.tools().knows(word.stem()))) {
            return new ToolChoice.NoTool(request);
        }
        Optional<Action> action = verbs.action(reading);
        boolean changes = action.isPresent() || verbs.mentionsChange(reading);
        if (action.isEmpty() && index.tools().content(reading).isEmpty()) {
            return general(request, reading, index);
        }
        Optional<ToolChoice> file = file(request, reading, index);
        if (file.isPresent()) {
            return file.get();
        }
        List<Entity> here = reading.entities();
        List<Entity> carried = request.entities().stream()
                .filter(entity -> !here.contains(entity))
                .toList();
        List<Scored> scored = scored(reading, carried, action, index);
        boolean byValues = scored.stream().anyMatch(Scored::byValues);
        if (scored.isEmpty() || (scored.getFirst().score < GATE.possible() && !byValues)) {
            return changes ? new ToolChoice.NoTool(request) : byValue(request, reading, index);
        }
        double best = scored.getFirst().score;
        double next = scored.size() > 1 ? scored.get(1).score : 0;
        CatalogueEntry first = scored.getFirst().tool;
        boolean rival = EntityFit.hasUnusedUrl(first, here) && byValues;
        boolean sure = !rival && GATE.chooses(best, next, EntityFit.isComplete(first, request.entities()));
        boolean unexplained = sure && isUnexplained(first, reading, index);
        // "see anything wrong in /var/log/syslog on db-01": no word speaks for a tool, and the path's kind does.
        boolean forPath = scored.getFirst().byValues
                && best - next >= GATE.margin()
                && EntityFit.isForPath(first, here, index.language())
                && EntityFit.exactly(first, here)
                && index.tools().content(reading).size() <= 1;
        if ((sure && !unexplained) || forPath) {
            return new ToolChoice.Chosen(request, first);
        }
        if (EntityFit.hasUnusedUrl(first, here) && !changes) {
            return byValue(request, reading, index);
        }
        List<CatalogueEntry> candidates = scored.stream()
                .filter(tool -> tool.score >= GATE.possible() / 2)
                .limit(OFFERED)
                .map(Scored::tool)
                .toList();
        boolean likely = best >= GATE.likely() && !changes && here.stream().anyMatch(Entity.Targets.class::isInstance);
        boolean offers = candidates.size() > 1 || ((byValues || unexplained || likely) && !candidates.isEmpty());
        if (offers) {
            return new ToolChoice.Unclear(request, candidates);
        }
        return changes ? new ToolChoice.NoTool(request) : byValue(request, reading, index);
    }

    /** Whether as many words say something that the tool does not speak of as speak of it: "cpu temperature on db-01". */
    private static boolean isUnexplained(CatalogueEntry tool, Reading reading, Index index) {
        List<Entity> own = reading.entities();
        if (EntityFit.isExactByValue(tool, own)) {
            return false;
        }
        List<Word> content = index.tools().content(reading);
        Set<String> explained = new HashSet<>();
        Set<String> strange = new HashSet<>(EntityFit.withoutPlace(tool, own));
        Collection<Word> named = LooseValues.of(tool, reading, index.language()).values();
        named.forEach(word -> strange.remove(word.text()));
        for (Word word : content) {
            if (index.tools().speaksOf(tool.name(), word.stem())) {
                explained.add(word.stem());
            } else if (!named.contains(word)
                    && word.term().equals(word.lower())
                    && word.lower().chars().allMatch(Character::isLetter)
                    && !index.language().isCommon(word)) {
                strange.add(word.stem());
            }
        }
        return !strange.isEmpty() && strange.size() >= explained.size();
    }

    /** "cat /var/log/syslog on db-01": the path's kind says which tool, if it says it clearly. */
    private static Optional<ToolChoice> file(ToolRequest request, Reading reading, Index index) {
        List<Word> content = index.tools().content(reading);
        boolean reads = !content.isEmpty()
                && EntityFit.namesFile(reading.entities())
                && content.stream().allMatch(word -> index.language().is("reads-file", word.term()));
        return reads
                ? Optional.of(general(request, reading, index)).filter(ToolChoice.Chosen.class::isInstance)
                : Optional.empty();
    }

    /** The tools that look at just what is named, to choose from, where the words say too little. */
    private static ToolChoice byValue(ToolRequest request, Reading reading, Index index) {
        List<Entity> own = reading.entities();
        EntityFit fit = new EntityFit(index, reading);
        List<CatalogueEntry> candidates = index.tools().all().stream()
                .filter(tool -> tool.effect() == Effect.READ && EntityFit.isForAddress(tool, own))
                .filter(tool -> !fit.isElsewhere(tool))
                .limit(OFFERED)
                .toList();
        return candidates.isEmpty() ? new ToolChoice.NoTool(request) : new ToolChoice.Unclear(request, candidates);
    }

    private static List<Scored> scored(Reading reading, List<Entity> carried, Optional<Action> action, Index index) {
        ChangeRule rule = new ChangeRule(index);
        EntityFit fit = new EntityFit(index, reading);
        List<Fit> byWords = index.tools().rank(reading, LOOKED_AT, tool -> rule.allows(tool, reading, action));
        // "is https://example.com slow": the words say nothing of a tool that the values are just right for.
        boolean asks = action.isEmpty()
                && !new Verbs(index.language()).mentionsChange(reading)
                && readsSomething(reading, index);
        Stream<Fit> byValues = asks ? byValues(reading.entities(), byWords, fit, index) : Stream.empty();
        List<Scored> scored = Stream.concat(byWords.stream(), byValues)
                .map(tool -> scored(tool, fit, carried))
                .sorted(Comparator.comparingDouble(Scored::score).reversed())
                .toList();
        // What cannot run there is no rival of what can, but says best why a request is refused when nothing else comes
        // near.
        return scored.isEmpty() || fit.isElsewhere(scored.getFirst().tool)
                ? scored
                : scored.stream().filter(one -> !fit.isElsewhere(one.tool)).toList();
    }

    private static boolean readsSomething(Reading reading, Index index) {
        return reading.words().stream().anyMatch(word -> index.language().is("read-cue", word.term()));
    }

    private static Stream<Fit> byValues(List<Entity> own, List<Fit> byWords, EntityFit fit, Index index) {
        Set<String> seen = byWords.stream().map(found -> found.tool().name()).collect(Collectors.toSet());
        return index.tools().all().stream()
                .filter(tool -> tool.effect() == Effect.READ
                        && EntityFit.mustHave(tool, own)
                        && !seen.contains(tool.name())
                        && !fit.isElsewhere(tool)
                        && EntityFit.exactly(tool, own))
                .map(tool -> new Fit(tool, 0, 0));
    }

    private static Scored scored(Fit tool, EntityFit fit, List<Entity> carried) {
        return new Scored(tool.tool(), tool.score() + fit.of(tool.tool(), carried), tool.coverage() == 0);
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
    private static ToolChoice general(ToolRequest request, Reading reading, Index index) {
        List<Entity> own = reading.entities();
        EntityFit fit = new EntityFit(index, reading);
        List<CatalogueEntry> candidates = own.isEmpty()
                ? List.of()
                : index.tools().all().stream()
                        .filter(tool -> tool.effect() == Effect.READ && EntityFit.exactly(tool, own))
                        .filter(tool -> !fit.isElsewhere(tool))
                        .limit(OFFERED)
                        .toList();
        boolean value = own.stream().anyMatch(Entity.Value.class::isInstance);
        List<CatalogueEntry> forPath = candidates.stream()
                .filter(tool -> EntityFit.isForPath(tool, own, index.language()))
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
