package io.opsconductor.runner.store;

import io.opsconductor.plan.ExecutionStatus;
import io.opsconductor.plan.Preview;
import io.opsconductor.plan.Tenant;
import io.opsconductor.runner.audit.Audit;
import java.time.Instant;

/**
 * An execution that was accepted.
 *
 * @param key whose it is, and its id
 * @param digest the approved preview's digest
 * @param requestDigest digest of the whole request, by which a repetition is known from a different request
 * @param conversation the chat thread
 * @param requester identity of who asked
 * @param preview what was approved
 * @param acceptedAt when
 * @param status how it stands
 */
public record StoredExecution(
        ExecutionKey key,
        String digest,
        String requestDigest,
        String conversation,
        String requester,
        Preview preview,
        Instant acceptedAt,
        ExecutionStatus status) {
    /** Whose it is. */
    public Tenant tenant() {
        return key.tenant();
    }

    /** Its id, as the chatbot chose it. */
    public String id() {
        return key.id();
    }

    /** What journal records about it are about. */
    public Audit.Subject subject() {
        return new Audit.Subject(tenant().name(), conversation, id(), digest);
    }
}
