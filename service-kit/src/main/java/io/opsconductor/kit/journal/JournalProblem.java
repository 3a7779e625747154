package io.opsconductor.kit.journal;

import java.nio.file.Path;

/**
 * A place where a journal does not hold.
 *
 * @param file which of its files
 * @param line which line of that file, from 1
 * @param sentence what is wrong with it, going on from "line N"
 */
public record JournalProblem(Path file, long line, String sentence) {
    @Override
    public String toString() {
        return "line " + line + " " + sentence;
    }
}
