package io.opsconductor.brain.language;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What stands between two blanks of a typed command, or between quotes.
 *
 * @param text without the quotes
 * @param quoted whether it stood in quotes
 * @param start index of its first character in the text, quote included
 * @param end index after its last
 */
record TypedToken(String text, boolean quoted, int start, int end) {
    private static final String QUOTES = "\"'`";
    /** What a shell would not hand on as it is written. */
    private static final Pattern EXPANDED = Pattern.compile("[*\\[\\](){};'\"`$]|^~");

    static List<TypedToken> of(String text) {
        List<TypedToken> tokens = new ArrayList<>();
        for (int at = 0; at < text.length(); ) {
            char c = text.charAt(at);
            int close = QUOTES.indexOf(c) < 0 ? -1 : closing(text, at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (close > at + 1) {
                tokens.add(new TypedToken(text.substring(at + 1, close), true, at, close + 1));
                at = close + 1;
            } else {
                int end = at;
                while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
                    end++;
                }
                boolean comma = end - at > 1 && text.charAt(end - 1) == ',';
                tokens.add(new TypedToken(text.substring(at, comma ? end - 1 : end), false, at, comma ? end - 1 : end));
                if (comma) {
                    tokens.add(new TypedToken(",", false, end - 1, end));
                }
                at = end;
            }
        }
        return tokens;
    }

    /** The quote that ends the one at {@code open}, right before a blank, a comma or the end; -1 for none. */
    private static int closing(String text, int open) {
        int close = text.indexOf(text.charAt(open), open + 1);
        boolean ends = close == text.length() - 1
                || (close > 0 && (Character.isWhitespace(text.charAt(close + 1)) || text.charAt(close + 1) == ','));
        return ends ? close : -1;
    }

    /** Whether an unquoted value means just what is written: no pattern of names, no home of an account, no half of a quote. */
    static boolean isPlain(String text) {
        boolean pattern = text.indexOf('?') >= 0 && !text.contains("://");
        return !pattern && !EXPANDED.matcher(text).find();
    }
}
