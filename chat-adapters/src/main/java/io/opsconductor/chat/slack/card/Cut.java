package io.opsconductor.chat.slack.card;

import io.opsconductor.plan.Visible;
import java.util.ArrayList;
import java.util.List;

/** Text cut to a length, always visibly and never through a character; what cannot be seen in it becomes an escape. */
final class Cut {
    private Cut() {}

    /** At most {@code most} {@link BlockSize} units, which are never less than UTF-16 units; an ellipsis when there was more. */
    static String to(String whole, int most) {
        // An escape is longer than what it stands for, so more than this is never needed.
        String text = Visible.escape(whole.substring(0, before(whole, Math.min(whole.length(), most + 2))));
        if (fits(text, most)) {
            return text;
        }
        int size = BlockSize.ofCodePoint('…');
        int at = 0;
        while (size + BlockSize.ofCodePoint(text.codePointAt(at)) <= most) {
            int c = text.codePointAt(at);
            size += BlockSize.ofCodePoint(c);
            at += Character.charCount(c);
        }
        return text.substring(0, at) + "…";
    }

    /** As {@link #to}, from the end. */
    static String toEnd(String whole, int most) {
        int from = before(whole, Math.max(0, whole.length() - most - 1));
        String text = Visible.escape(whole.substring(from));
        if (fits(text, most)) {
            return text;
        }
        int size = BlockSize.ofCodePoint('…');
        int at = text.length();
        while (size + BlockSize.ofCodePoint(text.codePointBefore(at)) <= most) {
            int c = text.codePointBefore(at);
            size += BlockSize.ofCodePoint(c);
            at -= Character.charCount(c);
        }
        return "…" + text.substring(at);
    }

    private static boolean fits(String text, int most) {
        return text.length() <= most && BlockSize.ofText(text) <= most;
    }

    /** At most {@code most} UTF-16 units, for what Slack limits by characters. */
    static String toLength(String whole, int most) {
        String text = Visible.escape(whole.substring(0, before(whole, Math.min(whole.length(), most + 2))));
        return text.length() <= most ? text : text.substring(0, before(text, most - 1)) + "…";
    }

    /** The text in order, in parts of at most {@code most} UTF-16 units each; nothing is lost, and empty text has no part. */
    static List<String> parts(String text, int most) {
        List<String> parts = new ArrayList<>();
        for (int from = 0; from < text.length(); ) {
            int to = before(text, Math.min(text.length(), from + most));
            parts.add(text.substring(from, to));
            from = to;
        }
        return parts;
    }

    /** The text in order, in parts of at most {@code most} {@link BlockSize} units each, broken after a line where one ends. */
    static List<String> partsBySize(String text, int most) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        int lineEnd = 0;
        int size = 0;
        for (int at = 0; at < text.length(); ) {
            int c = text.codePointAt(at);
            int cost = BlockSize.ofCodePoint(c);
            if (size + cost > most) {
                int to = lineEnd > from + (at - from) / 2 ? lineEnd : at;
                parts.add(text.substring(from, to));
                size = BlockSize.ofText(text.substring(to, at));
                from = to;
            }
            size += cost;
            at += Character.charCount(c);
            if (c == '\n') {
                lineEnd = at;
            }
        }
        if (from < text.length()) {
            parts.add(text.substring(from));
        }
        return parts;
    }

    private static int before(String text, int at) {
        return at < text.length() && at > 0 && Character.isHighSurrogate(text.charAt(at - 1)) ? at - 1 : at;
    }
}
