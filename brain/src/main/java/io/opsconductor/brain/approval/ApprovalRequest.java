package io.opsconductor.brain.approval;

import io.opsconductor.brain.planning.Instead;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.Preview;
import java.time.Instant;
import java.util.List;

/**
 * A plan that somebody has to decide about.
 *
 * @param id of this request
 * @param conversation where it was asked for
 * @param requester platform-qualified identity of who asked
 * @param tenant the tenant
 * @param summary one sentence that restates the request
 * @param plan what was asked of the runner
 * @param preview what the runner would run
 * @param digest of the preview, computed here
 * @param createdAt by this process's clock
 * @param note how the request was understood, for the card; empty when nothing needs saying
 * @param instead what else may have been meant, as the card offers it
 */
public record ApprovalRequest(
        String id,
        String conversation,
        String requester,
        String tenant,
        String summary,
        Plan plan,
        Preview preview,
        String digest,
        Instant createdAt,
        String note,
        List<Instead> instead) {
    public ApprovalRequest {
        instead = List.copyOf(instead);
    }

    /** Whether its card offers just this to be said in its place. */
    public boolean offers(String text) {
        return instead.stream().anyMatch(other -> other.choice().reply().equals(text));
    }

    /** Whether the requester does without the approval of others. */
    public boolean breaksGlass() {
        return !preview.breakGlass().isEmpty();
    }

    /** Whether the policy lets it run without anybody's approval. */
    public boolean needsNobody() {
        return preview.approval().kind() == Preview.ApprovalKind.NONE;
    }
}
