package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A view as an app gives it, checked against Slack's limits: https://docs.slack.dev/reference/views. */
final class ViewContent {
    private static final String AT = "/view";
    private static final Set<String> OPTIONAL = Set.of(
            "title",
            "submit",
            "close",
            "private_metadata",
            "callback_id",
            "clear_on_close",
            "notify_on_close",
            "external_id",
            "submit_disabled");
    private static final int MAX_TITLE = 24;
    private static final int MAX_PRIVATE_METADATA = 3_000;
    private static final int MAX_ID = 255;

    private ViewContent() {}

    /**
     * The view with ids filled in.
     *
     * @param type what the method takes: {@code modal} or {@code home}
     * @throws Refusal {@code invalid_arguments} for what Slack would not take
     */
    static ObjectNode of(Args view, String type) {
        if (!(view.values() instanceof ObjectNode given)) {
            throw Refusal.missing("view");
        }
        ObjectNode content = given.deepCopy();
        Problems problems = new Problems();
        problems.typed(content, AT, type.equals("modal") ? Set.of("title", "blocks") : Set.of("blocks"), OPTIONAL);
        if (!content.path("type").asText().equals(type)) {
            problems.add("must be one of: " + type, AT + "/type");
        }
        TextRules texts = new TextRules(problems);
        for (String field : List.of("title", "submit", "close")) {
            if (content.hasNonNull(field)) {
                texts.plain(content.get(field), MAX_TITLE, AT + "/" + field);
            }
        }
        problems.longest(content, "private_metadata", MAX_PRIVATE_METADATA, AT);
        problems.longest(content, "callback_id", MAX_ID, AT);
        problems.longest(content, "external_id", MAX_ID, AT);
        if (type.equals("modal") && hasInput(content) && !content.hasNonNull("submit")) {
            problems.add("`submit` is required when an `input` block is within blocks", AT + "/submit");
        }
        List<String> all = new ArrayList<>(problems.all());
        if (content.path("blocks") instanceof ArrayNode blocks) {
            BlockRules.Surface surface = type.equals("modal") ? BlockRules.Surface.MODAL : BlockRules.Surface.HOME;
            all.addAll(BlockRules.check(blocks, surface, AT + "/blocks"));
        } else if (content.has("blocks")) {
            all.add("must provide an array [json-pointer:" + AT + "/blocks]");
        }
        if (!all.isEmpty()) {
            throw Refusal.of("invalid_arguments", all);
        }
        BlockIds.fill(content.path("blocks"));
        return content;
    }

    private static boolean hasInput(ObjectNode content) {
        for (JsonNode block : content.path("blocks")) {
            if (block.path("type").asText().equals("input")) {
                return true;
            }
        }
        return false;
    }
}
