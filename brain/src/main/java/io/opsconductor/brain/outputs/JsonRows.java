package io.opsconductor.brain.outputs;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.brain.outputs.Rows.Sheet;
import io.opsconductor.json.InvalidJsonException;
import io.opsconductor.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * JSON as a table: a list of objects, each key a column; an object that holds one such list; or one object, each key a row. Of what
 * lies deeper only the extent is told.
 */
final class JsonRows implements Kind<Sheet> {
    private static final int MOST_COLUMNS = 12;
    private static final int MOST_ROWS = 1_000;
    private static final int CELL = 60;

    private final Rows rows = new Rows();

    @Override
    public Optional<Sheet> read(Written output) {
        try {
            return sheet(Json.tree(output.text()));
        } catch (InvalidJsonException e) {
            return Optional.empty();
        }
    }

    private static Optional<Sheet> sheet(JsonNode json) {
        if (json.isArray()) {
            return list(json);
        }
        if (!json.isObject() || json.isEmpty()) {
            return Optional.empty();
        }
        List<JsonNode> lists = new ArrayList<>();
        json.forEach(value -> {
            if (value.isArray() && !value.isEmpty() && value.get(0).isObject()) {
                lists.add(value);
            }
        });
        if (lists.size() == 1) {
            return list(lists.getFirst());
        }
        List<List<String>> pairs = new ArrayList<>();
        json.properties()
                .forEach(entry -> pairs.add(List.of(Phrases.cut(entry.getKey(), CELL), cell(entry.getValue()))));
        return pairs.size() > MOST_ROWS ? Optional.empty() : Optional.of(new Sheet(List.of("name", "value"), pairs));
    }

    private static Optional<Sheet> list(JsonNode list) {
        Set<String> columns = new LinkedHashSet<>();
        for (JsonNode one : list) {
            if (!one.isObject()) {
                return Optional.empty();
            }
            one.fieldNames().forEachRemaining(columns::add);
        }
        if (columns.isEmpty() || list.size() > MOST_ROWS) {
            return Optional.empty();
        }
        List<String> header = columns.stream().limit(MOST_COLUMNS).toList();
        List<List<String>> cells = new ArrayList<>();
        list.forEach(one ->
                cells.add(header.stream().map(column -> cell(one.path(column))).toList()));
        return Optional.of(new Sheet(header, cells));
    }

    private static String cell(JsonNode value) {
        if (value.isArray()) {
            return value.size() == 1 ? "1 entry" : value.size() + " entries";
        }
        if (value.isObject()) {
            return value.size() == 1 ? "1 value" : value.size() + " values";
        }
        return value.isNull() || value.isMissingNode() ? "" : Phrases.cut(value.asText(), CELL);
    }

    @Override
    public Seen seen(Sheet one) {
        return rows.seen(one);
    }

    @Override
    public Laid laid(String what, List<Of<Sheet>> all, boolean alone) {
        return rows.laid(what, all, alone);
    }
}
