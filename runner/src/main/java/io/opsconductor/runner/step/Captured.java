package io.opsconductor.runner.step;

/**
 * What one channel of a command gave.
 *
 * @param text the part within the limit, masked, with a note at its end when something was cut
 * @param truncated whether something was cut
 * @param totalBytes everything that came, kept or not
 */
public record Captured(String text, boolean truncated, long totalBytes) {
    public static final Captured NOTHING = new Captured("", false, 0);
}
