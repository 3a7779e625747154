package io.opsconductor.brain.overview;

import io.opsconductor.plan.Effect;
import io.opsconductor.plan.Preview;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What concerns a person.
 *
 * @param othersWaiting pending plans that others asked for, the next to expire first
 * @param ownWaiting the person's own pending plans, the next to expire first
 * @param lastAsked what the person asked for last, whatever became of it, the latest first
 * @param running everybody's executions that have not ended, the oldest first
 */
public record Concerns(
        Listed<Waiting> othersWaiting, Listed<Waiting> ownWaiting, Listed<Asked> lastAsked, Listed<Running> running) {

    /**
     * The beginning of a list.
     *
     * @param total how many there are in all
     */
    public record Listed<T>(List<T> entries, long total) {
        public Listed {
            entries = List.copyOf(entries);
        }
    }

    /**
     * A plan that waits for a decision.
     *
     * @param requester platform-qualified identity
     * @param requesterName the person that the policy knows by this identity
     * @param approvalRule how many must approve, and who may, by the policy's names
     * @param approvalsSoFar how many have approved already
     * @param digest what a decision says
     */
    public record Waiting(
            String approval,
            String conversation,
            String requester,
            String requesterName,
            String summary,
            Effect effect,
            Preview.ApprovalRule approvalRule,
            int approvalsSoFar,
            Instant expiresAt,
            String digest) {}

    /**
     * Something that was asked for.
     *
     * @param state how the request stands, as the status of a decision has it
     * @param execution null when it never became one
     * @param status how the execution stands, as in a result, or {@code queued}, {@code running} or
     *     {@code refused} (by the runner, nothing was run); null without one
     */
    public record Asked(
            String approval,
            String conversation,
            String summary,
            String state,
            @Nullable String execution,
            @Nullable String status,
            Instant at) {}

    /**
     * Something that runs.
     *
     * @param requester platform-qualified identity of who asked for it
     * @param since when it was approved
     */
    public record Running(String execution, String conversation, String summary, String requester, Instant since) {}
}
