package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Optional;

/**
 * The arguments of a call. In a form every value is text, and trees are JSON inside that text; in a JSON body they are
 * trees. Both read the same here.
 */
record Args(JsonNode values) {
    boolean has(String name) {
        JsonNode value = values.path(name);
        return !value.isMissingNode() && !value.isNull();
    }

    /** The text, or empty when it is not there. */
    String text(String name) {
        JsonNode value = values.path(name);
        return value.isValueNode() && !value.isNull() ? value.asText() : "";
    }

    String required(String name) {
        String text = text(name);
        if (text.isEmpty()) {
            throw Refusal.missing(name);
        }
        return text;
    }

    boolean flag(String name) {
        String text = text(name);
        return text.equals("true") || text.equals("1");
    }

    int number(String name, int otherwise) {
        try {
            return has(name) ? Integer.parseInt(text(name)) : otherwise;
        } catch (NumberFormatException e) {
            throw Refusal.missing(name);
        }
    }

    /** The tree of that name, or a missing node; text that is not JSON is a missing node too. */
    JsonNode tree(String name) {
        JsonNode value = values.path(name);
        return value.isTextual() ? Json.read(value.asText()).orElse(MissingNode.getInstance()) : value;
    }

    /** The list of that name: nothing when it is not there or null. */
    Optional<ArrayNode> list(String name, String error) {
        if (!has(name) || (text(name).isEmpty() && values.path(name).isTextual())) {
            return Optional.empty();
        }
        if (tree(name) instanceof ArrayNode list) {
            return Optional.of(list);
        }
        throw Refusal.of(error);
    }
}
