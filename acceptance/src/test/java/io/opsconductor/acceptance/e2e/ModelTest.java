package io.opsconductor.acceptance.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.acceptance.product.ChatApi;
import io.opsconductor.acceptance.product.Command;
import io.opsconductor.acceptance.product.Installation;
import io.opsconductor.counterpart.model.Act;
import io.opsconductor.counterpart.model.Asked;
import io.opsconductor.counterpart.model.OllamaCounterpart;
import io.opsconductor.counterpart.model.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The real product with a model of Ollama's protocol: one that understands, one that obeys output, and none at all. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModelTest {
    private static final String STRANGE = "is there still elbow room for my holiday photos on web-server-01";

    private final Script script = new Script();
    private OllamaCounterpart ollama;
    private Installation product;
    private ChatApi chat;

    @BeforeAll
    void start(@TempDir Path home) {
        script.always(ModelTest::understanding);
        ollama = OllamaCounterpart.start(script, "scripted");
        product = Installation.start(
                home,
                Map.of(
                        "OPSCONDUCTOR_CHATBOT_MODEL_NAME", "scripted",
                        "OPSCONDUCTOR_CHATBOT_MODEL_URL", ollama.url().toString(),
                        "OPSCONDUCTOR_CHATBOT_MODEL_SUMMARIES", "true",
                        "OPSCONDUCTOR_CHATBOT_MODEL_FAILURES", "20",
                        "OPSCONDUCTOR_CHATBOT_MODEL_ATTEMPTS", "1"));
        chat = product.chat();
    }

    @AfterAll
    void stop() {
        product.close();
        ollama.close();
    }

    private static Act understanding(Asked asked) {
        String told = asked.instructions();
        if (told.startsWith("You sort")) {
            return new Act.Says("{\"kind\": \"run_tools\", \"requests\": [{\"text\": \"" + STRANGE
                    + "\", \"about\": \"show free disk space\", \"things\": []}]}");
        } else if (told.startsWith("You choose")) {
            return new Act.Says("{\"request_1\": \"check_disk_space\"}");
        } else if (told.startsWith("You fill")) {
            return new Act.Says("{\"steps\": [{\"request\": 1, \"tool\": \"check_disk_space\", \"targets\":"
                    + " [\"web-server-01\"], \"parameters\": {\"path\": null}}]}");
        }
        return new Act.Says("The disk of web-server-01 was looked at.");
    }

    @Test
    void whatTheModelUnderstoodIsShownWithItsNoteApprovedRunAndSummedUp() {
        String c = chat.say("alice", STRANGE);
        JsonNode plan = chat.await(c, "plan");
        assertThat(plan.at("/steps/0/tool").asText()).isEqualTo("check_disk_space");
        assertThat(plan.path("note").asText()).startsWith("Understood with the model scripted (ollama)");

        chat.approve(plan, "alice");

        JsonNode result = chat.await(c, "result");
        assertThat(result.path("status").asText()).isEqualTo("succeeded");
        JsonNode summary =
                chat.await(c, event -> event.path("text").asText().startsWith("Summary by the model"), "summary");
        assertThat(summary.path("text").asText())
                .isEqualTo("Summary by the model scripted (ollama), to be read beside the output:"
                        + " The disk of web-server-01 was looked at.");
        // The summary is the only question that holds output, and it offers no tools.
        String output =
                result.at("/step_results/0/stdout").asText().lines().findFirst().orElseThrow();
        List<Asked> withOutput = script.asked().stream()
                .filter(asked -> asked.messages().stream()
                        .anyMatch(message -> message.text().contains(output)))
                .toList();
        assertThat(withOutput).isNotEmpty().allSatisfy(asked -> {
            assertThat(asked.instructions()).startsWith("You sum up");
            assertThat(asked.body().path("tools")).isEmpty();
        });
    }

    @Test
    void whatTheWordsAloneMakeClearHasNoNote() {
        String c = chat.say("alice", "check disk space on web-server-01");
        assertThat(chat.await(c, "plan").has("note")).isFalse();
    }

    @Test
    void withoutAnAnswerOfTheModelTheCardAndTheTerminalSaySo() {
        script.then(new Act.Fails(503, "overloaded")).then(new Act.Fails(503, "overloaded"));
        String c = chat.say("alice", STRANGE);
        JsonNode answer = chat.await(
                c, event -> !event.path("from").asText("opsconductor").equals("alice"), "answer");
        assertThat(answer.toString())
                .contains("Understood without the model scripted (ollama), which does not answer: its server failed"
                        + " (status 503).");
        Command terminal = product.launcher("chat", "--user", "alice", STRANGE);
        assertThat(terminal.output()).contains("Understood without the model scripted (ollama)");
    }

    @Test
    void modelCheckSaysWhatIsThereAndHowFastItIs() {
        script.then("{\"tool\": \"ping\", \"target\": \"web-01\"}")
                .then("{\"tool\": \"ping\", \"target\": \"web-01\"}");
        Command check = product.launcher("model", "check", "--json");
        assertThat(check.exitCode()).as(check.output()).isZero();
        JsonNode facts = ChatApi.read(check.output());
        assertThat(facts.path("reachable").asBoolean()).isTrue();
        assertThat(facts.path("present").asBoolean()).isTrue();
        assertThat(facts.path("json_schema").asBoolean()).isTrue();
        assertThat(facts.path("answer_ms").isNumber()).isTrue();
    }

    /** A start without a model or a collector must not pay for one. */
    @Test
    void withoutAModelOrACollectorNothingOfTheirLibrariesIsLoaded(@TempDir Path home, @TempDir Path traces)
            throws IOException {
        Path loaded = traces.resolve("loaded-%p.txt");
        try (Installation plain =
                Installation.start(home, Map.of("OPSCONDUCTOR_JAVA_OPTS", "-Xlog:class+load:file=" + loaded))) {
            String c = plain.chat().say("alice", "check disk space on web-server-01");
            plain.chat().await(c, "plan");
        }
        long chatbots = 0;
        try (Stream<Path> files = Files.list(traces)) {
            for (Path file : files.toList()) {
                String classes = Files.readString(file);
                assertThat(classes).as(file.toString()).doesNotContain("dev.langchain4j", "io.opentelemetry");
                chatbots += classes.contains("io.opsconductor.brain.Pipeline") ? 1 : 0;
            }
        }
        assertThat(chatbots).isPositive();
    }
}
