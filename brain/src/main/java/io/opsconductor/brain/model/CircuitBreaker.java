package io.opsconductor.brain.model;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Leaves a model alone for a while after it failed several times in a row. When the pause is over, one question tries
 * again; the others wait for what becomes of it. Thread-safe.
 */
public final class CircuitBreaker {
    private final InstantSource clock;
    private final int failures;
    private final Duration pause;
    private int inARow;
    private @Nullable Instant closedUntil;
    private String why = "";

    /**
     * A breaker that lets everything through.
     *
     * @param failures how many in a row begin a pause
     */
    public CircuitBreaker(InstantSource clock, int failures, Duration pause) {
        this.clock = clock;
        this.failures = failures;
        this.pause = pause;
    }

    /** Why a question must not be asked now; empty when it may. */
    public synchronized Optional<String> objection() {
        if (closedUntil == null) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        if (now.isBefore(closedUntil)) {
            return Optional.of("it failed " + inARow + " times in a row (" + why + ") and is asked again in "
                    + Math.max(1, Duration.between(now, closedUntil).toSeconds()) + " s");
        }
        closedUntil = now.plus(pause);
        return Optional.empty();
    }

    public synchronized void succeeded() {
        inARow = 0;
        closedUntil = null;
    }

    /** @param words what happened */
    public synchronized void failed(String words) {
        inARow++;
        why = words;
        if (inARow >= failures) {
            closedUntil = clock.instant().plus(pause);
        }
    }
}
