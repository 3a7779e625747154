package io.opsconductor.brain.intent;

import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.brain.language.Language;
import io.opsconductor.brain.language.Mention;
import io.opsconductor.brain.language.Reading;
import io.opsconductor.brain.language.Verbs;
import io.opsconductor.brain.language.Word;
import io.opsconductor.tool.ParameterType;
import java.util.List;
import java.util.Locale;

/** Tells whether a part of a message only says more about the part before it, and is no request of its own. */
final class Additions {
    /** "namespace shop", "in the namespace shop": more words say more than a value. */
    private static final int MOST_OF_A_VALUE = 4;
    /** The tools that are likely meant. */
    private static final int FEW = 3;

    private final Index index;
    private final Language language;
    private final Verbs verbs;

    Additions(Index index) {
        this.index = index;
        this.language = index.language();
        this.verbs = new Verbs(language);
    }

    /** "..., 15 biggest", "... & web-02 by memory": says more about what comes before, perhaps behind the last of its targets. */
    boolean isModifier(Reading before, Reading own) {
        int from = 0;
        boolean listed = !before.mentions().isEmpty()
                && before.mentions().getLast().isTargets()
                && before.mentions().getLast().to() == before.words().size();
        if (listed && !own.mentions().isEmpty() && own.mentions().getFirst().from() == 0) {
            from = own.mentions().getFirst().isTargets()
                    ? own.mentions().getFirst().to()
                    : 0;
        }
        if (from == own.words().size()) {
            return false;
        }
        Reading rest = own.slice(from, own.words().size());
        if (Clauses.hasTargets(rest) || verbs.action(rest).isPresent()) {
            return false;
        }
        boolean by = from > 0 && language.is("by", rest.words().getFirst().term());
        boolean counts = Clauses.hasValues(rest) || from > 0 || rest.words().size() > 1;
        List<Word> content = index.tools().content(rest);
        return by
                || (counts
                        && !content.isEmpty()
                        && rest.mentions().stream().allMatch(Additions::isAmount)
                        && content.stream().allMatch(word -> language.is("modifier", word.term())));
    }

    /** ", with everything below it", "? measure over 10 seconds", ", namespace shop": says more about what comes before. */
    boolean isNarrowing(Reading before, Reading own) {
        String first = own.words().getFirst().lower();
        // "including disconnected sessions": which ones, and nothing to do.
        boolean acts = verbs.action(own)
                .map(action -> !action.written().toLowerCase(Locale.ROOT).endsWith("ed"))
                .orElse(false);
        if (Clauses.hasTargets(own) || acts || isImperative(own)) {
            return false;
        }
        return (language.is("narrowing", first) && language.match("condition", own.words(), 0) == 0)
                || isParameter(before, own);
    }

    /** "namespace shop": what a parameter of the tool is called, and a value. */
    private boolean isParameter(Reading before, Reading own) {
        List<Word> content = index.tools().content(own);
        if (own.words().size() < 2 || own.words().size() > MOST_OF_A_VALUE || content.isEmpty()) {
            return false;
        }
        Word noun = content.getFirst();
        boolean named = index.tools().rank(before, FEW).stream()
                .flatMap(fit -> fit.tool().parameters().stream())
                .anyMatch(parameter -> List.of(parameter.name().split("_")).contains(noun.term()));
        return named
                && before.words().stream().noneMatch(word -> word.term().equals(noun.term()))
                && (own.words().size() == 2
                        || content.stream()
                                .skip(1)
                                .noneMatch(word -> index.tools().knows(word.stem())));
    }

    /** "and is still open", "and are they started", "or did the password expire", "and failed": asks more about what was just asked for. */
    boolean isMoreAbout(Reading reading, int at, Reading own) {
        List<Word> words = own.words();
        boolean other = at > 0
                && reading.words().get(at - 1).lower().equals("or")
                && language.is("done-before", words.getFirst().lower());
        boolean done = at > 0
                && words.size() == 1
                && language.is("and", reading.words().get(at - 1).lower())
                && words.getFirst().lower().endsWith("ed");
        return other
                || done
                || (words.size() > 1
                        && language.is("auxiliary", words.getFirst().lower())
                        && own.mentions().isEmpty()
                        && (words.get(1).lower().equals("still")
                                || words.get(1).lower().equals("they")));
    }

    static boolean isAmount(Mention mention) {
        return mention.entities().stream()
                .allMatch(entity -> entity instanceof Entity.Value value
                        && (value.type() == ParameterType.INTEGER || value.type() == ParameterType.DURATION));
    }

    /** "tell me a joke": it begins with a verb that asks for something. */
    boolean isImperative(Reading clause) {
        return clause.words().stream()
                .filter(word -> !language.isFiller(word.lower()) || language.is("read-cue", word.lower()))
                .findFirst()
                .filter(word -> language.is("read-cue", word.term()))
                .isPresent();
    }
}
