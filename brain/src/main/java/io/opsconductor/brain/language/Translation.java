package io.opsconductor.brain.language;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the words of another language are read: as English ones, so that everything that is known of operations is known in
 * it too. Immutable.
 */
final class Translation {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern ELIDED = Pattern.compile("(?i)(l|d|qu|n|s|j|c|m)['\u2019](.{2,})");
    /** How far the second part of a verb may stand from the first. */
    private static final int FARTHEST = 14;

    private final Map<String, List<Entry>> entries = new HashMap<>();

    /**
     * Words that are read as others.
     *
     * @param words what stands there, without accents
     * @param later what must stand somewhere behind; empty for nothing
     * @param english what they are read as
     */
    private record Entry(List<String> words, List<String> later, List<String> english) {
        int size() {
            return words.size() + later.size();
        }
    }

    /** {@code lines}: an English word or phrase, a colon, and what is read as it, separated by commas. */
    Translation(List<String> lines) {
        for (String line : lines) {
            int colon = line.indexOf(':');
            List<String> english = List.of(line.substring(0, colon).strip().split(" "));
            for (String phrase : line.substring(colon + 1).split(",", -1)) {
                String[] parts = folded(phrase.strip()).split(" ?\\.\\.\\. ?", 2);
                List<String> later = parts.length == 2 ? words(parts[1]) : List.of();
                Entry entry = new Entry(words(parts[0]), later, english);
                entries.computeIfAbsent(entry.words.getFirst(), w -> new ArrayList<>())
                        .add(entry);
            }
        }
        entries.values()
                .forEach(list -> list.sort(Comparator.comparingInt(Entry::size).reversed()));
    }

    private static List<String> words(String phrase) {
        return apart(Words.apart(phrase)).stream().map(Word::text).toList();
    }

    /** Lower case without accents, which people leave out on a phone. */
    static String folded(String text) {
        String lower = text.toLowerCase(Locale.ROOT).replace('\u2019', '\'').replace("\u00df", "ss");
        return isAscii(lower)
                ? lower
                : MARKS.matcher(Normalizer.normalize(lower, Normalizer.Form.NFD))
                        .replaceAll("");
    }

    /** Asked of every word in every language. */
    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 127) {
                return false;
            }
        }
        return true;
    }

    /** How many of the words it knows. */
    int known(List<Word> words) {
        List<Word> apart = apart(words);
        int known = 0;
        for (int at = 0; at < apart.size(); ) {
            Optional<Entry> entry = entry(apart, at);
            known += entry.map(Entry::size).orElse(0);
            at += entry.map(e -> e.words.size()).orElse(1);
        }
        return known;
    }

    /** The words as they are read; names, values and marks stay as they are. */
    List<Word> english(List<Word> words) {
        List<Word> apart = new ArrayList<>(apart(words));
        List<Word> read = new ArrayList<>();
        for (int at = 0; at < apart.size(); ) {
            Optional<Entry> entry = entry(apart, at);
            if (entry.isEmpty()) {
                read.add(apart.get(at));
                at++;
                continue;
            }
            int end = at + entry.get().words.size();
            if (!entry.get().later.isEmpty()) {
                int later = later(apart, end, entry.get().later);
                for (int i = later; i < later + entry.get().later.size(); i++) {
                    apart.set(i, as("please", apart.get(i), apart.get(i)));
                }
            }
            Word first = apart.get(at);
            Word last = apart.get(end - 1);
            List<String> english = entry.get().english;
            read.add(as(english.getFirst(), first, last));
            for (String more : english.subList(1, english.size())) {
                read.add(new Word("", more, more, Stems.stem(more), last.end(), last.end(), Word.Kind.WORD));
            }
            at = end;
        }
        return read;
    }

    private static Word as(String english, Word first, Word last) {
        String written = first.equals(last) ? first.text() : first.text() + " " + last.text();
        return new Word(written, english, english, Stems.stem(english), first.start(), last.end(), Word.Kind.WORD);
    }

    private Optional<Entry> entry(List<Word> words, int at) {
        if (!words.get(at).isWord()) {
            return Optional.empty();
        }
        return entries.getOrDefault(folded(words.get(at).text()), List.of()).stream()
                .filter(entry -> stands(words, at, entry.words)
                        && (entry.later.isEmpty() || later(words, at + entry.words.size(), entry.later) >= 0))
                .findFirst();
    }

    private static int later(List<Word> words, int from, List<String> later) {
        for (int at = from; at < words.size() && at < from + FARTHEST; at++) {
            Word word = words.get(at);
            if (word.kind() == Word.Kind.BREAK || word.isMark(";") || word.isMark(".")) {
                return -1;
            }
            if (stands(words, at, later)) {
                return at;
            }
        }
        return -1;
    }

    private static boolean stands(List<Word> words, int at, List<String> phrase) {
        if (at + phrase.size() > words.size()) {
            return false;
        }
        for (int i = 0; i < phrase.size(); i++) {
            Word word = words.get(at + i);
            if (!word.isWord() || !folded(word.text()).equals(phrase.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** "l'espace" as two words. */
    private static List<Word> apart(List<Word> words) {
        List<Word> apart = new ArrayList<>();
        for (Word word : words) {
            Matcher elided = ELIDED.matcher(word.text());
            if (word.isWord() && elided.matches()) {
                int cut = elided.group(1).length() + 1;
                apart.add(Word.of(word.text().substring(0, cut), word.start(), word.start() + cut, Word.Kind.WORD));
                apart.add(Word.of(word.text().substring(cut), word.start() + cut, word.end(), Word.Kind.WORD));
            } else {
                apart.add(word);
            }
        }
        return apart;
    }
}
