package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an app wants to say, checked against Slack's limits.
 *
 * @param text at most 40,000 characters; what was longer has been cut
 * @param blocks nothing when the app gave none, which for an update is not the same as an empty list
 * @param warnings Slack's names of warnings
 */
record MessageContent(
        String text,
        Optional<ArrayNode> blocks,
        Optional<ArrayNode> attachments,
        Optional<JsonNode> metadata,
        List<String> warnings) {
    /** https://docs.slack.dev/changelog/2018-04-truncating-really-long-messages. */
    private static final int MAX_TEXT = 40_000;

    /** https://docs.slack.dev/reference/methods/chat.postMessage: {@code too_many_attachments}. */
    private static final int MAX_ATTACHMENTS = 100;

    /** https://docs.slack.dev/messaging/message-metadata. */
    private static final int MAX_METADATA_BYTES = 16_000;

    /** The content of a message to post: there must be some. */
    static MessageContent of(Args args) {
        MessageContent content = ofUpdate(args);
        boolean nothing = content.text.isBlank()
                && content.blocks.map(ArrayNode::isEmpty).orElse(true)
                && content.attachments.map(ArrayNode::isEmpty).orElse(true);
        if (nothing) {
            throw Refusal.of("no_text");
        }
        return content;
    }

    /** The content of an update, in which nothing may be left of it. */
    static MessageContent ofUpdate(Args args) {
        Optional<ArrayNode> blocks =
                args.list("blocks", "invalid_blocks_format").map(ArrayNode::deepCopy);
        blocks.ifPresent(list -> {
            BlockRules.require(list, BlockRules.Surface.MESSAGE, "/blocks");
            BlockIds.fill(list);
        });
        blocks.ifPresent(BlockRules::requireTotal);
        Optional<ArrayNode> attachments = args.list("attachments", "invalid_attachments");
        attachments.ifPresent(list -> {
            if (list.size() > MAX_ATTACHMENTS) {
                throw Refusal.of("too_many_attachments");
            }
            for (int index = 0; index < list.size(); index++) {
                if (list.get(index).path("blocks") instanceof ArrayNode inner) {
                    BlockRules.require(inner, BlockRules.Surface.MESSAGE, "/attachments/" + index + "/blocks");
                }
            }
        });
        List<String> warnings = new ArrayList<>();
        String text = args.text("text");
        if (text.codePointCount(0, text.length()) > MAX_TEXT) {
            text = text.substring(0, text.offsetByCodePoints(0, MAX_TEXT));
            warnings.add("message_truncated");
        }
        return new MessageContent(text, blocks, attachments, metadata(args), warnings);
    }

    private static Optional<JsonNode> metadata(Args args) {
        if (!args.has("metadata")) {
            return Optional.empty();
        }
        JsonNode metadata = args.tree("metadata");
        if (!metadata.isObject()) {
            throw Refusal.of("invalid_metadata_format");
        }
        boolean empty = metadata.isEmpty();
        if (!empty
                && (!metadata.path("event_type").isTextual()
                        || !metadata.path("event_payload").isObject())) {
            throw Refusal.of("invalid_metadata_schema");
        }
        if (Json.bytes(metadata).length > MAX_METADATA_BYTES) {
            throw Refusal.of("metadata_too_large");
        }
        return Optional.of(metadata);
    }

    /** Puts the content into a message's body. */
    void putInto(ObjectNode body) {
        body.put("text", text);
        blocks.ifPresent(list -> body.set("blocks", list));
        attachments.ifPresent(list -> body.set("attachments", list));
    }
}
