package io.opsconductor.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.erdtman.jcs.NumberToJSON;

/**
 * The canonical form of JSON by RFC 8785: members sorted by the UTF-16 code units of their names, numbers as ECMAScript writes
 * them, the shortest escapes with lower-case digits, no white space. By hand, because each line of the journals and each plan is
 * hashed in this form while somebody waits.
 */
final class CanonicalForm {
    private final StringBuilder out = new StringBuilder(1024);

    private CanonicalForm() {}

    static byte[] of(JsonNode tree) {
        CanonicalForm form = new CanonicalForm();
        form.write(tree);
        return form.out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void write(JsonNode node) {
        switch (node.getNodeType()) {
            case OBJECT -> object(node);
            case ARRAY -> array(node);
            case STRING -> string(node.textValue());
            case BOOLEAN -> out.append(node.booleanValue());
            case NULL -> out.append("null");
            case NUMBER -> number(node.doubleValue());
            case BINARY, MISSING, POJO -> throw new IllegalArgumentException("JSON has no " + node.getNodeType());
        }
    }

    private void object(JsonNode node) {
        List<Map.Entry<String, JsonNode>> members = new ArrayList<>(node.properties());
        members.sort(Map.Entry.comparingByKey());
        String separator = "{";
        for (Map.Entry<String, JsonNode> member : members) {
            out.append(separator);
            string(member.getKey());
            out.append(':');
            write(member.getValue());
            separator = ",";
        }
        out.append(members.isEmpty() ? "{}" : "}");
    }

    private void array(JsonNode node) {
        String separator = "[";
        for (JsonNode element : node) {
            out.append(separator);
            write(element);
            separator = ",";
        }
        out.append(node.isEmpty() ? "[]" : "]");
    }

    private void number(double value) {
        try {
            out.append(NumberToJSON.serializeNumber(value));
        } catch (IOException e) {
            throw new UncheckedIOException("JSON has no such number", e);
        }
    }

    private void string(String text) {
        out.append('"');
        int from = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c < ' ' || c == '"' || c == '\\') {
                out.append(text, from, at);
                escape(c);
                from = at + 1;
            }
        }
        out.append(text, from, text.length()).append('"');
    }

    private void escape(char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default ->
                out.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
        }
    }
}
