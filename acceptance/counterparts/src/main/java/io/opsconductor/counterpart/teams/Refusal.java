package io.opsconductor.counterpart.teams;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The connector does not do it. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;
    private final long retryAfterSeconds;

    Refusal(int status, String code, String message) {
        this(status, code, message, 0);
    }

    Refusal(int status, String code, String message, long retryAfterSeconds) {
        super(message);
        this.status = status;
        this.code = code;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    int status() {
        return status;
    }

    long retryAfterSeconds() {
        return retryAfterSeconds;
    }

    ObjectNode body() {
        ObjectNode body = Wire.object();
        body.putObject("error").put("code", code).put("message", String.valueOf(getMessage()));
        return body;
    }
}
