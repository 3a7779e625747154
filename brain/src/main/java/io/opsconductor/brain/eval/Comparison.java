package io.opsconductor.brain.eval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.opsconductor.json.InvalidJsonException;
import io.opsconductor.json.Json;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** When a value of a plan is the one that is wanted. */
enum Comparison {
    /** When it is the same text. */
    EXACT {
        @Override
        boolean same(String wanted, String got) {
            return wanted.equals(got);
        }
    },
    /**
     * As the Berkeley Function Calling Leaderboard compares; what is wanted is JSON. Of texts, case, spaces and some marks do
     * not count; numbers count by what they are; of an object each key has a list of values that are right. Tools here take
     * no lists and no objects: one that stands in a text as JSON or, a list, between commas is compared all the same.
     */
    LEADERBOARD {
        @Override
        boolean same(String wanted, String got) {
            return same(Json.tree(wanted), TextNode.valueOf(got));
        }
    };

    private static final Pattern UNCOUNTED = Pattern.compile("[ ,./_*^-]");

    abstract boolean same(String wanted, String got);

    static boolean same(JsonNode wanted, JsonNode got) {
        if (wanted.isArray()) {
            return sameList(wanted, list(got));
        } else if (wanted.isObject()) {
            return sameObject(wanted, whole(got));
        } else if (wanted.isNumber()) {
            return sameNumber(wanted, got);
        } else if (wanted.isNull()) {
            return got.isNull() || List.of("null", "none").contains(plain(got.asText()));
        }
        return got.isValueNode() && plain(wanted.asText()).equals(plain(got.asText()));
    }

    private static boolean sameNumber(JsonNode wanted, JsonNode got) {
        try {
            return wanted.decimalValue().compareTo(new BigDecimal(got.asText())) == 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean sameList(JsonNode wanted, Iterable<JsonNode> got) {
        Iterator<JsonNode> values = got.iterator();
        for (JsonNode one : wanted) {
            if (!values.hasNext() || !same(one, values.next())) {
                return false;
            }
        }
        return !values.hasNext();
    }

    /** A key that may have the empty text may be left out. */
    private static boolean sameObject(JsonNode wanted, JsonNode got) {
        for (Map.Entry<String, JsonNode> key : wanted.properties()) {
            JsonNode value = got.get(key.getKey());
            boolean right = value == null ? isAmong("", key.getValue()) : isAmong(value, key.getValue());
            if (!right) {
                return false;
            }
        }
        return got.isObject() && got.properties().stream().allMatch(key -> wanted.has(key.getKey()));
    }

    private static boolean isAmong(String value, JsonNode right) {
        for (JsonNode one : right) {
            if (one.isTextual() && one.asText().equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAmong(JsonNode value, JsonNode right) {
        for (JsonNode one : right) {
            if (same(one, value)) {
                return true;
            }
        }
        return false;
    }

    private static Iterable<JsonNode> list(JsonNode got) {
        JsonNode whole = whole(got);
        return whole.isArray()
                ? whole
                : List.of(got.asText().split(",", -1)).stream()
                        .map(String::strip)
                        .<JsonNode>map(TextNode::valueOf)
                        .toList();
    }

    /** What stands in a text as JSON; the text itself where that is none. */
    private static JsonNode whole(JsonNode got) {
        if (!got.isTextual()) {
            return got;
        }
        try {
            return Json.tree(got.asText());
        } catch (InvalidJsonException e) {
            return got;
        }
    }

    private static String plain(String text) {
        return UNCOUNTED.matcher(text).replaceAll("").toLowerCase(Locale.ROOT).replace('\'', '"');
    }
}
