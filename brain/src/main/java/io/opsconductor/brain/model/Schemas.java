package io.opsconductor.brain.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsconductor.json.Json;
import java.util.Collection;
import java.util.Map;

/**
 * Pieces of JSON schemas in the form that all providers take strictly: every property required, nothing beside them, what
 * may be absent is null.
 */
public final class Schemas {
    private Schemas() {}

    public static ObjectNode object(Map<String, ObjectNode> properties) {
        ObjectNode schema = of("object").put("additionalProperties", false);
        ObjectNode inner = schema.putObject("properties");
        var required = schema.putArray("required");
        properties.forEach((name, property) -> {
            inner.set(name, property);
            required.add(name);
        });
        return schema;
    }

    public static ObjectNode array(ObjectNode items) {
        ObjectNode schema = of("array");
        schema.set("items", items);
        return schema;
    }

    /** @param type {@code string}, {@code integer} or {@code boolean} */
    public static ObjectNode of(String type) {
        return Json.mapper().createObjectNode().put("type", type);
    }

    /** One of these words. */
    public static ObjectNode oneOf(Collection<String> words) {
        ObjectNode schema = of("string");
        var values = schema.putArray("enum");
        words.forEach(values::add);
        return schema;
    }

    /** One of these numbers. */
    public static ObjectNode numbers(int from, int to) {
        ObjectNode schema = of("integer");
        var values = schema.putArray("enum");
        for (int number = from; number <= to; number++) {
            values.add(number);
        }
        return schema;
    }

    /** That, or null. */
    public static ObjectNode orNull(ObjectNode schema) {
        return anyOf(java.util.List.of(schema, of("null")));
    }

    public static ObjectNode anyOf(Collection<ObjectNode> schemas) {
        ObjectNode any = Json.mapper().createObjectNode();
        var choices = any.putArray("anyOf");
        schemas.forEach(choices::add);
        return any;
    }
}
