package io.opsconductor.plan;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How one target of one step ended. */
public enum TargetStatus {
    /** Exit code 0. */
    SUCCEEDED,
    /** It ran to its end with another exit code. */
    FAILED,
    /** It could not be started: unreachable, refused, wrong host key, authentication. Nothing ran on the target. */
    UNREACHABLE,
    /** The deadline passed; the command was ended. */
    TIMED_OUT,
    /** Somebody cancelled; the command was ended. */
    CANCELLED,
    /** Not started, because an earlier step failed or the execution was cancelled. */
    SKIPPED,
    /** Not started, because the step's condition did not hold: nothing was to be done. */
    NOT_NEEDED,
    /** The connection or the runner died after the start: whether it took effect is unknown. */
    INTERRUPTED;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
