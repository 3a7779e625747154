package io.opsconductor.runner.step;

import java.util.function.Consumer;

/**
 * The line that a device is writing, as a screen would show it: carriage returns and backspaces go back, what follows
 * overwrites, escape sequences are left out. Devices use these to wipe away their questions for more.
 */
final class TerminalLine {
    /** A longer line is cut into several: it must not fill the memory. */
    private static final int LONGEST = 16 * 1024;

    private enum Escape {
        NONE,
        BEGUN,
        SEQUENCE
    }

    private final StringBuilder text = new StringBuilder();
    private final Consumer<String> complete;
    private int cursor;
    private boolean wiped;
    private Escape escape = Escape.NONE;

    /** @param complete told about every line that has ended, without its line end */
    TerminalLine(Consumer<String> complete) {
        this.complete = complete;
    }

    void accept(char c) {
        switch (escape) {
            case BEGUN -> escape = c == '[' ? Escape.SEQUENCE : Escape.NONE;
            case SEQUENCE -> escape = c >= '@' && c <= '~' ? Escape.NONE : Escape.SEQUENCE;
            case NONE -> shown(c);
        }
    }

    private void shown(char c) {
        switch (c) {
            case '\u001B' -> escape = Escape.BEGUN;
            case '\n' -> end();
            case '\r' -> cursor = 0;
            case '\b' -> cursor = Math.max(0, cursor - 1);
            case '\u0007', '\0' -> {}
            default -> {
                if (cursor < text.length()) {
                    text.setCharAt(cursor, c);
                } else {
                    text.append(c);
                }
                cursor++;
                if (text.length() >= LONGEST) {
                    end();
                }
            }
        }
    }

    private void end() {
        String line = wiped ? text.toString().stripTrailing() : text.toString();
        begin();
        wiped = false;
        complete.accept(line);
    }

    private void begin() {
        text.setLength(0);
        cursor = 0;
    }

    /** What stands in the line so far. */
    String text() {
        return text.toString();
    }

    /** Forgets what stands in the line; the device is about to wipe it with blanks. */
    void wipe() {
        begin();
        wiped = true;
    }
}
