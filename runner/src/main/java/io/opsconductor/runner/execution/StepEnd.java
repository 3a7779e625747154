package io.opsconductor.runner.execution;

import io.opsconductor.plan.When;

/**
 * How a step ended, for the steps that wait for it.
 *
 * @param state what became of it
 * @param blocks why nothing that depends on it starts, in a sentence for its results; empty when what depends on it may start
 */
record StepEnd(State state, String blocks) {
    /** What can become of a step. */
    enum State {
        SUCCEEDED,
        /** It was started somewhere, and did not succeed everywhere. */
        FAILED,
        /** It was started nowhere. */
        NOT_STARTED,
        /** Its own condition did not hold. */
        NOT_NEEDED
    }

    static final StepEnd WITHOUT_NEED = new StepEnd(State.NOT_NEEDED, "");

    static StepEnd notStarted(String reason) {
        return new StepEnd(State.NOT_STARTED, reason);
    }

    boolean blocksOthers() {
        return !blocks.isEmpty();
    }

    /** Whether a condition on this step holds. */
    boolean is(When.Outcome outcome) {
        return switch (outcome) {
            case SUCCEEDED -> state == State.SUCCEEDED;
            case FAILED -> state == State.FAILED;
            case ENDED -> state == State.SUCCEEDED || state == State.FAILED;
        };
    }
}
