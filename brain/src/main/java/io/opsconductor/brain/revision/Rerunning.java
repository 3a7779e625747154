package io.opsconductor.brain.revision;

import io.opsconductor.brain.Refusal;

/** What became of somebody's wish to run something again. */
public sealed interface Rerunning {
    /**
     * A card is shown where it was asked for, for whoever asked.
     *
     * @param approval id of the new request
     */
    record Shown(String approval, String conversation) implements Rerunning {}

    /**
     * It changed nothing: 404 no such execution, 409 it still runs, nothing failed, or it is unknown what ran, 503 no
     * runner, or what the runner's preview refused.
     */
    record Refused(Refusal refusal) implements Rerunning {}
}
