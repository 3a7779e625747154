package io.opsconductor.brain.outputs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be remembered of one output.
 *
 * @param well whether what was asked about works: a service is active, a host answers; null where that is not the question
 * @param facts its figures
 */
record Seen(Level level, @Nullable Boolean well, List<Fact> facts) {
    Seen {
        facts = List.copyOf(facts);
    }
}
