package io.opsconductor.chat.deliver;

import io.opsconductor.plan.TargetStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far an execution is, for the one message that is edited.
 *
 * @param summary what runs
 * @param elapsedSeconds since it began
 * @param runs one entry a step and target, in order
 * @param waiting why nothing seems to happen, in a sentence; empty when something does
 */
public record Progress(String execution, String summary, long elapsedSeconds, List<TargetRun> runs, String waiting) {
    public Progress {
        runs = List.copyOf(runs);
    }

    /** Of an execution that waits for nothing. */
    public Progress(String execution, String summary, long elapsedSeconds, List<TargetRun> runs) {
        this(execution, summary, elapsedSeconds, runs, "");
    }

    /**
     * One target of one step.
     *
     * @param started whether it was started
     * @param status how it ended; null while it runs or waits
     * @param tail the last lines of its output so far; may be empty
     */
    public record TargetRun(
            int step,
            String tool,
            String target,
            boolean started,
            @Nullable TargetStatus status,
            @Nullable Integer exitCode,
            long durationMs,
            String tail) {}
}
