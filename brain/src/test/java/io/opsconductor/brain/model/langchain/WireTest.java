package io.opsconductor.brain.model.langchain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.opsconductor.brain.model.Model;
import io.opsconductor.brain.model.ModelAnswer;
import io.opsconductor.brain.model.ModelAnswer.Failed;
import io.opsconductor.brain.model.ModelAnswer.Failure;
import io.opsconductor.brain.model.ModelAnswer.Said;
import io.opsconductor.brain.model.ModelRequest;
import io.opsconductor.brain.model.TestModels;
import io.opsconductor.counterpart.model.Act;
import io.opsconductor.counterpart.model.AnthropicCounterpart;
import io.opsconductor.counterpart.model.OllamaCounterpart;
import io.opsconductor.counterpart.model.OpenAiCounterpart;
import io.opsconductor.counterpart.model.Script;
import io.opsconductor.counterpart.net.FreePort;
import io.opsconductor.json.Json;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each provider against the server of its protocol: what goes over the wire, and every way in which it goes wrong. */
@Timeout(60)
class WireTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(700);
    private static final JsonNode SCHEMA = Json.tree("""
            {"type": "object", "additionalProperties": false, "required": ["tool"],
             "properties": {"tool": {"anyOf": [{"const": "ping"}, {"enum": ["a", "b"]}, {"type": "null"}]}}}
            """);

    private final Script script = new Script();

    enum Provider {
        OLLAMA {
            @Override
            Serving serve(Script script) {
                OllamaCounterpart server = OllamaCounterpart.start(script, "scripted");
                return new Serving("ollama", server.url(), server::close);
            }
        },
        OPENAI {
            @Override
            Serving serve(Script script) {
                OpenAiCounterpart server = OpenAiCounterpart.start(script, "s3cret", "scripted");
                return new Serving("openai", server.url(), server::close);
            }
        },
        ANTHROPIC {
            @Override
            Serving serve(Script script) {
                AnthropicCounterpart server = AnthropicCounterpart.start(script, "s3cret", "scripted");
                return new Serving("anthropic", server.url(), server::close);
            }
        };

        abstract Serving serve(Script script);
    }

    record Serving(String provider, URI url, Runnable stop) implements AutoCloseable {
        Model model(String... more) {
            return LangChainModels.of(TestModels.settings(provider, url, more));
        }

        @Override
        public void close() {
            stop.run();
        }
    }

    private static ModelAnswer ask(Serving serving, Duration atMost, String... more) {
        try (Model model = serving.model(more)) {
            return model.ask(
                    new ModelRequest(
                            "Be brief.",
                            List.of(
                                    new ModelRequest.Turn(true, "first"),
                                    new ModelRequest.Turn(false, "said before"),
                                    new ModelRequest.Turn(true, "and now?")),
                            SCHEMA),
                    atMost);
        }
    }

    private ModelAnswer asked(Provider provider, Act act, Duration atMost) {
        try (Serving serving = provider.serve(script.then(act))) {
            return ask(serving, atMost);
        }
    }

    private static void assertFailed(ModelAnswer answer, Failure failure, String words) {
        assertThat(answer).isInstanceOf(Failed.class);
        Failed failed = (Failed) answer;
        assertThat(failed.failure()).as(failed.words()).isEqualTo(failure);
        assertThat(failed.words()).contains(words);
    }

    @ParameterizedTest
    @EnumSource
    void theQuestionAndItsSchemaArriveWholeAndTheAnswerComesBack(Provider provider) {
        ModelAnswer answer = asked(provider, new Act.Says("{\"tool\": \"ping\"}"), LONG);
        assertThat(answer).isInstanceOf(Said.class);
        assertThat(((Said) answer).text()).isEqualTo("{\"tool\": \"ping\"}");
        assertThat(((Said) answer).tokens()).isPositive();
        assertThat(script.asked()).hasSize(1);
        var asked = script.asked().getFirst();
        assertThat(asked.model()).isEqualTo("scripted");
        assertThat(asked.instructions()).isEqualTo("Be brief.");
        assertThat(asked.messages())
                .extracting(message -> message.role() + ": " + message.text())
                .containsExactly("system: Be brief.", "user: first", "assistant: said before", "user: and now?");
        assertThat(asked.schema()).isEqualTo(SCHEMA);
        assertThat(asked.body().path("tools")).isEmpty();
    }

    @Test
    void ollamaIsToldItsContextItsLimitAndToBeCold() {
        asked(Provider.OLLAMA, new Act.Says("{}"), LONG);
        JsonNode body = script.asked().getFirst().body();
        assertThat(body.path("options").path("num_ctx").asInt()).isEqualTo(8192);
        assertThat(body.path("options").path("num_predict").asInt()).isEqualTo(1000);
        assertThat(body.path("options").path("temperature").asDouble(1)).isZero();
        assertThat(body.path("stream").asBoolean(true)).isFalse();
    }

    @Test
    void anOpenAiServerIsAskedForAnswersThatCanBeRepeated() {
        asked(Provider.OPENAI, new Act.Says("{}"), LONG);
        JsonNode body = script.asked().getFirst().body();
        assertThat(body.path("max_tokens").asInt()).isEqualTo(1000);
        assertThat(body.path("temperature").asDouble(1)).isZero();
        assertThat(body.path("seed").asInt()).isEqualTo(1);
    }

    @Test
    void aModelThatRefusesATemperatureAndMaxTokensIsAskedWithoutThemAndOnlyRefusesOnce() {
        script.always(any -> new Act.Says("{\"tool\": \"ping\"}"));
        try (OpenAiCounterpart server = OpenAiCounterpart.startReasoning(script, "s3cret", "scripted");
                Model model = LangChainModels.of(TestModels.settings("openai", server.url()))) {
            ModelRequest request = ModelRequest.of("Be brief.", "ping?", SCHEMA);
            assertThat(model.ask(request, LONG)).isInstanceOf(Said.class);
            assertThat(model.ask(request, LONG)).isInstanceOf(Said.class);
            assertThat(server.refused()).isEqualTo(2);
        }
        assertThat(script.asked()).hasSize(2);
        JsonNode body = script.asked().getFirst().body();
        assertThat(body.path("max_completion_tokens").asInt()).isEqualTo(1000);
        assertThat(body.has("max_tokens")).isFalse();
        assertThat(body.has("temperature")).isFalse();
        assertThat(body.path("response_format").path("type").asText()).isEqualTo("json_schema");
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerThatComesLateIsGivenUp(Provider provider) {
        assertFailed(
                asked(provider, new Act.SaysLate("{}", Duration.ofSeconds(5)), SHORT),
                Failure.SLOW,
                "did not answer within 0.7 s");
    }

    @ParameterizedTest
    @EnumSource
    void theDeadlineCoversABodyThatDrips(Provider provider) {
        long start = System.nanoTime();
        ModelAnswer answer = asked(provider, new Act.Drips("x".repeat(700), Duration.ofMillis(100)), SHORT);
        assertFailed(answer, Failure.SLOW, "did not answer within");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerThatBreaksOffIsNoAnswer(Provider provider) {
        assertFailed(
                asked(provider, new Act.BreaksOff("{\"tool\": \"ping\"}"), LONG),
                Failure.UNREACHABLE,
                "the connection to its server broke");
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerWithoutAnEndCountsAsCutOff(Provider provider) {
        assertFailed(
                asked(provider, new Act.ForgetsTheEnd("{\"tool\""), LONG), Failure.UNUSABLE, "its answer was cut off");
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerThatRanOutOfTokensNamesTheSetting(Provider provider) {
        assertFailed(asked(provider, new Act.RunsOut("{\"tool\""), LONG), Failure.UNUSABLE, "model.max-answer-tokens");
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyAnswerIsNoAnswer(Provider provider) {
        assertFailed(asked(provider, new Act.Says(""), LONG), Failure.UNUSABLE, "empty");
    }

    @ParameterizedTest
    @EnumSource
    void aModelThatWantsToCallAToolIsNotListenedTo(Provider provider) {
        var arguments = JsonNodeFactory.instance.objectNode().put("command", "rm -rf /");
        assertFailed(asked(provider, new Act.CallsTool("shell", arguments), LONG), Failure.UNUSABLE, "never given any");
    }

    @ParameterizedTest
    @EnumSource
    void whatCannotBeReadIsNotRepeated(Provider provider) {
        ModelAnswer answer = asked(provider, new Act.Babbles("<html>the password is hunter2</html>"), LONG);
        assertFailed(answer, Failure.UNUSABLE, "could not be read");
        assertThat(((Failed) answer).words()).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatFailsIsAskedOnceAndSaysWhenToComeBack(Provider provider) {
        ModelAnswer busy = asked(provider, new Act.Fails(429, "slow down", Duration.ofSeconds(7)), LONG);
        assertFailed(busy, Failure.BUSY, "status 429");
        assertThat(((Failed) busy).retryAfter()).isEqualTo(Duration.ofSeconds(7));
        assertThat(script.asked()).hasSize(1);
        assertFailed(asked(provider, new Act.Fails(503, "down"), LONG), Failure.BROKEN, "status 503");
        assertFailed(asked(provider, new Act.Fails(400, "no"), LONG), Failure.REFUSED, "status 400");
        assertThat(script.asked()).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource
    void aMissingModelIsSaidSo(Provider provider) {
        try (Serving serving = provider.serve(script)) {
            assertFailed(ask(serving, LONG, "name", "other"), Failure.MISSING, "does not have this model");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENAI", "ANTHROPIC"})
    void aWrongKeyIsSaidSoAndNotShown(Provider provider) {
        try (Serving serving = provider.serve(script)) {
            ModelAnswer answer = ask(serving, LONG, "key", "env:OPSCONDUCTOR_CHATBOT_MODEL_NAME");
            assertFailed(answer, Failure.UNAUTHORISED, "refuses the key in model.key (status 401)");
        }
    }

    @ParameterizedTest
    @EnumSource
    void nobodyThereIsSaidSoAtOnce(Provider provider) throws IOException {
        URI nobody = URI.create("http://127.0.0.1:" + FreePort.find() + "/v1");
        try (Serving serving = new Serving(provider.name().toLowerCase(java.util.Locale.ROOT), nobody, () -> {})) {
            assertFailed(ask(serving, LONG), Failure.UNREACHABLE, "does not take connections");
        }
    }
}
