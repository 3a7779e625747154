package io.opsconductor.runner.audit;

import io.opsconductor.plan.Problem;
import java.util.List;

/**
 * Why the runner does not do what was asked: the answer to the caller, and what the journal keeps.
 *
 * @param status the HTTP status, 400 to 599
 * @param problem the answer's body
 */
public record Refusal(int status, Problem problem) {
    public static Refusal of(int status, String code, String message, String hint) {
        return new Refusal(status, Problem.of(code, message, hint));
    }

    public static Refusal of(int status, String code, String message, String hint, List<String> choices) {
        return new Refusal(status, Problem.of(code, message, hint, choices));
    }

    /** The fixed word for programs, metrics and the journal. */
    public String code() {
        return problem.error().code();
    }

    public String message() {
        return problem.error().message();
    }
}
