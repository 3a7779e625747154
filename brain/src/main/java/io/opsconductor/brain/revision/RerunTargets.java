package io.opsconductor.brain.revision;

import java.util.Locale;

/** Where a plan runs again. */
public enum RerunTargets {
    /** Wherever it ran, also where it succeeded. */
    ALL,
    /** Where a step did not succeed, that step alone. */
    FAILED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
