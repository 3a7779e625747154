package io.opsconductor.chat.teams.receive;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What is answered to those who pressed something and wait: whoever works on the arrival gives it, and the request that
 * brought the arrival takes it. Whoever gives one that nobody waits for, as after a restart, learns that.
 */
public final class Answers {
    private static final InvokeAnswer NOT_IN_TIME = InvokeAnswer.formDone();

    private final Map<String, CompletableFuture<InvokeAnswer>> waiting = new ConcurrentHashMap<>();

    /**
     * Of an arrival that is about to be taken.
     *
     * @return false when somebody waits for it already, who goes on waiting
     */
    boolean expect(String arrival) {
        return waiting.putIfAbsent(arrival, new CompletableFuture<>()) == null;
    }

    /** Whether somebody waited for it still. */
    public boolean give(String arrival, InvokeAnswer answer) {
        CompletableFuture<InvokeAnswer> waits = waiting.get(arrival);
        return waits != null && waits.complete(answer);
    }

    /** The answer, when it comes in time. */
    Optional<InvokeAnswer> await(String arrival, Duration atMost) throws InterruptedException {
        CompletableFuture<InvokeAnswer> own = waiting.computeIfAbsent(arrival, id -> new CompletableFuture<>());
        try {
            return Optional.of(own.get(atMost.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            // Whatever came in the very last moment counts; whoever gives it later is told that nobody waits.
            return own.complete(NOT_IN_TIME) ? Optional.empty() : Optional.of(own.resultNow());
        } catch (ExecutionException e) {
            throw new IllegalStateException("an answer never fails", e);
        } finally {
            waiting.remove(arrival);
        }
    }

    /** By whoever was the first to expect it, and does not wait. */
    void forget(String arrival) {
        waiting.remove(arrival);
    }
}
