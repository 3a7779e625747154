package io.opsconductor.runner.step;

import io.opsconductor.runner.inventory.Target;

/** Where a command runs. */
public sealed interface Place {
    /** Inventory name, or {@code runner}. */
    String name();

    /** On the runner itself. */
    record OnRunner() implements Place {
        @Override
        public String name() {
            return "runner";
        }
    }

    /** On a target of the inventory. */
    record OnTarget(Target target) implements Place {
        @Override
        public String name() {
            return target.name();
        }
    }
}
