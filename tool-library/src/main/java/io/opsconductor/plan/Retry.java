package io.opsconductor.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How often a target is tried again when a step did not succeed there. Only for what may be run twice.
 *
 * @param times beyond the first try, 0 to 5
 * @param backoffSeconds before the second try, 0 to 600; it doubles from try to try, up to 600
 */
public record Retry(
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int times,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int backoffSeconds) {
    /** One try. */
    public static final Retry NONE = new Retry(0, 0);

    private static final int MOST_TIMES = 5;
    private static final int LONGEST_BACKOFF_SECONDS = 600;

    public Retry {
        Bounds.range("times", times, 0, MOST_TIMES);
        Bounds.range("backoff_seconds", backoffSeconds, 0, LONGEST_BACKOFF_SECONDS);
    }

    @JsonCreator
    static Retry read(
            @JsonProperty("times") @Nullable Integer times,
            @JsonProperty("backoff_seconds") @Nullable Integer backoffSeconds) {
        return new Retry(Bounds.orZero(times), Bounds.orZero(backoffSeconds));
    }

    /** How long to wait after so many tries; {@code tried} is 1 after the first. */
    public Duration backoffAfter(int tried) {
        return Duration.ofSeconds(Math.min(LONGEST_BACKOFF_SECONDS, (long) backoffSeconds << (tried - 1)));
    }
}
