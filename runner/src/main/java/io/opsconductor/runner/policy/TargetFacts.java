package io.opsconductor.runner.policy;

import io.opsconductor.runner.inventory.Target;
import java.util.List;
import java.util.Map;

/**
 * What rules may ask about a target.
 *
 * @param name inventory name, or {@value #RUNNER}
 * @param environment as in the inventory; empty when none
 * @param groups the groups it belongs to
 * @param labels its labels
 */
public record TargetFacts(String name, String environment, List<String> groups, Map<String, String> labels) {
    /** The name under which a step that runs on the runner itself is judged. */
    public static final String RUNNER = "runner";

    public TargetFacts {
        groups = List.copyOf(groups);
        labels = Map.copyOf(labels);
    }

    /** The runner itself: no environment, no group. */
    public static TargetFacts runner() {
        return new TargetFacts(RUNNER, "", List.of(), Map.of());
    }

    /** A target of the inventory. */
    public static TargetFacts of(Target target) {
        return new TargetFacts(target.name(), target.environment(), target.groups(), target.labels());
    }
}
