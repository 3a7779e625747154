package io.opsconductor.tool;

import java.util.regex.Pattern;

/** Makes any text one word of a POSIX shell line that stands for exactly itself. */
final class PosixQuoting {
    // No ~ (expands), no = (an assignment at the start of a command, an expansion in zsh), no braces or globs.
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+,-]+");

    private PosixQuoting() {}

    /** The text as it is when every character is plain; otherwise in single quotes. */
    static String word(String text) {
        return PLAIN.matcher(text).matches() ? text : quoted(text);
    }

    /** The text in single quotes, where a shell leaves everything alone except a single quote. */
    static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
