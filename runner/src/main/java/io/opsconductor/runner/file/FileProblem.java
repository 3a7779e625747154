package io.opsconductor.runner.file;

import java.nio.file.Path;
import java.util.Comparator;

/**
 * One mistake in a file, for the person who edits it.
 *
 * @param file the file as it was named
 * @param line from 1; 0 when the file as a whole is meant
 * @param column from 1; 0 when the file as a whole is meant
 * @param message what was found, what was expected, and the way out
 */
public record FileProblem(Path file, int line, int column, String message) {
    /** By file, then by place. */
    public static final Comparator<FileProblem> BY_PLACE = Comparator.comparing(FileProblem::file)
            .thenComparingInt(FileProblem::line)
            .thenComparingInt(FileProblem::column);

    /** A mistake of a file as a whole. */
    public static FileProblem of(Path file, String message) {
        return new FileProblem(file, 0, 0, message);
    }

    /** {@code file:line:column: message}, which editors and terminals can follow. */
    @Override
    public String toString() {
        return line == 0 ? file + ": " + message : file + ":" + line + ":" + column + ": " + message;
    }
}
