package io.opsconductor.brain.outputs;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Rows with a header: tables of {@code psql} and {@code mysql}, tabs, commas, or columns with two or more blanks between
 * them. What stands in them is shown and means nothing more.
 */
final class Rows implements Kind<Rows.Sheet> {
    private static final Pattern RULE = Pattern.compile("[-+|=\\s]{3,}");
    private static final Pattern COUNT = Pattern.compile("\\(\\d{1,9} rows?\\)|\\d{1,9} rows? in set.*");
    private static final Pattern BAR = Pattern.compile("\\|");
    private static final Pattern TAB = Pattern.compile("\t");
    private static final Pattern COMMA = Pattern.compile("[,;]");
    private static final Pattern BLANKS = Pattern.compile(" {2,}");
    private static final int MOST_COLUMNS = 12;
    private static final int MOST_ROWS = 1_000;
    private static final int CELL = 60;

    /** A header, and rows with as many cells. */
    record Sheet(List<String> header, List<List<String>> rows) {
        Sheet {
            header = List.copyOf(header);
            rows = List.copyOf(rows);
        }
    }

    @Override
    public Optional<Sheet> read(Written output) {
        List<String> lines = output.lines().stream()
                .filter(line -> !line.isBlank())
                .filter(line -> !RULE.matcher(line).matches())
                .filter(line -> !COUNT.matcher(line.strip()).matches())
                .toList();
        if (lines.isEmpty() || lines.size() > MOST_ROWS + 1) {
            return Optional.empty();
        }
        for (Pattern mark : List.of(TAB, BAR, COMMA, BLANKS)) {
            Optional<Sheet> sheet = sheet(lines, mark);
            if (sheet.isPresent()) {
                return sheet;
            }
        }
        return Optional.empty();
    }

    private static Optional<Sheet> sheet(List<String> lines, Pattern mark) {
        List<String> header = cells(lines.getFirst(), mark);
        boolean titled = header.size() >= 2
                && header.size() <= MOST_COLUMNS
                && header.stream().noneMatch(String::isBlank)
                && Set.copyOf(header).size() == header.size();
        if (!titled) {
            return Optional.empty();
        }
        List<List<String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            // A comma within quotes would shift the cells.
            if (mark == COMMA && line.indexOf('"') >= 0) {
                return Optional.empty();
            }
            List<String> cells = cells(line, mark);
            if (cells.size() != header.size()) {
                return Optional.empty();
            }
            rows.add(cells);
        }
        return Optional.of(new Sheet(header, rows));
    }

    private static List<String> cells(String line, Pattern mark) {
        String text = line.strip();
        if (mark == BAR && text.startsWith("|") && text.endsWith("|") && text.length() > 1) {
            text = text.substring(1, text.length() - 1);
        }
        return List.of((mark == TAB ? line : text).split(mark.pattern(), -1)).stream()
                .map(String::strip)
                .map(cell -> Phrases.cut(cell, CELL))
                .toList();
    }

    @Override
    public Seen seen(Sheet one) {
        return new Seen(Level.OK, null, List.of(new Fact("rows", "", one.rows.size())));
    }

    @Override
    public Laid laid(String what, List<Of<Sheet>> all, boolean alone) {
        int rows = all.stream().mapToInt(one -> one.value().rows.size()).sum();
        String counted = all.stream()
                .limit(5)
                .map(one -> count(one.value().rows.size()) + " on " + one.subject())
                .collect(Collectors.joining(", "));
        String sentence = all.size() <= 5 ? counted : count(rows) + " on " + all.size() + " targets";
        Set<List<String>> headers =
                all.stream().map(one -> one.value().header).collect(Collectors.toCollection(LinkedHashSet::new));
        if (headers.size() > 1 || rows == 0) {
            return new Laid(sentence, Optional.empty());
        }
        List<String> columns = new ArrayList<>(headers.iterator().next());
        if (!alone) {
            columns.addFirst("target");
        }
        List<ReadTable.Row> table = new ArrayList<>();
        for (Of<Sheet> one : all) {
            for (List<String> row : one.value().rows) {
                List<String> cells = new ArrayList<>(row);
                if (!alone) {
                    cells.addFirst(one.subject());
                }
                table.add(new ReadTable.Row(cells, null, Level.OK));
            }
        }
        return new Laid(sentence, Optional.of(ReadTable.of(columns, -1, table)));
    }

    private static String count(int rows) {
        return rows == 1 ? "1 row" : rows + " rows";
    }
}
