package io.opsconductor.brain.language;

import java.time.Duration;
import java.time.Instant;

/**
 * A stretch of the past, at most a year long.
 *
 * @param from its first moment
 * @param to the moment after its last
 */
public record Period(Instant from, Instant to) {
    private static final Duration LONGEST = Duration.ofDays(366);

    public Period {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("a period ends before it begins");
        }
    }

    /** What of {@code from} to {@code to} is past; empty, at {@code now}, when it has not begun. */
    static Period of(Instant from, Instant to, Instant now) {
        Instant end = to.isAfter(now) ? now : to;
        Instant begin = from.isAfter(end) ? end : from;
        Instant earliest = end.minus(LONGEST);
        return new Period(begin.isBefore(earliest) ? earliest : begin, end);
    }

    /** The time before a moment. */
    public static Period before(Instant now, Duration length) {
        return of(now.minus(length), now, now);
    }
}
