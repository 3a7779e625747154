package io.opsconductor.chat.eval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.chat.command.Surroundings;
import io.opsconductor.counterpart.model.Act;
import io.opsconductor.counterpart.model.Asked;
import io.opsconductor.counterpart.model.OllamaCounterpart;
import io.opsconductor.counterpart.model.OpenAiCounterpart;
import io.opsconductor.counterpart.model.Script;
import io.opsconductor.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
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

    private static final String STRANGE = "is there still elbow room for my holiday photos on a-01";

    @TempDir
    private Path home;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void write() throws IOException {
        Files.writeString(home.resolve("mine.yaml"), MINE);
    }

    private int eval(String... arguments) {
        return eval(Map.of(), arguments);
    }

    private int eval(Map<String, String> settings, String... arguments) {
        out.getBuffer().setLength(0);
        Path tools = Path.of("").toAbsolutePath().resolveSibling("tool-library").resolve("tools");
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("OPSCONDUCTOR_RUNNER_TOOLS", tools.toString());
        return EvalCommand.run(
                new Surroundings(new PrintWriter(out, true), new PrintWriter(err, true), environment), arguments);
    }

    private static Map<String, String> model(String provider, URI url) {
        return Map.of(
                "OPSCONDUCTOR_CHATBOT_MODEL_PROVIDER",
                provider,
                "OPSCONDUCTOR_CHATBOT_MODEL_NAME",
                "scripted",
                "OPSCONDUCTOR_CHATBOT_MODEL_URL",
                url.toString(),
                "OPSCONDUCTOR_CHATBOT_MODEL_ATTEMPTS",
                "1");
    }

    /** Understands just one request, which no words of a tool fit. */
    private static Act understanding(Asked asked) {
        String told = asked.instructions();
        if (told.startsWith("You sort")) {
            return new Act.Says(
                    asked.last().contains(STRANGE)
                            ? "{\"kind\": \"run_tools\", \"requests\": [{\"text\": \"" + STRANGE
                                    + "\", \"about\": \"show free disk space\", \"things\": []}]}"
                            : "{\"kind\": \"other\", \"requests\": []}");
        } else if (told.startsWith("You choose")) {
            return new Act.Says("{\"request_1\": \"check_disk_space\"}");
        }
        return new Act.Says("{\"steps\": [{\"request\": 1, \"tool\": \"check_disk_space\", \"targets\": [\"a-01\"],"
                + " \"parameters\": {\"path\": null}}]}");
    }

    private String strange() throws IOException {
        Path file = home.resolve("strange.yaml");
        Files.writeString(
                file, MINE.replace("<b>check memory on a-01</b>", STRANGE).replace("uptime_load", "check_disk_space"));
        return file.toString();
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

    @Test
    void theModelThatIsSetIsMeasuredWithItsTokens() throws IOException {
        try (OllamaCounterpart server =
                OllamaCounterpart.start(new Script().always(EvalCommandTest::understanding), "scripted")) {
            assertMeasured(model("ollama", server.url()), "scripted (ollama)");
        }
        try (OpenAiCounterpart server =
                OpenAiCounterpart.start(new Script().always(EvalCommandTest::understanding), "", "scripted")) {
            assertMeasured(model("openai", server.url()), "scripted (openai)");
        }
    }

    private void assertMeasured(Map<String, String> settings, String brain) throws IOException {
        assertThat(eval(settings, "--requests", strange(), "--json"))
                .as(err.toString())
                .isZero();
        JsonNode with = Json.tree(out.toString());
        assertThat(with.path("brain").asText()).isEqualTo(brain);
        assertThat(with.path("right").asDouble()).isEqualTo(0.75);
        assertThat(with.path("results").get(2).path("got").asText()).isEqualTo("check_disk_space @ a-01");
        assertThat(with.path("tokens").asLong()).isPositive();
        assertThat(with.path("without_model").asInt(-1)).isZero();
        assertThat(with.path("left").asInt(-1)).isZero();
        assertThat(eval(settings, "--requests", strange(), "--json", "--builtin"))
                .isZero();
        JsonNode without = Json.tree(out.toString());
        assertThat(without.path("brain").asText()).isEqualTo("builtin");
        assertThat(without.path("right").asDouble()).isEqualTo(0.5);
        assertThat(without.path("tokens").asLong(-1)).isZero();
    }

    @Test
    void requestsThatTheModelGaveNoAnswerToAreCounted() throws IOException {
        Script script = new Script().always(any -> new Act.Fails(500, "out of memory"));
        try (OllamaCounterpart server = OllamaCounterpart.start(script, "scripted")) {
            assertThat(eval(model("ollama", server.url()), "--requests", strange()))
                    .isZero();
        }
        assertThat(out.toString())
                .contains("scripted (ollama), 4 requests")
                .contains("2 of 4 requests were understood without the model, because it gave no answer.");
        assertThat(err.toString()).contains("its server failed (status 500)");
    }

    @Test
    void aRunStopsWhereItsTokensAreUsedUp() throws IOException {
        try (OllamaCounterpart server =
                OllamaCounterpart.start(new Script().always(EvalCommandTest::understanding), "scripted")) {
            assertThat(eval(model("ollama", server.url()), "--requests", strange(), "--tokens", "1"))
                    .isZero();
        }
        assertThat(out.toString()).contains("1 requests were not said: the run had used up its time or tokens");
    }

    @Test
    void wrongSettingsOfTheModelAreMistakes() {
        assertThat(eval(Map.of("OPSCONDUCTOR_CHATBOT_MODEL_PROVIDER", "openai"), "--requests", mine()))
                .isEqualTo(1);
        assertThat(err.toString())
                .contains("eval: the configuration has 1 mistake")
                .contains("model.name is missing");
        assertThat(eval("--time", "soon")).isEqualTo(2);
        assertThat(eval("--tokens", "0")).isEqualTo(2);
    }
}
