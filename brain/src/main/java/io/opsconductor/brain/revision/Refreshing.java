package io.opsconductor.brain.revision;

import io.opsconductor.brain.Refusal;

/** What became of somebody's wish to see a pending plan as it would run now. */
public sealed interface Refreshing {
    /**
     * The old card is superseded and a new one is shown in the same conversation.
     *
     * @param approval id of the new request
     */
    record Shown(String approval, String conversation) implements Refreshing {}

    /** It changed nothing: 404 no such plan, 409 decided, 410 expired, 503 no runner, or what the preview refused. */
    record Refused(Refusal refusal) implements Refreshing {}
}
