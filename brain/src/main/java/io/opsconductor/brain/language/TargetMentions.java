package io.opsconductor.brain.language;

import io.opsconductor.brain.intent.Entity;
import io.opsconductor.brain.language.Word.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the places where words name targets: by name, by group, by quality, all of them, or all but some. */
final class TargetMentions {
    private static final int LONGEST_NAME = 5;

    private final String text;
    private final List<Word> words;
    private final TargetIndex targets;
    private final Language language;

    TargetMentions(String text, List<Word> words, TargetIndex targets, Language language) {
        this.text = text;
        this.words = words;
        this.targets = targets;
        this.language = language;
    }

    /** Targets named from word {@code at} on. */
    Optional<Mention> at(int at) {
        Optional<Found> name = name(at);
        Optional<Found> found = selection(at)
                .filter(selection -> name.map(named -> selection.to >= named.to).orElse(true))
                .or(() -> name);
        return found.map(f -> f.unclear || f.names.isEmpty() ? f : without(f)).map(f -> f.mention(this));
    }

    /** What was found: resolved names, or a reason why they are not clear. */
    private record Found(int from, int to, Collection<String> names, boolean unclear, List<String> nearest) {
        static Found of(int from, int to, Collection<String> names) {
            return new Found(from, to, names, false, List.of());
        }

        static Found unclear(int from, int to, Collection<String> names) {
            return new Found(from, to, names, true, List.of());
        }

        static Found unknown(int from, int to, List<String> nearest) {
            return new Found(from, to, List.of(), false, nearest);
        }

        Mention mention(TargetMentions in) {
            String written = in.written(from, to);
            List<String> list = List.copyOf(names);
            Entity entity = list.isEmpty()
                    ? new Entity.UnknownTarget(written, nearest)
                    : unclear ? new Entity.AmbiguousTarget(written, list) : new Entity.Targets(written, list);
            return new Mention(from, to, List.of(entity));
        }
    }

    private String written(int from, int to) {
        return text.substring(words.get(from).start(), words.get(to - 1).end());
    }

    private Optional<Found> name(int at) {
        int longest = Math.min(LONGEST_NAME, words.size() - at);
        for (int length = longest; length > 0; length--) {
            if (!plain(at, at + length)) {
                continue;
            }
            String written = written(at, at + length);
            boolean position = afterHostPreposition(at) || !language.isOrdinary(words.get(at)) || length > 1;
            Collection<String> named = position ? targets.named(written) : List.of();
            if (named.size() == 1) {
                return Optional.of(Found.of(at, at + length, named));
            }
            if (!named.isEmpty()) {
                return Optional.of(Found.unclear(at, at + length, named));
            }
            List<String> members = position ? targets.group(written) : List.of();
            if (!members.isEmpty()) {
                return Optional.of(Found.of(at, at + length, members));
            }
        }
        return Optional.empty();
    }

    /** "[all] [the] [production] [web] servers [in ...]". */
    private Optional<Found> selection(int start) {
        int at = start;
        boolean universal = false;
        boolean pair = false;
        boolean single = false;
        int counted = 0;
        boolean everywhere = word(at).equals("everywhere");
        while (at < words.size() && words.get(at).isWord()) {
            String word = word(at);
            if (language.is("all", word)) {
                universal = true;
            } else if (language.is("both", word)) {
                pair = true;
            } else if (language.is("one", word)) {
                single = !universal;
            } else if (at > start && !language.mapped("number", word).isEmpty()) {
                counted = number(language.mapped("number", word));
            } else if (word.matches("[2-9]")) {
                counted = number(word);
            } else if (!language.is("article", word)) {
                break;
            }
            at++;
        }
        Optional<Integer> nouns = noun(at);
        if (nouns.isPresent()) {
            return bare(start, at, nouns.get(), universal, single);
        }
        List<Set<String>> qualities = new ArrayList<>();
        int end = qualities(at, qualities);
        if (qualities.isEmpty()) {
            if (everywhere || (universal && at == start + 1 && isEnd(at) && strictlyAfterHostPreposition(start))) {
                return Optional.of(Found.of(start, at, targets.all()));
            }
            return unknownQuality(start, at, universal);
        }
        Optional<Integer> noun = noun(end);
        boolean hyphenated = words.get(end - 1).lower().matches(".*-\\p{L}+") && nounWithin(words.get(end - 1));
        if (noun.isEmpty() && !universal && !pair && !hyphenated && !standsAlone(start, at, end)) {
            return Optional.empty();
        }
        boolean singular = noun.isPresent() && isSingular(end, noun.get());
        int to = noun.orElse(end);
        Set<String> names = new LinkedHashSet<>(qualities.getFirst());
        qualities.forEach(names::retainAll);
        if (names.isEmpty()) {
            return Optional.of(Found.unknown(start, to, targets.nearestGroups(written(at, to))));
        }
        boolean one = single || (singular && !universal && !pair);
        boolean count = (pair && names.size() != 2) || (counted > 0 && names.size() != counted);
        return Optional.of(
                (one && names.size() > 1) || count ? Found.unclear(start, to, names) : Found.of(start, to, names));
    }

    /** A noun without a quality: "all servers", "every server in production". */
    private Optional<Found> bare(int start, int noun, int end, boolean universal, boolean single) {
        if (end < words.size() - 1 && language.is("maybe-host-preposition", word(end))) {
            Optional<Found> inner = selection(end + 1).or(() -> name(end + 1));
            if (inner.isPresent()) {
                Found found = inner.get();
                boolean one = single || (isSingular(noun, end) && !universal);
                return Optional.of(new Found(
                        start, found.to, found.names, found.unclear || (one && found.names.size() > 1), found.nearest));
            }
        }
        return universal && !targets.all().isEmpty()
                ? Optional.of(Found.of(start, end, targets.all()))
                : Optional.empty();
    }

    /** "all mail servers", when there is no such group. */
    private Optional<Found> unknownQuality(int start, int at, boolean universal) {
        if (!universal && !strictlyAfterHostPreposition(start)) {
            return Optional.empty();
        }
        for (int end = at + 1; end <= at + 2 && end < words.size(); end++) {
            Word last = words.get(end - 1);
            if (!last.isWord()
                    || isStructure(last)
                    || targets.named(last.text()).size() == 1) {
                return Optional.empty();
            }
            Optional<Integer> noun = noun(end);
            if (noun.isPresent() && (universal || !language.isOrdinary(last))) {
                return Optional.of(Found.unknown(start, noun.get(), targets.nearestGroups(written(at, end))));
            }
        }
        return Optional.empty();
    }

    private int qualities(int at, List<Set<String>> into) {
        int end = at;
        while (end < words.size() && into.size() < 4 && noun(end).isEmpty()) {
            int taken = 0;
            for (int length = Math.min(3, words.size() - end); length > 0 && taken == 0; length--) {
                boolean nounAtEnd = isNoun(words.get(end + length - 1));
                if (plain(end, end + length) && !nounAtEnd && !isStructure(words.get(end))) {
                    Set<String> having = targets.having(written(end, end + length));
                    if (!having.isEmpty()) {
                        into.add(having);
                        taken = length;
                    }
                }
            }
            if (taken == 0) {
                return end;
            }
            end += taken;
        }
        return end;
    }

    /** Index after "servers", "hosts", "server group"; empty when there is no such noun. */
    private Optional<Integer> noun(int at) {
        int end = at;
        while (end < words.size() && end < at + 2 && words.get(end).isWord() && isNoun(words.get(end))) {
            end++;
        }
        return end == at ? Optional.empty() : Optional.of(end);
    }

    private boolean isNoun(Word word) {
        return language.is("target-noun", Stems.plural(word.term())) || language.is("group-noun", word.term());
    }

    private boolean nounWithin(Word word) {
        String last = word.lower().substring(word.lower().lastIndexOf('-') + 1);
        return language.is("target-noun", Stems.plural(last)) || language.is("group-noun", last);
    }

    private boolean isSingular(int from, int to) {
        for (int i = from; i < to; i++) {
            if (language.is("group-noun", words.get(i).term())) {
                return false;
            }
        }
        return true;
    }

    /** "on production", "in prod": a quality without a noun in the place of a host. */
    private boolean standsAlone(int start, int at, int end) {
        boolean place = afterHostPreposition(start) && (strictlyAfterHostPreposition(start) || at == end - 1);
        return place && isEnd(end);
    }

    /** "all web servers except web-server-02": takes the named ones away, or makes an unknown of it. */
    private Found without(Found all) {
        int at = all.to;
        if (at < words.size() && words.get(at).isMark(",")) {
            at++;
        }
        int phrase = at < words.size() ? language.match("except", words, at) : 0;
        if (phrase == 0) {
            return all;
        }
        boolean strict = !language.is("not", word(at)) && (phrase > 1 || !word(at).equals("but"));
        Set<String> left = new LinkedHashSet<>(all.names);
        int next = at + phrase;
        int end = all.to;
        while (next < words.size()) {
            int skip = next;
            while (skip < words.size()
                    && (words.get(skip).isMark(",")
                            || language.is("and", word(skip))
                            || language.is("host-preposition", word(skip))
                            || language.is("maybe-host-preposition", word(skip))
                            || (language.is("article", word(skip)) && !language.is("all", word(skip))))) {
                skip++;
            }
            int from = skip;
            Optional<Found> found = selection(from).or(() -> from < words.size() ? name(from) : Optional.empty());
            if (found.isEmpty()) {
                break;
            }
            if (found.get().unclear || found.get().names.isEmpty()) {
                return Found.unknown(found.get().from, found.get().to, targets.nearest(written(from, found.get().to)));
            }
            left.removeAll(found.get().names);
            next = found.get().to;
            end = next;
        }
        if (end == all.to) {
            boolean names = at + phrase < words.size() && UnknownTargets.looksLikeHost(words.get(at + phrase));
            if (!strict && !names) {
                return all;
            }
            int to = Math.min(words.size(), at + phrase + 1);
            return Found.unknown(at, to, targets.nearest(words.get(to - 1).text()));
        }
        return left.isEmpty() ? Found.unknown(all.from, end, List.of()) : Found.of(all.from, end, left);
    }

    private boolean plain(int from, int to) {
        for (int i = from; i < to; i++) {
            Kind kind = words.get(i).kind();
            if (kind != Kind.WORD && !(kind == Kind.QUOTED && to == from + 1)) {
                return false;
            }
        }
        return true;
    }

    private boolean isStructure(Word word) {
        String term = word.lower();
        return language.is("host-preposition", term)
                || language.is("maybe-host-preposition", term)
                || language.is("and", term)
                || language.is("then", term)
                || language.is("except", term)
                || language.is("back-reference", term);
    }

    private boolean isEnd(int at) {
        if (at >= words.size()) {
            return true;
        }
        Word word = words.get(at);
        return !word.isWord() || isStructure(word) || language.isFiller(word.lower());
    }

    private boolean strictlyAfterHostPreposition(int at) {
        return at > 0 && language.is("host-preposition", word(at - 1));
    }

    private boolean afterHostPreposition(int at) {
        int before = at - 1;
        while (before >= 0 && language.is("article", word(before))) {
            before--;
        }
        return before >= 0
                && (language.is("host-preposition", word(before))
                        || language.is("maybe-host-preposition", word(before)));
    }

    private String word(int at) {
        return at < words.size() && at >= 0 ? words.get(at).lower() : "";
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }
}
