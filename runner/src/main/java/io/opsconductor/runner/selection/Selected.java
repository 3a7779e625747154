package io.opsconductor.runner.selection;

import io.opsconductor.runner.inventory.Target;
import java.util.List;

/** What a selection means in an inventory. */
public sealed interface Selected {
    /**
     * Targets.
     *
     * @param targets at least one, by name
     */
    record Targets(List<Target> targets) implements Selected {
        public Targets {
            targets = List.copyOf(targets);
        }
    }

    /**
     * It cannot be used: it is no selection, it names something unknown, or no target fits.
     *
     * @param message a sentence
     * @param nearest names that may have been meant, the most likely first
     */
    record Refused(String message, List<String> nearest) implements Selected {
        public Refused {
            nearest = List.copyOf(nearest);
        }
    }
}
