package io.opsconductor.acceptance.bench;

import org.jspecify.annotations.Nullable;

/**
 * One measured figure beside its goal.
 *
 * @param name what was measured
 * @param value the measurement
 * @param unit of value and goal
 * @param goal the most it should be; null when it has none
 * @param note how it was measured
 */
public record Figure(
        String name, double value, String unit, @Nullable Double goal, String note) {
    /** Whether it is no more than its goal. */
    public boolean met() {
        return goal == null || value <= goal;
    }
}
