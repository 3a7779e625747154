package io.opsconductor.brain;

import io.opsconductor.plan.Problem;

/**
 * A call that changed nothing, and why.
 *
 * @param status the reason's kind as HTTP names it: 400 to 599
 * @param problem the words
 */
public record Refusal(int status, Problem problem) {
    public static Refusal of(int status, String code, String message, String hint) {
        return new Refusal(status, Problem.of(code, message, hint));
    }

    public String code() {
        return problem.error().code();
    }

    public String message() {
        return problem.error().message();
    }

    public String hint() {
        return problem.error().hint();
    }
}
