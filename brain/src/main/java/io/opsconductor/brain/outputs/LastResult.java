package io.opsconductor.brain.outputs;

import io.opsconductor.plan.Step;
import io.opsconductor.plan.TargetStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the last execution of a thread did, and what was read of its outputs, to go on from: values, and no text that a
 * command wrote.
 *
 * @param parts one for each step of its plan, in order
 */
public record LastResult(List<Part> parts) {
    public LastResult {
        parts = List.copyOf(parts);
    }

    /**
     * A step and what came of it.
     *
     * @param found for each of its targets that a result came from; their names are the plan's
     */
    public record Part(Step step, List<Found> found) {
        public Part {
            found = List.copyOf(found);
        }
    }

    /**
     * What was found on a target.
     *
     * @param name the target, or for a step on the runner the host or address that the plan names
     * @param well whether what was asked about works; null when that was not read
     * @param facts figures that were read; none when the output could not be read
     */
    public record Found(
            String name, TargetStatus status, @Nullable Boolean well, List<Fact> facts) {
        public Found {
            facts = List.copyOf(facts);
        }
    }
}
