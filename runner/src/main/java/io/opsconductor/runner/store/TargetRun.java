package io.opsconductor.runner.store;

import io.opsconductor.plan.TargetResult;
import org.jspecify.annotations.Nullable;

/**
 * How far one target of one step has come.
 *
 * @param step index of the step, from 0
 * @param position index of the target within the step, from 0
 * @param tool the tool's name
 * @param target inventory name, or {@code runner}
 * @param state how far
 * @param result how it ended; that of the last try while {@link State#TRIED}, null before
 */
public record TargetRun(
        int step,
        int position,
        String tool,
        String target,
        State state,
        @Nullable TargetResult result) {
    /** How far it can have come. */
    public enum State {
        PENDING,
        STARTED,
        /** A try has ended, and the next one has not begun: nothing runs. */
        TRIED,
        ENDED
    }
}
