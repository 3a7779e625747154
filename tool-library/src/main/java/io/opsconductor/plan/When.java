package io.opsconductor.plan;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * A condition on how another step ended. The step waits for that one; when the condition does not hold, it is not needed.
 *
 * @param step id of the other step
 * @param is how that step must have ended
 */
public record When(
        @JsonProperty(required = true) String step,
        @JsonProperty(required = true) Outcome is) {
    public When {
        Bounds.length("step", step, StepOptions.MAX_ID_LENGTH);
    }

    /** How a step ended. */
    public enum Outcome {
        /** It succeeded on every target. */
        SUCCEEDED,
        /** It was started somewhere, and did not succeed on every target. */
        FAILED,
        /** It was started somewhere, whatever became of it. */
        ENDED;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
