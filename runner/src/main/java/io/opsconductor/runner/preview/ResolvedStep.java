package io.opsconductor.runner.preview;

import io.opsconductor.plan.Effect;
import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.plan.StepOptions;
import io.opsconductor.runner.step.Place;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A step as the execution needs it. It exists only beside the preview that shows the same commands.
 *
 * @param tool the tool's name
 * @param effect the tool's effect
 * @param idempotent whether running it twice equals running it once
 * @param timeout limit of each target's run
 * @param outputLimitBytes how much of each output channel is kept
 * @param targets one entry per place, in the preview's order
 * @param options after what, how fast, and what of failures
 */
public record ResolvedStep(
        String tool,
        Effect effect,
        boolean idempotent,
        Duration timeout,
        int outputLimitBytes,
        List<ResolvedTarget> targets,
        StepOptions options) {
    public ResolvedStep {
        targets = List.copyOf(targets);
    }

    /**
     * One command for one place.
     *
     * @param place where
     * @param command what, as in the preview
     * @param machines addresses and ports of the machines that it changes, which nothing else may change meanwhile; none for what only
     *     looks
     */
    public record ResolvedTarget(Place place, RenderedCommand command, Set<String> machines) {
        public ResolvedTarget {
            machines = Set.copyOf(machines);
        }
    }
}
