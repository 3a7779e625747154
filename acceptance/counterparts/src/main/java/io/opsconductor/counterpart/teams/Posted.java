package io.opsconductor.counterpart.teams;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * An activity that stands in a conversation.
 *
 * @param changes how it looked before, the oldest first
 * @param deleted whether it was taken away
 */
public record Posted(String id, String conversation, JsonNode activity, List<JsonNode> changes, boolean deleted) {
    public Posted {
        changes = List.copyOf(changes);
    }

    /** Its text; empty when it has none. */
    public String text() {
        return activity.path("text").asText("");
    }

    /** Its card; missing when it has none. */
    public JsonNode card() {
        return activity.path("attachments").path(0).path("content");
    }
}
