package io.opsconductor.runner.step;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A result as aligned text. NULL reads as {@code NULL}, and a text that reads so stands in quotes; line ends and tabs are
 * shown as escapes, so that a row is a line; what is too long says how much of it is missing.
 */
final class ResultTable {
    private static final int MAX_CELL = 120;
    private static final int MAX_BYTES_SHOWN = 24;
    private static final Set<Integer> NUMBERS = Set.of(
            Types.TINYINT,
            Types.SMALLINT,
            Types.INTEGER,
            Types.BIGINT,
            Types.REAL,
            Types.FLOAT,
            Types.DOUBLE,
            Types.NUMERIC,
            Types.DECIMAL);

    private ResultTable() {}

    /**
     * Reads and lays out.
     *
     * @param maxRows how many rows are shown; one more is read to see whether there are more
     */
    static String text(ResultSet result, int maxRows) throws SQLException {
        ResultSetMetaData meta = result.getMetaData();
        int columns = meta.getColumnCount();
        List<List<String>> lines = new ArrayList<>();
        List<String> header = new ArrayList<>();
        for (int column = 1; column <= columns; column++) {
            header.add(cut(oneLine(meta.getColumnLabel(column))));
        }
        lines.add(header);
        boolean more = false;
        while (!more && result.next()) {
            more = lines.size() > maxRows;
            if (!more) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    row.add(cell(result, meta.getColumnType(column), column));
                }
                lines.add(row);
            }
        }
        int rows = lines.size() - 1;
        String count =
                more ? "(the first " + rows + " rows; there are more)" : rows == 1 ? "(1 row)" : "(" + rows + " rows)";
        return layOut(lines, meta) + count + "\n";
    }

    private static String layOut(List<List<String>> lines, ResultSetMetaData meta) throws SQLException {
        int columns = meta.getColumnCount();
        int[] widths = new int[columns];
        for (List<String> line : lines) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], width(line.get(i)));
            }
        }
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < lines.size(); row++) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                String cell = lines.get(row).get(i);
                String blanks = " ".repeat(widths[i] - width(cell));
                line.append(i == 0 ? "" : "  ")
                        .append(NUMBERS.contains(meta.getColumnType(i + 1)) ? blanks + cell : cell + blanks);
            }
            text.append(line.toString().stripTrailing()).append('\n');
            if (row == 0) {
                List<String> rules = new ArrayList<>();
                for (int width : widths) {
                    rules.add("-".repeat(width));
                }
                text.append(String.join("  ", rules)).append('\n');
            }
        }
        return text.toString();
    }

    private static String cell(ResultSet result, int type, int column) throws SQLException {
        if (type == Types.BLOB || type == Types.BINARY || type == Types.VARBINARY || type == Types.LONGVARBINARY) {
            byte[] bytes = result.getBytes(column);
            return bytes == null ? "NULL" : bytes(bytes);
        }
        @Nullable String text = result.getString(column);
        if (text == null) {
            return "NULL";
        }
        return text.equals("NULL") ? "'NULL'" : cut(oneLine(text));
    }

    private static String bytes(byte[] bytes) {
        String hex = HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, MAX_BYTES_SHOWN));
        return "0x" + hex + (bytes.length > MAX_BYTES_SHOWN ? "\u2026 (" + bytes.length + " bytes)" : "");
    }

    private static String oneLine(String text) {
        return text.replace("\\", "\\\\")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t");
    }

    private static String cut(String text) {
        int length = width(text);
        return length <= MAX_CELL
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MAX_CELL)) + "\u2026 (+" + (length - MAX_CELL) + ")";
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
