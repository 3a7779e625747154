package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Block Kit's limits, block by block: https://docs.slack.dev/reference/block-kit/blocks. The wording of the errors is
 * Slack's own where it is known.
 */
final class BlockRules {
    /** Where blocks are shown, and how many of them fit. */
    enum Surface {
        MESSAGE(50),
        MODAL(100),
        HOME(100);

        private final int maxBlocks;

        Surface(int maxBlocks) {
            this.maxBlocks = maxBlocks;
        }
    }

    private static final int MAX_SECTION = 3_000;
    private static final int MAX_FIELD = 2_000;
    private static final int MAX_FIELDS = 10;
    private static final int MAX_HEADER = 150;
    private static final int MAX_CONTEXT = 10;
    private static final int MAX_ACTIONS = 25;
    private static final int MAX_LABEL = 2_000;
    private static final int MAX_ALT = 2_000;
    private static final int MAX_URL = 3_000;
    private static final int MAX_MARKDOWN = 12_000;
    private static final int MAX_ID = 255;

    /**
     * Undocumented: https://github.com/slackapi/bolt-js/issues/2509 measured 13,297 characters in one markdown block and
     * 13,172 with a divider beside it, so that each block costs 125 characters of a total of 13,422.
     */
    private static final int MAX_TOTAL = 13_422;

    private static final int COST_OF_A_BLOCK = 125;

    private static final Set<String> MESSAGES_ONLY = Set.of("file", "markdown");

    private final Surface surface;
    private final Problems problems = new Problems();
    private final TextRules texts = new TextRules(problems);
    private final ElementRules elements = new ElementRules(problems, texts);

    private BlockRules(Surface surface) {
        this.surface = surface;
    }

    /**
     * Lets blocks pass that Slack takes.
     *
     * @throws Refusal {@code invalid_blocks} for a message's, {@code invalid_arguments} for a view's
     */
    static void require(ArrayNode blocks, Surface surface, String pointer) {
        List<String> problems = check(blocks, surface, pointer);
        if (!problems.isEmpty()) {
            throw Refusal.of(surface == Surface.MESSAGE ? "invalid_blocks" : "invalid_arguments", problems);
        }
    }

    /** @throws Refusal {@code msg_blocks_too_long} for a message whose blocks are too long together */
    static void requireTotal(ArrayNode blocks) {
        int total = blocks.size() * COST_OF_A_BLOCK;
        for (String text : Json.textsNamed(blocks, "text")) {
            total += text.length();
        }
        if (total > MAX_TOTAL) {
            throw Refusal.of("msg_blocks_too_long");
        }
    }

    static List<String> check(ArrayNode blocks, Surface surface, String pointer) {
        BlockRules rules = new BlockRules(surface);
        rules.all(blocks, pointer);
        return rules.problems.all();
    }

    private void all(ArrayNode blocks, String at) {
        problems.atMost(blocks, surface.maxBlocks, at);
        Set<String> ids = new HashSet<>();
        for (int index = 0; index < blocks.size(); index++) {
            JsonNode block = blocks.get(index);
            String here = at + "/" + index;
            if (!block.isObject()) {
                problems.add("must provide an object", here);
                continue;
            }
            block(block, here);
            problems.id(block, "block_id", MAX_ID, here);
            String id = block.path("block_id").asText();
            if (!id.isEmpty() && !ids.add(id)) {
                problems.add("`block_id` already exists: " + id, here + "/block_id");
            }
        }
    }

    private void block(JsonNode block, String at) {
        String type = block.path("type").asText();
        if (MESSAGES_ONLY.contains(type) && surface != Surface.MESSAGE) {
            problems.add("unsupported type: " + type, at + "/type");
            return;
        }
        switch (type) {
            case "section" -> section(block, at);
            case "header" -> header(block, at);
            case "divider" -> problems.block(block, at, Set.of(), Set.of());
            case "context" -> context(block, at);
            case "actions" -> actions(block, at);
            case "image" -> image(block, at);
            case "input" -> input(block, at);
            case "markdown" -> markdown(block, at);
            case "rich_text" -> RichTextRules.check(block, at, problems);
            case "file" -> problems.block(block, at, Set.of("external_id", "source"), Set.of());
            case "video" ->
                problems.block(
                        block,
                        at,
                        Set.of("alt_text", "thumbnail_url", "title", "video_url"),
                        Set.of("author_name", "description", "provider_icon_url", "provider_name", "title_url"));
            case "" -> problems.add("missing required field: type", at);
            default -> problems.add("unsupported type: " + type, at + "/type");
        }
    }

    private void section(JsonNode block, String at) {
        problems.block(block, at, Set.of(), Set.of("text", "fields", "accessory", "expand"));
        if (!block.has("text") && block.path("fields").isEmpty()) {
            problems.add("must define either `text` or `fields`", at);
        }
        if (block.has("text")) {
            texts.any(block.get("text"), MAX_SECTION, at + "/text");
        }
        if (block.has("fields")) {
            problems.atMost(block.get("fields"), MAX_FIELDS, at + "/fields");
            problems.each(block.get("fields"), at + "/fields", (field, here) -> texts.any(field, MAX_FIELD, here));
        }
        if (block.has("accessory")) {
            elements.check(block.get("accessory"), ElementRules.Place.ACCESSORY, at + "/accessory");
        }
    }

    private void header(JsonNode block, String at) {
        problems.block(block, at, Set.of("text"), Set.of("level"));
        texts.plain(block.path("text"), MAX_HEADER, at + "/text");
    }

    private void context(JsonNode block, String at) {
        problems.block(block, at, Set.of("elements"), Set.of());
        problems.atMost(block.path("elements"), MAX_CONTEXT, at + "/elements");
        problems.atLeastOne(block.path("elements"), at + "/elements");
        problems.each(block.path("elements"), at + "/elements", (element, here) -> {
            if (element.path("type").asText().equals("image")) {
                imageElement(element, here);
            } else {
                texts.any(element, MAX_SECTION, here);
            }
        });
    }

    private void actions(JsonNode block, String at) {
        problems.block(block, at, Set.of("elements"), Set.of());
        problems.atMost(block.path("elements"), MAX_ACTIONS, at + "/elements");
        problems.atLeastOne(block.path("elements"), at + "/elements");
        Set<String> ids = new HashSet<>();
        problems.each(block.path("elements"), at + "/elements", (element, here) -> {
            elements.check(element, ElementRules.Place.ACTIONS, here);
            String id = element.path("action_id").asText();
            if (!id.isEmpty() && !ids.add(id)) {
                problems.add(
                        "`action_id` \"" + id + "\" already exists for block_id \""
                                + block.path("block_id").asText() + "\"",
                        here + "/action_id");
            }
        });
    }

    private void image(JsonNode block, String at) {
        problems.block(block, at, Set.of("alt_text"), Set.of("image_url", "slack_file", "title"));
        imageSource(block, at);
        problems.longest(block, "alt_text", MAX_ALT, at);
        if (block.has("title")) {
            texts.plain(block.get("title"), MAX_ALT, at + "/title");
        }
    }

    private void imageElement(JsonNode element, String at) {
        problems.typed(element, at, Set.of("alt_text"), Set.of("image_url", "slack_file"));
        imageSource(element, at);
        problems.longest(element, "alt_text", MAX_ALT, at);
    }

    private void imageSource(JsonNode image, String at) {
        if (image.has("image_url") == image.has("slack_file")) {
            problems.add("must define either `image_url` or `slack_file`", at);
        }
        problems.longest(image, "image_url", MAX_URL, at);
    }

    private void input(JsonNode block, String at) {
        problems.block(block, at, Set.of("label", "element"), Set.of("hint", "optional", "dispatch_action"));
        texts.plain(block.path("label"), MAX_LABEL, at + "/label");
        if (block.has("hint")) {
            texts.plain(block.get("hint"), MAX_LABEL, at + "/hint");
        }
        if (block.has("element")) {
            elements.check(block.get("element"), ElementRules.Place.INPUT, at + "/element");
        }
    }

    private void markdown(JsonNode block, String at) {
        problems.block(block, at, Set.of("text"), Set.of());
        problems.longest(block, "text", MAX_MARKDOWN, at);
        if (block.path("text").asText().isEmpty()) {
            problems.add("must be more than 0 characters", at + "/text");
        }
    }
}
