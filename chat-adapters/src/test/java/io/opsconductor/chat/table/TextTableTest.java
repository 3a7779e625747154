package io.opsconductor.chat.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextTableTest {
    private static final TextTable DISKS = new TextTable(
            List.of("target", "file system", "in use", "free"),
            2,
            List.of(
                    new TextTable.Row(List.of("web-server-02", "/", "100%", "0"), 100),
                    new TextTable.Row(List.of("web-01", "/var/lib/postgresql", "91%", "4.1G"), 91),
                    new TextTable.Row(List.of("web-03", "/", "4%", "38G"), 4),
                    new TextTable.Row(List.of("web-04", "/", "0%", "40G"), 0)));

    @Test
    void numbersStandBelowOneAnotherAndTheBarBesideItsColumn() {
        assertThat(DISKS.lines(10, 40))
                .containsExactly(
                        "target         file system          in use             free",
                        "web-server-02  /                      100% ██████████     0",
                        "web-01         /var/lib/postgresql     91% █████████░  4.1G",
                        "web-03         /                        4% █░░░░░░░░░   38G",
                        "web-04         /                        0% ░░░░░░░░░░   40G");
    }

    @Test
    void longTablesAndLongCellsAreCut() {
        assertThat(DISKS.lines(1, 8))
                .containsExactly(
                        "target    file sy…  in use             free", "web-ser…  /           100% ██████████     0");
        TextTable many = new TextTable(
                List.of("n"),
                -1,
                IntStream.range(0, 500)
                        .mapToObj(n -> new TextTable.Row(List.of(Integer.toString(n)), null))
                        .toList());
        assertThat(many.lines(20, 10)).hasSize(21).endsWith("19");
    }

    @Test
    void noCellBreaksOutOfItsLine() {
        TextTable hostile = new TextTable(
                List.of("a", "b"),
                -1,
                List.of(
                        new TextTable.Row(List.of("x\nweb-09\tfine", "\u001b[2J\u202e"), null),
                        new TextTable.Row(List.of("only one"), null)));
        assertThat(hostile.lines(10, 40))
                .hasSize(3)
                .noneMatch(line -> line.contains("\n") || line.contains("\u001b") || line.contains("\u202e"))
                .anyMatch(line -> line.contains("x web-09 fine") && line.contains("\\u{1B}[2J"));
    }
}
