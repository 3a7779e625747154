package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** A view as an app gives it, checked against Slack's limits: https://docs.slack.dev/reference/views. */
final class ViewContent {
    private static final int MAX_TITLE = 24;
    private static final int MAX_PRIVATE_METADATA = 3_000;
    private static final int MAX_ID = 255;

    private ViewContent() {}

    /** @param type what the method takes: {@code modal} or {@code home} */
    static ObjectNode of(Args view, String type) {
        if (!(view.values() instanceof ObjectNode given)) {
            throw Refusal.missing("view");
        }
        ObjectNode content = given.deepCopy();
        List<String> problems = new ArrayList<>();
        if (!content.path("type").asText().equals(type)) {
            problems.add("must be one of: " + type + " [json-pointer:/view/type]");
        }
        if (type.equals("modal")) {
            if (!content.has("title")) {
                problems.add("missing required field: title [json-pointer:/view]");
            }
            for (String field : List.of("title", "submit", "close")) {
                plainText(content, field, problems);
            }
        }
        longest(content, "private_metadata", MAX_PRIVATE_METADATA, problems);
        longest(content, "callback_id", MAX_ID, problems);
        longest(content, "external_id", MAX_ID, problems);
        if (!(content.path("blocks") instanceof ArrayNode blocks)) {
            problems.add("missing required field: blocks [json-pointer:/view]");
            throw Refusal.of("invalid_arguments", problems);
        }
        boolean inputs = false;
        for (var block : blocks) {
            inputs |= block.path("type").asText().equals("input");
        }
        if (type.equals("modal") && inputs && !content.has("submit")) {
            problems.add("`submit` is required when an `input` block is within blocks [json-pointer:/view/submit]");
        }
        if (!problems.isEmpty()) {
            throw Refusal.of("invalid_arguments", problems);
        }
        BlockRules.require(
                blocks, type.equals("modal") ? BlockRules.Surface.MODAL : BlockRules.Surface.HOME, "/view/blocks");
        BlockIds.fill(blocks);
        return content;
    }

    private static void plainText(ObjectNode content, String field, List<String> problems) {
        if (!content.hasNonNull(field)) {
            return;
        }
        String text = content.path(field).path("text").asText();
        if (!content.path(field).path("type").asText().equals("plain_text")) {
            problems.add("must be one of: plain_text [json-pointer:/view/" + field + "/type]");
        }
        if (text.isEmpty()) {
            problems.add("must be more than 0 characters [json-pointer:/view/" + field + "/text]");
        }
        if (text.length() > MAX_TITLE) {
            problems.add(
                    "must be less than " + (MAX_TITLE + 1) + " characters [json-pointer:/view/" + field + "/text]");
        }
    }

    private static void longest(ObjectNode content, String field, int most, List<String> problems) {
        if (content.path(field).asText().length() > most) {
            problems.add("must be less than " + (most + 1) + " characters [json-pointer:/view/" + field + "]");
        }
    }
}
