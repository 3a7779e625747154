package io.opsconductor.runner.attestation;

import io.opsconductor.runner.audit.Refusal;

/** What one attestation is worth for a preview. */
public sealed interface Vote {
    /**
     * An approval that counts.
     *
     * @param name the policy's name of the person
     */
    record Approval(String name) implements Vote {}

    /**
     * A denial that counts.
     *
     * @param name the policy's name of the person
     */
    record Denial(String name) implements Vote {}

    /** It does not count. */
    record Invalid(Refusal refusal) implements Vote {}
}
