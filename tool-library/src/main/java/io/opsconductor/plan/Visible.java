package io.opsconductor.plan;

import java.util.Locale;

/**
 * Makes a command's text safe to look at: what cannot be seen, or would reorder what is seen, becomes a visible escape.
 * Line feeds and tabs of a command are kept, because a card shows them as they are.
 */
public final class Visible {
    private Visible() {}

    /**
     * The text with control characters, format characters (zero-width, direction marks and overrides), private-use,
     * unassigned and lone surrogate code points, spaces other than U+0020, and letters, marks and symbols that are drawn as
     * nothing, written as {@code \}{@code u{HEX}}.
     */
    public static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\n' || c == '\t' || c == ' ' || isVisible(c)) {
                out.appendCodePoint(c);
            } else {
                out.append("\\u{")
                        .append(Integer.toHexString(c).toUpperCase(Locale.ROOT))
                        .append('}');
            }
        });
        return out.toString();
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> false;
            default -> !isDrawnAsNothing(c);
        };
    }

    /** Unicode's default ignorable code points that are letters or marks (fillers, selectors), and blank symbols. */
    private static boolean isDrawnAsNothing(int c) {
        return switch (c) {
            case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180F, 0x2800, 0x3164, 0xFFA0, 0x1D159 -> true;
            default -> (c >= 0x180B && c <= 0x180D) || (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
        };
    }
}
