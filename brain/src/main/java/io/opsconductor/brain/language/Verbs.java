package io.opsconductor.brain.language;

import io.opsconductor.brain.intent.Entity;
import io.opsconductor.tool.ParameterType;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

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
            } else if (at + 1 < words.size()
                    && language.is("able", word.lower())
                    && language.is("person", words.get(at + 1).lower())) {
                // "nginx doesn't answer so can you restart it": what is asked for is not what is denied.
                negated = false;
            } else if (word.isWord()) {
                if (language.is("read-cue", word.term()) && !hasDone(clause, at)) {
                    return Optional.empty();
                }
                if (first && isPast(word)) {
                    // "installed updates on win-01" asks for those that are, and not to install them.
                    first = false;
                    continue;
                }
                if (isReduced(clause, at)) {
                    // "files changed in /etc since yesterday" are those that were.
                    continue;
                }
                String order = first ? order(clause, at) : "";
                String kind = order.isEmpty() ? change(word) : order;
                if (isTimeOf(words, at) || isNameOf(words, at)) {
                    continue;
                }
                boolean noun = at > 0 && language.is("last", words.get(at - 1).lower());
                if (noun && !kind.isEmpty()) {
                    return Optional.empty();
                }
                if (first && asksForMore(words, at)) {
                    return Optional.of(new Action("edit", word.stem(), word.text(), negated));
                }
                first = first && language.isFiller(word.term());
                if (!kind.isEmpty()) {
                    return Optional.of(new Action(kind, word.stem(), word.text(), negated));
                }
            }
        }
        return Optional.empty();
    }

    /** "make the disk on db-01 bigger", "give lb-01 more memory": a light verb, and what is to be otherwise. */
    private boolean asksForMore(List<Word> words, int at) {
        boolean toUs = at + 1 < words.size()
                && language.is("person-asking", words.get(at + 1).lower());
        return language.is("light-verb", words.get(at).lower())
                && !toUs
                && (makesSomething(words, at)
                        || words.subList(at + 1, words.size()).stream()
                                .anyMatch(word -> language.is("comparative", word.lower())));
    }

    /** "make bob an admin", "make web-01 the primary": what it is to become. */
    private boolean makesSomething(List<Word> words, int at) {
        return words.get(at).lower().equals("make")
                && at + 2 < words.size()
                && !language.is("article", words.get(at + 1).lower())
                && !language.is("make-sure", words.get(at + 1).lower())
                && (language.is("one", words.get(at + 2).lower())
                        || language.is("article", words.get(at + 2).lower()));
    }

    /** What a word asks to change where a request begins with it: "open port 22", and "mask the unit", where it is no noun. */
    private String order(Reading clause, int at) {
        String term = clause.words().get(at).term();
        boolean address = clause.mentionAt(at + 1).stream()
                .flatMap(mention -> mention.entities().stream())
                .anyMatch(entity -> entity instanceof Entity.Value value && value.type() == ParameterType.URL);
        if (language.is("does-verb", term)) {
            return done(clause, at);
        }
        if (address || isAdjective(clause, at)) {
            return "";
        }
        return hasObject(clause, at) && !language.mapped("order-of", term).isEmpty()
                ? language.mapped("order-of", term)
                : language.mapped("order", term);
    }

    /** "before the upgrade": says when, and not what to do. */
    private boolean isTimeOf(List<Word> words, int at) {
        return at > 1
                && language.is("article", words.get(at - 1).lower())
                && language.is("time-of", words.get(at - 2).lower());
    }

    /** "ssh keys of the user deploy": a name, and nothing to do. */
    private boolean isNameOf(List<Word> words, int at) {
        return at > 0 && language.is("named-so", words.get(at - 1).lower());
    }

    /** "take a vm snapshot of db-01": what a verb that says nothing asks to be made. */
    private String done(Reading clause, int at) {
        List<Word> words = clause.words();
        boolean one =
                at + 2 < words.size() && language.is("one", words.get(at + 1).lower());
        return one
                ? words.subList(at + 2, Math.min(words.size(), at + 4)).stream()
                        .map(word -> language.mapped("made", word.term()))
                        .filter(kind -> !kind.isEmpty())
                        .findFirst()
                        .orElse("")
                : "";
    }

    /** "open files on web-01", where nothing but targets is named: of several nobody says "open" as an order. */
    private static boolean isAdjective(Reading clause, int at) {
        int next = at + 1;
        boolean several = next < clause.words().size()
                && clause.mentionAt(next).isEmpty()
                && !Stems.plural(clause.words().get(next).lower())
                        .equals(clause.words().get(next).lower());
        return several && clause.entities().stream().noneMatch(Entity.Value.class::isInstance);
    }

    private boolean hasObject(Reading clause, int at) {
        int next = at + 1;
        return next < clause.words().size()
                && (clause.mentionAt(next).isPresent()
                        || (!clause.words().get(next).lower().equals("of")
                                && language.is(
                                        "article", clause.words().get(next).lower())));
    }

    /**
     * Whether a request begins with a word that nobody knows and that has an object, as in "encrypt the disk of db-01": it
     * asks for something that no tool does.
     *
     * @param known whether a word speaks of something that a tool does
     */
    public boolean ordersUnknown(Reading clause, Predicate<Word> known) {
        List<Word> words = clause.words();
        for (int at = 0; at < words.size(); at++) {
            Word word = words.get(at);
            boolean asks = language.is("read-cue", word.term()) || language.match("not", words, at) > 0;
            if (asks || clause.mentionAt(at).isPresent()) {
                return false;
            }
            if (word.isWord() && !language.isFiller(word.term())) {
                return hasObject(clause, at) && mayBeVerb(word) && !known.test(word);
            }
        }
        return false;
    }

    /** A word that stands there as somebody wrote it, that is none of the common ones, and has not the ending of another form. */
    private boolean mayBeVerb(Word word) {
        String term = word.term();
        boolean ending = term.endsWith("ing") || term.endsWith("ly") || (term.endsWith("s") && !term.endsWith("ss"));
        return term.equals(word.lower())
                && term.chars().allMatch(Character::isLetter)
                && !ending
                && !language.isOrdinary(word)
                && !language.isGrammar(term);
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

    /** "packages upgraded this week": after several things, and nobody wants them to have it done. */
    private boolean isReduced(Reading clause, int at) {
        List<Word> words = clause.words();
        if (at == 0 || !isPast(words.get(at)) || clause.mentionAt(at - 1).isPresent()) {
            return false;
        }
        Word before = words.get(at - 1);
        boolean several = before.isWord()
                && before.lower().length() > 3
                && !Stems.plural(before.lower()).equals(before.lower());
        return several && words.subList(0, at).stream().noneMatch(word -> language.is("has-done", word.term()));
    }

    private boolean isPast(Word word) {
        return word.term().endsWith("ed") && !language.action(word.stem()).isEmpty();
    }

    /** "I restarted nginx on web-01 already", "the disk was replaced yesterday": tells what was done, and asks for nothing. */
    public boolean reports(Reading clause) {
        return tellsWhoDid(clause) || tellsWhatWasDone(clause);
    }

    /** "nginx on web-01 was restarted by Ben"; "packages that were upgraded" and "was nginx restarted" ask. */
    private boolean tellsWhatWasDone(Reading clause) {
        List<Word> words = clause.words();
        if (clause.text().strip().endsWith("?")) {
            return false;
        }
        int was = IntStream.range(0, words.size())
                .filter(at -> language.is("read-cue", words.get(at).term()))
                .findFirst()
                .orElse(0);
        boolean told = was > 0
                && language.is("was-done", words.get(was).term())
                && !language.is("relative", words.get(was - 1).lower())
                && change(words.getFirst()).isEmpty();
        return told
                && was + 1 < words.size()
                && isPast(words.get(was + 1))
                && words.subList(was + 1, words.size()).stream()
                        .noneMatch(word -> language.is("read-cue", word.term()));
    }

    private boolean tellsWhoDid(Reading clause) {
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
                .anyMatch(word -> word.isWord() && !change(word).isEmpty());
    }

    /** What a verb changes; nothing for several things, "the updates", "dns settings", since nobody orders in that form. */
    private String change(Word word) {
        boolean several = word.term().endsWith("s") && !word.term().endsWith("ss");
        return several && word.term().length() > 3 ? "" : language.action(word.stem());
    }
}
