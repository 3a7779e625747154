package io.opsconductor.brain.outputs;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.plan.Effect;
import io.opsconductor.plan.Step;
import io.opsconductor.tool.Catalogue;
import io.opsconductor.tool.CatalogueEntry;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowsTest {
    private static final Catalogue TOOLS = new Catalogue(
            "1",
            List.of(new CatalogueEntry(
                    "slow_queries",
                    "Lists slow queries.",
                    Effect.READ,
                    true,
                    List.of(),
                    true,
                    List.of(),
                    List.of(),
                    "table")));

    private static ResultReading read(String... outputs) {
        List<String> targets = List.of(Outputs.DB, Outputs.WEB_1).subList(0, outputs.length);
        return new OutputReader()
                .read(
                        List.of(new Step("slow_queries", Map.of(), targets)),
                        IntStream.range(0, outputs.length)
                                .mapToObj(at -> Outputs.result(0, "slow_queries", targets.get(at), 0, outputs[at], ""))
                                .toList(),
                        TOOLS);
    }

    private static List<List<String>> rows(ResultReading read) {
        ReadTable table = read.readings().getFirst().table();
        assertThat(table).isNotNull();
        return table.rows().stream().map(ReadTable.Row::cells).toList();
    }

    @Test
    void tablesOfDatabaseClientsAreRead() {
        ResultReading psql = read("""
                 pid  | state  | query
                ------+--------+------------------------
                 4711 | active | select * from orders
                 4712 | idle   |
                (2 rows)
                """);
        assertThat(Outputs.sentence(psql)).isEqualTo("2 rows on db-server-01.");
        assertThat(rows(psql))
                .containsExactly(List.of("4711", "active", "select * from orders"), List.of("4712", "idle", ""));
        assertThat(rows(read("""
                +----+-------+
                | Id | User  |
                +----+-------+
                |  7 | shop  |
                +----+-------+
                """))).containsExactly(List.of("7", "shop"));
    }

    @Test
    void tabsCommasAndBlanksSeparateCellsToo() {
        assertThat(rows(read("id\tname\n1\tAnna Lee\n"))).containsExactly(List.of("1", "Anna Lee"));
        assertThat(rows(read("id,name\n1,Anna Lee\n"))).containsExactly(List.of("1", "Anna Lee"));
        assertThat(rows(read("NAME        STATUS\nshop        Up 2 days\nworker      Exited\n")))
                .containsExactly(List.of("shop", "Up 2 days"), List.of("worker", "Exited"));
    }

    @Test
    void theSameTitlesMakeOneTableOverTheTargets() {
        ResultReading both = read("id,name\n1,Anna\n", "id,name\n2,Bert\n3,Cora\n");
        assertThat(Outputs.sentence(both)).isEqualTo("1 row on db-server-01, 2 rows on web-server-01.");
        assertThat(rows(both))
                .containsExactly(
                        List.of("db-server-01", "1", "Anna"),
                        List.of("web-server-01", "2", "Bert"),
                        List.of("web-server-01", "3", "Cora"));
        assertThat(read("id,name\n1,Anna\n", "id,mail\n2,b@example.com\n")
                        .readings()
                        .getFirst()
                        .table())
                .isNull();
    }

    @Test
    void whatHasNoEvenRowsIsNotRead() {
        for (String output : List.of(
                "", "one line", "a,b\n1\n", "a,b\n\"1,2\",3\n", "a,a\n1,2\n", ",b\n1,2\n", "a  b\nc d  e  f\n")) {
            assertThat(read(output).readings()).as(output).isEmpty();
        }
    }
}
