package io.opsconductor.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * How fast a step goes through its targets.
 *
 * @param concurrency how many targets at once, 1 to 1,000; 0 for as many as the runner allows, which is the limit in any case
 * @param batch how many targets must have ended before the next ones start; null for all in one
 * @param pauseSeconds between one batch and the next, 0 to 3600; only with a batch
 */
public record Pace(
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int concurrency,
        @Nullable Batch batch,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int pauseSeconds) {
    /** All targets side by side. */
    public static final Pace FREE = new Pace(0, null, 0);

    private static final int MOST_AT_ONCE = 1_000;
    private static final int LONGEST_PAUSE_SECONDS = 3600;

    public Pace {
        Bounds.range("concurrency", concurrency, 0, MOST_AT_ONCE);
        Bounds.range("pause_seconds", pauseSeconds, 0, LONGEST_PAUSE_SECONDS);
        if (pauseSeconds > 0 && batch == null) {
            throw new IllegalArgumentException("pause_seconds needs a batch: it is the time between two batches");
        }
    }

    @JsonCreator
    static Pace read(
            @JsonProperty("concurrency") @Nullable Integer concurrency,
            @JsonProperty("batch") @Nullable Batch batch,
            @JsonProperty("pause_seconds") @Nullable Integer pauseSeconds) {
        return new Pace(Bounds.orZero(concurrency), batch, Bounds.orZero(pauseSeconds));
    }
}
