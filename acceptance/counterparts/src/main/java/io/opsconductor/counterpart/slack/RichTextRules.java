package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** Rich text: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block. */
final class RichTextRules {
    private static final Set<String> STYLES =
            Set.of("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink");

    private final Problems problems;

    private RichTextRules(Problems problems) {
        this.problems = problems;
    }

    static void check(JsonNode block, String at, Problems problems) {
        problems.block(block, at, Set.of("elements"), Set.of());
        RichTextRules rules = new RichTextRules(problems);
        problems.each(block.path("elements"), at + "/elements", rules::part);
    }

    private void part(JsonNode part, String at) {
        String type = part.path("type").asText();
        switch (type) {
            case "rich_text_section" -> {
                problems.typed(part, at, Set.of("elements"), Set.of());
                problems.each(part.path("elements"), at + "/elements", this::word);
            }
            case "rich_text_preformatted" -> {
                problems.typed(part, at, Set.of("elements"), Set.of("border", "language"));
                problems.each(part.path("elements"), at + "/elements", this::word);
            }
            case "rich_text_quote" -> {
                problems.typed(part, at, Set.of("elements"), Set.of("border"));
                problems.each(part.path("elements"), at + "/elements", this::word);
            }
            case "rich_text_list" -> {
                problems.typed(part, at, Set.of("elements", "style"), Set.of("indent", "offset", "border"));
                problems.each(part.path("elements"), at + "/elements", this::part);
            }
            default -> problems.add("unsupported type: " + type, at + "/type");
        }
    }

    private void word(JsonNode word, String at) {
        String type = word.path("type").asText();
        switch (type) {
            case "text" -> {
                problems.typed(word, at, Set.of("text"), Set.of("style"));
                notEmpty(word, "text", at);
            }
            case "link" -> problems.typed(word, at, Set.of("url"), Set.of("text", "unsafe", "style"));
            case "emoji" -> problems.typed(word, at, Set.of("name"), Set.of("unicode", "skin_tone", "style"));
            case "user" -> problems.typed(word, at, Set.of("user_id"), Set.of("style"));
            case "usergroup" -> problems.typed(word, at, Set.of("usergroup_id"), Set.of("style"));
            case "channel" -> problems.typed(word, at, Set.of("channel_id"), Set.of("style"));
            case "broadcast" -> problems.typed(word, at, Set.of("range"), Set.of("style"));
            case "color" -> problems.typed(word, at, Set.of("value"), Set.of("style"));
            case "date" -> problems.typed(word, at, Set.of("timestamp", "format"), Set.of("url", "fallback", "style"));
            default -> problems.add("unsupported type: " + type, at + "/type");
        }
        word.path("style").properties().forEach(style -> {
            if (!STYLES.contains(style.getKey())) {
                problems.add("invalid additional property: " + style.getKey(), at + "/style");
            }
        });
    }

    private void notEmpty(JsonNode word, String field, String at) {
        if (word.path(field).isTextual() && word.path(field).asText().isEmpty()) {
            problems.add("must be more than 0 characters", at + "/" + field);
        }
    }
}
