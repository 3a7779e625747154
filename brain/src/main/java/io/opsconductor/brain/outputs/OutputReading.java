package io.opsconductor.brain.outputs;

import org.jspecify.annotations.Nullable;

/**
 * What the outputs of one tool say.
 *
 * @param tool name of the tool
 * @param sentence one true sentence that names targets and figures
 * @param table the same, side by side; null when the sentence says all
 * @param chart the same, as a picture; null where that says no more
 */
public record OutputReading(
        String tool,
        String sentence,
        @Nullable ReadTable table,
        @Nullable Chart chart) {
    /** One without a picture. */
    public OutputReading(String tool, String sentence, @Nullable ReadTable table) {
        this(tool, sentence, table, null);
    }
}
