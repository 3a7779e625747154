package io.opsconductor.brain.intent;

import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.brain.language.Language;
import io.opsconductor.brain.language.Mention;
import io.opsconductor.brain.language.Reading;
import io.opsconductor.brain.language.Verbs;
import io.opsconductor.brain.language.Word;
import java.util.List;

/**
 * Tells what is only said from what is asked for: "customers get no mails", "the queue isn't draining", "jkowalski has left us". Such a part
 * of a message is no request when another part is one; what it names may be meant there.
 */
final class Remarks {
    /** "cpu", "the df": longer, it may be asked for. */
    private static final int BARE = 2;

    private final Index index;
    private final Language language;
    private final Verbs verbs;

    Remarks(Index index) {
        this.index = index;
        this.language = index.language();
        this.verbs = new Verbs(language);
    }

    /** Whether {@code part}, which does not end with a question mark, only says something. */
    boolean isRemark(Reading part) {
        List<Word> words = part.words();
        int start = 0;
        while (start < words.size() && isOpening(part, start)) {
            start++;
        }
        if (start == words.size() || isConditional(words, start)) {
            return false;
        }
        return refuses(words, start) || isPurpose(part, start) || (!asks(part, start) && isSentence(part, start));
    }

    /** "df" in "df and du disagree": a part without a verb right before one that says something of both. */
    boolean isSubject(Reading part) {
        return part.mentions().isEmpty()
                && part.words().size() <= BARE
                && part.words().stream()
                        .allMatch(word -> word.isWord()
                                && !language.is("read-cue", word.term())
                                && !language.is("wish", word.lower()));
    }

    private boolean isOpening(Reading part, int at) {
        Word word = part.words().get(at);
        return !word.isWord()
                || language.is("opening", word.lower())
                || language.is("greeting-word", word.lower())
                || word.lower().equals("but");
    }

    /** "once the backup is done", "if it is down": says when, and must not be left out. */
    private boolean isConditional(List<Word> words, int at) {
        return language.match("condition", words, at) > 0 || language.match("conditional", words, at) > 0;
    }

    /** An order, a question, or a wish. */
    private boolean asks(Reading part, int start) {
        List<Word> words = part.words();
        Word first = words.get(start);
        // "df says full": what is said of a thing that is called as an order is.
        boolean thing = start + 1 < words.size() && tells(words.get(start + 1));
        boolean order = part.mentionAt(start).isEmpty()
                && !thing
                && (language.is("read-cue", first.term())
                        || language.is("read-order", first.term())
                        || language.is("light-verb", first.lower())
                        || verbs.ordersUnknown(part, word -> index.tools().knows(word.stem())));
        return order || words.stream().anyMatch(word -> language.is("wish", word.lower()));
    }

    /** "no restart", "leave the connection alone": says what not to do. */
    private boolean refuses(List<Word> words, int at) {
        boolean none = words.get(at).lower().equals("no")
                && at + 1 < words.size()
                && !language.action(words.get(at + 1).stem()).isEmpty()
                && words.subList(at + 2, words.size()).stream().allMatch(word -> language.isFiller(word.lower()));
        return none
                || (language.is("leave", words.get(at).lower())
                        && language.is("alone", words.getLast().lower()));
    }

    /** "want to clean up": what somebody is about to do. */
    private boolean isPurpose(Reading part, int at) {
        int length = language.match("purpose", part.words(), at);
        return length > 0
                && part.mentions().isEmpty()
                && part.words().stream()
                        .noneMatch(
                                word -> language.is("read-cue", word.term()) || language.is("read-order", word.term()));
    }

    /** A subject and behind it a verb that tells how it is or what it did. */
    private boolean isSentence(Reading part, int start) {
        List<Word> words = part.words();
        boolean pronoun = language.is("subject-pronoun", words.get(start).lower());
        if (pronoun && words.size() > start + 1 && words.get(start + 1).isWord()) {
            return true;
        }
        for (int at = start; at < words.size(); at++) {
            Word word = words.get(at);
            boolean named = part.mentionAt(at).isPresent();
            if (isVerb(part, start, at)) {
                return true;
            }
            boolean article = at > start && language.is("one", words.get(at - 1).lower());
            boolean other = !named
                    && ((at > start && language.is("relative", word.lower()))
                            || language.is("unspecified", word.lower())
                            || language.is("question-word", word.term())
                            || (!article && !language.action(word.stem()).isEmpty()));
            if (other) {
                return false;
            }
        }
        return false;
    }

    private boolean isVerb(Reading part, int start, int at) {
        return at > start && part.mentionAt(at).isEmpty() && tells(part.words().get(at));
    }

    /**
     * What of a remark may be meant beside it: where it is, and what it speaks of, but not what it says of that: "the service is always
     * sshd" names no service to restart.
     */
    Reading meant(Reading remark) {
        int verb = 0;
        while (verb < remark.words().size() && !isVerb(remark, 0, verb)) {
            verb++;
        }
        int end = verb;
        List<Mention> meant = remark.mentions().stream()
                .filter(mention -> mention.isTargets() || mention.to() <= end)
                .toList();
        return new Reading(remark.text(), remark.language(), remark.words(), meant);
    }

    private boolean tells(Word word) {
        return language.is("statement", word.lower()) || language.is("telling", word.lower());
    }

    /** "prom-core", "it's on glab", "ask dc-1": says where alone. */
    boolean isPlace(Reading part) {
        return !part.mentions().isEmpty()
                && part.mentions().stream().allMatch(Mention::isTargets)
                && part.entities().stream().allMatch(Entity.Targets.class::isInstance)
                && index.tools().content(part).stream().allMatch(word -> language.is("place-word", word.lower()))
                && verbs.action(part).isEmpty();
    }
}
