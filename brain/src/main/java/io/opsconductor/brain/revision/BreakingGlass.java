package io.opsconductor.brain.revision;

import io.opsconductor.brain.Refusal;

/** What became of somebody's wish to run their plan without the approval of others. */
public sealed interface BreakingGlass {
    /**
     * The old card is superseded, and one that the requester alone may approve is shown in the same conversation.
     *
     * @param approval id of the new request
     */
    record Shown(String approval, String conversation) implements BreakingGlass {}

    /**
     * It changed nothing: 400 no reason, 403 somebody else's, 404 no such plan, 409 decided, 410 expired, 503 no runner, or
     * what the runner's preview refused, such as that the policy does not let them.
     */
    record Refused(Refusal refusal) implements BreakingGlass {}
}
