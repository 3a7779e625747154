package io.opsconductor.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Map;

/**
 * A YAML file as a JSON tree with places. Pointers are JSON pointers; the empty one is the whole document.
 *
 * @param name the file as the user named it
 * @param root the document; {@link MissingNode} when it could not be read at all
 * @param values where each value begins, by pointer
 * @param keys where the key of each value stands, by pointer; list entries have none
 * @param lines where each line of a text begins, for texts that stand in the file just as they read (not folded, no
 *     escapes)
 * @param findings what was wrong with the YAML itself; all of them errors
 */
public record YamlFile(
        String name,
        JsonNode root,
        Map<String, Place> values,
        Map<String, Place> keys,
        Map<String, List<Place>> lines,
        List<Finding> findings) {
    public YamlFile {
        values = Map.copyOf(values);
        keys = Map.copyOf(keys);
        lines = Map.copyOf(lines);
        findings = List.copyOf(findings);
    }

    static YamlFile unreadable(String name, Finding finding) {
        return new YamlFile(name, MissingNode.getInstance(), Map.of(), Map.of(), Map.of(), List.of(finding));
    }

    /** Where the value begins; for one that is not there, where the nearest enclosing value begins. */
    public Place place(String pointer) {
        return nearest(values, pointer);
    }

    /** Where the value's key stands; the value's own place when it has none. */
    public Place keyPlace(String pointer) {
        Place key = keys.get(pointer);
        return key == null ? place(pointer) : key;
    }

    /** Where a character of a text value stands; where the value begins when its lines were folded or escaped. */
    public Place placeInside(String pointer, int offset) {
        String before = root.at(pointer).asText().substring(0, offset);
        List<Place> starts = lines.getOrDefault(pointer, List.of());
        int line = (int) before.chars().filter(c -> c == '\n').count();
        if (line >= starts.size()) {
            return place(pointer);
        }
        Place start = starts.get(line);
        return new Place(start.line(), start.column() + before.length() - (before.lastIndexOf('\n') + 1));
    }

    public Finding error(String pointer, String message, String fix) {
        return Finding.error(name, place(pointer), path(pointer), message, fix);
    }

    /** A pointer as people write paths: {@code parameters[0].name}. */
    public static String path(String pointer) {
        StringBuilder path = new StringBuilder();
        for (String token : pointer.split("/", -1)) {
            if (token.isEmpty()) {
                continue;
            }
            if (token.chars().allMatch(c -> c >= '0' && c <= '9')) {
                path.append('[').append(token).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".")
                        .append(token.replace("~1", "/").replace("~0", "~"));
            }
        }
        return path.toString();
    }

    /** The pointer of a key below a pointer. */
    public static String below(String pointer, String key) {
        return pointer + "/" + key.replace("~", "~0").replace("/", "~1");
    }

    private static Place nearest(Map<String, Place> places, String pointer) {
        for (String at = pointer; ; at = at.substring(0, at.lastIndexOf('/'))) {
            Place place = places.get(at);
            if (place != null || at.isEmpty()) {
                return place == null ? Place.START : place;
            }
        }
    }
}
