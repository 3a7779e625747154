package io.opsconductor.runner.execution;

import io.opsconductor.runner.audit.Refusal;

/** Ends a sequence of checks at the one that failed; it does not leave this package. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    RefusedException(Refusal refusal) {
        super(refusal.message(), null, false, false);
        this.refusal = refusal;
    }

    Refusal refusal() {
        return refusal;
    }
}
