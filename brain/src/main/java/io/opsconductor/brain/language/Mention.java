package io.opsconductor.brain.language;

import io.opsconductor.brain.intent.Entity;
import java.util.List;

/**
 * Words that name something.
 *
 * @param from index of the first word
 * @param to index after the last word
 * @param entities what it may be, at least one; several where only the tool can tell ("ping web01" names a host that the
 *     inventory does not know)
 */
public record Mention(int from, int to, List<Entity> entities) {
    public Mention {
        entities = List.copyOf(entities);
    }

    /** Whether it can only be targets of the inventory. */
    public boolean isTargets() {
        return entities.stream().noneMatch(Entity.Value.class::isInstance);
    }
}
