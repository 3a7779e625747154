package io.opsconductor.brain.language;

import io.opsconductor.brain.language.Word.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the places where words name targets: by name, by group, by quality, all of them, or all but some. */
final class TargetMentions {
    private static final int LONGEST_NAME = 5;

    private final String text;
    private final List<Word> words;
    private final TargetIndex targets;
    private final Language language;
    private boolean listGoesOn;

    TargetMentions(String text, List<Word> words, TargetIndex targets, Language language) {
        this.text = text;
        this.words = words;
        this.targets = targets;
        this.language = language;
    }

    /** Targets named from word {@code at} on; {@code listed}: a list of targets stands right before. */
    Optional<Mention> at(int at, boolean listed) {
        listGoesOn = listed;
        Optional<FoundTargets> name = name(at);
        Optional<FoundTargets> found = selection(at)
                .filter(selection ->
                        name.map(named -> selection.to() >= named.to()).orElse(true))
                .or(() -> name);
        Exclusions exclusions = new Exclusions(text, words, targets, language, this::found);
        return found.map(f -> f.isClear() ? exclusions.of(f) : f).map(f -> f.mention(text, words));
    }

    private Optional<FoundTargets> found(int at) {
        return selection(at).or(() -> at < words.size() ? name(at) : Optional.empty());
    }

    private String written(int from, int to) {
        return text.substring(words.get(from).start(), words.get(to - 1).end());
    }

    /** The words as they are read, which are English whatever was written. */
    private String read(int from, int to) {
        return words.subList(from, to).stream().map(Word::lower).collect(Collectors.joining(" "));
    }

    private Optional<FoundTargets> name(int at) {
        int longest = Math.min(LONGEST_NAME, words.size() - at);
        for (int length = longest; length > 0; length--) {
            if (!plain(at, at + length)) {
                continue;
            }
            String written = written(at, at + length);
            boolean position = listGoesOn
                    || afterHostPreposition(at)
                    || afterOfThe(at)
                    || !language.isOrdinary(words.get(at))
                    || length > 1;
            Collection<String> named = position ? targets.named(written) : List.of();
            if (named.size() == 1) {
                return Optional.of(FoundTargets.of(at, at + length, named));
            }
            if (!named.isEmpty()) {
                return Optional.of(FoundTargets.unclear(at, at + length, named));
            }
            // "bounce kafka on ..." where there is a group of that name, too: it stands where a service does.
            boolean service = language.isService(written.toLowerCase(Locale.ROOT))
                    && !listGoesOn
                    && !strictlyAfterHostPreposition(at);
            List<String> members = position && !service ? targets.group(read(at, at + length)) : List.of();
            if (!members.isEmpty()) {
                return Optional.of(FoundTargets.of(at, at + length, members));
            }
        }
        return Optional.empty();
    }

    /** "[all] [the] [production] [web] servers [in ...]". */
    private Optional<FoundTargets> selection(int start) {
        int at = start;
        boolean universal = false;
        boolean pair = false;
        boolean single = false;
        int counted = 0;
        boolean everywhere = word(at).equals("everywhere");
        while (at < words.size() && words.get(at).isWord()) {
            String word = word(at);
            boolean anyOf = at + 1 < words.size() && word(at + 1).equals("of") && word.equals("any");
            if (language.is("all", word) || anyOf) {
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
            boolean alone = universal && at == start + 1 && isEnd(at) && strictlyAfterHostPreposition(start);
            Optional<FoundTargets> inner = alone || everywhere ? within(at) : Optional.empty();
            if (inner.isPresent()) {
                return inner.map(
                        found -> new FoundTargets(start, found.to(), found.names(), found.unclear(), found.nearest()));
            }
            if (everywhere || alone) {
                return Optional.of(FoundTargets.of(start, at, targets.all()));
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
            return Optional.of(FoundTargets.unknown(start, to, targets.nearestGroups(written(at, to))));
        }
        boolean one = single || (singular && !universal && !pair);
        boolean count = (pair && names.size() != 2) || (counted > 0 && names.size() != counted);
        return Optional.of(
                (one && names.size() > 1) || count
                        ? FoundTargets.unclear(start, to, names)
                        : FoundTargets.of(start, to, names));
    }

    /** "in staging", right behind "everything" or "all servers". */
    private Optional<FoundTargets> within(int at) {
        return at < words.size() - 1 && language.is("maybe-host-preposition", word(at))
                ? selection(at + 1).or(() -> name(at + 1))
                : Optional.empty();
    }

    /** A noun without a quality: "all servers", "every server in production". */
    private Optional<FoundTargets> bare(int start, int noun, int end, boolean universal, boolean single) {
        Optional<FoundTargets> inner = within(end);
        if (inner.isPresent()) {
            FoundTargets found = inner.get();
            boolean one = single || (isSingular(noun, end) && !universal);
            return Optional.of(new FoundTargets(
                    start,
                    found.to(),
                    found.names(),
                    found.unclear() || (one && found.names().size() > 1),
                    found.nearest()));
        }
        return universal && !targets.all().isEmpty()
                ? Optional.of(FoundTargets.of(start, end, targets.all()))
                : Optional.empty();
    }

    /** "all mail servers", when there is no such group. */
    private Optional<FoundTargets> unknownQuality(int start, int at, boolean universal) {
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
                return Optional.of(FoundTargets.unknown(start, noun.get(), targets.nearestGroups(written(at, end))));
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
                    Set<String> having = targets.having(read(end, end + length));
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
        if (listGoesOn && isEnd(end)) {
            return true;
        }
        boolean place = afterHostPreposition(start) && (strictlyAfterHostPreposition(start) || at == end - 1);
        return place && isEnd(end);
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

    /** "the memory of the databases", where that is a group; "of linux" is said of other things. */
    private boolean afterOfThe(int at) {
        return at > 1
                && language.is("article", word(at - 1))
                && !language.is("maybe-host-preposition", word(at - 1))
                && language.is("maybe-host-preposition", word(at - 2));
    }

    private String word(int at) {
        return at < words.size() && at >= 0 ? words.get(at).lower() : "";
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }
}
