package io.opsconductor.brain.revision;

import io.opsconductor.brain.Refusal;

/** What became of somebody's wish to see how things stand before a plan is decided. */
public sealed interface DryRunning {
    /**
     * The checks are a plan in the same conversation, for whoever asked.
     *
     * @param approval id of its request
     */
    record Shown(String approval, String conversation) implements DryRunning {}

    /** There is none: 404 no such plan, 409 no tool has a check or it is decided, 410 expired, or what the preview refused. */
    record Refused(Refusal refusal) implements DryRunning {}
}
