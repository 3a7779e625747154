package io.opsconductor.acceptance.bench;

/**
 * One measured figure beside its goal.
 *
 * @param name what was measured
 * @param value the measurement
 * @param unit of value and goal
 * @param goal the most it should be
 * @param note how it was measured
 */
record Figure(String name, double value, String unit, double goal, String note) {
    boolean met() {
        return value <= goal;
    }
}
