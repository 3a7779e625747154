package io.opsconductor.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import dev.harrel.jsonschema.Error;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JacksonNode;
import io.opsconductor.json.Json;
import io.opsconductor.text.Nearest;
import io.opsconductor.text.Shown;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Checks a file's shape against a JSON Schema and says each mistake in words with its place. A schema may carry
 * {@code x-expected} beside {@code pattern}: what to call a text that matches.
 */
public final class SchemaCheck {
    private final JsonNode schema;
    private final URI id;
    private final Validator validator;

    /** For a schema's text; it must be valid and must not refer to other schemas. */
    public SchemaCheck(String schemaText) {
        this.schema = Json.tree(schemaText);
        this.id = URI.create(schema.path("$id").asText());
        this.validator = new ValidatorFactory()
                .withJsonNodeFactory(new JacksonNode.Factory(Json.mapper()))
                .withDisabledSchemaValidation(true)
                .createValidator();
        validator.registerSchema(schema);
    }

    /** For a schema beside a class. */
    public static SchemaCheck ofResource(Class<?> beside, String resource) {
        try (InputStream in = beside.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + resource + " is missing beside " + beside.getName());
            }
            return new SchemaCheck(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the resource " + resource, e);
        }
    }

    /** Every mistake in shape, in the order of the file. */
    public List<Finding> check(YamlFile file) {
        if (file.root().isMissingNode()) {
            return List.of();
        }
        Validator.Result result = validator.validate(id, file.root());
        Set<Finding> findings = new LinkedHashSet<>();
        for (Error error : result.getErrors()) {
            findings.addAll(explain(file, error));
        }
        List<Finding> sorted = new ArrayList<>(findings);
        sorted.sort(Comparator.<Finding>comparingInt(f -> f.place().line())
                .thenComparingInt(f -> f.place().column()));
        return sorted;
    }

    private List<Finding> explain(YamlFile file, Error error) {
        String at = error.getInstanceLocation();
        JsonNode value = file.root().at(at);
        String location = error.getSchemaLocation();
        String pointer = location.substring(location.indexOf('#') + 1);
        // A boolean schema has no keyword: additionalProperties itself is the place.
        String keyword =
                error.getKeyword() == null ? pointer.substring(pointer.lastIndexOf('/') + 1) : error.getKeyword();
        JsonNode parent = schema.at(
                pointer.endsWith("/" + keyword) && !schema.at(pointer).has(keyword)
                        ? pointer.substring(0, pointer.lastIndexOf('/'))
                        : pointer);
        JsonNode rule = parent.path(keyword);
        return switch (keyword) {
            case "type" -> List.of(file.error(at, expected(typeWords(rule), value), typeFix(rule, value)));
            case "required" -> missing(file, at, value, rule, parent);
            case "additionalProperties" -> List.of(unknownKey(file, at, parent));
            case "enum" -> List.of(oneOf(file, at, value, rule));
            case "pattern" ->
                List.of(file.error(
                        at,
                        expected(parent.path("x-expected").asText("text that matches " + rule.asText()), value),
                        parent.path("x-fix").asText("")));
            case "minLength" -> List.of(file.error(at, expected("at least " + rule + " character(s)", value), ""));
            case "maxLength" ->
                List.of(file.error(at, expected("at most " + rule + " characters", value), "Shorten it."));
            case "minItems" ->
                List.of(file.error(at, "expected at least " + rule + " entries, found " + value.size(), ""));
            case "maxItems" ->
                List.of(file.error(at, "expected at most " + rule + " entries, found " + value.size(), ""));
            case "minimum" -> List.of(file.error(at, expected("a number of at least " + rule, value), ""));
            case "maximum" -> List.of(file.error(at, expected("a number of at most " + rule, value), ""));
            case "uniqueItems" -> List.of(file.error(at, "expected each entry once, found one twice", "Remove one."));
            default -> List.of(file.error(at, error.getError(), ""));
        };
    }

    private static List<Finding> missing(YamlFile file, String at, JsonNode value, JsonNode rule, JsonNode parent) {
        List<Finding> findings = new ArrayList<>();
        for (JsonNode key : rule) {
            if (!value.has(key.asText())) {
                String meaning = parent.path("properties")
                        .path(key.asText())
                        .path("description")
                        .asText();
                findings.add(file.error(
                        at, "expected the key " + Shown.quoted(key.asText()) + ", found none", "Add it: " + meaning));
            }
        }
        return findings;
    }

    private static Finding unknownKey(YamlFile file, String at, JsonNode parent) {
        String key = at.substring(at.lastIndexOf('/') + 1).replace("~1", "/").replace("~0", "~");
        List<String> known = new ArrayList<>();
        parent.path("properties").fieldNames().forEachRemaining(known::add);
        List<String> nearest = Nearest.of(key, known, 1);
        return Finding.error(
                file.name(),
                file.keyPlace(at),
                YamlFile.path(at.substring(0, at.lastIndexOf('/'))),
                "expected one of the keys " + String.join(", ", known) + "; found " + Shown.quoted(key),
                nearest.isEmpty() ? "Remove it." : "Write " + nearest.getFirst() + ".");
    }

    private static Finding oneOf(YamlFile file, String at, JsonNode value, JsonNode rule) {
        StringJoiner words = new StringJoiner(", ");
        List<String> allowed = new ArrayList<>();
        rule.forEach(word -> {
            words.add(word.asText());
            allowed.add(word.asText());
        });
        List<String> nearest = Nearest.of(value.asText(), allowed, 1);
        return file.error(
                at,
                expected(allowed.size() == 1 ? words.toString() : "one of " + words, value),
                nearest.isEmpty() ? "" : "Write " + nearest.getFirst() + ".");
    }

    private static String expected(String expected, JsonNode value) {
        return "expected " + expected + ", found " + describe(value);
    }

    /** A value as a message shows it. */
    public static String describe(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> Shown.quoted(value.asText());
            case OBJECT -> "a mapping";
            case ARRAY -> "a list";
            case NULL, MISSING -> "nothing";
            case NUMBER -> "the number " + value.asText();
            case BOOLEAN -> "the boolean " + value.asText();
            case BINARY, POJO -> "something else";
        };
    }

    private static String typeWords(JsonNode rule) {
        if (rule.isTextual()) {
            return typeWord(rule.asText());
        }
        List<String> words = new ArrayList<>();
        rule.forEach(type -> words.add(typeWord(type.asText())));
        return String.join(" or ", words);
    }

    private static String typeWord(String type) {
        return switch (type) {
            case "string" -> "text";
            case "boolean" -> "true or false";
            case "integer" -> "a whole number";
            case "number" -> "a number";
            case "array" -> "a list";
            case "object" -> "a mapping";
            default -> type;
        };
    }

    private static String typeFix(JsonNode rule, JsonNode value) {
        String type = rule.isArray() ? rule.get(0).asText() : rule.asText();
        String text = value.asText();
        if (type.equals("string") && (value.isNumber() || value.isBoolean())) {
            return "Put it in quotes: \"" + text + "\".";
        }
        if (type.equals("string") && value.isObject()) {
            return "Put the text in quotes: without them YAML reads { as the beginning of a mapping.";
        }
        if (type.equals("boolean") && value.isTextual()) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "yes", "on", "y", "true" -> "Write true, without quotes.";
                case "no", "off", "n", "false" -> "Write false, without quotes.";
                default -> "";
            };
        }
        if (type.equals("integer") && text.matches("0[0-9]+")) {
            return "Write it without the leading 0, which some YAML readers take as octal.";
        }
        if (type.equals("integer") && text.matches("[0-9]+")) {
            return "Write it without quotes.";
        }
        if (type.equals("array") && value.isValueNode() && !value.isNull()) {
            return "Write a list: [" + (value.isTextual() ? "\"" + text.replace("\"", "\\\"") + "\"" : text) + "].";
        }
        return "";
    }
}
