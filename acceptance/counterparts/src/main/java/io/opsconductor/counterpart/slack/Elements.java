package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The interactive elements of blocks, and what a person's act on one becomes on the wire. */
final class Elements {
    /** An element and the block that it stands in. */
    record Found(JsonNode block, JsonNode element) {
        String actionId() {
            return element.path("action_id").asText();
        }

        String blockId() {
            return block.path("block_id").asText();
        }
    }

    private Elements() {}

    static List<Found> all(JsonNode blocks) {
        List<Found> all = new ArrayList<>();
        for (JsonNode block : blocks) {
            for (JsonNode element : block.path("elements")) {
                add(all, block, element);
            }
            add(all, block, block.path("accessory"));
            add(all, block, block.path("element"));
        }
        return all;
    }

    private static void add(List<Found> all, JsonNode block, JsonNode element) {
        if (element.has("action_id")) {
            all.add(new Found(block, element));
        }
    }

    /** The element with this action id; a select's or button's disabled look does not exist in Slack. */
    static Found find(JsonNode blocks, String actionId, String dump) {
        return all(blocks).stream()
                .filter(found -> found.actionId().equals(actionId))
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "There is nothing with the action id " + actionId + " to press or choose in:\n" + dump));
    }

    /** As it stands in the list of acts of a block_actions payload. */
    static ObjectNode action(Found found, Optional<String> value, String actionTs) {
        ObjectNode action = Json.object();
        if (found.element().path("type").asText().equals("button")) {
            action.set("text", withEmoji(found.element().path("text")));
            for (String field : List.of("value", "style", "url")) {
                if (found.element().has(field)) {
                    action.set(field, found.element().get(field));
                }
            }
            action.put("type", "button");
        } else {
            action.setAll(state(found.element(), value.orElse("")));
        }
        action.put("action_id", found.actionId())
                .put("block_id", found.blockId())
                .put("action_ts", actionTs);
        return action;
    }

    private static JsonNode withEmoji(JsonNode text) {
        ObjectNode copy = text.deepCopy();
        if (!copy.has("emoji")) {
            copy.put("emoji", true);
        }
        return copy;
    }

    /** As an entry of {@code state.values}. */
    static ObjectNode state(JsonNode element, String value) {
        String type = element.path("type").asText();
        ObjectNode state = Json.object("type", type);
        switch (type) {
            case "plain_text_input", "number_input", "email_text_input", "url_text_input" ->
                state.put("value", value.isEmpty() ? null : value);
            case "static_select", "external_select", "radio_buttons", "overflow" ->
                state.set("selected_option", value.isEmpty() ? null : option(element, value));
            case "multi_static_select", "multi_external_select", "checkboxes" -> {
                List<JsonNode> chosen = new ArrayList<>();
                for (String one : value.split(",", -1)) {
                    if (!one.isEmpty()) {
                        chosen.add(option(element, one));
                    }
                }
                state.set("selected_options", Json.array(chosen));
            }
            case "users_select" -> state.put("selected_user", value);
            case "channels_select" -> state.put("selected_channel", value);
            case "conversations_select" -> state.put("selected_conversation", value);
            case "datepicker" -> state.put("selected_date", value);
            case "timepicker" -> state.put("selected_time", value);
            default -> state.put("value", value);
        }
        return state;
    }

    /** The option with that value; an AssertionError names the options that there are. */
    private static JsonNode option(JsonNode element, String value) {
        List<String> values = new ArrayList<>();
        List<JsonNode> options = new ArrayList<>();
        element.path("options").forEach(options::add);
        element.path("option_groups").forEach(group -> group.path("options").forEach(options::add));
        for (JsonNode option : options) {
            if (option.path("value").asText().equals(value)) {
                return option;
            }
            values.add(option.path("value").asText());
        }
        if (element.path("type").asText().contains("external")) {
            return Json.object("text", Json.object("type", "plain_text", "text", value), "value", value);
        }
        throw new AssertionError("There is no option " + value + " in "
                + element.path("action_id").asText() + ": its options are " + values);
    }

    /** What the element holds before anybody touches it; nothing for buttons. */
    static Optional<ObjectNode> initialState(JsonNode element) {
        String type = element.path("type").asText();
        if (type.equals("button") || type.equals("overflow")) {
            return Optional.empty();
        }
        ObjectNode state = Json.object("type", type);
        switch (type) {
            case "plain_text_input", "number_input", "email_text_input", "url_text_input" ->
                state.set("value", initial(element, "initial_value"));
            case "multi_static_select", "multi_external_select", "checkboxes" ->
                state.set(
                        "selected_options",
                        element.has("initial_options") ? element.get("initial_options") : Json.array());
            case "users_select" -> state.set("selected_user", initial(element, "initial_user"));
            case "channels_select" -> state.set("selected_channel", initial(element, "initial_channel"));
            case "conversations_select" -> state.set("selected_conversation", initial(element, "initial_conversation"));
            case "datepicker" -> state.set("selected_date", initial(element, "initial_date"));
            case "timepicker" -> state.set("selected_time", initial(element, "initial_time"));
            default -> state.set("selected_option", initial(element, "initial_option"));
        }
        return Optional.of(state);
    }

    private static JsonNode initial(JsonNode element, String field) {
        JsonNode value = element.get(field);
        return value == null ? com.fasterxml.jackson.databind.node.NullNode.getInstance() : value;
    }

    /** The whole of {@code state.values}: what the elements hold, with the given acts applied. */
    static ObjectNode values(JsonNode blocks, java.util.Map<String, ObjectNode> changedByActionId) {
        ObjectNode values = Json.object();
        for (Found found : all(blocks)) {
            Optional<ObjectNode> state = changedByActionId.containsKey(found.actionId())
                    ? Optional.ofNullable(changedByActionId.get(found.actionId()))
                    : initialState(found.element());
            state.ifPresent(value -> values.withObjectProperty(found.blockId()).set(found.actionId(), value));
        }
        return values;
    }
}
