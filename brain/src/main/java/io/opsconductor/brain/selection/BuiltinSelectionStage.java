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
import io.opsconductor.tool.ParameterType;
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

    /** What decides among tools that fit about as well. */
    private static final double EVERYDAY = 0.1;

    private static final double VERB = 0.15;
    private static final double FORM = 0.15;
    /** For the everyday tool that speaks of all that is said, and against another one whose name says more. */
    private static final double EXPLAINS = 0.2;

    private static final double UNSAID = 0.1;

    /** Of the rank of the chosen one, for what is offered beside it. */
    private static final double NEAR = 0.6;

    /** For a tool that has an example which is put just so, less for one that is put nearly so. */
    private static final double ALIKE = 0.2;

    private static final Gate GATE = Gate.tuned();

    private final Indexes indexes;

    public BuiltinSelectionStage(Indexes indexes) {
        this.indexes = indexes;
    }

    @Override
    public List<ToolChoice> select(Intent.RunTools intent, Knowledge knowledge) {
        Index index = indexes.of(knowledge);
        // Of several requests in one message, a question about each would be one too many.
        Gate gate = intent.requests().size() == 1 ? GATE : GATE.ofSeveral();
        return intent.requests().stream()
                .map(request -> choice(request, gate, knowledge, index))
                .toList();
    }

    /**
     * A tool, and how well it fits.
     *
     * @param ahead what speaks for it beside others that fit about as well: that it is the everyday one, is called by the verb, or
     *     is asked for in such words; nothing of it makes a tool fit that does not
     * @param byValues whether only what is named speaks for it, and no word
     */
    private record Scored(CatalogueEntry tool, double score, double ahead, boolean byValues) {
        double rank() {
            return score + ahead;
        }
    }

    static ToolChoice choice(ToolRequest request, Knowledge knowledge, Index index) {
        return choice(request, GATE, knowledge, index);
    }

    private static ToolChoice choice(ToolRequest request, Gate gate, Knowledge knowledge, Index index) {
        if (request.entities().stream().anyMatch(Entity.Unsafe.class::isInstance)) {
            return new ToolChoice.NoTool(request);
        }
        Reading reading = index.read(request.text(), request.language());
        Optional<CatalogueEntry> named = byName(reading, knowledge, index.language());
        if (named.isPresent()) {
            return new ToolChoice.Chosen(request, named.get());
        }
        List<Entity> here = reading.entities();
        List<Entity> carried = request.entities().stream()
                .filter(entity -> !here.contains(entity))
                .toList();
        EntityFit fit = new EntityFit(index, reading, carried);
        Optional<CatalogueEntry> asExample =
                index.tools().forms().same(reading, tool -> fit.isForAll(tool) && fit.takesPaths(tool));
        Verbs verbs = new Verbs(index.language());
        if (asExample.isPresent()) {
            List<Scored> others = scored(reading, carried, verbs.action(reading), fit, index);
            return new ToolChoice.Chosen(request, asExample.get(), near(asExample.get(), others));
        }
        if (verbs.ordersUnknown(reading, word -> index.tools().knows(word.stem()))) {
            return new ToolChoice.NoTool(request);
        }
        Optional<Action> action = verbs.action(reading);
        boolean changes = action.isPresent() || verbs.mentionsChange(reading);
        if (action.isEmpty() && index.tools().content(reading).isEmpty()) {
            return general(request, reading, fit, index);
        }
        Optional<ToolChoice> file = file(request, reading, fit, index);
        if (file.isPresent()) {
            return file.get();
        }
        List<Scored> scored = scored(reading, carried, action, fit, index);
        boolean byValues = scored.stream().anyMatch(Scored::byValues);
        if (scored.isEmpty() || (scored.getFirst().score < GATE.possible() && !byValues)) {
            return changes ? new ToolChoice.NoTool(request) : byValue(request, reading, fit, index);
        }
        double best = scored.getFirst().score;
        double next =
                scored.size() > 1 ? scored.get(1).rank() - (scored.getFirst().rank() - best) : 0;
        CatalogueEntry first = scored.getFirst().tool;
        boolean rival = EntityFit.hasUnusedUrl(first, here) && byValues;
        double fitting =
                scored.stream().limit(OFFERED).mapToDouble(Scored::score).max().orElse(best);
        boolean sure = !rival && gate.chooses(best, next, fitting, EntityFit.isComplete(first, request.entities()));
        boolean unexplained = sure && isUnexplained(first, reading, index);
        // "see anything wrong in /var/log/syslog on db-01": no word speaks for a tool, and the path's kind does.
        boolean forPath = scored.getFirst().byValues
                && best - next >= GATE.margin()
                && EntityFit.isForPath(first, here, index.language())
                && EntityFit.exactly(first, here)
                && index.tools().content(reading).size() <= 1;
        if ((sure && !unexplained) || forPath) {
            return new ToolChoice.Chosen(request, first, near(first, scored));
        }
        if (EntityFit.hasUnusedUrl(first, here) && !changes) {
            return byValue(request, reading, fit, index);
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
        return changes ? new ToolChoice.NoTool(request) : byValue(request, reading, fit, index);
    }

    /** What else it may have been: the best beside the chosen one that do no more than it, if they are not far behind. */
    private static List<CatalogueEntry> near(CatalogueEntry chosen, List<Scored> scored) {
        double rank = scored.stream()
                .filter(one -> one.tool.equals(chosen))
                .mapToDouble(Scored::rank)
                .findFirst()
                .orElse(0);
        return scored.stream()
                .filter(one -> !one.tool.equals(chosen) && one.tool.effect().compareTo(chosen.effect()) <= 0)
                .filter(one -> one.score >= GATE.possible() && one.rank() >= NEAR * rank)
                .limit(OFFERED - 1)
                .map(Scored::tool)
                .toList();
    }

    /** Whether as many words say something that the tool does not speak of as speak of it: "cpu temperature on db-01". */
    private static boolean isUnexplained(CatalogueEntry tool, Reading reading, Index index) {
        List<Entity> own = reading.entities();
        boolean changes = tool.effect() != Effect.READ;
        if (!changes && EntityFit.isExactByValue(tool, own)) {
            return false;
        }
        List<Word> content = index.tools().content(reading);
        Set<String> explained = new HashSet<>();
        Set<String> strange = new HashSet<>(EntityFit.withoutPlace(tool, own));
        Collection<Word> named = LooseValues.of(tool, reading, index).values();
        named.forEach(word -> strange.remove(word.text()));
        for (Word word : content) {
            if (index.tools().speaksOf(tool.name(), word.stem())) {
                explained.add(word.stem());
            } else if (!named.contains(word)
                    && word.term().equals(word.lower())
                    && word.lower().chars().allMatch(Character::isLetter)
                    && (!index.language().isCommon(word)
                            || (changes
                                    && index.tools().knows(word.stem())
                                    && own.stream().noneMatch(entity -> counts(entity, word))))) {
                strange.add(word.stem());
            }
        }
        // Who asks for a change means every word of it, "all" and "every" among them.
        boolean many = changes
                && IntStream.range(0, reading.words().size())
                        .filter(at -> reading.mentionAt(at).isEmpty())
                        .mapToObj(at -> reading.words().get(at))
                        .anyMatch(word -> index.language().is("all", word.lower())
                                && !index.tools().says(tool.name(), word.stem())
                                && !tool.name().contains(word.lower()));
        return many || (!strange.isEmpty() && (changes || strange.size() >= explained.size()));
    }

    /** "2 times": what a number counts says nothing else than the number. */
    private static boolean counts(Entity entity, Word word) {
        return entity instanceof Entity.Value value
                && value.type() == ParameterType.INTEGER
                && value.text().endsWith(" " + word.text());
    }

    /** "cat /var/log/syslog on db-01": the path's kind says which tool, if it says it clearly. */
    private static Optional<ToolChoice> file(ToolRequest request, Reading reading, EntityFit fit, Index index) {
        List<Word> content = index.tools().content(reading);
        boolean reads = !content.isEmpty()
                && EntityFit.namesFile(reading.entities())
                && content.stream().allMatch(word -> index.language().is("reads-file", word.term()));
        return reads
                ? Optional.of(general(request, reading, fit, index)).filter(ToolChoice.Chosen.class::isInstance)
                : Optional.empty();
    }

    /** The tools that look at just what is named, to choose from, where the words say too little. */
    private static ToolChoice byValue(ToolRequest request, Reading reading, EntityFit fit, Index index) {
        List<Entity> own = reading.entities();
        List<CatalogueEntry> candidates = index.tools().all().stream()
                .filter(tool -> tool.effect() == Effect.READ && EntityFit.isForAddress(tool, own))
                .filter(tool -> !fit.isElsewhere(tool))
                .limit(OFFERED)
                .toList();
        return candidates.isEmpty() ? new ToolChoice.NoTool(request) : new ToolChoice.Unclear(request, candidates);
    }

    private static List<Scored> scored(
            Reading reading, List<Entity> carried, Optional<Action> action, EntityFit fit, Index index) {
        ChangeRule rule = new ChangeRule(index);
        List<Fit> byWords = index.tools()
                .rank(reading, LOOKED_AT, tool -> rule.allows(tool, reading, action), tool -> !fit.isElsewhere(tool));
        // "is https://example.com slow": the words say nothing of a tool that the values are just right for.
        boolean asks = action.isEmpty()
                && !new Verbs(index.language()).mentionsChange(reading)
                && readsSomething(reading, index);
        Stream<Fit> byValues = asks ? byValues(reading.entities(), byWords, fit, index) : Stream.empty();
        List<Scored> scored = Stream.concat(byWords.stream(), byValues)
                .map(tool -> scored(tool, fit, carried, rule.prefers(tool.tool(), action), reading, index))
                .sorted(Comparator.comparingDouble(Scored::rank).reversed())
                .toList();
        List<Scored> here =
                scored.stream().filter(one -> !fit.isElsewhere(one.tool)).toList();
        // What cannot run there is no rival of what can, but says best why a request is refused when nothing else comes
        // near.
        boolean elsewhere = here.isEmpty()
                || (fit.isElsewhere(scored.getFirst().tool)
                        && here.getFirst().score < GATE.sure()
                        && here.getFirst().score < scored.getFirst().score);
        return elsewhere ? scored : here;
    }

    /** The only one of them, or the only everyday one. */
    private static Optional<CatalogueEntry> only(List<CatalogueEntry> tools) {
        List<CatalogueEntry> everyday =
                tools.stream().filter(CatalogueEntry::everyday).toList();
        return tools.size() == 1
                ? Optional.of(tools.getFirst())
                : everyday.size() == 1 ? Optional.of(everyday.getFirst()) : Optional.empty();
    }

    private static boolean isCalled(CatalogueEntry tool, Reading reading, Index index) {
        List<String> name = index.tools().verbal(tool.name()).name();
        return IntStream.range(0, reading.words().size())
                .filter(at -> reading.mentionAt(at).isEmpty())
                .mapToObj(at -> reading.words().get(at))
                .anyMatch(word -> word.isWord()
                        && name.contains(word.stem())
                        && !index.language().is("read-cue", word.term()));
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
                .map(tool -> new Fit(tool, 0, 0, 0));
    }

    private static Scored scored(
            Fit tool, EntityFit fit, List<Entity> carried, boolean preferred, Reading reading, Index index) {
        List<Word> content = index.tools().content(reading);
        long said = content.stream()
                .filter(word -> index.tools().speaksOf(tool.tool().name(), word.stem()))
                .count();
        // Whoever says "listening ports" names no port, and "show the file /etc/hosts" no folder.
        boolean all = !content.isEmpty()
                && said == content.size()
                && EntityFit.hasItsThings(tool.tool(), reading.entities())
                && fit.takesPaths(tool.tool());
        double usual = tool.tool().everyday()
                ? EVERYDAY + (all ? EXPLAINS : 0)
                : -UNSAID * index.tools().unsaid(tool.tool().name(), reading);
        return new Scored(
                tool.tool(),
                tool.score()
                        + fit.of(tool.tool(), carried)
                        + (fit.takesPaths(tool.tool()) ? ALIKE * Math.max(0, 4 * tool.form() - 3) : 0),
                (preferred ? VERB : 0) + FORM * tool.form() + usual,
                tool.coverage() == 0);
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
    private static ToolChoice general(ToolRequest request, Reading reading, EntityFit fit, Index index) {
        List<Entity> own = reading.entities();
        List<CatalogueEntry> exact = own.isEmpty()
                ? List.of()
                : index.tools().all().stream()
                        .filter(tool -> tool.effect() == Effect.READ && EntityFit.exactly(tool, own))
                        .filter(tool -> !fit.isElsewhere(tool))
                        .toList();
        // "alerts am-eu": elsewhere the word says nothing, but of what is there just one tool is called so.
        List<CatalogueEntry> called =
                exact.stream().filter(tool -> isCalled(tool, reading, index)).toList();
        if (called.size() == 1) {
            return new ToolChoice.Chosen(request, called.getFirst());
        }
        List<CatalogueEntry> candidates = exact.stream()
                .sorted(Comparator.comparing(tool -> !tool.everyday()))
                .limit(OFFERED)
                .toList();
        boolean value = own.stream().anyMatch(Entity.Value.class::isInstance);
        List<CatalogueEntry> forPath = exact.stream()
                .filter(tool -> EntityFit.isForPath(tool, own, index.language()))
                .toList();
        Optional<CatalogueEntry> usual = only(forPath.isEmpty() && value ? exact : forPath);
        if (usual.isPresent()) {
            return new ToolChoice.Chosen(request, usual.get());
        }
        if (candidates.size() > 1) {
            return new ToolChoice.Unclear(request, candidates);
        }
        return candidates.size() == 1 && value
                ? new ToolChoice.Chosen(request, candidates.getFirst())
                : new ToolChoice.NoTool(request);
    }
}
