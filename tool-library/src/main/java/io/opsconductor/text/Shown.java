package io.opsconductor.text;

import io.opsconductor.plan.Visible;
import java.util.Locale;

/** How a message quotes a value it complains about: short, on one line, nothing hidden. */
public final class Shown {
    /** Code points that are shown of a longer value. */
    public static final int LIMIT = 60;

    private Shown() {}

    /** The value in double quotes, cut after {@value #LIMIT} code points with its length named, escapes for what hides. */
    public static String quoted(String value) {
        return '"' + cut(Visible.escape(head(value)).replace("\n", "\\n").replace("\t", "\\t"), value);
    }

    /** As {@link #quoted}, with every character outside ASCII as an escape, so that look-alike letters stand out. */
    public static String ascii(String value) {
        StringBuilder out = new StringBuilder();
        head(value).codePoints().forEach(c -> {
            if (c >= 0x20 && c < 0x7f) {
                out.appendCodePoint(c);
            } else {
                out.append(escape(c));
            }
        });
        return '"' + cut(out.toString(), value);
    }

    /** One code point as an escape, such as {@code \}{@code u{43E}}. */
    public static String escape(int codePoint) {
        return "\\u{" + Integer.toHexString(codePoint).toUpperCase(Locale.ROOT) + "}";
    }

    /** Whether a code point cannot be seen or is a space other than U+0020; line feeds and tabs count as hidden too. */
    public static boolean isHidden(int codePoint) {
        return codePoint == '\n'
                || codePoint == '\t'
                || Visible.escape(Character.toString(codePoint)).length() != Character.charCount(codePoint);
    }

    private static String head(String value) {
        // Cutting by UTF-16 units first keeps the work bounded for a value of any size.
        String bounded = value.length() > 2 * LIMIT ? value.substring(0, 2 * LIMIT) : value;
        return bounded.codePointCount(0, bounded.length()) <= LIMIT
                ? bounded
                : bounded.substring(0, bounded.offsetByCodePoints(0, LIMIT));
    }

    private static String cut(String shown, String value) {
        int length = value.codePointCount(0, value.length());
        return length <= LIMIT ? shown + '"' : shown + "\"... (" + length + " characters)";
    }
}
