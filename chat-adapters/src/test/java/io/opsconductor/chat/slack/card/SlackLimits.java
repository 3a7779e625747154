package io.opsconductor.chat.slack.card;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.slack.api.model.view.View;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks what is sent against {@link Limits}, as Slack would. */
final class SlackLimits {
    private final List<String> problems = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();

    private SlackLimits() {}

    static void check(SlackMessage message) {
        SlackLimits check = new SlackLimits();
        check.most("text", message.text().length(), Limits.MESSAGE_TEXT);
        check.atLeastOne("text", message.text().strip().length());
        check.most("blocks", message.blocks().size(), Limits.MESSAGE_BLOCKS);
        check.atLeastOne("blocks", message.blocks().size());
        check.most("size", BlockSize.of(message.blocks()), Limits.MESSAGE_SIZE);
        check.blocks(SlackJson.of(message).getAsJsonArray("blocks"));
        check.done(SlackJson.of(message));
    }

    static void check(View view) {
        SlackLimits check = new SlackLimits();
        JsonObject json = SlackJson.of(view);
        JsonArray blocks = json.getAsJsonArray("blocks");
        check.most("blocks", blocks.size(), Limits.VIEW_BLOCKS);
        check.blocks(blocks);
        if (SlackJson.is(json, "modal")) {
            for (String field : List.of("title", "submit", "close")) {
                if (json.has(field)) {
                    check.text(field, json.getAsJsonObject(field), Limits.VIEW_TITLE);
                }
            }
            boolean inputs = SlackJson.objects(blocks).anyMatch(block -> SlackJson.is(block, "input"));
            if (inputs && !json.has("submit")) {
                check.problems.add("inputs without submit");
            }
        }
        if (json.has("private_metadata")) {
            check.most(
                    "private_metadata",
                    json.get("private_metadata").getAsString().length(),
                    Limits.PRIVATE_METADATA);
        }
        check.done(json);
    }

    static void check(PlanPost post) {
        check(post.card());
        post.pages().forEach(SlackLimits::check);
    }

    static void check(ResultPost post) {
        check(post.summary());
        post.targets().forEach(SlackLimits::check);
        post.files().forEach(file -> {
            assertEquals(false, file.name().isBlank() || file.text().isEmpty(), "an empty file");
        });
    }

    private void done(JsonElement json) {
        String all = SlackJson.pretty(json);
        assertEquals(
                List.of(), problems, () -> problems + " in\n" + (all.length() > 3_000 ? all.substring(0, 3_000) : all));
    }

    private void most(String what, int is, int most) {
        if (is > most) {
            problems.add(what + " is " + is + ", at most " + most);
        }
    }

    private void atLeastOne(String what, int is) {
        if (is < 1) {
            problems.add(what + " is empty");
        }
    }

    private void text(String what, JsonObject text, int most) {
        String value = text.get("text").getAsString();
        most(what, value.length(), most);
        atLeastOne(what, value.length());
    }

    private void blocks(JsonArray blocks) {
        blocks.forEach(block -> block(block.getAsJsonObject()));
        SlackJson.objects(blocks).forEach(this::element);
    }

    private void block(JsonObject block) {
        if (block.has("block_id")) {
            unique("block_id", block.get("block_id").getAsString());
        }
        switch (block.get("type").getAsString()) {
            case "header" -> text("header", block.getAsJsonObject("text"), Limits.HEADER);
            case "rich_text" ->
                atLeastOne("rich_text", block.getAsJsonArray("elements").size());
            case "actions" -> {
                most("actions", block.getAsJsonArray("elements").size(), Limits.ACTIONS);
                atLeastOne("actions", block.getAsJsonArray("elements").size());
            }
            case "context" -> most("context", block.getAsJsonArray("elements").size(), Limits.CONTEXT_ELEMENTS);
            case "section" -> text("section", block.getAsJsonObject("text"), Limits.TEXT);
            case "input" -> {
                text("label", block.getAsJsonObject("label"), Limits.INPUT_LABEL);
                if (block.has("hint")) {
                    text("hint", block.getAsJsonObject("hint"), Limits.INPUT_LABEL);
                }
            }
            case "divider" -> {}
            default -> problems.add("a block of type " + block.get("type"));
        }
    }

    private void element(JsonObject element) {
        if (element.has("action_id")) {
            unique("action_id", element.get("action_id").getAsString());
        }
        if (element.has("text") && element.get("text").isJsonPrimitive()) {
            text("text", element, Limits.TEXT);
        }
        if (!element.has("type")) {
            return;
        }
        switch (element.get("type").getAsString()) {
            case "button" -> button(element);
            case "static_select" -> {
                most("options", element.getAsJsonArray("options").size(), Limits.OPTIONS);
                element.getAsJsonArray("options").forEach(option -> option(option.getAsJsonObject()));
            }
            case "plain_text_input", "number_input" -> {
                if (element.has("initial_value")) {
                    most("value", element.get("initial_value").getAsString().length(), Limits.INPUT_VALUE);
                }
                if (element.has("placeholder")) {
                    text("placeholder", element.getAsJsonObject("placeholder"), Limits.PLACEHOLDER);
                }
            }
            case "rich_text_section", "rich_text_preformatted", "rich_text_list", "rich_text_quote" ->
                atLeastOne("elements", element.getAsJsonArray("elements").size());
            case "mrkdwn" -> problems.add("mrkdwn in a block: text in it could become markup");
            default -> {}
        }
    }

    private void button(JsonObject button) {
        text("label", button.getAsJsonObject("text"), Limits.BUTTON_LABEL);
        most("value", button.get("value").getAsString().length(), Limits.BUTTON_VALUE);
        if (button.has("url")) {
            most("url", button.get("url").getAsString().length(), Limits.URL);
        }
        if (button.has("confirm")) {
            JsonObject confirm = button.getAsJsonObject("confirm");
            text("confirm title", confirm.getAsJsonObject("title"), Limits.CONFIRM_TITLE);
            text("confirm text", confirm.getAsJsonObject("text"), Limits.CONFIRM_TEXT);
            text("confirm button", confirm.getAsJsonObject("confirm"), Limits.CONFIRM_BUTTON);
            text("confirm deny", confirm.getAsJsonObject("deny"), Limits.CONFIRM_BUTTON);
        }
    }

    private void option(JsonObject option) {
        text("option", option.getAsJsonObject("text"), Limits.OPTION_TEXT);
        most("option value", option.get("value").getAsString().length(), Limits.OPTION_VALUE);
        atLeastOne("option value", option.get("value").getAsString().length());
    }

    private void unique(String what, String id) {
        most(what, id.length(), Limits.ID);
        if (!ids.add(what + " " + id)) {
            problems.add(what + " " + id + " twice");
        }
    }
}
