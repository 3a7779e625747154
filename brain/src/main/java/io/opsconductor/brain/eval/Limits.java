package io.opsconductor.brain.eval;

import java.time.Duration;

/**
 * Where a run stops, between two requests; what is left is counted and not said.
 *
 * @param time for the whole run
 * @param tokens of a model, for the whole run
 */
public record Limits(Duration time, long tokens) {
    /** None, for what costs nothing. */
    public static final Limits NONE = new Limits(Duration.ofDays(365), Long.MAX_VALUE);

    boolean allow(Duration took, long used) {
        return took.compareTo(time) < 0 && used < tokens;
    }
}
