package io.opsconductor.runner.step;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for whichever comes first: the command's own end, the deadline, or somebody's wish. */
final class Ending {
    enum Cause {
        ENDED,
        TIMED_OUT,
        CANCELLED
    }

    private final CompletableFuture<Cause> first = new CompletableFuture<>();

    void ended() {
        first.complete(Cause.ENDED);
    }

    void cancelled() {
        first.complete(Cause.CANCELLED);
    }

    /** An interrupt of the waiting thread counts as a cancellation and stays set. */
    Cause await(Duration timeout) {
        try {
            return first.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return Cause.TIMED_OUT;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Cause.CANCELLED;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the future is never completed with a failure", e);
        }
    }
}
