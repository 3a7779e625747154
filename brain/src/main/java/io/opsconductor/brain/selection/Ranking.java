package io.opsconductor.brain.selection;

import io.opsconductor.brain.intent.Entity;
import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.brain.language.LooseValues;
import io.opsconductor.brain.language.Reading;
import io.opsconductor.brain.language.ToolIndex;
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
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The tools in the order in which one request may mean them: by its words, and by what it names. */
final class Ranking {
    /** How many of the best by words are looked at closely. */
    private static final int LOOKED_AT = 20;

    /** What decides among tools that fit about as well. */
    private static final double EVERYDAY = 0.1;

    private static final double VERB = 0.15;
    private static final double FORM = 0.15;
    /** For the everyday tool that speaks of all that is said, and against another one whose name says more. */
    private static final double EXPLAINS = 0.2;

    private static final double MEANING = 0.8;
    private static final double UNSAID = 0.1;

    /** For a tool that has an example which is put just so, less for one that is put nearly so. */
    private static final double ALIKE = 0.2;

    /** Of the rank of the chosen one, for what is offered beside it. */
    private static final double NEAR = 0.7;
    /** What fits less is not worth being offered. */
    private static final double HARDLY = 0.12;

    private static final double ABOUT_AS_WELL = 0.15;

    private final Index index;
    private final Reading reading;
    private final List<Entity> carried;
    private final EntityFit fit;
    private final Gate gate;
    private final ChangeRule rule;
    private final Optional<Action> action;
    private final List<Word> content;
    private final ToolIndex.Query query;
    private List<Scored> allowed = List.of();
    private List<Scored> offered = List.of();

    /** @param carried what the request has from before */
    Ranking(Index index, Reading reading, List<Entity> carried, EntityFit fit, Gate gate) {
        this.index = index;
        this.reading = reading;
        this.carried = carried;
        this.fit = fit;
        this.gate = gate;
        this.rule = new ChangeRule(index, fit.handed()::refersTo);
        this.action = new Verbs(index.language()).action(reading);
        this.content = index.tools().content(reading);
        this.query = index.tools().query(reading);
    }

    /** How what is named fits. */
    EntityFit fit() {
        return fit;
    }

    /** Whether the request may mean the tool at all, by its verb. */
    boolean allows(CatalogueEntry tool) {
        return rule.allows(tool, reading, action);
    }

    /** Whether the request may ask for what an example of the tool asks for: a question ("did nginx restart") asks for no change. */
    boolean isLikeExample(CatalogueEntry tool) {
        if (isQuestion()) {
            return allows(tool);
        }
        if (tool.effect() != Effect.READ && action.isEmpty() && rule.isTold(reading)) {
            return false;
        }
        // "reset the password of a.user" is no wish to see the account.
        return action.isEmpty()
                || tool.effect() != Effect.READ
                || allows(tool)
                || index.tools()
                        .verbs(tool.name())
                        .openings()
                        .contains(action.get().stem());
    }

    /** Those that the request may mean, best first. */
    List<Scored> allowed() {
        if (allowed.isEmpty()) {
            allowed = ranked(this::allows);
        }
        return allowed;
    }

    /**
     * What may be offered beside those that were found, for a person to choose: what only looks can be meant by any verb ("which processes
     * were killed"), and who does not ask a question may want a change in words that nobody has told us.
     */
    private List<Scored> offered() {
        if (offered.isEmpty()) {
            boolean negated = action.isPresent() && action.get().negated();
            boolean question = isQuestion();
            offered = negated || (action.isEmpty() && question)
                    ? allowed()
                    : ranked(tool -> tool.effect() == Effect.READ || !question || allows(tool));
        }
        return offered;
    }

    /** Whether a change comes before {@code found}, which only looks, as soon as no verb is asked for: a verb that nobody knows may be an order. */
    boolean mayBeOrder(Scored found) {
        if (found.tool().effect() != Effect.READ || isQuestion() || action.isPresent()) {
            return false;
        }
        Scored best = offered().getFirst();
        return best.tool().effect() != Effect.READ && best.rank() > found.rank();
    }

    /** "interfaces of sw-1": the first tool's name is said in full, and those that fit about as well are called by more than is said. */
    boolean isNamedAlone() {
        CatalogueEntry first = allowed().getFirst().tool();
        return isNamedInFull(first)
                && allowed().stream()
                        .skip(1)
                        .filter(one -> isAmongBest(one.tool()))
                        .noneMatch(one -> index.tools().unsaid(one.tool().name(), reading) == 0);
    }

    /** "value of work_mem on db-1": all that is said is a name, and the first of them, which only looks, takes it. */
    boolean saysOnlyItsName() {
        if (allowed().isEmpty() || content.isEmpty() || action.isPresent()) {
            return false;
        }
        CatalogueEntry first = allowed().getFirst().tool();
        Collection<Word> named = LooseValues.ofChosen(first, reading, index).values();
        // "mkfs.ext4 on db-1" begins as a command does.
        return !named.contains(reading.words().getFirst())
                && first.effect() == Effect.READ
                && first.needsTarget()
                && reading.entities().stream().anyMatch(Entity.Targets.class::isInstance)
                && reading.entities().stream()
                        .allMatch(entity -> entity instanceof Entity.Targets
                                || named.stream().anyMatch(word -> word.text().equals(entity.text())))
                && content.stream().allMatch(word -> LooseValues.hold(named, word));
    }

    private boolean isNamedInFull(CatalogueEntry tool) {
        return index.tools().unsaid(tool.name(), reading) == 0
                && content.stream().anyMatch(word -> index.tools().says(tool.name(), word.stem()));
    }

    /** "increase the ram of mq-1 to 64 GB": an order that what only looks comes nearest to; no tool does that. */
    boolean wantsOnlyLooks(List<CatalogueEntry> candidates) {
        return !isQuestion() && !candidates.isEmpty() && candidates.getFirst().effect() == Effect.READ;
    }

    /** "who won the match last night": at least half of what is said is nothing that the tool speaks of. */
    boolean isHardlyAbout(CatalogueEntry tool) {
        long strange = content.stream()
                .filter(word -> !index.tools().speaksOf(tool.name(), word.stem()))
                .count();
        return strange > 0 && 2 * strange >= content.size();
    }

    /** Whether a tool fits about as well as the best one. */
    boolean isAmongBest(CatalogueEntry tool) {
        return allowed().stream()
                .anyMatch(one -> one.tool().equals(tool)
                        && one.score() >= allowed.getFirst().score() - ABOUT_AS_WELL);
    }

    /** The best to choose among, where none is clearly meant; {@code least} is what each must fit at least. */
    List<CatalogueEntry> candidates(double least, int most) {
        return offered().stream()
                .filter(one -> one.score() >= least)
                .limit(most)
                .map(Scored::tool)
                .toList();
    }

    /** These, and what else comes nearest to the request, at most {@code most} in all. */
    List<CatalogueEntry> filled(List<CatalogueEntry> tools, int most) {
        return Stream.concat(
                        tools.stream(),
                        tools.size() < most
                                ? offered().stream()
                                        .filter(one -> one.score() >= HARDLY || one.byMeaning())
                                        .map(Scored::tool)
                                : Stream.empty())
                .distinct()
                .limit(most)
                .toList();
    }

    /** What else it may have been: the best beside the chosen one that do no more than it, if they are not far behind. */
    List<CatalogueEntry> near(CatalogueEntry chosen, int most) {
        double rank = offered().stream()
                .filter(one -> one.tool().equals(chosen))
                .mapToDouble(Scored::rank)
                .findFirst()
                .orElse(0);
        return offered().stream()
                .filter(one -> !one.tool().equals(chosen) && one.tool().effect().compareTo(chosen.effect()) <= 0)
                .filter(one -> one.score() >= gate.possible() && one.rank() >= NEAR * rank)
                .limit(most)
                .map(Scored::tool)
                .toList();
    }

    private List<Scored> ranked(Predicate<CatalogueEntry> allowed) {
        List<Fit> byWords = index.tools().rank(query, LOOKED_AT, allowed, tool -> !fit.isElsewhere(tool));
        // "is https://example.com slow": the words say nothing of a tool that the values are just right for.
        boolean asks = action.isEmpty() && !new Verbs(index.language()).mentionsChange(reading) && readsSomething();
        Set<String> seen = new HashSet<>();
        List<Fit> meant = index.tools().meant(query, tool -> allowed.test(tool) && !fit.isElsewhere(tool));
        List<Scored> scored = Stream.of(byWords, meant, asks ? byValues() : List.<Fit>of(), byForms(allowed))
                .flatMap(List::stream)
                .filter(found -> seen.add(found.tool().name()))
                .map(this::scored)
                .sorted(Comparator.comparingDouble(Scored::rank).reversed())
                .toList();
        List<Scored> here =
                scored.stream().filter(one -> !fit.isElsewhere(one.tool())).toList();
        // What cannot run there is no rival of what can, but says best why a request is refused when nothing else comes
        // near.
        boolean elsewhere = here.isEmpty()
                || (fit.isElsewhere(scored.getFirst().tool())
                        && here.getFirst().score() < gate.sure()
                        && here.getFirst().score() < scored.getFirst().score());
        return elsewhere ? scored : here;
    }

    /** "is nginx up", "show the log": begins with a word that asks, or ends with its mark; "get the build started" is an order. */
    private boolean isQuestion() {
        return reading.text().strip().endsWith("?")
                || reading.words().stream()
                        .filter(word -> word.isWord()
                                && (index.language().is("read-cue", word.term())
                                        || !index.language().isFiller(word.term())))
                        .findFirst()
                        .filter(word -> index.language().is("read-cue", word.term())
                                && !index.language().is("has-done", word.term()))
                        .isPresent();
    }

    private boolean readsSomething() {
        return reading.words().stream().anyMatch(word -> index.language().is("read-cue", word.term()));
    }

    private List<Fit> byValues() {
        List<Entity> own = reading.entities();
        return index.tools().all().stream()
                .filter(tool -> tool.effect() == Effect.READ
                        && EntityFit.mustHave(tool, own)
                        && !fit.isElsewhere(tool)
                        && EntityFit.exactly(tool, own))
                .map(tool -> new Fit(tool, 0, 0, 0, 0))
                .toList();
    }

    /** "has KB5034441 made it onto dc-1": the words say nothing of the tool, and how a value is written says all. */
    private List<Fit> byForms(Predicate<CatalogueEntry> allowed) {
        return index.tools().all().stream()
                .filter(tool -> tool.needsTarget() && fit.tells(tool) && allowed.test(tool))
                .map(tool -> new Fit(tool, 0, 0, 0, 0))
                .toList();
    }

    private Scored scored(Fit found) {
        CatalogueEntry tool = found.tool();
        // Whoever says "listening ports" names no port, and "show the file /etc/hosts" no folder.
        boolean all = !content.isEmpty()
                && content.stream().allMatch(word -> index.tools().speaksOf(tool.name(), word.stem()))
                && EntityFit.hasItsThings(tool, reading.entities())
                && fit.paths().takesAll(tool);
        double usual = tool.everyday()
                ? EVERYDAY + (all ? EXPLAINS : 0)
                : -UNSAID * index.tools().unsaid(tool.name(), reading);
        // Small words alone mean nothing.
        double meaning = content.isEmpty() ? 0 : MEANING * found.meaning();
        return new Scored(
                tool,
                found.score()
                        + fit.of(tool, carried)
                        + (fit.paths().takesAll(tool) ? ALIKE * Math.max(0, 4 * found.form() - 3) : 0),
                (rule.prefers(tool, action) ? VERB : 0) + FORM * found.form() + meaning + usual,
                found.coverage() == 0 && found.meaning() == 0,
                found.coverage() == 0 && found.meaning() > 0);
    }
}
