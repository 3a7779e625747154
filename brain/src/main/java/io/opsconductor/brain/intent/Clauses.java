package io.opsconductor.brain.intent;

import io.opsconductor.brain.intent.Segments.Cut;
import io.opsconductor.brain.intent.Segments.Segment;
import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.brain.language.Language;
import io.opsconductor.brain.language.Mention;
import io.opsconductor.brain.language.Reading;
import io.opsconductor.brain.language.ToolIndex.Fit;
import io.opsconductor.brain.language.Verbs;
import io.opsconductor.brain.language.Word;
import io.opsconductor.brain.language.Word.Kind;
import io.opsconductor.tool.ParameterType;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a message into the requests it holds. "and" cuts only where both sides speak of something a tool does: "check disk
 * and memory" are two requests, "web-01 and web-02" is one list.
 */
final class Clauses {
    /** How many tools are looked at to find those that fit about as well as the best. */
    private static final int ABOUT_AS_GOOD = 12;
    /** A clause whose best tool fits less asks for none. */
    private static final double HARDLY = 0.33;
    /** A clause that tells something may speak of a tool by the way. */
    private static final double AS_WELL = 0.45;

    private final Index index;
    private final Language language;
    private final Verbs verbs;
    private final Remarks remarks;
    private final Additions additions;
    private final Told told;
    private final Referred referred;

    Clauses(Index index) {
        this.index = index;
        this.language = index.language();
        this.verbs = new Verbs(language);
        this.remarks = new Remarks(index);
        this.additions = new Additions(index);
        this.told = new Told(index, remarks, additions);
        this.referred = new Referred(index, remarks);
    }

    /**
     * A part of a message.
     *
     * @param reading its words
     * @param lead words of an earlier clause that it goes on from ("restart" in "restart nginx on a and redis on b")
     * @param soft whether it follows the clause before by "and" or a comma
     * @param statement whether it asks for nothing itself and only says what the next one is about
     */
    record Clause(Reading reading, String lead, boolean soft, boolean statement) {
        String text() {
            String own = reading.written(0, reading.words().size());
            return lead.isEmpty() ? own : lead + " " + own;
        }
    }

    List<Clause> of(Reading reading) {
        List<Clause> clauses = new ArrayList<>();
        List<Segment> merged = merged(reading, new Segments(index).of(reading));
        List<Boolean> said = told.of(reading, merged);
        for (int at = 0; at < merged.size(); at++) {
            Segment segment = merged.get(at);
            Reading own = segment.of(reading);
            Reading next = at + 1 < merged.size() ? merged.get(at + 1).of(reading) : reading.slice(0, 0);
            // What comes next must ask for something, or nothing would.
            boolean beside = at + 1 < merged.size() && !said.get(at + 1);
            boolean statement = said.get(at)
                    || (beside
                            && (isStatement(own, next)
                                    || isLeadIn(own, next)
                                    || isHeading(reading, segment.to(), own, next)));
            boolean goesOn = !clauses.isEmpty() && onlyNames(own) && !additions.isImperative(own);
            String lead = goesOn ? lead(clauses.getLast()) : "";
            Reading meant = said.get(at) ? remarks.meant(own) : own;
            Reading named = statement ? remarks.withName(meant) : referred.in(meant, clauses);
            clauses.add(new Clause(named, lead, segment.before() == Cut.SOFT, statement));
        }
        return clauses;
    }

    private List<Segment> merged(Reading reading, List<Segment> segments) {
        List<Segment> merged = new ArrayList<>();
        for (Segment segment : segments) {
            Reading own = segment.of(reading);
            Segment last = merged.isEmpty() ? null : merged.getLast();
            boolean sentence = segment.before() == Cut.SENTENCE;
            boolean why = last != null && segment.before() == Cut.SOFT && isReason(own);
            if ((sentence && isChatter(own)) || why) {
                continue;
            }
            if (last == null) {
                merged.add(segment);
            } else if (sentence && merged.size() == 1 && isChatter(last.of(reading))) {
                merged.set(0, new Segment(segment.from(), segment.to(), Cut.NONE));
            } else if (segment.before() == Cut.SOFT
                    && merged.size() == 1
                    && language.is("preface", reading.words().get(last.from()).lower())
                    && !saysNothing(last.of(reading))
                    && isPreface(last.of(reading))
                    && !isChatter(own)) {
                merged.set(0, new Segment(segment.from(), segment.to(), Cut.NONE));
            } else if (joins(reading, last, own, segment)) {
                merged.set(merged.size() - 1, new Segment(last.from(), segment.to(), last.before()));
            } else {
                merged.add(segment);
            }
        }
        return merged;
    }

    /** A sentence that asks nothing of us: "My boss is angry." */
    private boolean isChatter(Reading sentence) {
        return sentence.mentions().stream().allMatch(Additions::isAmount)
                && !speaks(sentence)
                && !speaksOfChange(sentence);
    }

    /** "need it for the patch sheet": says why, behind what is asked for. */
    private boolean isReason(Reading clause) {
        return !hasTargets(clause) && (language.match("reason", clause.words(), 0) > 0 || isComplaint(clause));
    }

    /** "it's stuck", "it keeps crashing". */
    private boolean isComplaint(Reading clause) {
        List<Word> words = clause.words();
        return words.size() > 2
                && words.getFirst().lower().equals("it")
                && language.is("statement", words.get(1).term())
                && language.is("complaint", words.getLast().term());
    }

    /** "since 20 minutes the alert fires", "hey team": tells something, and does not tell us what to do. */
    private boolean isPreface(Reading clause) {
        return isChatter(clause) && tells(clause) && !additions.isImperative(clause);
    }

    private boolean joins(Reading reading, Segment last, Reading own, Segment segment) {
        Reading before = last.of(reading);
        boolean close = segment.before() == Cut.SOFT || segment.before() == Cut.SENTENCE;
        if (close && additions.isModifier(before, own)) {
            return true;
        }
        boolean beside = !onlyNames(own)
                && ((told.isTold(reading, last) && told.isAbout(own))
                        || (told.isTold(reading, segment) && told.isAbout(before)));
        if (beside) {
            return false;
        }
        boolean place = !namesTarget(before) && remarks.isPlace(own);
        if (place || additions.isNarrowing(before, own) || additions.isMoreAbout(reading, segment.from(), own)) {
            return true;
        }
        if (isStatement(before, own)) {
            return false;
        }
        boolean topicBefore = speaks(before) || speaksOfChange(before);
        if (!topicBefore && segment.before() != Cut.HARD && saysNothing(before)) {
            return !repeats(before, own);
        }
        boolean topic = speaks(own) || speaksOfChange(own);
        return switch (segment.before()) {
            case NONE, SENTENCE -> false;
            case SOFT ->
                topic
                        ? sameTool(reading, last, own, segment)
                        : !repeats(before, own)
                                && !(additions.isImperative(own)
                                        && (!saysNothing(own) || namesOtherAddress(before, own)));
            case HARD -> own.mentions().isEmpty() && saysNothing(own);
        };
    }

    /** "nginx hangs on web-01, restart it": says what is wrong with a thing, for the request that comes after it. */
    private boolean isStatement(Reading clause, Reading next) {
        boolean subject =
                !clause.mentions().isEmpty() && clause.mentions().getFirst().from() <= 1;
        int verb = subject ? verbAfter(clause, clause.mentions().getFirst().to()) : 0;
        boolean states = subject
                && verb < clause.words().size()
                && language.is("statement", clause.words().get(verb).term());
        boolean refers = next.words().stream().anyMatch(word -> language.is("back-reference", word.lower()));
        boolean acts = next.mentions().isEmpty() && verbs.action(next).isPresent();
        return states
                && (refers || acts || additions.isImperative(next))
                && verbs.action(clause).map(Verbs.Action::negated).orElse(true)
                && !saysNothing(next);
    }

    /** "java keeps dying on app-01, is there any memory left": says where, and nothing that a tool does; what is asked for comes next. */
    private boolean isLeadIn(Reading clause, Reading next) {
        boolean place = clause.mentions().stream().anyMatch(Mention::isTargets) && !hasTargets(next);
        boolean told = tells(clause) && clause.mentions().stream().allMatch(Additions::isAmount) && hasTargets(next);
        return (place || told)
                && speaks(next)
                && !additions.isImperative(clause)
                && !asksForChange(clause)
                && !verbs.ordersUnknown(clause, word -> index.tools().knows(word.stem()))
                && index.tools().rank(clause, 1).stream()
                        .allMatch(fit -> fit.score() < (tells(clause) ? AS_WELL : HARDLY));
    }

    /** "orders-db is slow: locks and slow queries", "nginx on web-01: status": says what it is about, and what is asked for stands behind the colon. */
    private boolean isHeading(Reading reading, int end, Reading clause, Reading next) {
        return end < reading.words().size()
                && reading.words().get(end).isMark(":")
                && clause.mentions().stream().anyMatch(Mention::isTargets)
                && !hasTargets(next)
                && !saysNothing(next)
                && (saysNothing(clause) || isAboutSubject(clause))
                && !additions.isImperative(clause)
                && verbs.action(clause).isEmpty();
    }

    /** "orders-db is slow": begins with a thing and says how it is. */
    private boolean isAboutSubject(Reading clause) {
        int verb = verbAfter(clause, clause.mentions().getFirst().to());
        return clause.mentions().getFirst().from() <= 1
                && verb < clause.words().size()
                && language.is("statement", clause.words().get(verb).term());
    }

    private boolean tells(Reading clause) {
        return language.is("preface", clause.words().getFirst().lower());
    }

    /** "we keep seeing write errors" tells of a change, and asks for none. */
    private boolean asksForChange(Reading clause) {
        boolean tells = tells(clause);
        return verbs.action(clause)
                .map(action -> !tells || !language.is("weak-action", action.kind()))
                .orElse(speaksOfChange(clause) && !tells);
    }

    /** Behind the subject and where it is: at "is" in "nginx on web-01 is stuck". */
    private int verbAfter(Reading clause, int subject) {
        int at = subject;
        while (at < clause.words().size()
                && (clause.mentionAt(at).isPresent()
                        || language.is(
                                "host-preposition", clause.words().get(at).lower()))) {
            at++;
        }
        return at;
    }

    /** "uptime and load" where one tool does both; "by cpu and memory". */
    private boolean sameTool(Reading reading, Segment last, Reading own, Segment segment) {
        Reading before = last.of(reading);
        boolean question = language.is("question-word", own.words().getFirst().term())
                && language.is("question-word", before.words().getFirst().term());
        if (question || verbs.action(own).isPresent() || !own.words().getFirst().isWord()) {
            return false;
        }
        List<Word> words = before.words();
        boolean by = words.size() > 2
                && language.is("by", words.get(words.size() - 2).lower());
        if (by) {
            return true;
        }
        List<Fit> both = index.tools().rank(reading.slice(last.from(), segment.to()), 1);
        return !both.isEmpty()
                && both.getFirst().coverage() >= 0.95
                && isBest(both.getFirst().tool().name(), before)
                && isBest(both.getFirst().tool().name(), own);
    }

    private boolean isBest(String tool, Reading clause) {
        List<Fit> fits = index.tools().rank(clause, ABOUT_AS_GOOD);
        double best = fits.isEmpty() ? 0 : fits.getFirst().score();
        return fits.stream().anyMatch(fit -> fit.tool().name().equals(tool) && fit.score() >= 0.9 * best);
    }

    /** "restart nginx on a and redis on b": the same kinds of things again, so a request of its own. */
    private boolean repeats(Reading before, Reading own) {
        return onlyNames(own) && hasTargets(before) && hasTargets(own) && hasValues(before) && hasValues(own);
    }

    /** "resolve a.example.com and check https://a.example.com": the address is one to look at by itself. */
    private static boolean namesOtherAddress(Reading before, Reading own) {
        return !before.mentions().isEmpty()
                && own.entities().stream()
                        .anyMatch(entity -> entity instanceof Entity.Value value && value.type() == ParameterType.URL);
    }

    private static boolean namesTarget(Reading reading) {
        return reading.entities().stream().anyMatch(Entity.Targets.class::isInstance);
    }

    static boolean hasTargets(Reading reading) {
        return reading.mentions().stream().anyMatch(Mention::isTargets);
    }

    static boolean hasValues(Reading reading) {
        return reading.mentions().stream().anyMatch(mention -> !mention.isTargets());
    }

    private boolean onlyNames(Reading clause) {
        return !clause.mentions().isEmpty() && saysNothing(clause);
    }

    private boolean saysNothing(Reading clause) {
        return index.tools().content(clause).isEmpty();
    }

    /** Whether its words speak of something that a tool does. */
    boolean speaks(Reading clause) {
        return index.tools().content(clause).stream()
                .anyMatch(word -> index.tools().knows(word.stem()));
    }

    /** How much of it one tool's words cover, 0 to 1. */
    double coverage(Reading clause) {
        return index.tools().coverage(clause);
    }

    boolean speaksOfChange(Reading clause) {
        return verbs.mentionsChange(clause);
    }

    /** The words of a clause without the things it names. */
    private String lead(Clause clause) {
        StringBuilder lead = new StringBuilder(clause.lead());
        List<Word> words = clause.reading().words();
        for (int at = 0; at < words.size(); at++) {
            boolean preposition = language.is("host-preposition", words.get(at).lower());
            if (words.get(at).kind() == Kind.WORD
                    && clause.reading().mentionAt(at).isEmpty()
                    && !preposition) {
                lead.append(lead.isEmpty() ? "" : " ").append(words.get(at).text());
            }
        }
        return lead.toString();
    }
}
