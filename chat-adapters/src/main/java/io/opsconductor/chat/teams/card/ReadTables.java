package io.opsconductor.chat.teams.card;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsconductor.brain.outputs.ReadTable;
import io.opsconductor.chat.card.Amounts;
import io.opsconductor.json.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * Tables for narrow chats. Three columns stand side by side even in a side panel; of more, each row is a name in bold and
 * its values below it.
 */
final class ReadTables {
    private static final int SIDE_BY_SIDE = 3;
    private static final int ROWS = 20;
    private static final int CELL = 200;

    private ReadTables() {}

    /** @param room for the rows; those that find none are counted below it */
    static List<ObjectNode> of(ReadTable table, Room room) {
        boolean narrow = table.columns().size() <= SIDE_BY_SIDE;
        List<List<ObjectNode>> rows = table.rows().stream()
                .limit(ROWS)
                .map(row -> narrow ? List.of(row(row.cells())) : stacked(table, row))
                .takeWhile(row -> row.stream().allMatch(room::takes))
                .toList();
        List<ObjectNode> elements = new ArrayList<>();
        if (!narrow) {
            rows.forEach(elements::addAll);
        } else if (!rows.isEmpty()) {
            elements.add(sideBySide(table.columns(), rows));
        }
        int more = table.all() - rows.size();
        if (more > 0) {
            elements.add(new Line()
                    .subtle("And " + Amounts.count(more, "more row") + "; each target's output has them.")
                    .tight());
        }
        return elements;
    }

    private static ObjectNode sideBySide(List<String> titles, List<List<ObjectNode>> values) {
        ObjectNode element = Json.mapper()
                .createObjectNode()
                .put("type", "Table")
                .put("firstRowAsHeaders", true)
                .put("showGridLines", true);
        ArrayNode columns = element.putArray("columns");
        titles.forEach(_ -> columns.addObject().put("width", 1));
        ArrayNode rows = element.putArray("rows");
        rows.add(row(titles));
        values.forEach(row -> row.forEach(rows::add));
        return element;
    }

    private static ObjectNode row(List<String> cells) {
        ObjectNode row = Json.mapper().createObjectNode().put("type", "TableRow");
        ArrayNode own = row.putArray("cells");
        for (String cell : cells) {
            ObjectNode one = own.addObject().put("type", "TableCell");
            one.putArray("items").add(new Line().text(cell(cell)).element());
        }
        return row;
    }

    private static List<ObjectNode> stacked(ReadTable table, ReadTable.Row row) {
        Line values = new Line();
        for (int i = 1; i < row.cells().size(); i++) {
            values.subtle((i == 1 ? "" : " · ") + table.columns().get(i) + " ")
                    .text(cell(row.cells().get(i)));
        }
        return List.of(new Line().bold(cell(row.cells().getFirst())).element().put("spacing", "Small"), values.tight());
    }

    private static String cell(String text) {
        String shown = text.isBlank() ? "–" : text;
        return PlanCards.shortened(shown, CELL);
    }
}
