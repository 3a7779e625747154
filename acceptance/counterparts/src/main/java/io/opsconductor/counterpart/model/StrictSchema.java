package io.opsconductor.counterpart.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What OpenAI refuses in a schema that is to be kept strictly: it checks the schema before the model sees anything. */
final class StrictSchema {
    private static final int MAX_DEPTH = 10;
    private static final int MAX_PROPERTIES = 5_000;
    private static final int MAX_ENUM_VALUES = 1_000;

    private StrictSchema() {}

    static Optional<String> wrong(JsonNode format) {
        if (!format.path("name").asText().matches("[A-Za-z0-9_-]{1,64}")) {
            return Optional.of("Invalid 'response_format.json_schema.name': expected letters, digits, _ and -.");
        }
        JsonNode schema = format.path("schema");
        if (!format.path("strict").asBoolean(false)) {
            return Optional.empty();
        }
        if (!schema.path("type").asText().equals("object") || schema.has("anyOf")) {
            return invalid("schema must be a JSON Schema of 'type: \"object\"', and not of 'anyOf'");
        }
        if (schema.findValues("properties").stream().mapToInt(JsonNode::size).sum() > MAX_PROPERTIES) {
            return invalid("more than " + MAX_PROPERTIES + " properties");
        }
        if (schema.findValues("enum").stream().mapToInt(JsonNode::size).sum() > MAX_ENUM_VALUES) {
            return invalid("more than " + MAX_ENUM_VALUES + " enum values");
        }
        return wrong(schema, 1);
    }

    private static Optional<String> wrong(JsonNode schema, int depth) {
        if (depth > MAX_DEPTH) {
            return invalid("more than " + MAX_DEPTH + " levels of nesting");
        }
        if (schema.has("properties")) {
            if (schema.path("additionalProperties").asBoolean(true)) {
                return invalid("'additionalProperties' is required to be supplied and to be false");
            }
            Set<String> required = new TreeSet<>();
            schema.path("required").forEach(name -> required.add(name.asText()));
            Set<String> properties = new TreeSet<>();
            schema.path("properties").fieldNames().forEachRemaining(properties::add);
            if (!required.equals(properties)) {
                return invalid(
                        "'required' is required to be supplied and to be an array including every key in properties");
            }
        }
        for (String inside : Set.of("properties", "items", "anyOf", "$defs")) {
            JsonNode below = schema.path(inside);
            Iterable<JsonNode> all = inside.equals("items") ? java.util.List.of(below) : below;
            for (JsonNode one : all) {
                Optional<String> wrong = one.isObject() ? wrong(one, depth + 1) : Optional.empty();
                if (wrong.isPresent()) {
                    return wrong;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> invalid(String why) {
        return Optional.of("Invalid schema for response_format: " + why + ".");
    }
}
