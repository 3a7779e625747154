package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** Slack gives ids to the blocks and interactive elements that came without. */
final class BlockIds {
    private static final Set<String> PASSIVE = Set.of("image", "plain_text", "mrkdwn");

    private BlockIds() {}

    static void fill(JsonNode blocks) {
        for (JsonNode block : blocks) {
            if (!block.has("block_id")) {
                ((ObjectNode) block).put("block_id", World.secret(3));
            }
            String type = block.path("type").asText();
            if (type.equals("actions")) {
                block.path("elements").forEach(BlockIds::fillAction);
            }
            fillAction(block.path("accessory"));
            fillAction(block.path("element"));
        }
    }

    private static void fillAction(JsonNode element) {
        if (element instanceof ObjectNode object
                && !object.has("action_id")
                && !PASSIVE.contains(object.path("type").asText())) {
            object.put("action_id", World.secret(3));
        }
    }
}
