package io.opsconductor.plan;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How an execution stands. {@link #isFinal()} ones never change again. */
public enum ExecutionStatus {
    /** Accepted and not yet ended. */
    RUNNING,
    /** Every step succeeded on every target. */
    SUCCEEDED,
    /** No target of some step succeeded, or a later step was not reached; nothing is unknown. */
    FAILED,
    /** Some targets succeeded and some did not; nothing is unknown. */
    PARTIAL,
    /** Somebody cancelled it; finished targets stand. */
    CANCELLED,
    /** The runner died while something ran: the outcome of that part is unknown. */
    INTERRUPTED;

    public boolean isFinal() {
        return this != RUNNING;
    }

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
