package io.opsconductor.counterpart.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The bodies of a version of the protocol.
 *
 * @param version from 1
 */
public record RecordedProtocol(int version) {
    /**
     * A body as it was recorded.
     *
     * @param name of the file, such as {@code plans-preview.request.json}
     */
    public String body(String name) {
        try (InputStream in = RecordedProtocol.class.getResourceAsStream(version + "/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("nothing was recorded as " + version + "/" + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A body with what differs from day to day.
     *
     * @param values what comes into the place of {@code {{name}}}
     */
    public String body(String name, Map<String, String> values) {
        String filled = body(name);
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = filled.replace("{{" + value.getKey() + "}}", value.getValue());
        }
        return filled;
    }

    /** Which fields a body has, wherever they are, each with the kind of its value. */
    public static Set<String> fields(JsonNode body) {
        Set<String> fields = new TreeSet<>();
        collect(body, "", fields);
        return fields;
    }

    private static void collect(JsonNode node, String path, Set<String> fields) {
        if (node.isObject()) {
            node.properties().forEach(field -> collect(field.getValue(), path + "/" + field.getKey(), fields));
        } else if (node.isArray()) {
            fields.add(path + " ARRAY");
            node.forEach(each -> collect(each, path + "[]", fields));
        } else {
            fields.add(path + " " + node.getNodeType());
        }
    }
}
