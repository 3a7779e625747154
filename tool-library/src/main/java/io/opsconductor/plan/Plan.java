package io.opsconductor.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A proposal: steps in the order they would run. It has no authority; only a preview, approved by an attestation, does.
 *
 * @param steps 1 to {@value #MAX_STEPS} steps, in the order in which they are shown
 * @param deadlineSeconds from the start of the execution to its end, 1 to 86400; 0 for none
 */
public record Plan(
        @JsonProperty(required = true) List<Step> steps,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int deadlineSeconds) {
    public static final int MAX_STEPS = 20;

    private static final int LONGEST_DEADLINE_SECONDS = 86_400;

    public Plan {
        steps = Bounds.withoutNulls("steps", steps);
        Bounds.range("deadline_seconds", deadlineSeconds, 0, LONGEST_DEADLINE_SECONDS);
    }

    /** A plan without a deadline. */
    public Plan(List<Step> steps) {
        this(steps, 0);
    }

    @JsonCreator
    static Plan read(
            @JsonProperty(value = "steps", required = true) List<Step> steps,
            @JsonProperty("deadline_seconds") @Nullable Integer deadlineSeconds) {
        return new Plan(steps, Bounds.orZero(deadlineSeconds));
    }
}
