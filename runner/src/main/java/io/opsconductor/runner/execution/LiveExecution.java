package io.opsconductor.runner.execution;

import io.opsconductor.runner.preview.ResolvedStep;
import io.opsconductor.runner.step.Cancellation;
import io.opsconductor.runner.store.ExecutionKey;
import io.opsconductor.runner.store.Owned;
import io.opsconductor.runner.store.StoredExecution;
import java.util.List;

/**
 * An execution that runs in this process, or has just ended.
 *
 * @param stored what was accepted
 * @param owner the number under which this process runs it
 * @param steps what runs
 * @param log its events
 * @param cancellation how it is told to stop
 * @param beganNanos {@code System.nanoTime()} at its acceptance
 */
record LiveExecution(
        StoredExecution stored,
        long owner,
        List<ResolvedStep> steps,
        ExecutionLog log,
        Cancellation cancellation,
        long beganNanos) {
    LiveExecution {
        steps = List.copyOf(steps);
    }

    ExecutionKey key() {
        return stored.key();
    }

    /** For what is stored about it. */
    Owned owned() {
        return new Owned(stored.key(), owner);
    }

    String id() {
        return stored.id();
    }
}
