package io.opsconductor.brain.outputs;

import org.jspecify.annotations.Nullable;

/**
 * What the outputs of one tool say.
 *
 * @param tool name of the tool
 * @param sentence one true sentence that names targets and figures
 * @param table the same, side by side; null when the sentence says all
 */
public record OutputReading(
        String tool, String sentence, @Nullable ReadTable table) {}
