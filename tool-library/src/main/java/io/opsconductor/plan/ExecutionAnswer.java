package io.opsconductor.plan;

import java.util.List;

/**
 * Answer of {@code POST /execute-plan} for {@code Accept: application/json} once the execution has ended, and of
 * {@code GET /executions/{id}} at any time: the founding document's {@code status}, {@code result}, {@code step_results}.
 *
 * @param executionId the id
 * @param digest the approved preview's digest
 * @param status how it stands
 * @param result the summary
 * @param stepResults target results in the order step, target; only finished ones while running
 */
public record ExecutionAnswer(
        String executionId, String digest, ExecutionStatus status, Summary result, List<TargetResult> stepResults) {
    public ExecutionAnswer {
        stepResults = List.copyOf(stepResults);
    }

    /**
     * The execution in numbers.
     *
     * @param succeeded targets whose every step succeeded
     * @param failed other targets
     * @param durationMs whole duration, in milliseconds
     * @param message one sentence
     */
    public record Summary(int succeeded, int failed, long durationMs, String message) {}
}
