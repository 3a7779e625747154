package io.opsconductor.runner.step;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A request to stop that can be made once, from any thread, and heard by many. */
public final class Cancellation {
    private final List<Runnable> listeners = new ArrayList<>();
    private @Nullable String reason;
    private boolean expired;

    /** One of its own for a part of the work: it comes when this one does, and may come before. */
    public Cancellation part() {
        Cancellation part = new Cancellation();
        onCancel(() -> part.stop(Objects.requireNonNull(reason()), isExpired()));
        return part;
    }

    /**
     * Asks for the stop; later calls change nothing.
     *
     * @param reason a sentence that says who cancelled, for the outcome
     */
    public void cancel(String reason) {
        stop(reason, false);
    }

    /**
     * Stops because a deadline has passed; later calls change nothing.
     *
     * @param reason a sentence that names the deadline, for the outcome
     */
    public void expire(String reason) {
        stop(reason, true);
    }

    private void stop(String reason, boolean expired) {
        List<Runnable> told;
        synchronized (this) {
            if (this.reason != null) {
                return;
            }
            this.reason = reason;
            this.expired = expired;
            notifyAll();
            told = List.copyOf(listeners);
            listeners.clear();
        }
        told.forEach(Runnable::run);
    }

    /** The sentence, or null while nobody has cancelled. */
    public synchronized @Nullable String reason() {
        return reason;
    }

    public boolean isCancelled() {
        return reason() != null;
    }

    /** Whether a deadline stopped it, and not a person. */
    public synchronized boolean isExpired() {
        return expired;
    }

    /**
     * Waits for the stop; answers whether it has come when the time is up. An interrupt does not shorten it: who waits here
     * must not go on too early.
     */
    public synchronized boolean await(Duration time) {
        long until = System.nanoTime() + time.toNanos();
        boolean interrupted = false;
        long left = time.toNanos();
        while (reason == null && left > 0) {
            try {
                wait(left / 1_000_000, (int) (left % 1_000_000));
            } catch (InterruptedException e) {
                interrupted = true;
            }
            left = until - System.nanoTime();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return reason != null;
    }

    /**
     * Runs the listener at the stop, at once when it has been asked for already. The listener must be quick and must
     * not throw.
     */
    public Registration onCancel(Runnable listener) {
        synchronized (this) {
            if (reason == null) {
                listeners.add(listener);
                return () -> forget(listener);
            }
        }
        listener.run();
        return () -> {};
    }

    private synchronized void forget(Runnable listener) {
        listeners.remove(listener);
    }

    /** Ends a listener's interest. */
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
