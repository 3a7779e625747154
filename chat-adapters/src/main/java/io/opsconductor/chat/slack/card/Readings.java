package io.opsconductor.chat.slack.card;

import com.slack.api.model.block.element.BlockElement;
import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.outputs.OutputReading;
import io.opsconductor.brain.outputs.ReadTable;
import io.opsconductor.chat.table.TextTable;
import java.util.ArrayList;
import java.util.List;

/** What the outputs of a result say: a sentence, and a table that is cut visibly, with the whole of it as a file. */
final class Readings {
    /** Of all readings of a result; the summary of a result has other parts too. */
    private static final int SIZE = 3_000;

    private static final int SENTENCE = 700;
    private static final int ROWS = 10;
    private static final int WIDTH = 28;
    private static final int WIDTH_IN_FILE = 100;

    private Readings() {}

    static List<BlockElement> of(ChatEvent.Result result) {
        List<BlockElement> elements = new ArrayList<>();
        int left = SIZE;
        for (OutputReading reading : result.readings()) {
            List<BlockElement> one = of(reading);
            if (BlockSize.of(one) > left) {
                one = one.subList(0, 1);
            }
            left -= BlockSize.of(one);
            if (left < 0) {
                break;
            }
            elements.addAll(one);
        }
        return elements;
    }

    private static List<BlockElement> of(OutputReading reading) {
        List<BlockElement> elements = new ArrayList<>();
        elements.add(new Line().text(Cut.to(reading.sentence(), SENTENCE)).section());
        ReadTable table = reading.table();
        if (table != null) {
            elements.add(Code.block(String.join("\n", text(table).lines(ROWS, WIDTH))));
            int more = table.all() - ROWS;
            if (more > 0) {
                elements.add(new Line()
                        .italic("and " + more + " more, in the file " + fileName(reading) + " below")
                        .section());
            }
        }
        return elements;
    }

    /** The tables that the message does not hold as a whole. */
    static List<SlackFile> files(ChatEvent.Result result) {
        return result.readings().stream()
                .flatMap(reading -> file(reading).stream())
                .toList();
    }

    private static List<SlackFile> file(OutputReading reading) {
        ReadTable table = reading.table();
        if (table == null || table.all() <= ROWS) {
            return List.of();
        }
        String rest = table.more() == 0
                ? ""
                : "\n[" + table.more() + " more rows are not listed; the outputs of the targets have them.]\n";
        String lines = String.join("\n", text(table).lines(ReadTable.MAX_ROWS, WIDTH_IN_FILE));
        return List.of(
                new SlackFile(fileName(reading), "The whole table", reading.sentence() + "\n\n" + lines + "\n" + rest));
    }

    private static String fileName(OutputReading reading) {
        return "table-" + reading.tool().replaceAll("[^a-z0-9_]", "-") + ".txt";
    }

    private static TextTable text(ReadTable table) {
        return new TextTable(
                table.columns(),
                table.shareColumn(),
                table.rows().stream()
                        .map(row -> new TextTable.Row(row.cells(), row.share()))
                        .toList());
    }
}
