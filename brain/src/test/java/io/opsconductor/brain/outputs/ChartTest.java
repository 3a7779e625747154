package io.opsconductor.brain.outputs;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.brain.language.Understanding;
import io.opsconductor.json.Json;
import io.opsconductor.plan.Step;
import io.opsconductor.plan.TargetResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is to be drawn, and where the words say as much. */
class ChartTest {
    private static String df(int percent) {
        return "Filesystem Size Used Avail Use% Mounted on\n/dev/sda1 40G 20G 20G 10% /boot\n/dev/sdb1 40G 37G 3.0G "
                + percent + "% /\n";
    }

    private static String ping(double... times) {
        StringBuilder said = new StringBuilder("PING host (10.0.0.1) 56(84) bytes of data.\n");
        for (int at = 0; at < times.length; at++) {
            if (times[at] >= 0) {
                said.append(
                        "64 bytes from host (10.0.0.1): icmp_seq=" + (at + 1) + " ttl=64 time=" + times[at] + " ms\n");
            }
        }
        int received =
                (int) java.util.Arrays.stream(times).filter(time -> time >= 0).count();
        return said + "\n--- host ping statistics ---\n" + times.length + " packets transmitted, " + received
                + " received, " + Math.round(100.0 * (times.length - received) / times.length)
                + "% packet loss, time 3003ms\nrtt min/avg/max/mdev = 0.1/0.5/0.9/0.1 ms\n";
    }

    private static Optional<Chart> chart(ResultReading reading) {
        return Optional.ofNullable(reading.readings().getFirst().chart());
    }

    private static ReadTable table(ResultReading reading) {
        return Optional.ofNullable(reading.readings().getFirst().table()).orElseThrow();
    }

    private static ResultReading disks(int... percents) {
        List<String> names = IntStream.range(0, percents.length)
                .mapToObj(at -> String.format("web-%02d", at + 1))
                .toList();
        TargetResult[] results = IntStream.range(0, percents.length)
                .mapToObj(at -> Outputs.result(0, "check_disk_space", names.get(at), 0, df(percents[at]), ""))
                .toArray(TargetResult[]::new);
        return Outputs.read("check_disk_space", Map.of(), names, results);
    }

    private static ResultReading range(String json) {
        return new OutputReader()
                .read(
                        List.of(new Step("prometheus_range", Map.of("query", "node_load1"), List.of("prom-01"))),
                        List.of(Outputs.result(0, "prometheus_range", "prom-01", 0, json, "")),
                        Understanding.withToolsForAFleet());
    }

    private static String series(String instance, int points) {
        StringBuilder values = new StringBuilder();
        for (int at = 0; at < points; at++) {
            values.append(at == 0 ? "" : ",")
                    .append("[")
                    .append(1795700000 + 60L * at)
                    .append(",\"")
                    .append(at % 10)
                    .append(".5\"]");
        }
        return "{\"metric\":{\"__name__\":\"node_load1\",\"instance\":\"" + instance + "\"},\"values\":[" + values
                + "]}";
    }

    @Test
    void theFullestFileSystemOfEachOfSeveralTargetsIsABar() {
        Chart chart = chart(disks(42, 97, 85)).orElseThrow();
        assertThat(chart.shape()).isEqualTo(Chart.Shape.BARS);
        assertThat(chart.unit()).isEqualTo("%");
        assertThat(chart.most()).isEqualTo(100);
        assertThat(chart.series())
                .containsExactly(
                        new Chart.Series("web-02 /", Level.BAD, List.of(new Chart.Point(0, 97))),
                        new Chart.Series("web-03 /", Level.WARN, List.of(new Chart.Point(0, 85))),
                        new Chart.Series("web-01 /", Level.OK, List.of(new Chart.Point(0, 42))));
    }

    @Test
    void ofOneOrTwoTargetsTheTableSaysAsMuch() {
        assertThat(chart(disks(97))).isEmpty();
        assertThat(chart(disks(97, 12))).isEmpty();
    }

    @Test
    void aLargeFleetIsDrawnAsFarAsAPictureHoldsItAndTheRestIsCounted() {
        Chart chart = chart(disks(IntStream.range(0, 40).map(at -> 20 + at).toArray()))
                .orElseThrow();
        assertThat(chart.series()).hasSize(30);
        assertThat(chart.more()).isEqualTo(10);
        assertThat(chart.series().getFirst().points()).containsExactly(new Chart.Point(0, 59));
    }

    @Test
    void pingTimesAreALineForEachHostAndALostPacketIsAGap() {
        List<Step> steps = new ArrayList<>();
        for (String host : List.of("10.0.0.1", "10.0.0.2")) {
            steps.add(new Step("ping", Map.of("target", host), List.of()));
        }
        Chart chart = chart(new OutputReader()
                        .read(
                                steps,
                                List.of(
                                        Outputs.result(0, "ping", "runner", 0, ping(0.5, 0.4, 0.9, 0.7), ""),
                                        Outputs.result(1, "ping", "runner", 0, ping(2.5, -1, 2.9, 2.7), "")),
                                Outputs.TOOLS))
                .orElseThrow();
        assertThat(chart.shape()).isEqualTo(Chart.Shape.IN_ORDER);
        assertThat(chart.unit()).isEqualTo("ms");
        assertThat(chart.series().getFirst().points()).contains(new Chart.Point(1, 0.5), new Chart.Point(4, 0.7));
        assertThat(chart.series().getLast().name()).isEqualTo("10.0.0.2");
        assertThat(chart.series().getLast().points())
                .containsExactly(new Chart.Point(1, 2.5), new Chart.Point(3, 2.9), new Chart.Point(4, 2.7));
    }

    @Test
    void aRangeOfPrometheusIsALineOverTimeForEachSeries() {
        ResultReading read = range("[" + series("web-01:9100", 200) + "," + series("web-02:9100", 200) + "]\n");
        assertThat(read.readings().getFirst().sentence())
                .isEqualTo("Highest: \"node_load1 instance=web-01:9100\": 0.5 to 9.5, last 9.5; 1 other.");
        assertThat(table(read).rows().getFirst().cells())
                .containsExactly("node_load1 instance=web-01:9100", "9.5", "0.5", "5", "9.5");
        Chart chart = chart(read).orElseThrow();
        assertThat(chart.title()).isEqualTo("node_load1");
        assertThat(chart.shape()).isEqualTo(Chart.Shape.OVER_TIME);
        assertThat(chart.series()).hasSize(2);
        assertThat(chart.series().getFirst().points()).hasSize(200).startsWith(new Chart.Point(1795700000, 0.5));
    }

    @Test
    void aLongCourseIsThinnedAndKeepsItsPeak() {
        String peak = series("web-01:9100", 3_000).replace("[1795745360,\"6.5\"]", "[1795745360,\"77\"]");
        assertThat(peak).contains("\"77\"");
        Chart chart = chart(range("[" + peak + "]\n")).orElseThrow();
        assertThat(chart.series().getFirst().points()).hasSize(240).contains(new Chart.Point(1795745360, 77));
    }

    @Test
    void whatIsNoCourseIsNotReadAndWhatIsNoNumberIsLeftOut() {
        assertThat(range("[]").readings()).isEmpty();
        assertThat(range("{\"a\":1}").readings()).isEmpty();
        assertThat(range("[{\"metric\":{},\"values\":[[1]]}]").readings()).isEmpty();
        assertThat(range("[{\"metric\":{},\"value\":[1,\"2\"]}]").readings()).isEmpty();
        Chart chart = chart(range("[{\"metric\":{},\"values\":[[1,\"1\"],[2,\"NaN\"],[3,\"3\"],[4,\"+Inf\"]]}]"))
                .orElseThrow();
        assertThat(chart.series().getFirst().name()).isEqualTo("value");
        assertThat(chart.series().getFirst().points()).containsExactly(new Chart.Point(1, 1), new Chart.Point(3, 3));
    }

    @Test
    void aChartIsTheSameAfterItWasStored() throws Exception {
        OutputReading reading = disks(42, 97, 85).readings().getFirst();
        String json = Json.mapper().writeValueAsString(reading);
        assertThat(Json.mapper().readValue(json, OutputReading.class)).isEqualTo(reading);
        assertThat(json).contains("\"shape\":\"bars\"");
    }
}
