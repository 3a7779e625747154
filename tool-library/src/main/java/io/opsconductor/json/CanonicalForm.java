package io.opsconductor.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.erdtman.jcs.NumberToJSON;

/**
 * The canonical form of JSON by RFC 8785: members sorted by the UTF-16 code units of their names, numbers as ECMAScript writes
 * them, the shortest escapes with lower-case digits, no white space.
 */
final class CanonicalForm {
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
            .build();

    private CanonicalForm() {}

    static byte[] of(JsonNode tree) {
        StringWriter text = new StringWriter(512);
        try (JsonGenerator out = FACTORY.createGenerator(text)) {
            write(tree, out);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the canonical form", e);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void write(JsonNode node, JsonGenerator out) throws IOException {
        switch (node.getNodeType()) {
            case OBJECT -> {
                out.writeStartObject();
                for (Map.Entry<String, JsonNode> member : node.properties().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .toList()) {
                    out.writeFieldName(member.getKey());
                    write(member.getValue(), out);
                }
                out.writeEndObject();
            }
            case ARRAY -> {
                out.writeStartArray();
                for (JsonNode element : node) {
                    write(element, out);
                }
                out.writeEndArray();
            }
            case STRING -> out.writeString(node.textValue());
            case BOOLEAN -> out.writeBoolean(node.booleanValue());
            case NULL -> out.writeNull();
            case NUMBER -> out.writeRawValue(NumberToJSON.serializeNumber(node.doubleValue()));
            case BINARY, MISSING, POJO -> throw new IllegalArgumentException("JSON has no " + node.getNodeType());
        }
    }
}
