package io.opsconductor.chat.eval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvalCommandTest {
    private static final String MINE = """
            inventory:
              a-01: {groups: [as]}
            sections:
              - category: single
                requests:
                  - say: "check disk space on a-01"
                    plan: [{tool: check_disk_space, targets: [a-01]}]
                  - say: "check memory on a-01"
                    plan: [{tool: uptime_load, targets: [a-01]}]
                  - say: "<b>check memory on a-01</b>"
                    plan: [{tool: uptime_load, targets: [a-01]}]
              - category: out-of-scope
                language: de
                requests:
                  - say: "Wie wird das Wetter?"
                    refuse: true
            """;

    @TempDir
    private Path home;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void write() throws IOException {
        Files.writeString(home.resolve("mine.yaml"), MINE);
    }

    private int eval(String... arguments) {
        out.getBuffer().setLength(0);
        Path tools = Path.of("").toAbsolutePath().resolveSibling("tool-library").resolve("tools");
        return EvalCommand.run(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                Map.of("OPSCONDUCTOR_RUNNER_TOOLS", tools.toString()),
                arguments);
    }

    private String mine() {
        return home.resolve("mine.yaml").toString();
    }

    @Test
    void figuresOfTheShippedSetComeAsOneObject() {
        assertThat(eval("--json")).isZero();
        JsonNode run = Json.tree(out.toString());
        assertThat(run.path("requests").asInt()).isGreaterThanOrEqualTo(400);
        for (String share : new String[] {
            "top1", "top3", "planned", "planned_right", "parameters", "sequences", "out_of_scope_planned"
        }) {
            assertThat(run.path(share).asDouble(-1)).as(share).isBetween(0.0, 1.0);
        }
        assertThat(run.path("p50_ms").asDouble()).isPositive();
        assertThat(run.path("p99_ms").asDouble())
                .isGreaterThanOrEqualTo(run.path("p50_ms").asDouble());
        assertThat(run.path("tokens").asInt(-1)).isZero();
    }

    @Test
    void aSetOfOnesOwnIsReportedByCategoryWithItsMisses() {
        assertThat(eval("--requests", mine(), "--misses")).isZero();
        assertThat(out.toString())
                .contains("builtin, 4 requests")
                .containsPattern("right +50\\.0%")
                .containsPattern("single +3 +33\\.3%")
                .containsPattern("out-of-scope \\(de\\) +1 +100\\.0%")
                .contains("expected uptime_load @ a-01");
    }

    @Test
    void thePageShowsConfusionsAndIsSafeToOpen() throws IOException {
        Path page = home.resolve("page.html");
        assertThat(eval("--requests", mine(), "--html", page.toString())).isZero();
        assertThat(Files.readString(page))
                .contains("<td><code>uptime_load</code><td><code>memory</code><td class=figure>1")
                .contains("&lt;b&gt;check memory")
                .doesNotContain("<b>");
    }

    @Test
    void twoRunsAreCompared() throws IOException {
        assertThat(eval("--requests", mine(), "--json")).isZero();
        Path before = home.resolve("before.json");
        Files.writeString(before, out.toString().replace("\"right\":false", "\"right\":true"));
        assertThat(eval("--requests", mine(), "--compare", before.toString())).isZero();
        assertThat(out.toString())
                .contains("right now: 0")
                .contains("wrong now: 2")
                .contains("  check memory on a-01 -> memory @ a-01");
    }

    @Test
    void mistakesAreToldWithTheirExitCodes() throws IOException {
        Files.writeString(home.resolve("mine.yaml"), MINE.replace("uptime_load", "uptime"));
        assertThat(eval("--requests", mine())).isEqualTo(1);
        assertThat(err.toString()).contains("mine.yaml:8:9: ").contains("found uptime");
        assertThat(eval("--requests", home.resolve("none.yaml").toString())).isEqualTo(3);
        assertThat(err.toString()).contains("there is no file");
        assertThat(eval("--bogus")).isEqualTo(2);
        assertThat(eval("--json", "--misses")).isEqualTo(2);
    }

    @Test
    void madeUpToolsStandBesideTheRealOnes() {
        assertThat(eval("--requests", mine(), "--tools-in-all", "300", "--warm-up"))
                .isZero();
        assertThat(out.toString()).contains("4 requests");
        assertThat(eval("--requests", mine(), "--tools-in-all", "100000")).isEqualTo(3);
    }
}
