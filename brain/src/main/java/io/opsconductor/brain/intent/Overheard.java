package io.opsconductor.brain.intent;

import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.language.Indexes;
import io.opsconductor.brain.language.Language;
import io.opsconductor.brain.language.Word;
import io.opsconductor.brain.planning.Draft;
import io.opsconductor.brain.planning.Planning;
import io.opsconductor.plan.Effect;
import io.opsconductor.plan.Plan;
import io.opsconductor.tool.CatalogueEntry;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells what is for us from people's talk with one another, in a thread where we take part and were not spoken to. In
 * doubt it is not for us: whoever means us can say so, and an interruption in the middle of an incident costs more than a
 * repeated request.
 */
public final class Overheard {
    private final Indexes indexes;
    private final Language language;

    public Overheard(Indexes indexes) {
        this.indexes = indexes;
        this.language = indexes.language();
    }

    /** Whether such a message can be for us at all; help, lists, greetings and "same here" are as likely meant for a colleague. */
    public boolean mayBeForUs(Intent intent) {
        return switch (intent) {
            case Intent.RunTools _ -> true;
            case Intent.Answered _ -> true;
            case Intent.Cancel _ -> true;
            case Intent.Again _ -> false;
            case Intent.DryRun _ -> false;
            // Whoever says it is in a hurry; that they have a plan which waits is looked at then.
            case Intent.BreakGlass _ -> true;
            case Intent.AskTools _ -> false;
            case Intent.Inquiry _ -> false;
            case Intent.AskApproval _ -> false;
            case Intent.SmallTalk _ -> false;
            case Intent.NotForUs _ -> false;
        };
    }

    /**
     * Whether a request is for us: an order that can be planned or lacks a value, or a question that only reads. "I
     * restarted nginx on web-01" and "was it restarted?" are neither.
     */
    public boolean isRequest(String text, Planning planning, Knowledge knowledge) {
        return switch (planning) {
            case Planning.Planned planned ->
                isOrder(text, knowledge) || (isQuestion(text, knowledge) && onlyReads(planned.plan(), knowledge));
            case Planning.Question question ->
                !question.draft().missing().equals(Draft.TOOL) && isOrder(text, knowledge);
            case Planning.Refusal _ -> false;
        };
    }

    /** Whether it answers the question: it brings the plan further, or is a single word and so hardly anything else. */
    public boolean isAnswer(String text, Optional<Draft> asked, Planning planning) {
        boolean further = switch (planning) {
            case Planning.Planned _ -> true;
            case Planning.Question question ->
                asked.map(before -> before.step() != question.draft().step()
                                || !before.missing().equals(question.draft().missing()))
                        .orElse(true);
            case Planning.Refusal _ -> false;
        };
        return further || !text.strip().contains(" ");
    }

    /** Whether words that cancel can mean something that runs; "never mind" is said to colleagues too. */
    public boolean stops(String text) {
        return language.in(Language.ENGLISH).patterns("stop-running").stream()
                .anyMatch(pattern -> pattern.matcher(plain(text)).matches());
    }

    private boolean isOrder(String text, Knowledge knowledge) {
        List<Word> words = words(text, knowledge);
        if (words.isEmpty() || !isVerbOfOrders(words.getFirst())) {
            return false;
        }
        // "restart did not help" speaks of one.
        return words.size() == 1
                || (!language.is("statement", words.get(1).lower())
                        && !language.is("not", words.get(1).lower()));
    }

    private boolean isVerbOfOrders(Word word) {
        boolean changes = !language.action(word.stem()).isEmpty() && isBaseForm(word.term());
        return changes || language.is("read-order", word.term());
    }

    private static boolean isBaseForm(String verb) {
        boolean third = verb.endsWith("s") && !verb.endsWith("ss");
        return !verb.endsWith("ed") && !verb.endsWith("ing") && !third;
    }

    /** "is nginx up on web-01?", and not "did you look?", which asks a colleague. */
    private boolean isQuestion(String text, Knowledge knowledge) {
        List<Word> words = words(text, knowledge);
        return !words.isEmpty()
                && language.is("question-word", words.getFirst().lower())
                && words.stream().noneMatch(word -> language.is("person", word.lower()));
    }

    private boolean onlyReads(Plan plan, Knowledge knowledge) {
        return plan.steps().stream()
                .allMatch(step -> knowledge.tools().tools().stream()
                        .filter(tool -> tool.name().equals(step.tool()))
                        .map(CatalogueEntry::effect)
                        .allMatch(effect -> effect == Effect.READ));
    }

    /** The words from the first one that says something on. */
    private List<Word> words(String text, Knowledge knowledge) {
        String blunt = plain(text);
        for (Pattern polite : language.in(Language.ENGLISH).patterns("polite")) {
            blunt = polite.matcher(blunt).replaceAll("");
        }
        return indexes.of(knowledge).read(blunt).words().stream()
                .dropWhile(word -> language.is("opening", word.lower()) || word.isMark(","))
                .toList();
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT)
                .replaceAll("\\s+", " ")
                .replaceAll("[ .!?]+$", "")
                .strip();
    }
}
