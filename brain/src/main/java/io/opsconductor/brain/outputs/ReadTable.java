package io.opsconductor.brain.outputs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What several outputs say, side by side, worst first. Its cells are text that a command may have written: to be shown, and
 * never to be read as anything.
 *
 * @param columns titles, at least one
 * @param shareColumn index of the column that a bar belongs to; -1 for none
 * @param rows at most {@value #MAX_ROWS}, each with a cell for every column
 * @param more how many rows were left out beyond these
 */
public record ReadTable(List<String> columns, int shareColumn, List<Row> rows, int more) {
    public static final int MAX_ROWS = 1_000;

    public ReadTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /**
     * A row.
     *
     * @param share percent to draw a bar for, 0 to 100; null for none
     */
    public record Row(List<String> cells, @Nullable Integer share, Level level) {
        public Row {
            cells = List.copyOf(cells);
        }
    }

    /** A table of all these rows, as far as it holds them. */
    static ReadTable of(List<String> columns, int shareColumn, List<Row> rows) {
        int shown = Math.min(rows.size(), MAX_ROWS);
        return new ReadTable(columns, shareColumn, rows.subList(0, shown), rows.size() - shown);
    }

    /** How many rows there are with those left out. */
    public int all() {
        return rows.size() + more;
    }
}
