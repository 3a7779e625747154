package io.opsconductor.runner.api;

import io.opsconductor.runner.audit.Audit;
import io.opsconductor.runner.audit.Refusal;

/** Ends a call with a refusal; the routing records, counts and answers it. */
final class RefusedCall extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;
    private final transient Audit.Subject subject;
    private final String actor;

    /** @param actor identity that the caller claims to act for, or empty */
    RefusedCall(Refusal refusal, Audit.Subject subject, String actor) {
        super(refusal.message(), null, false, false);
        this.refusal = refusal;
        this.subject = subject;
        this.actor = actor;
    }

    Refusal refusal() {
        return refusal;
    }

    Audit.Subject subject() {
        return subject;
    }

    String actor() {
        return actor;
    }
}
