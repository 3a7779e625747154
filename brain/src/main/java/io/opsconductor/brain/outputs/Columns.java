package io.opsconductor.brain.outputs;

import io.opsconductor.brain.outputs.Rows.Sheet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Columns that stand below their titles, as {@code lsblk}, {@code findmnt}, {@code docker ps} and {@code df -i} print them:
 * texts from the left edge of the title, figures up to its right edge. Where a line breaks that order, nothing is read.
 */
final class Columns implements Kind<Sheet> {
    private static final Pattern WORD = Pattern.compile("\\S+");
    private static final String MOUNTED = "Mounted on";
    private static final int MOST_COLUMNS = 12;
    private static final int MOST_ROWS = 1_000;
    private static final int CELL = 60;

    private final Rows rows = new Rows();

    @Override
    public Optional<Sheet> read(Written output) {
        List<String> lines =
                output.lines().stream().filter(line -> !line.isBlank()).toList();
        if (lines.size() < 2 || lines.size() > MOST_ROWS + 1) {
            return Optional.empty();
        }
        String header = lines.getFirst();
        List<int[]> titles = titles(header);
        List<String> names = titles.stream()
                .map(title -> header.substring(title[0], title[1]))
                .toList();
        boolean titled = titles.size() >= 2
                && titles.size() <= MOST_COLUMNS
                && Set.copyOf(names).size() == names.size();
        if (!titled) {
            return Optional.empty();
        }
        List<List<String>> read = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            Optional<List<String>> cells = cells(line, titles);
            if (cells.isEmpty()) {
                return Optional.empty();
            }
            read.add(cells.get());
        }
        return Optional.of(new Sheet(names, read));
    }

    private static List<int[]> titles(String header) {
        List<int[]> titles = new ArrayList<>();
        Matcher title = WORD.matcher(header);
        while (title.find()) {
            titles.add(new int[] {title.start(), title.end()});
        }
        // The only title of two words.
        if (titles.size() > 2 && header.stripTrailing().endsWith(MOUNTED)) {
            titles.removeLast();
            titles.getLast()[1] = header.stripTrailing().length();
        }
        return titles;
    }

    /** The cells of a line; empty where its words do not stand in the order of the titles. */
    private static Optional<List<String>> cells(String line, List<int[]> titles) {
        List<StringBuilder> cells = new ArrayList<>();
        titles.forEach(title -> cells.add(new StringBuilder()));
        Matcher word = WORD.matcher(line);
        int least = 0;
        while (word.find()) {
            int column = column(word.start(), word.end(), titles);
            if (column < least) {
                return Optional.empty();
            }
            least = column;
            cells.get(column).append(cells.get(column).isEmpty() ? "" : " ").append(word.group());
        }
        return Optional.of(
                cells.stream().map(cell -> Phrases.cut(cell.toString(), CELL)).toList());
    }

    /** The title that a word stands below, at least in part; between two, the one before, whose text is longer than its title. */
    private static int column(int start, int end, List<int[]> titles) {
        for (int at = 0; at < titles.size(); at++) {
            if (start < titles.get(at)[1] && end > titles.get(at)[0]) {
                return at;
            }
        }
        int before = 0;
        for (int at = 0; at < titles.size(); at++) {
            before = titles.get(at)[0] <= start ? at : before;
        }
        return before;
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
