package io.opsconductor.runner;

import java.util.List;

/** The runner cannot start; the message is for whoever starts it. */
final class CannotStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CannotStartException(String what, List<String> problems) {
        super(what + "\n  - " + String.join("\n  - ", problems));
    }
}
