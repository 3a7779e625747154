package io.opsconductor.plan;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every error body of both processes: {@code {"error": {"code", "message", "hint", "choices", "reference"}}}.
 *
 * @param error the one error
 */
public record Problem(@JsonProperty(required = true) Detail error) {
    /**
     * @param code a fixed word for programs, such as {@code unknown_target}
     * @param message what was attempted on what, and what was wrong, for people
     * @param hint the next step; empty when there is none
     * @param choices nearest names or allowed values; empty when there are none
     * @param reference a number to look for in the log when the cause is not the caller's business; null otherwise
     */
    public record Detail(
            @JsonProperty(required = true) String code,
            @JsonProperty(required = true) String message,
            String hint,
            List<String> choices,
            @Nullable String reference) {
        public Detail {
            choices = choices == null ? List.of() : List.copyOf(choices);
            hint = hint == null ? "" : hint;
        }
    }

    public static Problem of(String code, String message, String hint) {
        return new Problem(new Detail(code, message, hint, List.of(), null));
    }

    public static Problem of(String code, String message, String hint, List<String> choices) {
        return new Problem(new Detail(code, message, hint, choices, null));
    }
}
