package io.opsconductor.chat.slack.card;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.json.InvalidJsonException;
import io.opsconductor.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A form as Slack sends it back: the field {@code view} of a {@code view_submission}. */
final class FormState {
    private FormState() {}

    /** What the form carries in {@code private_metadata}; empty when it is none of ours. */
    static <T> Optional<T> carried(JsonNode view, Class<T> type) {
        try {
            return Optional.ofNullable(
                    Json.mapper().readValue(view.path("private_metadata").asText(), type));
        } catch (JsonProcessingException | InvalidJsonException e) {
            return Optional.empty();
        }
    }

    /** What a form is to carry. */
    static String carrying(Object what) {
        String json = Json.write(what);
        if (json.length() > Limits.PRIVATE_METADATA) {
            throw new IllegalArgumentException("a form cannot carry " + json.length() + " characters");
        }
        return json;
    }

    /** What was entered or chosen, by block id; blank for nothing. */
    static Map<String, String> values(JsonNode view) {
        Map<String, String> values = new LinkedHashMap<>();
        view.path("state").path("values").properties().forEach(block -> {
            for (JsonNode element : block.getValue()) {
                values.put(block.getKey(), value(element));
            }
        });
        return values;
    }

    private static String value(JsonNode element) {
        JsonNode chosen = element.path("selected_option");
        JsonNode value = chosen.isObject() ? chosen.path("value") : element.path("value");
        return value.isTextual() ? value.asText() : "";
    }
}
