package io.opsconductor.brain.intent;

import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.brain.language.Language;
import io.opsconductor.brain.language.Mention;
import io.opsconductor.brain.language.Reading;
import io.opsconductor.brain.language.Word;
import io.opsconductor.brain.language.Word.Kind;
import java.util.ArrayList;
import java.util.List;

/** Finds where a message may be cut: at marks, at "and" and at "then", and not inside of "C:", of a list or of what is asked of two things at once. */
final class Segments {
    /** "cpu", "the memory". */
    private static final int MOST_OF_A_NOUN = 2;

    private static final int LONGEST_LIST = 40;

    private final Language language;

    Segments(Index index) {
        this.language = index.language();
    }

    /** How a part is cut off from the one before it, the weakest first. */
    enum Cut {
        NONE,
        SOFT,
        SENTENCE,
        HARD
    }

    /**
     * A part between two cuts.
     *
     * @param from the index of its first word
     * @param to the index behind its last one
     */
    record Segment(int from, int to, Cut before) {
        Reading of(Reading whole) {
            return whole.slice(from, to);
        }
    }

    /** The parts of a message, in order; none is empty. */
    List<Segment> of(Reading reading) {
        List<Segment> segments = new ArrayList<>();
        List<Word> words = reading.words();
        int start = 0;
        Cut before = Cut.NONE;
        for (int at = 0; at < words.size(); ) {
            int length = reading.mentionAt(at).isPresent() ? 0 : language.match("then", words, at);
            Cut cut = length > 0 ? Cut.HARD : isBetweenObjects(reading, start, at) ? Cut.NONE : cut(reading, at);
            if (cut == Cut.NONE) {
                at++;
                continue;
            }
            length = Math.max(1, length);
            if (at > start) {
                segments.add(new Segment(start, at, before));
                before = cut;
            } else if (cut.compareTo(before) > 0 && !segments.isEmpty()) {
                before = cut;
            }
            at += length;
            start = at;
        }
        if (start < words.size()) {
            segments.add(new Segment(start, words.size(), before));
        }
        return segments;
    }

    private Cut cut(Reading reading, int at) {
        Word word = reading.words().get(at);
        if (reading.mentionAt(at).isPresent()) {
            return Cut.NONE;
        }
        if (word.kind() == Kind.BREAK || word.isMark(";")) {
            return Cut.HARD;
        }
        if (word.isMark(".") || word.isMark("!") || word.isMark("?")) {
            return Cut.SENTENCE;
        }
        if (isDrive(reading.words(), at)
                || isBetweenParticiples(reading.words(), at)
                || isBetweenSubjects(reading, at)) {
            return Cut.NONE;
        }
        boolean comma = word.isMark(",") || word.isMark("(") || word.isMark(")") || word.isMark(":");
        return comma || language.match("and", reading.words(), at) > 0 ? Cut.SOFT : Cut.NONE;
    }

    /** "is C: full": a letter and a colon are a drive. */
    private static boolean isDrive(List<Word> words, int at) {
        return at > 0
                && words.get(at).isMark(":")
                && words.get(at - 1).text().matches("[A-Z]")
                && words.get(at - 1).end() == words.get(at).start();
    }

    /** "what was installed or upgraded". */
    private boolean isBetweenParticiples(List<Word> words, int at) {
        return at > 0
                && at + 1 < words.size()
                && language.is("and", words.get(at).lower())
                && words.get(at - 1).lower().endsWith("ed")
                && words.get(at + 1).lower().endsWith("ed");
    }

    /** "do web-01, web-02 and web-03 need a reboot": one list, of which something is said or asked. */
    private boolean isBetweenSubjects(Reading reading, int at) {
        int first = at;
        while (first > 0 && at - first < LONGEST_LIST && isListed(reading, first) && namesTargets(reading, first - 1)) {
            first = reading.mentionAt(first - 1).orElseThrow().from() - 1;
        }
        return first < at
                && first >= 0
                && namesTargets(reading, at + 1)
                && language.is("auxiliary-before", reading.words().get(first).lower());
    }

    /** "cpu and memory per container". */
    private boolean isPerEach(Reading reading, int start, int at) {
        List<Word> words = reading.words();
        return at + 3 < words.size()
                && at - start <= MOST_OF_A_NOUN
                && language.is("and", words.get(at).lower())
                && words.get(at + 2).lower().equals("per")
                && reading.slice(start, at).mentions().isEmpty();
    }

    private boolean isListed(Reading reading, int at) {
        Word word = reading.words().get(at);
        return word.isMark(",") || language.is("and", word.lower());
    }

    private static boolean namesTargets(Reading reading, int at) {
        return reading.mentionAt(at).map(Mention::isTargets).orElse(false);
    }

    /** "how much cpu and ram do the containers take": what is asked for ends only with what is said of both. */
    private boolean isBetweenObjects(Reading reading, int start, int at) {
        List<Word> words = reading.words();
        if (isPerEach(reading, start, at)) {
            return true;
        }
        boolean asks = language.is("asks-for", words.get(start).lower());
        boolean bare = asks
                && at - start > 1
                && reading.slice(start, at).mentions().isEmpty()
                && words.subList(start + 1, at).stream()
                        .noneMatch(word -> word.kind() == Kind.POSSESSIVE
                                || language.is("auxiliary-before", word.lower())
                                || language.is("read-cue", word.term()));
        return bare
                && language.is("and", words.get(at).lower())
                && words.subList(Math.min(words.size(), at + 2), Math.min(words.size(), at + 4)).stream()
                        .anyMatch(word -> language.is("auxiliary-before", word.lower()));
    }
}
