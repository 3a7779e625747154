package io.opsconductor.plan;

import org.jspecify.annotations.Nullable;

/**
 * What came back from one target of one step, already masked and within the output limit.
 *
 * @param step index of the step, from 0
 * @param tool the tool's name
 * @param target inventory name, or {@code runner}
 * @param status how it ended
 * @param exitCode the command's exit code; null when it never ended by itself
 * @param stdout text, invalid UTF-8 replaced by U+FFFD
 * @param stderr as stdout
 * @param stdoutTruncated whether output beyond the limit was cut off
 * @param stderrTruncated as stdoutTruncated
 * @param durationMs from start to end, in milliseconds; 0 when it was never started
 * @param reason a sentence for an operator when the status is not succeeded; empty otherwise
 */
public record TargetResult(
        int step,
        String tool,
        String target,
        TargetStatus status,
        @Nullable Integer exitCode,
        String stdout,
        String stderr,
        boolean stdoutTruncated,
        boolean stderrTruncated,
        long durationMs,
        String reason) {}
