package io.opsconductor.runner.attestation;

import io.opsconductor.runner.audit.Refusal;
import java.util.List;

/** What all attestations together are worth for a preview. */
public sealed interface Ballot {
    /**
     * Every one counts, and all are approvals.
     *
     * @param approvers distinct names, in the order given
     * @param missing how many more distinct people are needed; 0 when there are enough
     */
    record Approved(List<String> approvers, int missing) implements Ballot {
        public Approved {
            approvers = List.copyOf(approvers);
        }
    }

    /** Every one counts, and this person denied. */
    record Denied(String name) implements Ballot {}

    /** One of them does not count. */
    record Invalid(Refusal refusal) implements Ballot {}
}
