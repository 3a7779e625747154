package io.opsconductor.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * How many targets of a step are a batch. On the wire {@code 5} or {@code "5"} targets, or {@code "25%"} of them.
 *
 * @param amount 1 to 1,000 targets, or 1 to 100 percent
 * @param isPercent whether the amount is a percentage
 */
public record Batch(int amount, boolean isPercent) {
    private static final int MOST_TARGETS = 1_000;

    public Batch {
        Bounds.range("batch", amount, 1, isPercent ? 100 : MOST_TARGETS);
    }

    public static Batch ofTargets(int targets) {
        return new Batch(targets, false);
    }

    public static Batch ofPercent(int percent) {
        return new Batch(percent, true);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Batch read(JsonNode node) {
        String text = node.asText();
        boolean percent = text.endsWith("%");
        String digits = percent ? text.substring(0, text.length() - 1) : text;
        if (!digits.matches("[0-9]{1,4}")) {
            throw new IllegalArgumentException("batch is a number of targets such as 5, or a share such as \"25%\"");
        }
        return new Batch(Integer.parseInt(digits), percent);
    }

    /** The form on the wire. */
    @JsonValue
    public String word() {
        return isPercent ? amount + "%" : Integer.toString(amount);
    }

    /** How many of so many targets: a share is rounded down, and is one target at least. */
    public int of(int targets) {
        return isPercent ? Math.max(1, targets * amount / 100) : Math.min(amount, Math.max(1, targets));
    }
}
