package io.opsconductor.brain.approval;

import io.opsconductor.brain.Refusal;

/** What became of somebody's decision. */
public sealed interface Decided {
    /**
     * It counts.
     *
     * @param status how the plan stands now
     * @param missing how many more people must approve; 0 when none
     */
    record Counted(String approval, ApprovalState status, int missing) implements Decided {}

    /** It changed nothing: 403 may not, 404 no such plan, 409 decided or altered, 410 expired, 503 no runner. */
    record Refused(Refusal refusal) implements Decided {}
}
