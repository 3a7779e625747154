package io.opsconductor.runner.api;

import io.opsconductor.plan.ExecutionStatus;
import io.opsconductor.runner.store.StoredExecution;
import java.time.Instant;
import java.util.List;

/**
 * Answer of {@code GET /executions}.
 *
 * @param executions newest first
 */
public record ExecutionList(List<Line> executions) {
    public ExecutionList {
        executions = List.copyOf(executions);
    }

    static ExecutionList of(List<StoredExecution> stored) {
        return new ExecutionList(stored.stream().map(Line::of).toList());
    }

    /** One execution, without its results. */
    public record Line(
            String executionId,
            String digest,
            String requester,
            String conversation,
            ExecutionStatus status,
            Instant acceptedAt,
            List<String> tools) {
        public Line {
            tools = List.copyOf(tools);
        }

        static Line of(StoredExecution execution) {
            return new Line(
                    execution.id(),
                    execution.digest(),
                    execution.requester(),
                    execution.conversation(),
                    execution.status(),
                    execution.acceptedAt(),
                    execution.preview().steps().stream()
                            .map(step -> step.tool())
                            .toList());
        }
    }
}
