package io.opsconductor.chat.terminal;

import io.opsconductor.plan.Visible;
import java.util.Locale;

/** Colours, or none. Every text from outside goes through {@link #safe}. */
enum Style {
    PLAIN,
    COLOURED;

    /** The text with everything that a terminal could take for an instruction as visible escapes. */
    static String safe(String text) {
        return Visible.escape(text.replace("\r\n", "\n"));
    }

    /** {@link #safe}, and on one line. */
    static String line(String text) {
        return safe(text).replace('\n', ' ').replace('\t', ' ');
    }

    String bold(String text) {
        return coloured("1", text);
    }

    String dim(String text) {
        return coloured("2", text);
    }

    String bad(String text) {
        return coloured("31", text);
    }

    String good(String text) {
        return coloured("32", text);
    }

    String warn(String text) {
        return coloured("33", text);
    }

    /** An effect as its badge: the word, in capitals. */
    String effect(String word) {
        String badge = line(word).toUpperCase(Locale.ROOT);
        return switch (word) {
            case "read" -> coloured("1;32", badge);
            case "destroy" -> coloured("1;37;41", " " + badge + " ").strip();
            default -> coloured("1;33", badge);
        };
    }

    /** A status, coloured by how good it is. */
    String status(String word) {
        String text = line(word).replace('_', ' ');
        return switch (word) {
            case "succeeded" -> good(text);
            case "partial", "interrupted", "cancelled", "skipped", "not_needed" -> warn(text);
            default -> bad(text);
        };
    }

    private String coloured(String code, String text) {
        return this == PLAIN || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
