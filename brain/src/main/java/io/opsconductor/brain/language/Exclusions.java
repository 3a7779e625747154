package io.opsconductor.brain.language;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/** Takes targets away that are said to be left out: "all web servers except web-server-02 and web-server-03". */
final class Exclusions {
    private final String text;
    private final List<Word> words;
    private final TargetIndex targets;
    private final Language language;
    private final IntFunction<Optional<FoundTargets>> finder;

    Exclusions(
            String text,
            List<Word> words,
            TargetIndex targets,
            Language language,
            IntFunction<Optional<FoundTargets>> finder) {
        this.text = text;
        this.words = words;
        this.targets = targets;
        this.language = language;
        this.finder = finder;
    }

    /** {@code all} without what the words after it leave out; an unknown target when that is not known or nothing is left. */
    FoundTargets of(FoundTargets all) {
        int at = all.to() < words.size() && words.get(all.to()).isMark(",") ? all.to() + 1 : all.to();
        int phrase = at < words.size() ? language.match("except", words, at) : 0;
        if (phrase == 0) {
            return all;
        }
        Set<String> left = new LinkedHashSet<>(all.names());
        int end = all.to();
        int next = skip(at + phrase);
        for (Optional<FoundTargets> found = finder.apply(next); found.isPresent(); found = finder.apply(next)) {
            FoundTargets out = found.get();
            if (!out.isClear()) {
                return FoundTargets.unknown(out.from(), out.to(), targets.nearest(written(out.from(), out.to())));
            }
            left.removeAll(out.names());
            end = out.to();
            next = skip(end);
        }
        if (end < words.size() && language.is("alone", words.get(end).lower())) {
            // "leave web-02 alone"
            end++;
        }
        if (end == all.to()) {
            return nothingKnown(all, at, phrase);
        }
        return left.isEmpty()
                ? FoundTargets.unknown(all.from(), end, List.of())
                : FoundTargets.of(all.from(), end, left);
    }

    /** "but", "not" and "leave" may begin something else; the other words always leave something out, which must then be known. */
    private FoundTargets nothingKnown(FoundTargets all, int at, int phrase) {
        String first = words.get(at).lower();
        boolean strict = !language.is("leave", first)
                && (phrase > 1 || (!language.is("not", first) && !language.is("and", first)));
        int next = at + phrase;
        boolean host = next < words.size() && UnknownTargets.looksLikeHost(words.get(next));
        if (!strict && !host) {
            return all;
        }
        int to = Math.min(words.size(), next + 1);
        return FoundTargets.unknown(at, to, targets.nearest(words.get(to - 1).text()));
    }

    private int skip(int from) {
        int at = from;
        while (at < words.size() && isBetween(words.get(at))) {
            at++;
        }
        return at;
    }

    private boolean isBetween(Word word) {
        String lower = word.lower();
        return word.isMark(",")
                || language.is("and", lower)
                || language.is("host-preposition", lower)
                || language.is("maybe-host-preposition", lower)
                || (language.is("article", lower) && !language.is("all", lower));
    }

    private String written(int from, int to) {
        return text.substring(words.get(from).start(), words.get(to - 1).end());
    }
}
