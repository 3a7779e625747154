package io.opsconductor.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What failures on single targets mean for a step and for what depends on it.
 *
 * @param allowed on how many targets it may fail, 0 to 1,000; beyond it no further target of the step is started, and the step
 *     counts as failed. Null: with a batch or a concurrency as 0, or without limit when {@code then} is to go on; a step
 *     that has neither starts on all its targets, and counts as failed when one fails
 * @param then what becomes of the steps that depend on a failed one
 */
public record Failures(
        @Nullable Integer allowed,

        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = AsUsual.class)
        Then then) {
    /** Every failure counts, and nothing that depends on the step is started. */
    public static final Failures STOP = new Failures(null, Then.STOP);

    private static final int MOST_ALLOWED = 1_000;

    public Failures {
        if (allowed != null) {
            Bounds.range("allowed", allowed, 0, MOST_ALLOWED);
        }
    }

    @JsonCreator
    static Failures read(
            @JsonProperty("allowed") @Nullable Integer allowed, @JsonProperty("then") @Nullable Then then) {
        return new Failures(allowed, then == null ? Then.STOP : then);
    }

    /** What becomes of the steps that depend on a failed one. */
    public enum Then {
        /** They are not started. */
        STOP,
        /** They are started as if nothing had failed. */
        CONTINUE;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
