package io.opsconductor.brain.approval;

import io.opsconductor.plan.Attestation;
import java.util.List;

/**
 * A request as the store has it.
 *
 * @param request what was asked
 * @param state how it stands
 * @param decidedBy identity of who ended it; empty while pending and when nobody did
 * @param decidedAt ISO-8601 instant of its end; empty while pending
 * @param attestations approvals counted so far, oldest first
 * @param people the policy's names of who gave them; empty ones for what was stored before they were kept
 */
record StoredApproval(
        ApprovalRequest request,
        ApprovalState state,
        String decidedBy,
        String decidedAt,
        List<Attestation> attestations,
        List<String> people) {}
