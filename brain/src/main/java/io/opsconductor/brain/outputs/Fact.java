package io.opsconductor.brain.outputs;

/**
 * A figure of a target that a person may choose by.
 *
 * @param measure what it is of: {@code disk}, {@code memory}, {@code cpu}, {@code load}, {@code loss}, {@code time}
 * @param unit {@code %}, {@code ms}, or empty for a bare number
 * @param value the highest that the output has
 */
public record Fact(String measure, String unit, double value) {}
