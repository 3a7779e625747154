package io.opsconductor.runner.step;

import java.util.Locale;

/**
 * The one place that decides how control characters of a command's output look. A line end is one line feed, however the
 * target writes it; a lone carriage return, as progress bars send it, begins a new line. A tab stays. Every other control
 * character, and every mark that would reorder what is seen, becomes a visible {@code \}{@code u{HEX}}: so an escape
 * sequence stays in the text as data and no terminal or page obeys it.
 */
final class ControlText {
    private boolean carriageReturn;

    /** Takes the next piece and gives all of it, except a carriage return at its end. */
    String accept(String piece) {
        StringBuilder out = new StringBuilder(piece.length());
        for (int i = 0; i < piece.length(); i++) {
            char c = piece.charAt(i);
            if (carriageReturn) {
                carriageReturn = false;
                out.append('\n');
                if (c == '\n') {
                    continue;
                }
            }
            if (c == '\r') {
                carriageReturn = true;
            } else if (isHarmless(c)) {
                out.append(c);
            } else {
                out.append("\\u{")
                        .append(Integer.toHexString(c).toUpperCase(Locale.ROOT))
                        .append('}');
            }
        }
        return out.toString();
    }

    /** The end of the text. */
    String finish() {
        boolean pending = carriageReturn;
        carriageReturn = false;
        return pending ? "\n" : "";
    }

    private static boolean isHarmless(char c) {
        if (c == '\n' || c == '\t') {
            return true;
        }
        boolean control = c < ' ' || (c >= 0x7F && c <= 0x9F);
        boolean reorders = c == 0x061C
                || c == 0x200E
                || c == 0x200F
                || (c >= 0x2028 && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069);
        return !control && !reorders;
    }
}
