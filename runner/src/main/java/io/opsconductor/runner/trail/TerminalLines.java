package io.opsconductor.runner.trail;

import java.util.ArrayList;
import java.util.List;

/** Lines that are no wider than a terminal. */
final class TerminalLines {
    private static final int LEAST_WIDTH = 60;

    private final int width;
    private final List<String> lines = new ArrayList<>();

    /** @param width in columns; narrower than {@value #LEAST_WIDTH} is taken for that */
    TerminalLines(int width) {
        this.width = Math.max(LEAST_WIDTH, width);
    }

    /**
     * Adds a text behind a prefix, broken at blanks where it must be.
     *
     * @param indent column at which the text begins, and what follows under it
     */
    void add(String prefix, int indent, String text) {
        String before = prefix + " ".repeat(Math.max(0, indent - prefix.length()));
        String rest = text;
        int room = width - indent;
        while (rest.length() > room) {
            int blank = rest.lastIndexOf(' ', room);
            int end = blank > 0 ? blank : room;
            lines.add((before + rest.substring(0, end)).stripTrailing());
            rest = rest.substring(blank > 0 ? end + 1 : end);
            before = " ".repeat(indent);
        }
        lines.add((before + rest).stripTrailing());
    }

    /** Adds a text whose second line, and those after it, begin at a column. */
    void add(String text, int indent) {
        if (text.length() <= indent) {
            lines.add(text);
        } else {
            add(text.substring(0, indent), indent, text.substring(indent));
        }
    }

    List<String> all() {
        return List.copyOf(lines);
    }
}
