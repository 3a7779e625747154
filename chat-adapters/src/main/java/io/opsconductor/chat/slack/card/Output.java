package io.opsconductor.chat.slack.card;

import io.opsconductor.plan.Visible;

/** What a command wrote, to be shown. */
final class Output {
    private Output() {}

    /** Without the last line end, and with escapes for what cannot be seen. */
    static String shown(String output) {
        String text = output.replace("\r\n", "\n");
        return Visible.escape(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
    }

    /** The last lines, at most so many characters; the beginning of a long line gives way. */
    static String tail(String text, int lines, int most) {
        int from = text.length();
        for (int i = 0; i < lines && from >= 0; i++) {
            from = text.lastIndexOf('\n', from - 1);
        }
        return Cut.toEnd(text.substring(from + 1), most);
    }

    /** The first lines, at most so many characters. */
    static String head(String text, int lines, int most) {
        int to = -1;
        for (int i = 0; i < lines; i++) {
            to = text.indexOf('\n', to + 1);
            if (to < 0) {
                return Cut.to(text, most);
            }
        }
        return Cut.to(text.substring(0, to), most);
    }

    static long lines(String text) {
        return text.isEmpty() ? 0 : text.lines().count();
    }
}
