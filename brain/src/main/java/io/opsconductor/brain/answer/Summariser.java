package io.opsconductor.brain.answer;

import io.opsconductor.plan.TargetResult;
import java.util.List;
import java.util.Optional;

/** Says in a few words what came of an execution, for people to read. Nobody acts on it. Thread-safe. */
public interface Summariser {
    /**
     * Sums results up.
     *
     * @param results what came of each step on each target, at least one
     * @return one to three sentences with their author; empty when there is nothing true to say in time
     */
    Optional<String> summary(List<TargetResult> results);
}
