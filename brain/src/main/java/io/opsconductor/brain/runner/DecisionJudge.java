package io.opsconductor.brain.runner;

import io.opsconductor.brain.Refusal;
import io.opsconductor.plan.DecisionCheck;

/** Who says, without changing anything, whether decisions would count: the runner, by its own policy and clock. */
public interface DecisionJudge {
    RunnerAnswer<DecisionCheck.Answer> check(DecisionCheck.Request decisions);

    /**
     * The refusal for a question that got no answer.
     *
     * @param why as {@link RunnerAnswer.Unreachable} has it
     * @param hint what is certain, and the next step
     */
    Refusal unreachable(String why, String hint);
}
