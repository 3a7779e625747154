package io.opsconductor.brain.runner;

import io.opsconductor.brain.Refusal;
import io.opsconductor.plan.DecisionCheck;
import io.opsconductor.plan.Tenant;

/** Who says, without changing anything, whether decisions would count: the runner, by its own policy and clock. */
public interface DecisionJudge {
    /** @param tenant whose preview it is about */
    RunnerAnswer<DecisionCheck.Answer> check(Tenant tenant, DecisionCheck.Request decisions);

    /**
     * The refusal for a question that got no answer.
     *
     * @param why as {@link RunnerAnswer.Unreachable} has it
     * @param hint what is certain, and the next step
     */
    Refusal unreachable(String why, String hint);
}
