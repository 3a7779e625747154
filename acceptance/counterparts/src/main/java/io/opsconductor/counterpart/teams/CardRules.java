package io.opsconductor.counterpart.teams;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Teams takes of an Adaptive Card: version 1.5 at most, elements and actions that it has, with what they need, ids that
 * differ, images that it can show, at most six actions in a row, sixty people who get a view of their own, and mentions that call somebody.
 */
final class CardRules {
    private static final List<String> VERSIONS = List.of("1.0", "1.1", "1.2", "1.3", "1.4", "1.5");
    private static final int MOST_REFRESHED = 60;
    private static final int MOST_ACTIONS = 6;

    /** Each element with the fields without which it is none. */
    private static final Map<String, List<String>> ELEMENTS = Map.ofEntries(
            Map.entry("TextBlock", List.of("text")),
            Map.entry("RichTextBlock", List.of("inlines")),
            Map.entry("Container", List.of("items")),
            Map.entry("ColumnSet", List.of("columns")),
            Map.entry("Column", List.of("items")),
            Map.entry("FactSet", List.of("facts")),
            Map.entry("Table", List.of("columns", "rows")),
            Map.entry("TableRow", List.of("cells")),
            Map.entry("TableCell", List.of("items")),
            Map.entry("ActionSet", List.of("actions")),
            Map.entry("Image", List.of("url")),
            Map.entry("Input.Text", List.of("id")),
            Map.entry("Input.Number", List.of("id")),
            Map.entry("Input.Toggle", List.of("id", "title")),
            Map.entry("Input.ChoiceSet", List.of("id", "choices")));

    private static final Map<String, List<String>> ACTIONS = Map.of(
            "Action.Execute", List.of(),
            "Action.Submit", List.of(),
            "Action.OpenUrl", List.of("url"),
            "Action.ShowCard", List.of("card"),
            "Action.ToggleVisibility", List.of("targetElements"));

    private static final Pattern AT = Pattern.compile("<at>[^<]*</at>");

    private final Set<String> ids = new HashSet<>();

    private CardRules() {}

    /** @throws Refusal naming what Teams would not take */
    static void check(JsonNode card) {
        if (!card.path("type").asText().equals("AdaptiveCard")) {
            throw wrong("the content is no AdaptiveCard");
        }
        if (!VERSIONS.contains(card.path("version").asText())) {
            throw wrong("version " + card.path("version").asText() + " is not supported");
        }
        JsonNode refresh = card.path("refresh");
        if (!refresh.isMissingNode()) {
            if (!refresh.path("action").path("type").asText().equals("Action.Execute")) {
                throw wrong("refresh needs an Action.Execute");
            }
            if (refresh.path("userIds").size() > MOST_REFRESHED) {
                throw wrong("refresh has more than " + MOST_REFRESHED + " userIds");
            }
        }
        CardRules rules = new CardRules();
        rules.elements(card.path("body"));
        rules.actions(card.path("actions"));
        mentions(card);
    }

    /** A mention without its text, or a text without its mention, calls nobody. */
    private static void mentions(JsonNode card) {
        Set<String> entities = new HashSet<>();
        for (JsonNode entity : card.path("msteams").path("entities")) {
            if (!entity.path("type").asText().equals("mention")
                    || entity.path("mentioned").path("id").asText("").isEmpty()) {
                throw wrong("an entity is no mention of anybody");
            }
            entities.add(entity.path("text").asText());
        }
        Set<String> written = new HashSet<>();
        written(card.path("body"), written);
        if (!written.equals(entities)) {
            throw wrong("the mentions " + entities + " are not those that are written, " + written);
        }
    }

    private static void written(JsonNode node, Set<String> written) {
        if (node.path("type").asText().equals("TextBlock")) {
            Matcher at = AT.matcher(node.path("text").asText());
            while (at.find()) {
                written.add(at.group());
            }
        }
        node.forEach(child -> written(child, written));
    }

    private void elements(JsonNode elements) {
        for (JsonNode element : elements) {
            element(element);
        }
    }

    private void element(JsonNode element) {
        String type = element.path("type").asText();
        List<String> needed = ELEMENTS.get(type);
        if (needed == null) {
            throw wrong("there is no element " + type);
        }
        needed(element, type, needed);
        if (type.equals("Image")) {
            CardImages.check(element.path("url").asText());
        }
        id(element);
        for (String nested : List.of("items", "columns", "rows", "cells")) {
            // A table's columns are widths.
            if (!(type.equals("Table") && nested.equals("columns"))) {
                elements(element.path(nested));
            }
        }
        actions(element.path("actions"));
        action(element.path("selectAction"));
    }

    private void actions(JsonNode actions) {
        if (actions.size() > MOST_ACTIONS) {
            throw wrong("more than " + MOST_ACTIONS + " actions in a row");
        }
        actions.forEach(this::action);
    }

    private void action(JsonNode action) {
        if (action.isMissingNode()) {
            return;
        }
        String type = action.path("type").asText();
        List<String> needed = ACTIONS.get(type);
        if (needed == null) {
            throw wrong("there is no action " + type);
        }
        needed(action, type, needed);
        id(action);
        if (type.equals("Action.ShowCard")) {
            elements(action.path("card").path("body"));
            actions(action.path("card").path("actions"));
        }
        if (action.path("fallback").isObject()) {
            action(action.path("fallback"));
        }
    }

    private void id(JsonNode node) {
        String id = node.path("id").asText("");
        if (!id.isEmpty() && !ids.add(id)) {
            throw wrong("the id " + id + " is there twice");
        }
    }

    private static void needed(JsonNode node, String type, List<String> fields) {
        for (String field : fields) {
            if (!node.hasNonNull(field)) {
                throw wrong(type + " has no " + field);
            }
        }
    }

    static Refusal wrong(String why) {
        return new Refusal(400, "BadArgument", "Adaptive Card: " + why);
    }
}
