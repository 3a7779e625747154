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
import io.opsconductor.brain.language.TypedCommand;
import io.opsconductor.brain.language.Verbs;
import io.opsconductor.brain.language.Verbs.Action;
import io.opsconductor.brain.language.Word;
import io.opsconductor.plan.Effect;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.ParameterType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Stage B without a model: words and named things score the tools, the verb rules out, the gate decides. Thread-safe. */
public final class BuiltinSelectionStage implements SelectionStage {
    private static final int OFFERED = 3;
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
        List<ToolChoice> choices = new ArrayList<>();
        for (ToolRequest request : intent.requests()) {
            choices.add(choice(request, choices, gate, knowledge, index));
        }
        return intent.whole()
                .flatMap(whole -> new WholeMessage(index, withoutElsewhere(choices, index))
                        .asOne(
                                whole,
                                () -> choice(whole, List.of(), GATE, knowledge, index),
                                (part, tool) -> ranking(
                                                part, List.of(), index.read(part.text(), part.language()), index)
                                        .isAmongBest(tool)))
                .map(List::of)
                .orElse(List.copyOf(choices));
    }

    /** A tool that cannot run where it is asked for is none that was meant. */
    private static List<ToolChoice> withoutElsewhere(List<ToolChoice> choices, Index index) {
        return choices.stream()
                .map(choice -> choice instanceof ToolChoice.Chosen chosen && isElsewhere(chosen, index)
                        ? new ToolChoice.NoTool(chosen.request())
                        : choice)
                .toList();
    }

    private static boolean isElsewhere(ToolChoice.Chosen chosen, Index index) {
        ToolRequest part = chosen.request();
        return ranking(part, List.of(), index.read(part.text(), part.language()), index)
                .fit()
                .isElsewhere(chosen.tool());
    }

    static ToolChoice choice(ToolRequest request, Knowledge knowledge, Index index) {
        return choice(request, List.of(), GATE, knowledge, index);
    }

    private static ToolChoice choice(
            ToolRequest request, List<ToolChoice> before, Gate gate, Knowledge knowledge, Index index) {
        if (request.entities().stream().anyMatch(Entity.Unsafe.class::isInstance)) {
            return new ToolChoice.NoTool(request);
        }
        Reading reading = index.read(request.text(), request.language());
        Optional<CatalogueEntry> named = index.typed(request.text(), request.language())
                .map(TypedCommand::tool)
                .or(() -> byName(reading, knowledge, index.language()));
        if (named.isPresent()) {
            return new ToolChoice.Chosen(request, named.get());
        }
        return choice(request, reading, ranking(request, before, reading, index), gate, index);
    }

    private static Ranking ranking(ToolRequest request, List<ToolChoice> before, Reading reading, Index index) {
        List<Entity> here = reading.entities();
        List<Entity> carried = request.entities().stream()
                .filter(entity -> !here.contains(entity))
                .toList();
        Handed handed = new Handed(index, reading, before);
        return new Ranking(index, reading, carried, new EntityFit(index, reading, carried, handed), GATE);
    }

    private static ToolChoice choice(ToolRequest request, Reading reading, Ranking ranking, Gate gate, Index index) {
        EntityFit fit = ranking.fit();
        List<Entity> here = reading.entities();
        Optional<CatalogueEntry> asExample = asExample(reading, ranking, index);
        Verbs verbs = new Verbs(index.language());
        List<Scored> scored = ranking.allowed();
        if (asExample.isPresent()) {
            boolean clear = !scored.isEmpty() && scored.getFirst().tool().equals(asExample.get());
            return new ToolChoice.Chosen(
                    request, asExample.get(), clear ? List.of() : ranking.near(asExample.get(), OFFERED - 1));
        }
        Supplier<ToolChoice> none = () -> new ToolChoice.NoTool(request, ranking.filled(List.of(), OFFERED));
        boolean byResult = !reading.words().isEmpty() && index.language().match("by-result", reading.words(), 0) > 0;
        if (byResult || verbs.ordersUnknown(reading, word -> index.tools().knows(word.stem()))) {
            return none.get();
        }
        Optional<Action> action = verbs.action(reading);
        boolean changes = action.isPresent() || verbs.mentionsChange(reading);
        boolean told = !scored.isEmpty() && fit.tellsSurely(scored.getFirst().tool());
        if (action.isEmpty() && !told && index.tools().content(reading).isEmpty()) {
            return general(request, none, reading, ranking, index);
        }
        Optional<ToolChoice> file = file(request, reading, ranking, index);
        if (file.isPresent()) {
            return file.get();
        }
        boolean byValues = scored.stream().anyMatch(Scored::byValues);
        boolean byName = ranking.saysOnlyItsName();
        if (scored.isEmpty() || (scored.getFirst().score() < GATE.possible() && !byValues && !byName)) {
            return changes ? none.get() : byValue(request, none, reading, fit, index);
        }
        double best = scored.getFirst().score();
        double next =
                scored.size() > 1 ? scored.get(1).rank() - (scored.getFirst().rank() - best) : 0;
        CatalogueEntry first = scored.getFirst().tool();
        boolean rival = EntityFit.hasUnusedUrl(first, here) && byValues;
        double fitting =
                scored.stream().limit(OFFERED).mapToDouble(Scored::score).max().orElse(best);
        Gate by = ranking.isNamedAlone() ? gate.ofNamed() : gate;
        boolean sure = !rival && by.chooses(best, next, fitting, EntityFit.isComplete(first, request.entities()));
        boolean unexplained = sure && isUnexplained(first, reading, index);
        // "see anything wrong in /var/log/syslog on db-01": no word speaks for a tool, and the path's kind does.
        boolean forPath = scored.getFirst().byValues()
                && best - next >= GATE.margin()
                && PathFit.isFor(first, here, index.language())
                && EntityFit.exactly(first, here)
                && index.tools().content(reading).size() <= 1;
        boolean order = sure && ranking.mayBeOrder(scored.getFirst());
        if (byName && best - next >= gate.margin()) {
            return new ToolChoice.Chosen(request, first, ranking.near(first, OFFERED - 1));
        }
        if ((sure && !unexplained && !order && !isVague(reading, index)) || forPath) {
            return new ToolChoice.Chosen(request, first, ranking.near(first, OFFERED - 1));
        }
        if (EntityFit.hasUnusedUrl(first, here) && !changes) {
            return byValue(request, none, reading, fit, index);
        }
        List<CatalogueEntry> candidates = ranking.candidates(GATE.possible() / 2, OFFERED);
        boolean beside =
                request.entities().isEmpty() && !candidates.isEmpty() && ranking.isHardlyAbout(candidates.getFirst());
        if (beside || (action.isPresent() && ranking.wantsOnlyLooks(candidates))) {
            return none.get();
        }
        boolean likely = best >= GATE.likely() && !changes && here.stream().anyMatch(Entity.Targets.class::isInstance);
        boolean offers = candidates.size() > 1
                || ((byValues || unexplained || likely || order || sure) && !candidates.isEmpty());
        if (offers) {
            return new ToolChoice.Unclear(request, ranking.filled(candidates, OFFERED));
        }
        return changes ? none.get() : byValue(request, none, reading, fit, index);
    }

    /** The tool that has an example which is put just so; of several for paths the one for just that kind: an archive, a file, a folder. */
    private static Optional<CatalogueEntry> asExample(Reading reading, Ranking ranking, Index index) {
        EntityFit fit = ranking.fit();
        double[] kinds = PathFit.isNamed(reading.entities())
                ? new double[] {PathFit.ofKind(true), PathFit.ofKind(false), 0}
                : new double[] {0};
        for (double kind : kinds) {
            Optional<CatalogueEntry> same = index.tools()
                    .forms()
                    .same(
                            reading,
                            tool -> fit.isForAll(tool)
                                    && fit.paths().ofAll(tool) >= kind
                                    && ranking.isLikeExample(tool));
            if (same.isPresent()) {
                return same;
            }
        }
        return Optional.empty();
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
        Collection<Word> named = LooseValues.ofChosen(tool, reading, index).values();
        named.forEach(word -> strange.remove(word.text()));
        for (Word word : content) {
            if (index.tools().speaksOf(tool.name(), word.stem())) {
                explained.add(word.stem());
            } else if (!LooseValues.hold(named, word)
                    && word.term().equals(word.lower())
                    && word.lower().chars().allMatch(Character::isLetter)
                    && (!index.language().isCommon(word)
                            || (changes && own.stream().noneMatch(entity -> counts(entity, word))))) {
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

    /** "what changed on app-02": that something did, and not of what kind it is. */
    private static boolean isVague(Reading reading, Index index) {
        List<Word> content = index.tools().content(reading).stream()
                .filter(word -> !index.language().is("time-word", word.term()))
                .toList();
        return content.size() == 1
                && content.getFirst().term().endsWith("ed")
                && index.language().action(content.getFirst().stem()).equals("edit");
    }

    /** "2 times": what a number counts says nothing else than the number. */
    private static boolean counts(Entity entity, Word word) {
        return entity instanceof Entity.Value value
                && value.type() == ParameterType.INTEGER
                && value.text().endsWith(" " + word.text());
    }

    /** "cat /var/log/syslog on db-01": the path's kind says which tool, if it says it clearly. */
    private static Optional<ToolChoice> file(ToolRequest request, Reading reading, Ranking ranking, Index index) {
        List<Word> content = index.tools().content(reading);
        boolean reads = !content.isEmpty()
                && PathFit.namesFile(reading.entities())
                && content.stream().allMatch(word -> index.language().is("reads-file", word.term()));
        return reads
                ? Optional.of(general(request, () -> new ToolChoice.NoTool(request), reading, ranking, index))
                        .filter(ToolChoice.Chosen.class::isInstance)
                : Optional.empty();
    }

    /** The tools that look at just what is named, to choose from, where the words say too little. */
    private static ToolChoice byValue(
            ToolRequest request, Supplier<ToolChoice> none, Reading reading, EntityFit fit, Index index) {
        List<Entity> own = reading.entities();
        List<CatalogueEntry> candidates = index.tools().all().stream()
                .filter(tool -> tool.effect() == Effect.READ && EntityFit.isForAddress(tool, own))
                .filter(tool -> !fit.isElsewhere(tool))
                .limit(OFFERED)
                .toList();
        // "does https://example.com work": there is one thing to find that out with.
        boolean asks = !reading.words().isEmpty()
                && index.language()
                        .is("whether-it-works", reading.words().getFirst().lower())
                && own.stream()
                        .anyMatch(entity -> entity instanceof Entity.Value value && value.type() == ParameterType.URL);
        if (asks && candidates.size() == 1) {
            return new ToolChoice.Chosen(request, candidates.getFirst());
        }
        return candidates.isEmpty() ? none.get() : new ToolChoice.Unclear(request, candidates);
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
        List<String> name = index.tools().verbs(tool.name()).name();
        return IntStream.range(0, reading.words().size())
                .filter(at -> reading.mentionAt(at).isEmpty())
                .mapToObj(at -> reading.words().get(at))
                .anyMatch(word -> word.isWord()
                        && (name.contains(word.stem()) || means(name, word, index.language()))
                        && !index.language().is("read-cue", word.term()));
    }

    /** "what is firing on am-eu": alerts do. */
    private static boolean means(List<String> name, Word word, Language language) {
        Set<String> concepts = language.concepts(word.stem());
        return name.stream().anyMatch(stem -> language.concepts(stem).stream().anyMatch(concepts::contains));
    }

    /** A tool's exact name of several words, as in "check_disk_space on web-01". */
    private static Optional<CatalogueEntry> byName(Reading reading, Knowledge knowledge, Language language) {
        Set<String> words = reading.words().stream().map(Word::lower).collect(Collectors.toSet());
        List<CatalogueEntry> named = knowledge.tools().tools().stream()
                .filter(tool -> tool.name().indexOf('_') > 0 && words.contains(tool.name()))
                .toList();
        boolean negated = IntStream.range(0, reading.words().size())
                .anyMatch(at -> language.match("not", reading.words(), at) > 0);
        return named.size() == 1 && !negated ? Optional.of(named.getFirst()) : Optional.empty();
    }

    /** "how is web-01", "https://example.com": only things are named, so the tools that take just these are offered; a path says more. */
    private static ToolChoice general(
            ToolRequest request, Supplier<ToolChoice> none, Reading reading, Ranking ranking, Index index) {
        EntityFit fit = ranking.fit();
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
                .filter(tool -> PathFit.isFor(tool, own, index.language()))
                .toList();
        Optional<CatalogueEntry> usual = only(forPath.isEmpty() && value ? exact : forPath);
        if (usual.isPresent()) {
            return new ToolChoice.Chosen(request, usual.get());
        }
        if (candidates.size() > 1) {
            return new ToolChoice.Unclear(request, candidates);
        }
        return candidates.size() == 1 && value ? new ToolChoice.Chosen(request, candidates.getFirst()) : none.get();
    }
}
