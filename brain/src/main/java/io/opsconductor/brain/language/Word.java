package io.opsconductor.brain.language;

/**
 * A word or a mark of a message.
 *
 * @param text as written, without quotes
 * @param lower in lower case; letters outside ASCII stay as they are, so that look-alikes never become the same
 * @param term what it is read as: {@code lower}, or the word that was meant when it is misspelt
 * @param stem {@code term} without its ending
 * @param start index of its first character in the message
 * @param end index after its last character
 * @param kind what it is
 */
public record Word(String text, String lower, String term, String stem, int start, int end, Kind kind) {
    /** What a word is. */
    public enum Kind {
        WORD,
        /** In quotes; {@code text} may hold spaces. */
        QUOTED,
        /** A single mark such as a comma. */
        MARK,
        /** The end of a line. */
        BREAK,
        /** {@code 's} after a word. */
        POSSESSIVE,
        /** {@code :443} right after a host. */
        PORT
    }

    static Word of(String text, int start, int end, Kind kind) {
        String lower = lower(text);
        return new Word(text, lower, lower, Stems.stem(lower), start, end, kind);
    }

    Word readAs(String other) {
        return new Word(text, lower, other, Stems.stem(other), start, end, kind);
    }

    /** Whether it is the mark {@code mark}. */
    public boolean isMark(String mark) {
        return kind == Kind.MARK && text.equals(mark);
    }

    /** Whether it is a plain word: no quote, mark or line end. */
    public boolean isWord() {
        return kind == Kind.WORD;
    }

    /** Whether it is a plain word of letters alone, and not a name, path or number. */
    boolean isLetters() {
        return isWord() && isLetters(lower);
    }

    static boolean isLetters(String text) {
        return text.length() > 1 && text.chars().allMatch(c -> Character.isLetter(c) || c == '\'');
    }

    /** Lower case for ASCII letters only: {@code String.toLowerCase} would turn the Kelvin sign into a k. */
    static String lower(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            lower.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c == '\u2019' ? '\'' : c);
        }
        return lower.toString();
    }
}
