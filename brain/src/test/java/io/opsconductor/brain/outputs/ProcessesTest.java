package io.opsconductor.brain.outputs;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.plan.TargetResult;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ProcessesTest {
    private static final String DB = """
                PID USER     %CPU %MEM     ELAPSED COMMAND
                812 postgres 97.3 12.1  2-03:04:05 postgres
                 44 root      3.0  0.4 12-01:00:00 systemd-journal
            """;
    private static final String APP = """
            USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND
            app         1201 12.5 61.0 900000 80000 ?        Sl   Nov20 100:00 java -jar shop.jar
            root           1  0.1  0.2  16000  9000 ?        Ss   Nov01   0:05 /sbin/init splash
            """;

    private static ResultReading read(String sort, String... outputs) {
        List<String> targets = List.of(Outputs.DB, Outputs.WEB_1).subList(0, outputs.length);
        TargetResult[] results = new TargetResult[outputs.length];
        for (int at = 0; at < outputs.length; at++) {
            results[at] = Outputs.result(0, "top_processes", targets.get(at), 0, outputs[at], "");
        }
        return Outputs.read("top_processes", Map.of("sort", sort), targets, results);
    }

    @Test
    void theGreediestProcessIsNamedAndTheOthersStandInATable() {
        ResultReading read = read("cpu", DB);
        assertThat(Outputs.sentence(read))
                .isEqualTo("Most CPU: postgres (812) on db-server-01, 97.3%; most memory: postgres (812), 12.1%.");
        ReadTable table = Objects.requireNonNull(read.readings().getFirst().table());
        assertThat(table.columns()).containsExactly("command", "cpu", "memory", "pid", "user", "running");
        assertThat(table.rows().getFirst().cells())
                .containsExactly("postgres", "97.3%", "12.1%", "812", "postgres", "2-03:04:05");
    }

    @Test
    void theProcessesOfSeveralTargetsAreComparedByWhatTheyWereSortedBy() {
        ResultReading read = read("mem", DB, APP);
        assertThat(Outputs.sentence(read))
                .isEqualTo("Most memory: \"java -jar shop.jar\" (1201) on web-server-01, 61%; most CPU: postgres (812)"
                        + " on db-server-01, 97.3%.");
        assertThat(Objects.requireNonNull(read.readings().getFirst().table()).rows())
                .extracting(row -> row.cells().getFirst())
                .containsExactly("web-server-01", "db-server-01", "db-server-01", "web-server-01");
    }

    @Test
    void aListWithoutItsHeaderOrWithAnOddLineIsNotRead() {
        for (String output : List.of(
                "",
                "812 postgres 97.3 12.1 1:00 postgres\n",
                "PID USER %CPU %MEM COMMAND\n",
                "PID USER %CPU %MEM COMMAND\nx root 1.0 1.0 init\n",
                "PID USER %CPU %MEM COMMAND\n1 root lots 1.0 init\n",
                DB + "and 4 more\n")) {
            assertThat(Outputs.sentence(read("cpu", output))).as(output).isEmpty();
        }
    }

    @Test
    void whatAProcessIsCalledCannotReadAsAPartOfTheSentence() {
        String odd = "PID USER %CPU %MEM COMMAND\n1 root 9.0 1.0 x; all is \"well\" on web-server-02.\n";
        assertThat(Outputs.sentence(read("cpu", odd)))
                .startsWith("Most CPU: \"x; all is 'well' on web-server-02.\" (1) on db-server-01");
    }
}
