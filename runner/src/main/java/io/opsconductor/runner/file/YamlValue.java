package io.opsconductor.runner.file;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A value in a YAML file. Each reading method reports what is wrong and then answers null or an empty collection, so that
 * one pass finds every mistake. Messages never repeat a value.
 */
public final class YamlValue {
    private static final int MAX_TEXT = 4096;

    private final Path file;
    private final Node node;
    private final String what;
    private final List<FileProblem> problems;

    YamlValue(Path file, Node node, String what, List<FileProblem> problems) {
        this.file = file;
        this.node = node;
        this.what = what;
        this.problems = problems;
    }

    /** Which file it is in. */
    public Path file() {
        return file;
    }

    /** What it is, such as {@code targets[2].port}. */
    public String what() {
        return what;
    }

    /** Reports a mistake at this place. */
    public void problem(String message) {
        problems.add(problemHere(message));
    }

    /** A mistake at this place, not reported yet. */
    public FileProblem problemHere(String message) {
        return YamlFile.at(file, node.getStartMark(), message);
    }

    public boolean isMapping() {
        return node.getNodeId() == NodeId.mapping;
    }

    public boolean isScalar() {
        return node.getNodeId() == NodeId.scalar;
    }

    /**
     * Text as it is written: YAML's ideas of truth values, octal and sexagesimal numbers do not apply, so that
     * {@code no} is the country and {@code 0777} keeps its zero.
     */
    public @Nullable String text() {
        if (!(node instanceof ScalarNode scalar)) {
            problem(what + " must be text, found " + kind());
            return null;
        }
        if (Tag.NULL.equals(scalar.getTag()) || scalar.getValue().isBlank()) {
            problem(what + " is empty; give it a value or leave it out");
            return null;
        }
        if (scalar.getValue().length() > MAX_TEXT) {
            problem(what + " is longer than " + MAX_TEXT + " characters");
            return null;
        }
        if (scalar.getValue().codePoints().anyMatch(Character::isISOControl)) {
            problem(what + " contains a control character or a line break");
            return null;
        }
        return scalar.getValue();
    }

    /** A whole number within bounds. */
    public @Nullable Integer integer(int least, int greatest) {
        String text = text();
        if (text == null) {
            return null;
        }
        if (text.matches("[0-9]{1,9}")) {
            int value = Integer.parseInt(text);
            if (value >= least && value <= greatest) {
                return value;
            }
        }
        problem(what + " must be a whole number from " + least + " to " + greatest);
        return null;
    }

    /** A truth value. */
    public @Nullable Boolean truth() {
        String text = text();
        if (text == null) {
            return null;
        }
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> {
                problem(what + " must be true or false");
                yield null;
            }
        };
    }

    /** The items of a list. */
    public List<YamlValue> items(int most) {
        if (!(node instanceof SequenceNode sequence)) {
            problem(what + " must be a list, found " + kind());
            return List.of();
        }
        if (sequence.getValue().size() > most) {
            problem(what + " has more than " + most + " items");
            return List.of();
        }
        List<YamlValue> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            items.add(new YamlValue(file, item, what + "[" + items.size() + "]", problems));
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
                List<String> nearest = NearestNames.to(key, known);
                value.problem("unknown key \"" + printable(key) + "\" in " + what + "; "
                        + (nearest.isEmpty()
                                ? "the keys are " + String.join(", ", known)
                                : "did you mean " + nearest.getFirst() + "?"));
            }
        });
        return fields;
    }

    /** The entries of a mapping whose keys are free; a key that occurs twice is reported. */
    public Map<String, YamlValue> entries() {
        if (!(node instanceof MappingNode mapping)) {
            problem(what + " must be a mapping of keys to values, found " + kind());
            return Map.of();
        }
        Map<String, YamlValue> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            YamlValue keyNode = new YamlValue(file, tuple.getKeyNode(), "a key of " + what, problems);
            if (Tag.MERGE.equals(tuple.getKeyNode().getTag())) {
                keyNode.problem("merge keys (<<) are not accepted; write the values out");
                continue;
            }
            String key = keyNode.text();
            if (key == null) {
                continue;
            }
            String path = node.getTag().equals(Tag.MAP) && what.equals("the file") ? key : what + "." + key;
            YamlValue value = new YamlValue(file, tuple.getValueNode(), path, problems);
            if (entries.putIfAbsent(key, value) != null) {
                keyNode.problem("the key \"" + printable(key) + "\" occurs twice in " + what + "; keep one");
            }
        }
        return entries;
    }

    /** A field that must be there; its absence is reported at this mapping. */
    public @Nullable YamlValue required(Map<String, YamlValue> fields, String key, String example) {
        YamlValue value = fields.get(key);
        if (value == null) {
            problem(what + " lacks " + key + "; add for example " + example);
        }
        return value;
    }

    private String kind() {
        return switch (node.getNodeId()) {
            case scalar -> Tag.NULL.equals(node.getTag()) ? "nothing" : "a single value";
            case sequence -> "a list";
            case mapping -> "a mapping";
            case anchor -> "an alias";
        };
    }

    private static String printable(String key) {
        return key.length() <= 60 ? key : key.substring(0, 60) + "...";
    }
}
