package io.opsconductor.runner.execution;

import io.opsconductor.plan.ExecutionAnswer.Summary;
import io.opsconductor.plan.ExecutionStatus;
import io.opsconductor.plan.TargetResult;
import io.opsconductor.plan.TargetStatus;
import io.opsconductor.runner.policy.TargetFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What all results of an execution add up to.
 *
 * @param status how it ended
 * @param summary in numbers and one sentence
 */
record Outcome(ExecutionStatus status, Summary summary) {
    /** Adds up the results of an execution that came to its end; there is at least one result. */
    static Outcome of(List<TargetResult> results, boolean cancelled, Duration duration, String trouble) {
        return of(status(results, cancelled), results, duration, trouble);
    }

    /** Adds up results under a status that is known already. */
    static Outcome of(ExecutionStatus status, List<TargetResult> results, Duration duration, String trouble) {
        Map<String, Boolean> targets = new LinkedHashMap<>();
        results.forEach(r -> targets.merge(r.target(), isGood(r), Boolean::logicalAnd));
        int succeeded = (int) targets.values().stream().filter(ok -> ok).count();
        String message = trouble.isEmpty() ? message(status, results) : trouble;
        return new Outcome(status, new Summary(succeeded, targets.size() - succeeded, duration.toMillis(), message));
    }

    private static ExecutionStatus status(List<TargetResult> results, boolean cancelled) {
        if (any(results, TargetStatus.INTERRUPTED)) {
            return ExecutionStatus.INTERRUPTED;
        }
        if (results.stream().allMatch(Outcome::isGood)) {
            return ExecutionStatus.SUCCEEDED;
        }
        if (cancelled && (any(results, TargetStatus.CANCELLED) || any(results, TargetStatus.SKIPPED))) {
            return ExecutionStatus.CANCELLED;
        }
        return everyStepHasASuccess(results) ? ExecutionStatus.PARTIAL : ExecutionStatus.FAILED;
    }

    private static boolean everyStepHasASuccess(List<TargetResult> results) {
        Map<Integer, Boolean> steps = new LinkedHashMap<>();
        results.forEach(r -> steps.merge(r.step(), isGood(r), Boolean::logicalOr));
        return !steps.containsValue(false);
    }

    /** It succeeded, or was not to be done. */
    private static boolean isGood(TargetResult result) {
        return result.status() == TargetStatus.SUCCEEDED || result.status() == TargetStatus.NOT_NEEDED;
    }

    private static boolean any(List<TargetResult> results, TargetStatus status) {
        return results.stream().anyMatch(r -> r.status() == status);
    }

    private static String message(ExecutionStatus status, List<TargetResult> results) {
        if (results.size() == 1) {
            return message(results.getFirst());
        }
        if (status == ExecutionStatus.SUCCEEDED && !any(results, TargetStatus.NOT_NEEDED)) {
            return "All " + results.size() + " runs succeeded.";
        }
        Map<TargetStatus, Integer> counts = new EnumMap<>(TargetStatus.class);
        results.forEach(r -> counts.merge(r.status(), 1, Integer::sum));
        List<String> parts = new ArrayList<>();
        counts.forEach((word, count) -> parts.add(count + " " + word.word().replace('_', ' ')));
        return "Of " + results.size() + " runs: " + String.join(", ", parts) + ".";
    }

    private static String message(TargetResult only) {
        String place = only.target().equals(TargetFacts.RUNNER) ? "the runner" : only.target();
        String became = switch (only.status()) {
            case SUCCEEDED -> " succeeded on " + place;
            case FAILED -> " failed on " + place;
            case UNREACHABLE -> " could not be started on " + place;
            case TIMED_OUT -> " timed out on " + place;
            case CANCELLED -> " was cancelled on " + place;
            case SKIPPED -> " was not started on " + place;
            case NOT_NEEDED -> " was not needed on " + place;
            case INTERRUPTED -> " has an unknown outcome on " + place;
        };
        return only.tool() + became + ".";
    }
}
