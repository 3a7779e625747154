package io.opsconductor.brain.outputs;

import io.opsconductor.brain.conversation.Choice;
import java.util.List;

/**
 * A result as it is read.
 *
 * @param readings what the outputs say, tool by tool; none where nothing could be read
 * @param next requests to offer, each to be said by whoever presses it
 * @param remembered what later messages may go on from
 */
public record ResultReading(List<OutputReading> readings, List<Choice> next, LastResult remembered) {
    public ResultReading {
        readings = List.copyOf(readings);
        next = List.copyOf(next);
    }
}
