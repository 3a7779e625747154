package io.opsconductor.brain.outputs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UptimeTest {
    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            03:06:39 up  6:28,  0 user,  load average: 4.46, 2.37, 2.31                 ~ 4.46, up 6 h 28 min
            14:02:11 up 12 days,  3:04,  2 users,  load average: 0.12, 0.30, 0.45       ~ 0.12, up 12 days
            14:02:11 up 1 day, 2 min,  1 user,  load average: 0,12, 0,30, 0,45          ~ 0.12, up 1 day
            14:02:11 up 3 min,  load average: 31.00, 12.50, 4.01                        ~ 31, up 3 min
            14:02  up 40 days, 21:10, 3 users, load averages: 1.52 1.60 1.70            ~ 1.52, up 40 days
            """)
    void loadAndTimeAreRead(String output, String said) {
        String load = said.substring(0, said.indexOf(','));
        assertThat(Outputs.sentence("uptime_load", output))
                .isEqualTo("web-server-01: load " + load + " over the last minute" + said.substring(said.indexOf(','))
                        + ".");
    }

    @Test
    void theKernelsOwnFilesSayTheSame() {
        assertThat(Outputs.sentence("uptime_load", "23289.95 6771.58\n4.46 2.37 2.31 6/241 23770\n"))
                .isEqualTo("web-server-01: load 4.46 over the last minute, up 6 h 28 min.");
    }

    @Test
    void theBusiestIsNamedAndTheOthersHaveAnUpperBound() {
        ResultReading read = Outputs.read(
                "uptime_load",
                Map.of(),
                List.of(Outputs.WEB_1, Outputs.WEB_2, Outputs.DB),
                Outputs.result(
                        0, "uptime_load", Outputs.WEB_1, 0, "1:02:11 up 12 days, load average: 0.12, 0.30, 0.45", ""),
                Outputs.result(
                        0, "uptime_load", Outputs.WEB_2, 0, "1:02:11 up 2 days, load average: 9.70, 3.00, 1.45", ""),
                Outputs.result(
                        0, "uptime_load", Outputs.DB, 0, "1:02:11 up 5 days, load average: 1.20, 0.30, 0.45", ""));
        assertThat(Outputs.sentence(read))
                .isEqualTo(
                        "Busiest: web-server-02, load 9.7 over the last minute, up 2 days; 2 others at 1.2 or less.");
    }

    @Test
    void somethingElseIsNotRead() {
        for (String output :
                List.of("", "uptime: not found", "load average: a, b, c", "1 2\n3 4\n", "load average: 1.00, 2.00")) {
            assertThat(Outputs.sentence("uptime_load", output)).as(output).isEmpty();
        }
    }
}
