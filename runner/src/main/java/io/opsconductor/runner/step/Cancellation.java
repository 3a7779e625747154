package io.opsconductor.runner.step;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request to stop that can be made once, from any thread, and heard by many. */
public final class Cancellation {
    private final List<Runnable> listeners = new ArrayList<>();
    private @Nullable String reason;

    /**
     * Asks for the stop; later calls change nothing.
     *
     * @param reason a sentence that says who cancelled, for the outcome
     */
    public void cancel(String reason) {
        List<Runnable> told;
        synchronized (this) {
            if (this.reason != null) {
                return;
            }
            this.reason = reason;
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
