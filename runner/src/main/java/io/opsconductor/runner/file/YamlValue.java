package io.opsconductor.runner.file;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.text.Nearest;
import io.opsconductor.text.Shown;
import io.opsconductor.yaml.Finding;
import io.opsconductor.yaml.Place;
import io.opsconductor.yaml.YamlFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value in a YAML file. Each reading method reports what is wrong and then answers null or an empty collection, so that
 * one pass finds every mistake. Messages never repeat a value, which might be a secret in the wrong place.
 */
public final class YamlValue {
    private static final int MAX_TEXT = 4096;

    private final YamlFile yaml;
    private final String pointer;
    private final JsonNode node;
    private final List<Finding> findings;

    YamlValue(YamlFile yaml, String pointer, JsonNode node, List<Finding> findings) {
        this.yaml = yaml;
        this.pointer = pointer;
        this.node = node;
        this.findings = findings;
    }

    /** Which file it is in. */
    public Path file() {
        return Path.of(yaml.name());
    }

    /** Where it is, such as {@code targets[2].port}; empty for the whole file. */
    public String path() {
        return YamlFile.path(pointer);
    }

    /** Where it is for people: file, line and column. */
    public String where() {
        Place place = yaml.place(pointer);
        return yaml.name() + ":" + place.line() + ":" + place.column();
    }

    /** Reports a mistake at this place: what was expected and found, and what to do. */
    public void mistake(String message, String fix) {
        findings.add(yaml.error(pointer, message, fix));
    }

    /** Something worth knowing at this place, not reported yet. */
    public Finding notice(String message, String fix) {
        return new Finding(Finding.Severity.NOTICE, yaml.name(), yaml.place(pointer), path(), message, fix);
    }

    public boolean isMapping() {
        return node.isObject();
    }

    public boolean isScalar() {
        return node.isValueNode();
    }

    public boolean isEmptyList() {
        return node.isArray() && node.isEmpty();
    }

    /** Text as it is written; a number or a truth value is its text. */
    public @Nullable String text() {
        if (!node.isValueNode() || node.isNull()) {
            mistake("expected text, found " + kind(), "");
            return null;
        }
        String text = node.asText();
        if (text.isBlank()) {
            mistake("expected text, found an empty one", "Give it a value or leave it out.");
            return null;
        }
        if (text.length() > MAX_TEXT || text.indexOf('\n') >= 0) {
            mistake("expected one line of at most " + MAX_TEXT + " characters, found more", "");
            return null;
        }
        return text;
    }

    /** A whole number within bounds. */
    public @Nullable Integer integer(int least, int greatest) {
        String text = text();
        if (text == null) {
            return null;
        }
        if (text.matches("0|[1-9][0-9]{0,8}")) {
            int value = Integer.parseInt(text);
            if (value >= least && value <= greatest) {
                return value;
            }
        }
        mistake("expected a whole number from " + least + " to " + greatest + ", found something else", "");
        return null;
    }

    /** A truth value. */
    public @Nullable Boolean truth() {
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        mistake("expected true or false, found " + kind(), "Write true or false, without quotes.");
        return null;
    }

    /** The items of a list. */
    public List<YamlValue> items(int most) {
        if (!node.isArray()) {
            mistake("expected a list, found " + kind(), "");
            return List.of();
        }
        if (node.size() > most) {
            mistake("expected at most " + most + " entries, found " + node.size(), "");
            return List.of();
        }
        List<YamlValue> items = new ArrayList<>();
        for (JsonNode item : node) {
            items.add(new YamlValue(yaml, pointer + "/" + items.size(), item, findings));
        }
        return items;
    }

    /** The texts of a list, without those that were reported. */
    public List<String> texts(int most) {
        List<String> texts = new ArrayList<>();
        for (YamlValue item : items(most)) {
            String text = item.text();
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }

    /** The fields of a mapping whose keys are known; others are reported with the nearest known key. */
    public Map<String, YamlValue> fields(List<String> known) {
        Map<String, YamlValue> fields = new LinkedHashMap<>();
        entries().forEach((key, value) -> {
            if (known.contains(key)) {
                fields.put(key, value);
            } else {
                List<String> nearest = Nearest.of(key, known, 1);
                findings.add(Finding.error(
                        yaml.name(),
                        yaml.keyPlace(value.pointer),
                        path(),
                        "expected one of the keys " + String.join(", ", known) + "; found " + Shown.quoted(key),
                        nearest.isEmpty() ? "Remove it." : "Write " + nearest.getFirst() + "."));
            }
        });
        return fields;
    }

    /** The entries of a mapping whose keys are free. */
    public Map<String, YamlValue> entries() {
        if (!node.isObject()) {
            mistake("expected a mapping of keys to values, found " + kind(), "");
            return Map.of();
        }
        Map<String, YamlValue> entries = new LinkedHashMap<>();
        node.properties()
                .forEach(entry -> entries.put(
                        entry.getKey(),
                        new YamlValue(yaml, YamlFile.below(pointer, entry.getKey()), entry.getValue(), findings)));
        return entries;
    }

    /** A field that must be there; its absence is reported at this mapping. */
    public @Nullable YamlValue required(Map<String, YamlValue> fields, String key, String example) {
        YamlValue value = fields.get(key);
        if (value == null) {
            mistake("expected the key " + key + ", found none", "Add for example: " + example);
        }
        return value;
    }

    private String kind() {
        return switch (node.getNodeType()) {
            case OBJECT -> "a mapping";
            case ARRAY -> "a list";
            case NULL, MISSING -> "nothing";
            case STRING -> "text";
            case NUMBER -> "a number";
            case BOOLEAN -> "a truth value";
            case BINARY, POJO -> "something else";
        };
    }
}
