package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** What is wrong with blocks, in Slack's words, each with the place as a JSON pointer. */
final class Problems {
    private final List<String> all = new ArrayList<>();

    void add(String problem, String at) {
        all.add(problem + " [json-pointer:" + at + "]");
    }

    List<String> all() {
        return List.copyOf(all);
    }

    /** A block has its type and perhaps an id, all the required fields, and none but these and the optional ones. */
    void block(JsonNode block, String at, Set<String> required, Set<String> optional) {
        fields(block, at, Set.of("type", "block_id"), required, optional);
    }

    /** An interactive element has its type and perhaps an action id. */
    void element(JsonNode element, String at, Set<String> required, Set<String> optional) {
        fields(element, at, Set.of("type", "action_id"), required, optional);
    }

    /** A part with a type and no id. */
    void typed(JsonNode part, String at, Set<String> required, Set<String> optional) {
        fields(part, at, Set.of("type"), required, optional);
    }

    /** A part that has not even a type, such as an option or a confirmation. */
    void bare(JsonNode part, String at, Set<String> required, Set<String> optional) {
        fields(part, at, Set.of(), required, optional);
    }

    private void fields(JsonNode object, String at, Set<String> common, Set<String> required, Set<String> optional) {
        for (String field : required.stream().sorted().toList()) {
            if (!object.hasNonNull(field)) {
                add("missing required field: " + field, at);
            }
        }
        Set<String> known = new HashSet<>(common);
        known.addAll(required);
        known.addAll(optional);
        object.properties().forEach(field -> {
            if (!known.contains(field.getKey())) {
                add("invalid additional property: " + field.getKey(), at);
            }
        });
    }

    void atMost(JsonNode list, int most, String at) {
        if (list.size() > most) {
            add("no more than " + most + " items allowed", at);
        }
    }

    void atLeastOne(JsonNode list, String at) {
        if (list.isEmpty()) {
            add("no less than 1 items allowed", at);
        }
    }

    void each(JsonNode list, String at, BiConsumer<JsonNode, String> rule) {
        for (int index = 0; index < list.size(); index++) {
            rule.accept(list.get(index), at + "/" + index);
        }
    }

    /** A text field that may be missing but not be longer. */
    void longest(JsonNode object, String field, int most, String at) {
        if (object.path(field).asText().length() > most) {
            add("must be less than " + (most + 1) + " characters", at + "/" + field);
        }
    }

    void id(JsonNode object, String field, int most, String at) {
        if (!object.has(field)) {
            return;
        }
        if (!object.get(field).isTextual()) {
            add("must provide a string", at + "/" + field);
        } else if (object.get(field).asText().isEmpty()) {
            add("must be more than 0 characters", at + "/" + field);
        }
        longest(object, field, most, at);
    }
}
