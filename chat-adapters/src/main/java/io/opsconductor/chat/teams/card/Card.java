package io.opsconductor.chat.teams.card;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsconductor.json.Json;
import java.util.List;

/** A card in the making. */
final class Card {
    private static final String SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json";

    private final ObjectNode card = Json.mapper()
            .createObjectNode()
            .put("type", "AdaptiveCard")
            .put("$schema", SCHEMA)
            .put("version", "1.5");

    Card() {
        card.putArray("body");
        // Cards with tables and commands need the whole width of a chat.
        card.putObject("msteams").put("width", "Full");
    }

    Card add(ObjectNode element) {
        card.withArray("body").add(element);
        return this;
    }

    Card add(List<ObjectNode> elements) {
        elements.forEach(this::add);
        return this;
    }

    /** A line of its own that calls people; nothing when there are none. */
    Card mention(String before, List<Mention> people) {
        if (people.isEmpty()) {
            return this;
        }
        StringBuilder text = new StringBuilder(before);
        for (int i = 0; i < people.size(); i++) {
            text.append(i == 0 ? "" : ", ").append(people.get(i).text());
            ObjectNode entity =
                    ((ObjectNode) card.path("msteams")).withArray("entities").addObject();
            entity.put("type", "mention").put("text", people.get(i).text());
            entity.putObject("mentioned")
                    .put("id", people.get(i).member())
                    .put("name", people.get(i).name());
        }
        return add(Json.mapper()
                .createObjectNode()
                .put("type", "TextBlock")
                .put("wrap", true)
                .put("text", text.toString()));
    }

    ObjectNode json() {
        return card;
    }
}
