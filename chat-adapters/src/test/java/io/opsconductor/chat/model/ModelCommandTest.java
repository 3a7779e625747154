package io.opsconductor.chat.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.chat.command.Surroundings;
import io.opsconductor.counterpart.model.Act;
import io.opsconductor.counterpart.model.AnthropicCounterpart;
import io.opsconductor.counterpart.model.OllamaCounterpart;
import io.opsconductor.counterpart.model.OpenAiCounterpart;
import io.opsconductor.counterpart.model.Script;
import io.opsconductor.counterpart.net.FreePort;
import io.opsconductor.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ModelCommandTest {
    private static final String KEPT = "{\"tool\": \"ping\", \"target\": \"web-01\"}";

    private final Script script = new Script();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(Map<String, String> environment, String... args) {
        return ModelCommand.run(
                new Surroundings(new PrintWriter(out, true), new PrintWriter(err, true), environment), args);
    }

    private static Map<String, String> at(String provider, URI url) {
        Map<String, String> environment = new HashMap<>();
        environment.put("OPSCONDUCTOR_CHATBOT_MODEL_PROVIDER", provider);
        environment.put("OPSCONDUCTOR_CHATBOT_MODEL_NAME", "scripted");
        environment.put("OPSCONDUCTOR_CHATBOT_MODEL_URL", url.toString());
        environment.put("OPSCONDUCTOR_CHATBOT_MODEL_KEY", "env:OPSCONDUCTOR_TEST_KEY");
        environment.put("OPSCONDUCTOR_TEST_KEY", "s3cret");
        return environment;
    }

    @Test
    void withoutAModelThereIsNothingWrong() {
        assertThat(run(Map.of(), "check")).isZero();
        assertThat(out.toString()).contains("no model is set").contains("OPSCONDUCTOR_CHATBOT_MODEL_NAME=qwen3:4b");
    }

    @Test
    void everyProviderThatWorksIsRight() {
        try (OllamaCounterpart ollama = OllamaCounterpart.start(script, "scripted");
                OpenAiCounterpart openAi = OpenAiCounterpart.start(script, "s3cret", "scripted");
                AnthropicCounterpart anthropic = AnthropicCounterpart.start(script, "s3cret", "scripted")) {
            script.always(any -> new Act.Says(KEPT));
            assertThat(run(at("ollama", ollama.url()), "check"))
                    .as(out.toString())
                    .isZero();
            assertThat(run(at("openai", openAi.url()), "check"))
                    .as(out.toString())
                    .isZero();
            assertThat(run(at("anthropic", anthropic.url()), "check"))
                    .as(out.toString())
                    .isZero();
        }
        assertThat(out.toString())
                .contains("it has the model scripted")
                .contains("it answers in the form that it is given (a JSON schema)")
                .contains("for an answer; the first took")
                .doesNotContain("MISSING")
                .doesNotContain("s3cret");
    }

    @Test
    void theSameForPrograms() {
        try (OllamaCounterpart ollama =
                OllamaCounterpart.start(script.then(KEPT).then(KEPT), "scripted")) {
            assertThat(run(at("ollama", ollama.url()), "check", "--json")).isZero();
            JsonNode facts = Json.tree(out.toString().strip());
            assertThat(facts.path("provider").asText()).isEqualTo("ollama");
            assertThat(facts.path("url").asText()).isEqualTo(ollama.url().toString());
            assertThat(facts.path("reachable").asBoolean()).isTrue();
            assertThat(facts.path("present").asBoolean()).isTrue();
            assertThat(facts.path("json_schema").asBoolean()).isTrue();
            assertThat(facts.path("first_answer_ms").isNumber()).isTrue();
            assertThat(facts.path("problems")).isEmpty();
        }
    }

    @Test
    void aModelThatIsNotPulledIsNamedWithTheCommandThatPullsIt() {
        try (OllamaCounterpart ollama = OllamaCounterpart.start(script, "scripted-2", "other")) {
            assertThat(run(at("ollama", ollama.url()), "check")).isEqualTo(1);
            assertThat(out.toString())
                    .contains("MISSING  it does not have the model scripted")
                    .contains("ollama pull scripted; it has scripted-2:latest");
        }
    }

    @Test
    void aModelThatKeepsToNoFormIsWrong() {
        try (OllamaCounterpart ollama = OllamaCounterpart.start(script.then("Sure! I would ping it."), "scripted")) {
            assertThat(run(at("ollama", ollama.url()), "check")).isEqualTo(1);
            assertThat(out.toString()).contains("not in the form that it was given");
        }
    }

    @Test
    void aWrongKeyIsWrongAndNotShown() {
        try (OpenAiCounterpart openAi = OpenAiCounterpart.start(script, "another", "scripted")) {
            assertThat(run(at("openai", openAi.url()), "check")).isEqualTo(1);
            assertThat(out.toString())
                    .contains("MISSING  it refuses the key")
                    .contains("put a valid key into env:OPSCONDUCTOR_TEST_KEY")
                    .doesNotContain("s3cret");
        }
    }

    @Test
    void nobodyThereCouldNotBeFoundOut() throws IOException {
        int port = FreePort.find();
        assertThat(run(at("ollama", URI.create("http://127.0.0.1:" + port)), "check"))
                .isEqualTo(3);
        assertThat(out.toString()).contains("UNKNOWN  the server at").contains("start it (ollama serve)");
    }

    @Test
    void aServerThatFailsCouldNotBeFoundOut() {
        try (OllamaCounterpart ollama =
                OllamaCounterpart.start(script.then(new Act.Fails(500, "out of memory")), "scripted")) {
            assertThat(run(at("ollama", ollama.url()), "check")).isEqualTo(3);
            assertThat(out.toString()).contains("its server failed (status 500)");
        }
    }

    @Test
    void wrongUsageAndWrongSettingsSayWhatIsRight() {
        assertThat(run(Map.of(), "chek")).isEqualTo(2);
        assertThat(run(Map.of())).isEqualTo(2);
        assertThat(run(Map.of("OPSCONDUCTOR_CHATBOT_MODEL_PROVIDER", "openai"), "check"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("model.name is missing");
    }
}
