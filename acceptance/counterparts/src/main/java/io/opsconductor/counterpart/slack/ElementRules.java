package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;

/** Interactive elements: https://docs.slack.dev/reference/block-kit/block-elements. */
final class ElementRules {
    private static final int MAX_BUTTON_TEXT = 75;
    private static final int MAX_BUTTON_VALUE = 2_000;
    private static final int MAX_URL = 3_000;
    private static final int MAX_ID = 255;
    private static final int MAX_PLACEHOLDER = 150;
    private static final int MAX_OPTION_TEXT = 75;
    private static final int MAX_OPTION_VALUE = 150;
    private static final int MAX_OPTIONS = 100;
    private static final int MAX_FEW_OPTIONS = 10;
    private static final int MAX_OVERFLOW = 5;
    private static final int MAX_INPUT = 3_000;
    private static final int MAX_CONFIRM_TITLE = 100;
    private static final int MAX_CONFIRM_TEXT = 300;
    private static final int MAX_CONFIRM_BUTTON = 30;
    private static final int MAX_ACCESSIBILITY = 75;

    private static final Set<String> SELECTS =
            Set.of("static_select", "external_select", "users_select", "conversations_select", "channels_select");
    private static final Set<String> MULTI_SELECTS = Set.of(
            "multi_static_select",
            "multi_external_select",
            "multi_users_select",
            "multi_conversations_select",
            "multi_channels_select");
    private static final Set<String> PICKERS = Set.of("datepicker", "timepicker", "datetimepicker");
    private static final Set<String> CHOICES = Set.of("radio_buttons", "checkboxes");
    private static final Set<String> TYPED = Set.of(
            "plain_text_input", "number_input", "email_text_input", "url_text_input", "rich_text_input", "file_input");

    /** Where an element stands, which decides what it may be. */
    enum Place {
        ACTIONS,
        ACCESSORY,
        INPUT
    }

    private final Problems problems;
    private final TextRules texts;

    ElementRules(Problems problems, TextRules texts) {
        this.problems = problems;
        this.texts = texts;
    }

    private static boolean allowed(String type, Place place) {
        boolean choosing = SELECTS.contains(type) || PICKERS.contains(type) || CHOICES.contains(type);
        return switch (place) {
            case ACTIONS -> choosing || type.equals("button") || type.equals("overflow");
            case ACCESSORY ->
                choosing
                        || MULTI_SELECTS.contains(type)
                        || Set.of("button", "overflow", "image").contains(type);
            case INPUT -> choosing || MULTI_SELECTS.contains(type) || TYPED.contains(type);
        };
    }

    void check(JsonNode element, Place place, String at) {
        String type = element.path("type").asText();
        if (!allowed(type, place)) {
            problems.add("unsupported type: " + type, at + "/type");
            return;
        }
        problems.id(element, "action_id", MAX_ID, at);
        if (element.has("placeholder")) {
            texts.plain(element.get("placeholder"), MAX_PLACEHOLDER, at + "/placeholder");
        }
        if (element.has("confirm")) {
            confirm(element.get("confirm"), at + "/confirm");
        }
        switch (type) {
            case "button" -> button(element, at);
            case "overflow" -> {
                problems.element(element, at, Set.of("options"), Set.of("confirm"));
                options(element, MAX_OVERFLOW, at, true);
            }
            case "static_select", "multi_static_select" -> staticSelect(element, at);
            case "radio_buttons" -> {
                problems.element(element, at, Set.of("options"), Set.of("initial_option", "confirm", "focus_on_load"));
                options(element, MAX_FEW_OPTIONS, at, false);
            }
            case "checkboxes" -> {
                problems.element(element, at, Set.of("options"), Set.of("initial_options", "confirm", "focus_on_load"));
                options(element, MAX_FEW_OPTIONS, at, false);
            }
            case "plain_text_input" -> plainTextInput(element, at);
            case "image" -> problems.element(element, at, Set.of("alt_text"), Set.of("image_url", "slack_file"));
            default -> other(element, type, at);
        }
    }

    private void button(JsonNode element, String at) {
        problems.element(
                element, at, Set.of("text"), Set.of("value", "url", "style", "confirm", "accessibility_label"));
        texts.plain(element.path("text"), MAX_BUTTON_TEXT, at + "/text");
        problems.longest(element, "value", MAX_BUTTON_VALUE, at);
        problems.longest(element, "url", MAX_URL, at);
        problems.longest(element, "accessibility_label", MAX_ACCESSIBILITY, at);
        style(element, at);
    }

    private void style(JsonNode object, String at) {
        if (object.has("style")
                && !Set.of("primary", "danger").contains(object.get("style").asText())) {
            problems.add("must be one of: primary, danger", at + "/style");
        }
    }

    private void staticSelect(JsonNode element, String at) {
        problems.element(
                element,
                at,
                Set.of(),
                Set.of(
                        "options",
                        "option_groups",
                        "placeholder",
                        "initial_option",
                        "initial_options",
                        "confirm",
                        "focus_on_load",
                        "max_selected_items"));
        if (element.has("options") == element.has("option_groups")) {
            problems.add("must define either `options` or `option_groups`", at);
        }
        if (element.has("options")) {
            options(element, MAX_OPTIONS, at, true);
        }
        problems.atMost(element.path("option_groups"), MAX_OPTIONS, at + "/option_groups");
        problems.each(element.path("option_groups"), at + "/option_groups", (group, here) -> {
            problems.bare(group, here, Set.of("label", "options"), Set.of());
            texts.plain(group.path("label"), MAX_OPTION_TEXT, here + "/label");
            options(group, MAX_OPTIONS, here, true);
        });
    }

    private void options(JsonNode owner, int most, String at, boolean plainOnly) {
        JsonNode options = owner.path("options");
        problems.atMost(options, most, at + "/options");
        problems.atLeastOne(options, at + "/options");
        Set<String> values = new HashSet<>();
        problems.each(options, at + "/options", (option, here) -> {
            problems.bare(option, here, Set.of("text"), Set.of("value", "description", "url"));
            if (plainOnly) {
                texts.plain(option.path("text"), MAX_OPTION_TEXT, here + "/text");
            } else {
                texts.any(option.path("text"), MAX_OPTION_TEXT, here + "/text");
            }
            if (option.has("description") && plainOnly) {
                texts.plain(option.get("description"), MAX_OPTION_TEXT, here + "/description");
            }
            problems.longest(option, "value", MAX_OPTION_VALUE, here);
            String value = option.path("value").asText();
            if (!values.add(value)) {
                problems.add("option values must be unique: " + value, here + "/value");
            }
        });
    }

    private void plainTextInput(JsonNode element, String at) {
        problems.element(
                element,
                at,
                Set.of(),
                Set.of(
                        "placeholder",
                        "initial_value",
                        "multiline",
                        "min_length",
                        "max_length",
                        "dispatch_action_config",
                        "focus_on_load"));
        if (element.path("max_length").asInt() > MAX_INPUT) {
            problems.add("must be less than or equal to " + MAX_INPUT, at + "/max_length");
        }
        problems.longest(element, "initial_value", MAX_INPUT, at);
    }

    /** Elements of which only the names of the fields are looked at. */
    private void other(JsonNode element, String type, String at) {
        Set<String> fields = new HashSet<>(Set.of("placeholder", "confirm", "focus_on_load"));
        switch (type) {
            case "external_select" -> fields.addAll(Set.of("initial_option", "min_query_length"));
            case "users_select" -> fields.add("initial_user");
            case "conversations_select" ->
                fields.addAll(Set.of(
                        "initial_conversation", "default_to_current_conversation", "response_url_enabled", "filter"));
            case "channels_select" -> fields.addAll(Set.of("initial_channel", "response_url_enabled"));
            case "datepicker" -> fields.add("initial_date");
            case "timepicker" -> fields.addAll(Set.of("initial_time", "timezone"));
            case "datetimepicker" -> fields.add("initial_date_time");
            case "number_input" ->
                fields.addAll(Set.of(
                        "is_decimal_allowed", "initial_value", "min_value", "max_value", "dispatch_action_config"));
            case "file_input" -> fields.addAll(Set.of("filetypes", "max_files"));
            case "email_text_input", "url_text_input", "rich_text_input" ->
                fields.addAll(Set.of("initial_value", "dispatch_action_config"));
            default ->
                fields.addAll(Set.of(
                        "initial_options",
                        "initial_users",
                        "initial_conversations",
                        "initial_channels",
                        "min_query_length",
                        "default_to_current_conversation",
                        "max_selected_items",
                        "filter"));
        }
        problems.element(element, at, Set.of(), fields);
    }

    /** https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object. */
    private void confirm(JsonNode confirm, String at) {
        problems.bare(confirm, at, Set.of("title", "text", "confirm", "deny"), Set.of("style"));
        texts.plain(confirm.path("title"), MAX_CONFIRM_TITLE, at + "/title");
        texts.any(confirm.path("text"), MAX_CONFIRM_TEXT, at + "/text");
        texts.plain(confirm.path("confirm"), MAX_CONFIRM_BUTTON, at + "/confirm");
        texts.plain(confirm.path("deny"), MAX_CONFIRM_BUTTON, at + "/deny");
        style(confirm, at);
    }
}
