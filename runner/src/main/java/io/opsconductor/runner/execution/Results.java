package io.opsconductor.runner.execution;

import io.opsconductor.plan.TargetResult;
import io.opsconductor.plan.TargetStatus;
import io.opsconductor.runner.preview.ResolvedStep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The results of an execution in the plan's order, put in by many threads as they come. */
final class Results {
    private final List<@Nullable TargetResult[]> steps = new ArrayList<>();

    Results(List<ResolvedStep> steps) {
        steps.forEach(step -> this.steps.add(new TargetResult[step.targets().size()]));
    }

    synchronized void put(int step, int position, TargetResult result) {
        steps.get(step)[position] = result;
    }

    synchronized boolean has(int step, int position) {
        return steps.get(step)[position] != null;
    }

    synchronized boolean succeeded(int step, int position) {
        TargetResult result = steps.get(step)[position];
        return result != null && result.status() == TargetStatus.SUCCEEDED;
    }

    /** What became of a step all of whose targets have ended. */
    synchronized StepEnd.State state(int step) {
        List<TargetStatus> statuses = Arrays.stream(steps.get(step))
                .map(result -> Objects.requireNonNull(result).status())
                .toList();
        if (statuses.stream().allMatch(status -> status == TargetStatus.SUCCEEDED)) {
            return StepEnd.State.SUCCEEDED;
        }
        return statuses.stream().allMatch(status -> status == TargetStatus.SKIPPED)
                ? StepEnd.State.NOT_STARTED
                : StepEnd.State.FAILED;
    }

    /** Whether a step, all of whose targets have ended, was not started on some of them. */
    synchronized boolean leftOut(int step) {
        return Arrays.stream(steps.get(step))
                .anyMatch(result -> Objects.requireNonNull(result).status() == TargetStatus.SKIPPED);
    }

    /** All of them, when there are all. */
    synchronized List<TargetResult> all() {
        return steps.stream()
                .flatMap(Arrays::stream)
                .map(Objects::requireNonNull)
                .toList();
    }
}
