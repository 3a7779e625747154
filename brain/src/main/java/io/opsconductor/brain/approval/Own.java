package io.opsconductor.brain.approval;

import io.opsconductor.brain.Refusal;

/** A request that can still be changed, or why it cannot. */
public sealed interface Own {
    /** It is pending, and theirs where that was asked. */
    record Pending(ApprovalRequest request) implements Own {}

    /** 403 somebody else's, 404 no such plan, 409 decided, 410 expired. */
    record Refused(Refusal refusal) implements Own {}
}
