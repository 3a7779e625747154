package io.opsconductor.runner.store;

import io.opsconductor.plan.ExecutionEvent;
import io.opsconductor.plan.TargetResult;
import java.util.function.Supplier;

/** Where whoever runs a target says how far it has come. What another one runs is refused with {@link NotOwnerException}. */
public interface TargetRuns {
    /**
     * Records that a target is about to start.
     *
     * @return waits until that is durable; then throws {@link NotOwnerException} when the target is another's, as all of these
     *     do
     */
    Supplier<Long> started(Owned execution, int position, ExecutionEvent.TargetStarted event);

    /** Records how a try ended that is not the last one. */
    void tried(Owned execution, int position, TargetResult result);

    /** Records that the next try is about to start. */
    void startedAgain(Owned execution, int step, int position);

    /** A target's result as it is stored; long outputs are kept when this returns. */
    String kept(TargetResult result);

    /**
     * Records how a target ended.
     *
     * @param kept its result, as {@link #kept} gives it
     * @return as {@link #started} has it
     */
    Supplier<Long> ended(Owned execution, int position, ExecutionEvent.TargetFinished event, String kept);
}
