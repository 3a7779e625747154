package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** JSON as trees: everything on Slack's wire is read and written as one. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /** An object of the given keys and values in turn; a value is a string, number, boolean, tree or null. */
    static ObjectNode object(@Nullable Object... keysAndValues) {
        ObjectNode object = object();
        for (int at = 0; at + 1 < keysAndValues.length; at += 2) {
            object.set(String.valueOf(keysAndValues[at]), MAPPER.valueToTree(keysAndValues[at + 1]));
        }
        return object;
    }

    static ArrayNode array(Iterable<?> values) {
        ArrayNode array = array();
        values.forEach(value -> array.add(MAPPER.<JsonNode>valueToTree(value)));
        return array;
    }

    /** The tree that the text spells, or nothing when it is not JSON. */
    static Optional<JsonNode> read(String text) {
        try {
            JsonNode tree = MAPPER.readTree(text);
            return tree == null || tree.isMissingNode() ? Optional.empty() : Optional.of(tree);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    static JsonNode readOrMissing(byte[] bytes) {
        try {
            JsonNode tree = MAPPER.readTree(bytes);
            return tree == null ? MissingNode.getInstance() : tree;
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    static byte[] bytes(JsonNode tree) {
        try {
            return MAPPER.writeValueAsBytes(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree could not be written as JSON", e);
        }
    }

    static String pretty(JsonNode tree) {
        return tree.toPrettyString();
    }

    /** All values of string fields named {@code name}, in the order in which they stand, however deep. */
    static List<String> textsNamed(JsonNode tree, String name) {
        List<String> found = new ArrayList<>();
        collect(tree, name, found);
        return found;
    }

    private static void collect(JsonNode tree, String name, List<String> found) {
        if (tree.isObject()) {
            tree.properties().forEach(field -> {
                if (field.getKey().equals(name) && field.getValue().isTextual()) {
                    found.add(field.getValue().asText());
                } else {
                    collect(field.getValue(), name, found);
                }
            });
        } else if (tree.isArray()) {
            tree.forEach(item -> collect(item, name, found));
        }
    }
}
