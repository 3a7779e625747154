package io.opsconductor.brain.outputs;

import io.opsconductor.plan.TargetResult;
import io.opsconductor.plan.TargetStatus;
import java.util.List;
import java.util.Optional;

/**
 * An output, as far as it is looked at.
 *
 * @param status how the command ended
 * @param exitCode its exit code; -1 when it had none
 * @param text of standard output, at most {@value #MAX_CHARACTERS} characters
 * @param lines of it, without empty ones at the end, each at most {@value #MAX_LINE} characters long
 * @param errors of standard error, the same
 */
record Written(TargetStatus status, int exitCode, String text, List<String> lines, List<String> errors) {
    static final int MAX_CHARACTERS = 256_000;
    static final int MAX_LINES = 2_000;
    static final int MAX_LINE = 2_000;

    Written {
        lines = List.copyOf(lines);
        errors = List.copyOf(errors);
    }

    /** Empty for what is cut off or too long: what is missing might say something else. */
    static Optional<Written> of(TargetResult result) {
        boolean cut = result.stdoutTruncated() || result.stdout().length() > MAX_CHARACTERS;
        if (cut || result.stderr().length() > MAX_CHARACTERS) {
            return Optional.empty();
        }
        List<String> lines = lines(result.stdout());
        return lines.size() > MAX_LINES
                ? Optional.empty()
                : Optional.of(new Written(
                        result.status(),
                        result.exitCode() == null ? -1 : result.exitCode(),
                        result.stdout(),
                        lines,
                        lines(result.stderr())));
    }

    private static List<String> lines(String text) {
        return text.stripTrailing()
                .lines()
                .limit(MAX_LINES + 1)
                .map(line -> line.length() > MAX_LINE ? line.substring(0, MAX_LINE) : line)
                .toList();
    }
}
