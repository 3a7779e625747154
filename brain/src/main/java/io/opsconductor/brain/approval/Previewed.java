package io.opsconductor.brain.approval;

import io.opsconductor.brain.Refusal;

/** What came of asking the runner what a plan would run. */
public sealed interface Previewed {
    /** It rendered the plan: this can be shown and decided about. */
    record Shown(ApprovalRequest request) implements Previewed {}

    /** There is nothing to decide about. */
    record Refused(Refusal refusal) implements Previewed {}
}
