package io.opsconductor.brain.model;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The time and the tokens that one message may still use. For one thread. */
public final class Budget {
    private final InstantSource clock;
    private final Instant end;
    private int tokens;

    public Budget(InstantSource clock, Duration time, int tokens) {
        this.clock = clock;
        this.end = clock.instant().plus(time);
        this.tokens = tokens;
    }

    /** The time that is left; zero or less when it is over. */
    Duration left() {
        return Duration.between(clock.instant(), end);
    }

    boolean affords(int more) {
        return more <= tokens && left().isPositive();
    }

    void spend(int used) {
        tokens -= used;
    }
}
