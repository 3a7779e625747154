package io.opsconductor.brain.outputs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryFreeTest {
    private static final String DEBIAN = """
                           total        used        free      shared  buff/cache   available
            Mem:           24105        1106       21747           8        1567       22998
            Swap:              0           0           0
            """;
    private static final String FULL = """
                          total        used        free      shared  buff/cache   available
            Mem:           7963        7412         131          41         420         251
            Swap:          2047        2047           0
            """;

    @Test
    void whatIsAvailableIsLeftAndCachesCountAsThat() {
        assertThat(Outputs.sentence("memory", DEBIAN))
                .isEqualTo("web-server-01: 5% of memory in use, 22.5G of 23.5G available.");
        assertThat(Outputs.sentence("memory", FULL))
                .isEqualTo("web-server-01: 97% of memory in use, 251M of 7.8G available.");
    }

    @Test
    void otherFormsAreReadWhereTheyAreSure() {
        assertThat(Outputs.sentence("memory", """
                               total        used        free      shared  buff/cache   available
                Mem:            23Gi       1.1Gi        21Gi       8.7Mi       1.5Gi        22Gi
                Swap:             0B          0B          0B
                """))
                .isEqualTo("web-server-01: 4% of memory in use, 22.0G of 23.0G available.");
        assertThat(Outputs.sentence("memory", """
                MemTotal:       24683656 kB
                MemFree:        22269840 kB
                MemAvailable:   23550780 kB
                Buffers:           26700 kB
                Cached:          1270636 kB
                """))
                .isEqualTo("web-server-01: 5% of memory in use, 22.5G of 23.5G available.");
        assertThat(Outputs.sentence("memory", """
                             total       used       free     shared    buffers     cached
                Mem:          3953       3728        224          0        264       2470
                -/+ buffers/cache:        993       2959
                Swap:         4095          1       4094
                """))
                .isEqualTo("web-server-01: 25% of memory in use, 2.9G of 3.9G available.");
        assertThat(Outputs.sentence("memory", """
                              gesamt       benutzt     frei      gemns.  Puffer/Cache verfügbar
                Speicher:       7963        5412        431          41        2120        2251
                Auslagerung:    2047          12        2035
                """))
                .isEqualTo("web-server-01: 72% of memory in use, 2.2G of 7.8G available.");
    }

    @Test
    void overSeveralTargetsTheOneWithTheLeastIsNamedFirst() {
        ResultReading read = Outputs.read(
                "memory",
                Map.of(),
                List.of(Outputs.WEB_1, Outputs.WEB_2),
                Outputs.result(0, "memory", Outputs.WEB_1, 0, DEBIAN, ""),
                Outputs.result(0, "memory", Outputs.WEB_2, 0, FULL, ""));
        assertThat(Outputs.sentence(read))
                .isEqualTo(
                        "Least left: web-server-02, 97% of memory in use, 251M of 7.8G available; 1 other below 80%.");
        assertThat(read.next())
                .extracting(choice -> choice.reply())
                .containsExactly("show the top processes by memory on web-server-02");
    }

    @Test
    void whatIsNotSureIsNotRead() {
        for (String output : List.of(
                "",
                "sh: free: not found",
                "total used free\nMem: 1 2 3",
                "total used free shared buff/cache available\nMem: 100 1 1 1 1 4000",
                "total used free shared buff/cache available\nMem: 0 0 0 0 0 0",
                "total used free shared buff/cache available\nMem: 100 x 1 1 1 40",
                "a b c d e f\nMem: 100 50 20 10 5 90",
                "MemTotal: 100 kB",
                "MemTotal: 99999999999999999999 kB\nMemAvailable: 1 kB")) {
            assertThat(Outputs.sentence("memory", output)).as(output).isEmpty();
        }
    }
}
