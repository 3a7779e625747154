package io.opsconductor.brain.intent;

import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.brain.language.Language;
import io.opsconductor.brain.language.Mention;
import io.opsconductor.brain.language.Reading;
import io.opsconductor.brain.language.Stems;
import io.opsconductor.brain.language.Word;
import io.opsconductor.tool.ParameterType;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Finds the verb of a sentence that tells what happens by the form of the verb, whichever it is: "java just vanished", "mx-1 bounces mails",
 * "mwagner locked himself out". Nobody gives an order in these forms; but "files changed in /etc" asks for files, and "nginx errors" for errors.
 */
final class Happenings {
    /** "kerberos", "nexus": no plural for all that. */
    private static final Pattern SINGULAR = Pattern.compile(".*[aiou]s");

    private static final int SHORTEST = 4;
    /** A subject of more words is none that one would see at once. */
    private static final int LONGEST_SUBJECT = 4;

    private final Index index;
    private final Language language;

    Happenings(Index index) {
        this.index = index;
        this.language = index.language();
    }

    /** Whether the word at {@code at} tells what the words from {@code start} on, up to it, do or did. */
    boolean isWhatHappens(Reading part, int start, int at) {
        Word word = part.words().get(at);
        String lower = word.lower();
        boolean form = word.isWord()
                && lower.length() >= SHORTEST
                && lower.chars().allMatch(Character::isLetter)
                && !language.isFiller(lower)
                && mayBeVerb(part, at);
        int subject = subject(part, start, at);
        if (!form || subject == start) {
            return false;
        }
        boolean known = index.tools().knows(word.stem());
        if (lower.endsWith("ed")) {
            return isOne(part, subject - 1) && (!known || isReflexive(part.words(), at) || isTimed(part, start, at));
        }
        boolean several = lower.endsWith("s") && !lower.endsWith("ss") && !lower.endsWith("us");
        boolean does = !known || !language.action(word.stem()).isEmpty();
        // "anonymize dumpfiles" may be an order that nobody knows: a subject is named, or has its article.
        boolean named = part.mentionAt(subject - 1).isPresent()
                || isArticle(part.words().get(start))
                || index.tools().knows(part.words().get(start).stem())
                || !language.concepts(part.words().get(start).stem()).isEmpty()
                || language.isService(part.words().get(start).lower());
        return several && does && named && isOne(part, subject - 1) && saysMore(part, at + 1);
    }

    /** A strange word behind another one may be a host as well, "ping mailhost", when nothing says more. */
    private static boolean mayBeVerb(Reading part, int at) {
        return part.mentionAt(at).map(Mention::entities).orElse(List.of()).stream()
                .allMatch(entity -> entity instanceof Entity.Value value && value.type() == ParameterType.HOST);
    }

    /** The index behind the subject, without adverbs before the verb; {@code start} where there is none. */
    private int subject(Reading part, int start, int verb) {
        int end = verb;
        while (end > start && isAdverb(part.words().get(end - 1))) {
            end--;
        }
        boolean article = end == start + 1 && isArticle(part.words().get(start));
        return article || end - start > LONGEST_SUBJECT || !isSubject(part, start, end) ? start : end;
    }

    private boolean isArticle(Word word) {
        return language.is("article", word.lower()) || language.is("one", word.lower());
    }

    private boolean isSubject(Reading part, int start, int end) {
        return IntStream.range(start, end).allMatch(at -> {
            Word word = part.words().get(at);
            boolean place = language.is("host-preposition", word.lower());
            return part.mentionAt(at).isPresent()
                    || (place && part.mentionAt(at + 1).isPresent())
                    || (at == start && isArticle(word))
                    || (word.isWord()
                            && !language.isFiller(word.lower())
                            && language.action(word.stem()).isEmpty());
        });
    }

    /** Whether a subject ends with one thing: "the importer", "web-01", and not "packages". */
    private boolean isOne(Reading part, int last) {
        Word word = part.words().get(last);
        return part.mentionAt(last).isPresent()
                || Stems.plural(word.lower()).equals(word.lower())
                || SINGULAR.matcher(word.lower()).matches()
                || !index.tools().knows(word.stem());
    }

    private boolean isAdverb(Word word) {
        return language.is("since-done", word.lower())
                || language.is("adverb", word.lower())
                || word.lower().endsWith("ly");
    }

    private boolean isReflexive(List<Word> words, int verb) {
        return verb + 1 < words.size()
                && language.is("reflexive", words.get(verb + 1).lower());
    }

    /** "died last night": says when. */
    private boolean isTimed(Reading part, int start, int verb) {
        return IntStream.range(start, part.words().size())
                .filter(at -> at != verb)
                .mapToObj(part.words()::get)
                .anyMatch(word -> language.is("time-word", word.lower()) || isAdverb(word));
    }

    /** Something else than where: "bounces mails", and not "errors on mx-1". */
    private boolean saysMore(Reading part, int from) {
        return IntStream.range(from, part.words().size())
                .anyMatch(at -> part.mentionAt(at)
                                .filter(mention -> mention.isTargets())
                                .isEmpty()
                        && part.words().get(at).isWord()
                        && !language.is("host-preposition", part.words().get(at).lower()));
    }
}
