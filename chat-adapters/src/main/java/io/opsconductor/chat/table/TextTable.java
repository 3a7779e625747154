package io.opsconductor.chat.table;

import io.opsconductor.plan.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Rows under titles, with a bar of blocks beside one column.
 *
 * @param shareColumn index of the column that the bar belongs to; -1 for none
 */
public record TextTable(List<String> columns, int shareColumn, List<Row> rows) {
    private static final Pattern NUMBER = Pattern.compile("[<>≈]?\\d[\\d.,]*\\s?[%\\p{L}]{0,3}|");
    private static final int BAR = 10;

    public TextTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /**
     * A row.
     *
     * @param cells one for each column; what is missing is empty
     * @param share percent to draw, 0 to 100; null for none
     */
    public record Row(List<String> cells, @Nullable Integer share) {
        public Row {
            cells = List.copyOf(cells);
        }
    }

    /**
     * The titles and the first rows.
     *
     * @param most how many rows
     * @param width the widest that a column may be, in characters, at least 2
     */
    public List<String> lines(int most, int width) {
        List<Row> shown = rows.subList(0, Math.min(most, rows.size()));
        List<List<String>> cells = new ArrayList<>();
        cells.add(columns.stream().map(title -> cell(title, width)).toList());
        shown.forEach(row -> cells.add(cells(row, width)));
        List<StringBuilder> lines = new ArrayList<>();
        cells.forEach(row -> lines.add(new StringBuilder()));
        for (int column = 0; column < columns.size(); column++) {
            int at = column;
            int widest =
                    cells.stream().mapToInt(row -> length(row.get(at))).max().orElse(0);
            boolean numbers = cells.stream()
                    .skip(1)
                    .allMatch(row -> NUMBER.matcher(row.get(at)).matches());
            for (int line = 0; line < cells.size(); line++) {
                String text = cells.get(line).get(at);
                String blanks = " ".repeat(widest - length(text));
                lines.get(line).append(column == 0 ? "" : "  ").append(numbers ? blanks + text : text + blanks);
                if (column == shareColumn) {
                    Integer share = line == 0 ? null : shown.get(line - 1).share;
                    lines.get(line).append(' ').append(bar(share));
                }
            }
        }
        return lines.stream().map(line -> line.toString().stripTrailing()).toList();
    }

    private List<String> cells(Row row, int width) {
        List<String> cells = new ArrayList<>();
        for (int at = 0; at < columns.size(); at++) {
            cells.add(at < row.cells.size() ? cell(row.cells.get(at), width) : "");
        }
        return cells;
    }

    private static String cell(String text, int width) {
        String line = Visible.escape(text).replace('\n', ' ').replace('\t', ' ');
        if (length(line) <= width) {
            return line;
        }
        return line.substring(0, line.offsetByCodePoints(0, width - 1)) + "…";
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String bar(@Nullable Integer share) {
        if (share == null) {
            return " ".repeat(BAR);
        }
        // What is not empty has a block, and only what is full has all of them.
        int full = share <= 0 ? 0 : share >= 100 ? BAR : Math.clamp(Math.round(share / 10.0), 1, BAR - 1);
        return "█".repeat(full) + "░".repeat(BAR - full);
    }
}
