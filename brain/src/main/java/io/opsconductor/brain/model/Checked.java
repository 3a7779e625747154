package io.opsconductor.brain.model;

import java.util.List;

/**
 * What could be made of an answer.
 *
 * @param value made of what is right in it
 * @param problems what is wrong with the rest, for the model to mend
 */
public record Checked<T>(T value, List<String> problems) {
    public Checked {
        problems = List.copyOf(problems);
    }
}
