package io.opsconductor.brain.intent;

import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.brain.language.Language;
import io.opsconductor.brain.language.Mention;
import io.opsconductor.brain.language.Reading;
import io.opsconductor.brain.language.Verbs;
import io.opsconductor.brain.language.Word;
import io.opsconductor.tool.ParameterType;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
    private final Happenings happenings;

    Remarks(Index index) {
        this.index = index;
        this.language = index.language();
        this.verbs = new Verbs(language);
        this.happenings = new Happenings(index);
    }

    /** Whether {@code part}, which does not end with a question mark, only says something. */
    boolean isRemark(Reading part) {
        List<Word> words = part.words();
        int start = 0;
        while (start < words.size() && isOpening(part, start)) {
            start++;
        }
        if (start < words.size() && isTimePast(part, start)) {
            return true;
        }
        if (start == words.size() || isConditional(words, start)) {
            return false;
        }
        return (refuses(part, start) && part.mentions().stream().noneMatch(Mention::isTargets))
                || isPurpose(part, start)
                || (!asks(part, start) && isSentence(part, start));
    }

    /** "df" in "df and du disagree": a part without a verb right before one that says something of both. */
    boolean isSubject(Reading part) {
        return part.mentions().isEmpty()
                && part.words().size() <= BARE
                && part.words().stream()
                        .allMatch(word -> word.isWord()
                                && !language.is("read-cue", word.term())
                                && !isOrder(word)
                                && !language.is("wish", word.lower()));
    }

    /** Whether a word asks for a change, wherever it stands. */
    boolean isOrder(Word word) {
        return !language.action(word.stem()).isEmpty()
                || !language.mapped("order", word.term()).isEmpty();
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
        return order || IntStream.range(start, words.size()).anyMatch(at -> isWish(part, at) || isDuty(words, at));
    }

    /** "web-02 has to be rebooted", "redis is to be stopped", "we have to reboot it". */
    private boolean isDuty(List<Word> words, int at) {
        return at + 1 < words.size()
                && language.is("must-before", words.get(at).lower())
                && words.get(at + 1).lower().equals("to");
    }

    /** "it should be restarted"; "nobody can print" says only how it is. */
    private boolean isWish(Reading part, int at) {
        List<Word> words = part.words();
        return language.is("wish", words.get(at).lower())
                && !(language.is("able", words.get(at).lower())
                        && IntStream.range(0, at).anyMatch(before -> language.match("not", words, before) > 0)
                        && !(at + 1 < words.size()
                                && language.is("person", words.get(at + 1).lower())))
                && !wantsToKnow(part, at);
    }

    /** "the storage people want to know", "the auditor wants them": why somebody asks; "web-02 needs it" asks for something there. */
    private boolean wantsToKnow(Reading part, int at) {
        List<Word> words = part.words();
        int behind = words.size() - at - 1;
        boolean know = behind == 2
                && words.get(at + 1).lower().equals("to")
                && language.is("read-cue", words.get(at + 2).term());
        boolean them =
                behind == 1 && language.is("back-reference", words.get(at + 1).lower());
        return at > 0
                && language.is("need", words.get(at).lower())
                && (know || (them && part.mentions().isEmpty()))
                && words.subList(0, at).stream().noneMatch(word -> language.is("subject-pronoun", word.lower()));
    }

    /** "no restart", "leave the connection alone": says what not to do. */
    private boolean refuses(Reading part, int at) {
        List<Word> words = part.words();
        boolean none = words.get(at).lower().equals("no")
                && at + 1 < words.size()
                && !language.action(words.get(at + 1).stem()).isEmpty()
                && words.subList(at + 2, words.size()).stream().allMatch(word -> language.isFiller(word.lower()));
        // "not only web-02" means that one, too, and "not only nginx".
        boolean only = words.get(at).lower().equals("not")
                && at + 1 < words.size()
                && language.is("only", words.get(at + 1).lower());
        return none
                || (only && part.mentions().isEmpty())
                || (language.is("leave", words.get(at).lower()) && isLeftAsItIs(words, at + 1));
    }

    /** "the session", "it alone", "the session connected", and no "5 backups" or "it from starting". */
    private boolean isLeftAsItIs(List<Word> words, int at) {
        int end = words.size();
        boolean state = language.is("left-so", words.get(end - 1).lower());
        boolean thing = at < end && language.is("article", words.get(at).lower());
        int nouns = end - at - (thing ? 1 : 0) - (state ? 1 : 0);
        return language.is("alone", words.get(end - 1).lower())
                || (thing && nouns == 1 && words.get(at + 1).isWord());
    }

    /** "since the upgrade", "after the updates last night": says since when; "after the backup" may be yet to come. */
    private boolean isTimePast(Reading part, int at) {
        List<Word> words = part.words();
        boolean since = words.get(at).lower().equals("since");
        boolean after = words.get(at).lower().equals("after")
                && words.stream().anyMatch(word -> language.is("time-past", word.lower()));
        return (since || after)
                && at + 1 < words.size()
                && language.is("article", words.get(at + 1).lower())
                && part.mentions().isEmpty()
                && words.stream().noneMatch(word -> language.is("read-cue", word.term()) || tells(word));
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
        return at > start
                && ((part.mentionAt(at).isEmpty() && tells(part.words().get(at)))
                        || happenings.isWhatHappens(part, start, at));
    }

    /**
     * What of a remark may be meant beside it: where it is, and what it speaks of, but not what it says of that: "the service is always
     * sshd" names no service to restart.
     */
    Reading meant(Reading remark) {
        int end = verb(remark);
        List<Mention> meant = remark.mentions().stream()
                .filter(mention -> mention.isTargets() || mention.to() <= end)
                .toList();
        return new Reading(remark.text(), remark.language(), remark.words(), meant);
    }

    /** The index of the verb that tells how it is; behind the last word where there is none. */
    int verb(Reading remark) {
        int verb = 0;
        while (verb < remark.words().size() && !isVerb(remark, 0, verb)) {
            verb++;
        }
        return verb;
    }

    /** With the one thing that {@code remark} names in a word that nobody knows: "jkowalski has left us", "need tmux on web-01". */
    Reading withName(Reading remark) {
        int verb = verb(remark);
        boolean subject = verb > 0
                && verb < remark.words().size()
                && IntStream.range(1, verb)
                        .allMatch(at -> language.isFiller(remark.words().get(at).lower()));
        int at = subject ? 0 : objectOfNeed(remark.words());
        if (at < 0 || at >= remark.words().size() || !isStrangeName(remark, at)) {
            return remark;
        }
        String name = remark.words().get(at).text();
        Mention named = new Mention(at, at + 1, List.of(new Entity.Value(name, ParameterType.STRING, name)));
        List<Mention> mentions = Stream.concat(
                        Stream.of(named), remark.mentions().stream().filter(mention -> mention.from() != at))
                .sorted(Comparator.comparingInt(Mention::from))
                .toList();
        return new Reading(remark.text(), remark.language(), remark.words(), mentions);
    }

    private int objectOfNeed(List<Word> words) {
        return 1
                + IntStream.range(0, words.size())
                        .filter(at -> language.is("need", words.get(at).lower()))
                        .findFirst()
                        .orElse(-2);
    }

    private boolean isStrangeName(Reading remark, int at) {
        return remark.words().get(at).isWord()
                && index.tools().forms().isOnlyName(remark.words().get(at))
                && remark.mentionAt(at)
                        .filter(mention -> mention.to() > mention.from() + 1
                                || !mention.entities().stream()
                                        .allMatch(entity -> entity instanceof Entity.Value value
                                                && value.type() == ParameterType.HOST))
                        .isEmpty();
    }

    private boolean tells(Word word) {
        return language.is("statement", word.lower())
                || language.is("telling", word.lower())
                || language.is("need", word.lower());
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
