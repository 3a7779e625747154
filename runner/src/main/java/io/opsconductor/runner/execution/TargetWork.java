package io.opsconductor.runner.execution;

import io.opsconductor.plan.TargetResult;
import io.opsconductor.runner.step.Cancellation;
import java.time.Duration;

/** What can become of one target of one step. Each result is stored and told when it is answered. */
interface TargetWork {
    /**
     * Has it run, and waits for its end.
     *
     * @param stop ends it early, or keeps it from starting
     */
    TargetResult run(LiveExecution execution, int stepIndex, int position, Cancellation stop);

    /** Records that a target is not started at all. */
    TargetResult skip(LiveExecution execution, int stepIndex, int position, String reason);

    /** Records that a target has nothing to do, because the step's condition does not hold. */
    TargetResult notNeeded(LiveExecution execution, int stepIndex, int position, String reason);

    /** Tells those who watch why nothing seems to happen. */
    void waits(LiveExecution execution, int stepIndex, String target, String reason);

    /** For how long a process before this one had been at a step. */
    default Duration ran(LiveExecution execution, int stepIndex) {
        return Duration.ZERO;
    }

    /** Whether it was begun with, or decided about, by a process before this one. */
    default boolean hasBegun(LiveExecution execution, int stepIndex, int position) {
        return false;
    }
}
