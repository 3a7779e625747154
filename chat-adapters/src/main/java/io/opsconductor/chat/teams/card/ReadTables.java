package io.opsconductor.chat.teams.card;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsconductor.brain.outputs.ReadTable;
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

    static List<ObjectNode> of(ReadTable table) {
        List<ObjectNode> elements = new ArrayList<>();
        if (table.columns().size() <= SIDE_BY_SIDE) {
            elements.add(sideBySide(table));
        } else {
            table.rows().stream().limit(ROWS).forEach(row -> elements.addAll(stacked(table, row)));
        }
        int more = Math.max(0, table.rows().size() - ROWS) + table.more();
        if (more > 0) {
            elements.add(new Line()
                    .subtle("And " + more + " more rows; each target's output has them.")
                    .tight());
        }
        return elements;
    }

    private static ObjectNode sideBySide(ReadTable table) {
        ObjectNode element = Json.mapper()
                .createObjectNode()
                .put("type", "Table")
                .put("firstRowAsHeaders", true)
                .put("showGridLines", true);
        ArrayNode columns = element.putArray("columns");
        table.columns().forEach(_ -> columns.addObject().put("width", 1));
        ArrayNode rows = element.putArray("rows");
        row(rows, table.columns());
        table.rows().stream().limit(ROWS).forEach(row -> row(rows, row.cells()));
        return element;
    }

    private static void row(ArrayNode rows, List<String> cells) {
        ArrayNode own = rows.addObject().put("type", "TableRow").putArray("cells");
        for (String cell : cells) {
            ObjectNode one = own.addObject().put("type", "TableCell");
            one.putArray("items").add(new Line().text(cell(cell)).element());
        }
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
