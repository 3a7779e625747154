package io.opsconductor.brain.approval;

import java.util.Locale;

/** How an approval request stands; all but the first are final. */
public enum ApprovalState {
    PENDING,
    APPROVED,
    DENIED,
    /** Nobody decided in time. */
    EXPIRED,
    /** The requester withdrew it. */
    CANCELLED,
    /** The requester asked for the same again, or with other values. */
    SUPERSEDED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ApprovalState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
