package io.opsconductor.runner.inventory;

import java.util.List;

/** The answer to a name. */
public sealed interface Lookup {
    /** The name means this target. */
    record Found(Target target) implements Lookup {}

    /**
     * No target has this name.
     *
     * @param nearest up to three similar names, the most similar first; empty when nothing is similar
     */
    record Unknown(List<String> nearest) implements Lookup {
        public Unknown {
            nearest = List.copyOf(nearest);
        }
    }
}
