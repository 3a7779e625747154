package io.opsconductor.kit.http;

import io.opsconductor.plan.Problem;
import java.util.List;

/** An answer other than success: a status and a body for the caller. Thrown by handlers, answered at the edge. */
public final class HttpProblem extends RuntimeException {
    private final int status;
    private final Problem problem;

    public HttpProblem(int status, Problem problem) {
        super(problem.error().message());
        this.status = status;
        this.problem = problem;
    }

    /** Shorthand for the usual body. */
    public static HttpProblem of(int status, String code, String message, String hint) {
        return new HttpProblem(status, Problem.of(code, message, hint));
    }

    /** Shorthand for a body with choices. */
    public static HttpProblem of(int status, String code, String message, String hint, List<String> choices) {
        return new HttpProblem(status, Problem.of(code, message, hint, choices));
    }

    /** The HTTP status, 400 to 599. */
    public int status() {
        return status;
    }

    public Problem problem() {
        return problem;
    }
}
