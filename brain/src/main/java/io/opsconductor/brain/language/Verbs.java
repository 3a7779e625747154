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
        for (int at = 0; at < words.size(); at++) {
            Word word = words.get(at);
            if (language.match("not", words, at) > 0) {
                negated = true;
            } else if (word.isWord() && clause.mentionAt(at).isEmpty()) {
                if (language.is("read-cue", word.term())) {
                    return Optional.empty();
                }
                String kind = language.action(word.stem());
                if (!kind.isEmpty()) {
                    return Optional.of(new Action(kind, word.stem(), word.text(), negated));
                }
            }
        }
        return Optional.empty();
    }

    /** Whether any verb of change stands in it, in whatever role. */
    public boolean mentionsChange(Reading clause) {
        return clause.words().stream()
                .anyMatch(word -> word.isWord() && !language.action(word.stem()).isEmpty());
    }
}
