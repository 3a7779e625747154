package io.opsconductor.brain.approval;

import io.opsconductor.plan.Attestation;
import io.opsconductor.plan.ExecuteRequest;
import io.opsconductor.plan.Tenant;
import java.time.Instant;
import java.util.List;

/**
 * A plan that may run: its approvals are signed, counted by the runner, and stored. Only this package makes one, so that
 * code which skips the approval does not compile.
 */
public final class ApprovedPlan {
    private final String execution;
    private final ApprovalRequest approval;
    private final List<Attestation> attestations;

    ApprovedPlan(String execution, ApprovalRequest approval, List<Attestation> attestations) {
        this.execution = execution;
        this.approval = approval;
        this.attestations = List.copyOf(attestations);
    }

    /** The execution's id, chosen before anything was sent: sending twice runs once. */
    public String execution() {
        return execution;
    }

    /** Whose it is. */
    public Tenant tenant() {
        return new Tenant(approval.tenant());
    }

    /** Id of the approval request. */
    public String approval() {
        return approval.id();
    }

    public String conversation() {
        return approval.conversation();
    }

    public String digest() {
        return approval.digest();
    }

    /** After this the runner accepts it no more, by the runner's clock. */
    public Instant expiresAt() {
        return approval.preview().expiresAt();
    }

    /** The sentence that restates the request. */
    public String summary() {
        return approval.summary();
    }

    /** Name of a step's tool. */
    public String tool(int step) {
        return step >= 0 && step < approval.preview().steps().size()
                ? approval.preview().steps().get(step).tool()
                : "";
    }

    /** What the runner gets: the same bytes whenever it is sent. */
    public ExecuteRequest request() {
        return new ExecuteRequest(
                execution, approval.plan(), approval.tenant(), approval.requester(), approval.digest(), attestations);
    }
}
