package io.opsconductor.runner.policy;

import io.opsconductor.plan.Effect;
import java.util.List;

/**
 * What rules may ask about a step.
 *
 * @param tool the tool's name
 * @param effect the tool's effect
 * @param targets at least one: where it runs, and every inventory target that one of its parameters names
 */
public record StepFacts(String tool, Effect effect, List<TargetFacts> targets) {
    public StepFacts {
        targets = List.copyOf(targets);
    }
}
