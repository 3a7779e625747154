package io.opsconductor.brain.language;

import java.util.List;
import java.util.Optional;

/** Tells a request to change something from a question about it: "restart nginx" from "did nginx restart". */
public final class Verbs {
    private final Language language;

    public Verbs(Language language) {
        this.language = language;
    }

    /**
     * A verb that asks for a change.
     *
     * @param kind what it changes, such as {@code restart}
     * @param stem of the verb itself
     * @param written as in the message
     * @param negated whether it is said not to do it
     */
    public record Action(String kind, String stem, String written, boolean negated) {}

    /** The first verb of {@code clause} that asks for a change; a question word before it makes it a question. */
    public Optional<Action> action(Reading clause) {
        List<Word> words = clause.words();
        boolean negated = false;
        boolean first = true;
        for (int at = 0; at < words.size(); at++) {
            Word word = words.get(at);
            if (clause.mentionAt(at).isPresent()) {
                first = false;
            } else if (language.match("not", words, at) > 0) {
                negated = true;
            } else if (word.isWord()) {
                if (language.is("read-cue", word.term()) && !hasDone(clause, at)) {
                    return Optional.empty();
                }
                String order = first ? language.mapped("order", word.term()) : "";
                String kind = order.isEmpty() ? language.action(word.stem()) : order;
                boolean noun = at > 0 && language.is("last", words.get(at - 1).lower());
                if (noun && !kind.isEmpty()) {
                    return Optional.empty();
                }
                first = first && language.isFiller(word.term());
                if (!kind.isEmpty()) {
                    return Optional.of(new Action(kind, word.stem(), word.text(), negated));
                }
            }
        }
        return Optional.empty();
    }

    /** "get nginx restarted": at "get", which asks for it; "have you restarted nginx" and "has nginx restarted" ask about it. */
    private boolean hasDone(Reading clause, int at) {
        List<Word> words = clause.words();
        int next = at + 1;
        while (next < words.size() && language.is("article", words.get(next).lower())) {
            next++;
        }
        Optional<Mention> thing = clause.mentionAt(next);
        if (thing.isEmpty() || !language.is("has-done", words.get(at).term())) {
            return false;
        }
        int done = thing.get().to();
        while (done < words.size()
                && language.is("service-after", words.get(done).lower())
                && !isPast(words.get(done))) {
            done++;
        }
        return done < words.size() && isPast(words.get(done));
    }

    private boolean isPast(Word word) {
        return word.term().endsWith("ed") && !language.action(word.stem()).isEmpty();
    }

    /** "I restarted nginx on web-01 already": tells what somebody did, and asks for nothing. */
    public boolean reports(Reading clause) {
        List<Word> words = clause.words();
        boolean person = false;
        for (int at = 0; at < words.size(); at++) {
            Word word = words.get(at);
            if (person && isPast(word)) {
                return true;
            }
            boolean between = language.is("since-done", word.term());
            person = language.is("person", word.term()) || (person && between);
            if (language.is("read-cue", word.term()) && !between) {
                return false;
            }
        }
        return false;
    }

    /** Whether any verb of change stands in it, in whatever role. */
    public boolean mentionsChange(Reading clause) {
        return clause.words().stream()
                .anyMatch(word -> word.isWord() && !language.action(word.stem()).isEmpty());
    }
}
