package io.opsconductor.brain.language;

import io.opsconductor.brain.language.Word.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a message into words: quotes stay together, marks stand alone, known phrases become one word. */
final class Words {
    private static final Pattern HOST_AND_PORT = Pattern.compile("([A-Za-z0-9_][A-Za-z0-9_.-]*)(:\\d{1,6})");
    private static final Pattern JOINED_BY_SLASH = Pattern.compile("\\p{L}[\\p{L}\\p{N}-]+(/\\p{L}[\\p{L}\\p{N}-]+)+");
    private static final Pattern OF = Pattern.compile("of|for|in");
    private static final Pattern VERSION = Pattern.compile("v?\\d+(\\.\\d+)+");
    private static final String OPENING = "([{<\u00ab";
    private static final String CLOSING = ",.;:!?)]}>\u00bb\u2026";
    private static final String QUOTES = "\"'`\u201c\u201d\u2018\u2019";

    /** Words that the name behind them is written with a slash after. */
    private final Predicate<String> beforeSlash;

    private final String text;
    private final List<Word> words = new ArrayList<>();

    private Words(String text, Predicate<String> beforeSlash) {
        this.text = text;
        this.beforeSlash = beforeSlash;
    }

    /** The words of an English text. */
    static List<Word> of(String text, Language language) {
        return joined(apart(text, language), language);
    }

    /** The words of a text in the language of {@code code}, as they are read. */
    static List<Word> of(String text, Language language, String code) {
        return joined(language.english(apart(text, language), code), language);
    }

    /** The words as they stand there. */
    static List<Word> apart(String text) {
        return apart(text, word -> false);
    }

    private static List<Word> apart(String text, Language language) {
        return apart(text, word -> language.is("named-with-slash", word));
    }

    private static List<Word> apart(String text, Predicate<String> beforeSlash) {
        Words cut = new Words(text, beforeSlash);
        cut.cut();
        return cut.words;
    }

    private void cut() {
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\n' || c == '\r' || c == '\u2028' || c == '\u2029') {
                words.add(Word.of("\n", at, at + 1, Kind.BREAK));
                at++;
            } else if (Character.isWhitespace(c) || c == '\u00a0' || c == '\u00bf' || c == '\u00a1') {
                at++;
            } else if (QUOTES.indexOf(c) >= 0 && closingQuote(at) > at + 1) {
                int close = closingQuote(at);
                words.add(Word.of(text.substring(at + 1, close), at + 1, close, Kind.QUOTED));
                at = close + 1;
            } else {
                int end = at;
                while (end < text.length()
                        && !Character.isWhitespace(text.charAt(end))
                        && text.charAt(end) != '\u00a0') {
                    end++;
                }
                at = chunk(at, end);
            }
        }
    }

    /** Index of the quote that ends the one at {@code open}, or -1: it must stand at the end of a word. */
    private int closingQuote(int open) {
        char first = text.charAt(open);
        char wanted = first == '\u201c' ? '\u201d' : first == '\u2018' ? '\u2019' : first;
        for (int i = open + 1; i < text.length() && text.charAt(i) != '\n'; i++) {
            boolean ends = i + 1 == text.length()
                    || Character.isWhitespace(text.charAt(i + 1))
                    || CLOSING.indexOf(text.charAt(i + 1)) >= 0
                    || (wanted != '\'' && text.charAt(i + 1) == '\'');
            if (text.charAt(i) == wanted && ends) {
                return i;
            }
        }
        return -1;
    }

    /** Cuts what stands between two spaces; returns where to go on. */
    private int chunk(int start, int end) {
        int from = start;
        while (from < end && OPENING.indexOf(text.charAt(from)) >= 0) {
            words.add(Word.of(text.substring(from, from + 1), from, from + 1, Kind.MARK));
            from++;
        }
        if (from > start && from < end && QUOTES.indexOf(text.charAt(from)) >= 0) {
            return from;
        }
        int to = end;
        while (to > from && CLOSING.indexOf(text.charAt(to - 1)) >= 0) {
            to--;
        }
        split(from, to);
        for (int i = to; i < end; i++) {
            words.add(Word.of(text.substring(i, i + 1), i, i + 1, Kind.MARK));
        }
        return end;
    }

    private void split(int from, int to) {
        if (from >= to) {
            return;
        }
        String chunk = text.substring(from, to);
        boolean url = chunk.contains("://");
        int cut = url ? chunk.indexOf(';') : firstOf(chunk, ";,");
        if (cut >= 0) {
            split(from, from + cut);
            words.add(Word.of(chunk.substring(cut, cut + 1), from + cut, from + cut + 1, Kind.MARK));
            split(from + cut + 1, to);
            return;
        }
        String lower = Word.lower(chunk);
        Matcher port = HOST_AND_PORT.matcher(chunk);
        if (lower.endsWith("'s") && chunk.length() > 2) {
            words.add(Word.of(chunk.substring(0, chunk.length() - 2), from, to - 2, Kind.WORD));
            words.add(Word.of("'s", to - 2, to, Kind.POSSESSIVE));
        } else if (!url && port.matches()) {
            words.add(Word.of(port.group(1), from, from + port.end(1), Kind.WORD));
            words.add(Word.of(port.group(2), from + port.start(2), to, Kind.PORT));
        } else if (JOINED_BY_SLASH.matcher(chunk).matches() && !isNameWithSlash()) {
            int slash = chunk.indexOf('/');
            words.add(Word.of(chunk.substring(0, slash), from, from + slash, Kind.WORD));
            words.add(Word.of(",", from + slash, from + slash + 1, Kind.MARK));
            split(from + slash + 1, to);
        } else if (chunk.matches("[,&+]")) {
            words.add(Word.of(chunk, from, to, Kind.MARK));
        } else {
            words.add(Word.of(chunk, from, to, Kind.WORD));
        }
    }

    /** "the project shop/api", "pipelines of shop/api", "v2.1 of shop/api". */
    private boolean isNameWithSlash() {
        if (words.isEmpty()) {
            return false;
        }
        boolean of = words.size() > 1 && OF.matcher(words.getLast().lower()).matches();
        String before =
                of ? words.get(words.size() - 2).lower() : words.getLast().lower();
        return beforeSlash.test(before) || (of && VERSION.matcher(before).matches());
    }

    private static int firstOf(String chunk, String marks) {
        for (int i = 0; i < chunk.length(); i++) {
            if (marks.indexOf(chunk.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    /** "shut redis down" as "shutdown redis please". */
    private static List<Word> together(List<Word> words, Language language) {
        List<Word> together = new ArrayList<>(words);
        for (int at = 0; at < words.size(); at++) {
            // "look it up" is no verb with its object.
            boolean phrase = language.phrase(words, at).getKey() > 2;
            Map.Entry<Integer, String> verb = phrase ? Map.entry(0, "") : language.apart(words, at);
            if (verb.getKey() > 0) {
                together.set(at, words.get(at).readAs(verb.getValue()));
                together.set(verb.getKey(), words.get(verb.getKey()).readAs("please"));
            }
        }
        return together;
    }

    private static List<Word> joined(List<Word> apart, Language language) {
        List<Word> words = together(apart, language);
        List<Word> joined = new ArrayList<>(words.size());
        for (int i = 0; i < words.size(); i++) {
            Map.Entry<Integer, String> phrase = language.phrase(words, i);
            Word first = words.get(i);
            if (phrase.getKey() > 0) {
                Word last = words.get(i + phrase.getKey() - 1);
                String written = first.text() + (phrase.getKey() == 1 ? "" : " " + last.text());
                joined.add(new Word(
                        written,
                        phrase.getValue(),
                        phrase.getValue(),
                        Stems.stem(phrase.getValue()),
                        first.start(),
                        last.end(),
                        Kind.WORD));
                i += phrase.getKey() - 1;
            } else {
                joined.add(first);
            }
        }
        return List.copyOf(joined);
    }
}
