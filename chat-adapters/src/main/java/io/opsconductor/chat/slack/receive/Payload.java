package io.opsconductor.chat.slack.receive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsconductor.json.InvalidJsonException;
import io.opsconductor.json.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The JSON of a delivery. Events come as JSON, interactions as JSON in the form field {@code payload}, commands as form
 * fields, and over Socket Mode everything as JSON.
 */
final class Payload {
    private static final int MAX_FIELDS = 100;

    private Payload() {}

    /**
     * The delivery's JSON. Slack's old verification token is left out: the signature has taken its place, and it is a
     * secret.
     *
     * @throws InvalidJsonException when it is not the JSON of an object
     */
    static ObjectNode of(String body) {
        ObjectNode payload = body.stripLeading().startsWith("{") ? object(body) : ofForm(body);
        payload.remove("token");
        return payload;
    }

    private static ObjectNode ofForm(String body) {
        Map<String, String> fields = form(body);
        String payload = fields.get("payload");
        if (payload != null) {
            return object(payload);
        }
        ObjectNode object = Json.mapper().createObjectNode();
        fields.forEach(object::put);
        return object;
    }

    private static ObjectNode object(String text) {
        JsonNode tree = Json.tree(text);
        if (tree instanceof ObjectNode object) {
            return object;
        }
        throw new InvalidJsonException("not an object", null);
    }

    private static Map<String, String> form(String body) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String pair : body.split("&", MAX_FIELDS)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.putIfAbsent(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return fields;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new InvalidJsonException("not a form", e);
        }
    }
}
