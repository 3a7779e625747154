package io.opsconductor.brain.language;

import io.opsconductor.brain.intent.Entity;
import io.opsconductor.tool.CatalogueEntry;
import java.util.List;
import java.util.Map;

/**
 * A command that somebody typed, "journalctl -u kafka -n 150 on kafka12", every word of which is understood.
 *
 * @param tool what does just that
 * @param values by the names of the tool's parameters
 * @param place where it is to run, as it was said; empty where nothing was said
 */
public record TypedCommand(CatalogueEntry tool, Map<String, String> values, List<Entity> place) {
    public TypedCommand {
        values = Map.copyOf(values);
        place = List.copyOf(place);
    }

    /** Whether it says where it is to run, if it runs anywhere. */
    boolean isComplete() {
        return !place.isEmpty() || !tool.needsTarget();
    }
}
