package io.opsconductor.runner.attestation;

import io.opsconductor.runner.audit.Refusal;
import io.opsconductor.runner.policy.Tally;

/** What all attestations together are worth for a preview. */
public sealed interface Ballot {
    /**
     * Every one counts, and all are approvals.
     *
     * @param tally how far they go
     */
    record Approved(Tally tally) implements Ballot {}

    /** Every one counts, and this person denied. */
    record Denied(String name) implements Ballot {}

    /** One of them does not count. */
    record Invalid(Refusal refusal) implements Ballot {}
}
