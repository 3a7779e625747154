package io.opsconductor.brain.intent;

import io.opsconductor.brain.intent.Segments.Cut;
import io.opsconductor.brain.intent.Segments.Segment;
import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.brain.language.Language;
import io.opsconductor.brain.language.Reading;
import io.opsconductor.brain.language.Verbs;
import io.opsconductor.brain.language.Word;
import io.opsconductor.tool.ParameterType;
import java.util.ArrayList;
import java.util.List;

/** Tells which parts of a message are only said: a remark is one only beside a part that asks for something. */
final class Told {
    /** A part whose best tool fits less asks for none. */
    private static final double HARDLY = 0.33;

    private final Index index;
    private final Language language;
    private final Verbs verbs;
    private final Remarks remarks;
    private final Additions additions;

    Told(Index index, Remarks remarks, Additions additions) {
        this.index = index;
        this.language = index.language();
        this.verbs = new Verbs(language);
        this.remarks = remarks;
        this.additions = additions;
    }

    /** Which parts are only said, beside one that asks for something: "restart postfix on mx-1, the queue isn't draining". */
    List<Boolean> of(Reading reading, List<Segment> segments) {
        List<Boolean> told = new ArrayList<>();
        for (Segment segment : segments) {
            told.add(isTold(reading, segment));
        }
        for (int at = 1; at < segments.size(); at++) {
            told.set(at, told.get(at) && !isOrdered(reading, segments.get(at - 1), segments.get(at)));
        }
        boolean asked = told.contains(true) && isAsked(reading, segments, told);
        for (int at = 1; at < segments.size(); at++) {
            told.set(at, told.get(at) || (told.get(at - 1) && goesOnTelling(reading, segments.get(at))));
        }
        for (int at = segments.size() - 2; at >= 0; at--) {
            boolean both = told.get(at + 1)
                    && segments.get(at + 1).before() == Cut.SOFT
                    && segments.get(at).to() + 1 == segments.get(at + 1).from()
                    && (reading.words().get(segments.get(at).to()).isWord()
                            || reading.words().get(segments.get(at).to()).isMark(":"))
                    && remarks.isSubject(segments.get(at).of(reading));
            told.set(at, told.get(at) || both);
        }
        boolean request = asked && told.contains(false);
        return told.stream().map(remark -> remark && request).toList();
    }

    /** "reboot: web-02 is stuck": behind an order and its colon stands what it is for. */
    private boolean isOrdered(Reading reading, Segment before, Segment segment) {
        return before.to() < segment.from()
                && reading.words().get(before.to()).isMark(":")
                && before.of(reading).words().stream().anyMatch(remarks::isOrder);
    }

    /** "web-01 is drained and empty": one more word on how it is. */
    private boolean goesOnTelling(Reading reading, Segment segment) {
        return segment.before() == Cut.SOFT
                && segment.to() == segment.from() + 1
                && segment.from() > 0
                && language.is("and", reading.words().get(segment.from() - 1).lower())
                && reading.words().get(segment.from()).isWord()
                && (endsAsAState(reading.words().get(segment.from()))
                        || !remarks.isOrder(reading.words().get(segment.from())))
                && !language.is("read-cue", reading.words().get(segment.from()).term())
                && reading.mentionAt(segment.from()).isEmpty();
    }

    /** "drained and empty" says how it is, although "empty" may be an order, too; "hangs and restart" does not. */
    private boolean endsAsAState(Word word) {
        return language.is("state-too", word.lower());
    }

    private boolean isAsked(Reading reading, List<Segment> segments, List<Boolean> told) {
        for (int at = 0; at < segments.size(); at++) {
            Reading own = segments.get(at).of(reading);
            boolean asked = !told.get(at)
                    && (isAbout(own)
                            || (additions.isImperative(own) && !own.mentions().isEmpty())
                            || index.typed(own.written(0, own.words().size()), own.language())
                                    .isPresent());
            if (asked) {
                return true;
            }
        }
        return false;
    }

    boolean isTold(Reading reading, Segment segment) {
        Reading own = segment.of(reading);
        boolean question = segment.to() < reading.words().size()
                && reading.words().get(segment.to()).isMark("?");
        return !question && !verbs.reports(own) && !(segment.from() > 0 && namesThing(own)) && remarks.isRemark(own);
    }

    /** "it's under /ready": a value for what was asked before. */
    private static boolean namesThing(Reading part) {
        return part.entities().stream()
                .anyMatch(entity -> entity instanceof Entity.Value value
                        && (value.type() == ParameterType.PATH
                                || value.type() == ParameterType.URL
                                || value.type() == ParameterType.PORT));
    }

    /** Whether a tool may be meant by it. */
    boolean isAbout(Reading part) {
        return verbs.mentionsChange(part)
                || index.tools().rank(part, 1).stream().anyMatch(fit -> fit.score() >= HARDLY);
    }
}
