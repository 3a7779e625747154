package io.opsconductor.runner.step;

import io.opsconductor.plan.RenderedCommand;
import java.time.Duration;

/**
 * One command for one place.
 *
 * @param executionId the execution it belongs to; marks the processes it starts
 * @param command what runs, unchanged
 * @param place where
 * @param timeout from the moment it starts on the place; reaching the place has its own limit of 10 s
 * @param outputLimitBytes how much of stdout and of stderr is kept and passed on, each; what is beyond is counted
 */
public record StepCommand(
        String executionId, RenderedCommand command, Place place, Duration timeout, int outputLimitBytes) {
    public static final int DEFAULT_OUTPUT_LIMIT_BYTES = 1024 * 1024;

    public StepCommand {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout must be positive, was " + timeout);
        }
        if (outputLimitBytes < 0) {
            throw new IllegalArgumentException("outputLimitBytes must not be negative, was " + outputLimitBytes);
        }
    }
}
