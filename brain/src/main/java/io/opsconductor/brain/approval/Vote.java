package io.opsconductor.brain.approval;

import io.opsconductor.plan.Attestation.Decision;

/**
 * Somebody's decision about a request, as it comes from a chat adapter.
 *
 * @param approval id of the request
 * @param approver platform-qualified identity of who decides
 * @param digest of the preview that the person saw
 * @param reason why, for the thread; may be empty
 * @param typed what the person typed for the plan's short code; empty where none was asked for
 * @param where the conversation whose card was used; empty when it is not known, as on a page that shows any of them
 */
public record Vote(
        String approval, String approver, Decision decision, String digest, String reason, String typed, String where) {
    /** Without a reason or a code. */
    public static Vote of(String approval, String approver, Decision decision, String digest) {
        return new Vote(approval, approver, decision, digest, "", "", "");
    }

    public Vote because(String reason) {
        return new Vote(approval, approver, decision, digest, reason, typed, where);
    }

    public Vote typing(String typed) {
        return new Vote(approval, approver, decision, digest, reason, typed, where);
    }

    public Vote in(String where) {
        return new Vote(approval, approver, decision, digest, reason, typed, where);
    }
}
