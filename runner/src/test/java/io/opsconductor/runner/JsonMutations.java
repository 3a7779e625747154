package io.opsconductor.runner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.opsconductor.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Everything that can be done to a JSON text without knowing what it means: each value changed, of another type, gone, twice
 * or one too many, and the same values written in another way.
 */
final class JsonMutations {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /**
     * One change.
     *
     * @param kind in words
     * @param path of the value, as a JSON pointer; empty for the whole text
     * @param on gives the changed text of a tree of the same shape
     */
    record Mutation(String kind, String path, UnaryOperator<String> on) {
        String name() {
            return kind + (path.isEmpty() ? "" : ": " + path);
        }
    }

    private final List<Mutation> found = new ArrayList<>();

    private JsonMutations() {}

    /** All changes of a text that can be made to it, and to others of the same shape. */
    static List<Mutation> of(String text) {
        JsonMutations mutations = new JsonMutations();
        mutations.walk(Json.tree(text), "");
        mutations.writtenOtherwise();
        return mutations.found;
    }

    private void walk(JsonNode node, String path) {
        if (!path.isEmpty()) {
            anyValue(node, path);
        }
        switch (node) {
            case ObjectNode object -> {
                add("a field too many", path, at -> ((ObjectNode) at).put("extra", true));
                for (Map.Entry<String, JsonNode> field : object.properties()) {
                    walk(field.getValue(), path + "/" + field.getKey());
                }
            }
            case ArrayNode array -> {
                list(array, path);
                for (int i = 0; i < array.size(); i++) {
                    walk(array.get(i), path + "/" + i);
                }
            }
            case TextNode text -> text(text.asText(), path);
            case BooleanNode truth -> {
                replace("the other truth", path, BooleanNode.valueOf(!truth.asBoolean()));
                replace("truth as text", path, TextNode.valueOf(truth.asText()));
                replace("truth as number", path, IntNode.valueOf(1));
            }
            default -> number(node, path);
        }
    }

    private void anyValue(JsonNode node, String path) {
        tree("gone", path, (parent, name) -> {
            if (parent instanceof ObjectNode object) {
                object.remove(name);
            } else {
                ((ArrayNode) parent).remove(Integer.parseInt(name));
            }
        });
        replace("null", path, NullNode.instance);
        add("in a list", path, at -> NODES.arrayNode().add(at));
        add("in an object", path, at -> NODES.objectNode().set("value", at));
        replace("an empty list", path, NODES.arrayNode());
        replace("an empty object", path, NODES.objectNode());
        if (!node.isBoolean()) {
            replace("a truth", path, BooleanNode.TRUE);
        }
        if (!node.isNumber()) {
            replace("a number", path, IntNode.valueOf(1));
        }
        if (!node.isTextual()) {
            replace("text", path, TextNode.valueOf("x"));
        }
        if (!path.matches(".*/\\d+")) {
            member("twice", path, (key, value) -> key + ":" + value + "," + key + ":" + value);
            member("twice, null first", path, (key, value) -> key + ":null," + key + ":" + value);
            member("twice, null last", path, (key, value) -> key + ":" + value + "," + key + ":null");
            member(
                    "twice, escaped once",
                    path,
                    (key, value) -> key + ":" + value + "," + "\""
                            + escaped(Json.tree(key).asText()) + "\":" + value);
            member("another name", path, (key, value) -> "\"x" + key.substring(1) + ":" + value);
            member("a name in capitals", path, (key, value) -> key.toUpperCase(java.util.Locale.ROOT) + ":" + value);
            member("a name with a look-alike", path, (key, value) -> lookAlike(key) + ":" + value);
        }
    }

    private void text(String text, String path) {
        replace("a letter more", path, TextNode.valueOf(text + "x"));
        replace("a letter less", path, TextNode.valueOf(text.isEmpty() ? "y" : text.substring(0, text.length() - 1)));
        replace("the last letter another", path, TextNode.valueOf(lastChanged(text)));
        replace("the first letter in the other case", path, TextNode.valueOf(otherCase(text)));
        replace("all in capitals", path, TextNode.valueOf(text.toUpperCase(java.util.Locale.ROOT)));
        replace("a Cyrillic look-alike", path, TextNode.valueOf(lookAlike(text)));
        replace("a full-width letter", path, TextNode.valueOf(fullWidth(text)));
        replace("a space before", path, TextNode.valueOf(" " + text));
        replace("a space behind", path, TextNode.valueOf(text + " "));
        replace("a line end behind", path, TextNode.valueOf(text + "\n"));
        replace("a space without width", path, TextNode.valueOf(text + "\u200b"));
        replace("a mark that combines", path, TextNode.valueOf(text + "\u0301"));
        replace("a direction mark", path, TextNode.valueOf("\u202e" + text));
        replace("a zero byte", path, TextNode.valueOf(text + "\0"));
        replace("half a pair", path, TextNode.valueOf(text + "\ud800"));
        replace("empty", path, TextNode.valueOf(""));
        replace("another text", path, TextNode.valueOf("/etc/passwd"));
        replace("5,000 letters", path, TextNode.valueOf("x".repeat(5_000)));
        replace("with padding gone", path, TextNode.valueOf(text.replaceAll("=+$", "")));
        if (text.matches("\\d{4}-.*Z")) {
            replace("another way to write the time", path, TextNode.valueOf(text.replace("Z", "+00:00")));
        }
    }

    private void number(JsonNode node, String path) {
        replace("one more", path, LongNode.valueOf(node.asLong() + 1));
        replace("one less", path, LongNode.valueOf(node.asLong() - 1));
        replace("negative", path, LongNode.valueOf(-node.asLong()));
        replace("2 to the 32nd more", path, LongNode.valueOf(node.asLong() + (1L << 32)));
        replace("a half more", path, DecimalNode.valueOf(new BigDecimal(node.asText()).add(new BigDecimal("0.5"))));
        replace("the number as text", path, TextNode.valueOf(node.asText()));
        member("with a point", path, (key, value) -> key + ":" + value + ".0");
        member("with an exponent", path, (key, value) -> key + ":" + value + "e0");
        member("beyond all numbers", path, (key, value) -> key + ":1e400");
        member("a zero before", path, (key, value) -> key + ":0" + value);
    }

    private void list(ArrayNode array, String path) {
        if (array.size() > 1) {
            add("in another order", path, at -> reversed((ArrayNode) at));
        }
        add("null too many", path, at -> ((ArrayNode) at).addNull());
        add("a list too many", path, at -> {
            ((ArrayNode) at).addArray();
            return at;
        });
        if (!array.isEmpty()) {
            add("the first twice", path, at -> ((ArrayNode) at).add(at.get(0).deepCopy()));
            add("a hundred times the first", path, at -> {
                for (int i = 0; i < 100; i++) {
                    ((ArrayNode) at).add(at.get(0).deepCopy());
                }
                return at;
            });
        }
    }

    /** The same values: none of this changes what the text says, if it still is JSON. */
    private void writtenOtherwise() {
        found.add(new Mutation(
                "white space between all", "", text -> Json.tree(text).toPrettyString()));
        found.add(new Mutation("white space around", "", text -> " \n\t" + text + "\r\n "));
        found.add(new Mutation(
                "fields in another order",
                "",
                text -> otherOrder(Json.tree(text)).toString()));
        found.add(new Mutation("all letters escaped", "", JsonMutations::allEscaped));
        found.add(new Mutation("a byte order mark", "", text -> "\ufeff" + text));
        found.add(new Mutation("a comment", "", text -> "/* approved */" + text));
        found.add(new Mutation("single quotes", "", text -> text.replace('"', '\'')));
        found.add(new Mutation("a comma at the end", "", text -> text.substring(0, text.length() - 1) + ",}"));
        found.add(new Mutation("cut short", "", text -> text.substring(0, text.length() - 1)));
        found.add(new Mutation("one brace too many", "", text -> text + "}"));
        found.add(new Mutation("a second document", "", text -> text + text));
        found.add(new Mutation("in a list", "", text -> "[" + text + "]"));
        found.add(new Mutation("as text", "", Json::write));
    }

    private interface AtParent {
        void change(JsonNode parent, String name);
    }

    private interface Member {
        String written(String key, String value);
    }

    private void replace(String kind, String path, JsonNode with) {
        add(kind, path, at -> with);
    }

    private void add(String kind, String path, UnaryOperator<JsonNode> change) {
        if (path.isEmpty()) {
            found.add(new Mutation(
                    kind, path, text -> change.apply(Json.tree(text)).toString()));
            return;
        }
        tree(kind, path, (parent, name) -> {
            if (parent instanceof ObjectNode object) {
                object.set(name, change.apply(object.get(name)));
            } else {
                ArrayNode array = (ArrayNode) parent;
                int index = Integer.parseInt(name);
                array.set(index, change.apply(array.get(index)));
            }
        });
    }

    private void tree(String kind, String path, AtParent change) {
        int cut = path.lastIndexOf('/');
        found.add(new Mutation(kind, path, text -> {
            JsonNode root = Json.tree(text);
            change.change(root.at(path.substring(0, cut)), path.substring(cut + 1));
            return root.toString();
        }));
    }

    /** Puts a mark in the place of a field and writes the field there as text, which no tree could hold. */
    private void member(String kind, String path, Member written) {
        int cut = path.lastIndexOf('/');
        found.add(new Mutation(kind, path, text -> {
            JsonNode root = Json.tree(text);
            if (!(root.at(path.substring(0, cut)) instanceof ObjectNode parent)) {
                return text;
            }
            String name = path.substring(cut + 1);
            String value = parent.get(name).toString();
            String mark = "here-it-is-written";
            Map<String, JsonNode> fields = new LinkedHashMap<>();
            parent.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
            parent.removeAll();
            fields.forEach((key, field) -> {
                if (key.equals(name)) {
                    parent.put(mark, 0);
                } else {
                    parent.set(key, field);
                }
            });
            return root.toString().replace("\"" + mark + "\":0", written.written("\"" + name + "\"", value));
        }));
    }

    private static JsonNode reversed(ArrayNode array) {
        ArrayNode reversed = NODES.arrayNode();
        for (int i = array.size() - 1; i >= 0; i--) {
            reversed.add(array.get(i));
        }
        return reversed;
    }

    private static JsonNode otherOrder(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode turned = NODES.objectNode();
            new ArrayList<>(object.properties())
                    .reversed()
                    .forEach(field -> turned.set(field.getKey(), otherOrder(field.getValue())));
            return turned;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode same = NODES.arrayNode();
            array.forEach(entry -> same.add(otherOrder(entry)));
            return same;
        }
        return node;
    }

    private static String allEscaped(String text) {
        StringBuilder written = new StringBuilder();
        boolean inside = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                inside = !inside;
                written.append(c);
            } else if (inside && c == '\\') {
                written.append(c).append(text.charAt(++i));
            } else {
                written.append(inside ? escaped(String.valueOf(c)) : String.valueOf(c));
            }
        }
        return written.toString();
    }

    private static String escaped(String text) {
        StringBuilder written = new StringBuilder();
        text.chars().forEach(c -> written.append("\\u%04x".formatted(c)));
        return written.toString();
    }

    private static String lastChanged(String text) {
        if (text.isEmpty()) {
            return "z";
        }
        char last = text.charAt(text.length() - 1);
        return text.substring(0, text.length() - 1) + (last == '0' ? '1' : '0');
    }

    private static String otherCase(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isLetter(c)) {
                char turned = Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c);
                return text.substring(0, i) + turned + text.substring(i + 1);
            }
        }
        return text + "X";
    }

    private static String lookAlike(String text) {
        String latin = "aeopcxyABEHKMOPCTX";
        String cyrillic = "аеорсхуАВЕНКМОРСТХ";
        for (int i = 0; i < text.length(); i++) {
            int at = latin.indexOf(text.charAt(i));
            if (at >= 0) {
                return text.substring(0, i) + cyrillic.charAt(at) + text.substring(i + 1);
            }
        }
        return text.length() < 3
                ? text + "а"
                : text.substring(0, text.length() - 2) + "а" + text.substring(text.length() - 1);
    }

    private static String fullWidth(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > ' ' && c < 0x7f) {
                return text.substring(0, i) + (char) (c + 0xfee0) + text.substring(i + 1);
            }
        }
        return text + "ａ";
    }
}
