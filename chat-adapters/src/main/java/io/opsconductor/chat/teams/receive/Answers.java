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
 * brought the arrival takes it. One that nobody waits for, as after a restart, is dropped.
 */
public final class Answers {
    private final Map<String, CompletableFuture<InvokeAnswer>> waiting = new ConcurrentHashMap<>();

    /** Of an arrival that is about to be taken, or is worked on already. */
    void expect(String arrival) {
        waiting.computeIfAbsent(arrival, id -> new CompletableFuture<>());
    }

    public void give(String arrival, InvokeAnswer answer) {
        CompletableFuture<InvokeAnswer> waits = waiting.get(arrival);
        if (waits != null) {
            waits.complete(answer);
        }
    }

    /** The answer, when it comes in time. */
    Optional<InvokeAnswer> await(String arrival, Duration atMost) throws InterruptedException {
        CompletableFuture<InvokeAnswer> own = waiting.computeIfAbsent(arrival, id -> new CompletableFuture<>());
        try {
            return Optional.of(own.get(atMost.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an answer never fails", e);
        } finally {
            waiting.remove(arrival);
        }
    }

    void forget(String arrival) {
        waiting.remove(arrival);
    }
}
