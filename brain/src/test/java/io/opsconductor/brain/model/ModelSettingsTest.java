package io.opsconductor.brain.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsconductor.kit.config.InvalidSettingsException;
import io.opsconductor.kit.config.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelSettingsTest {
    private static ModelSettings read(Map<String, String> environment) {
        Settings settings = Settings.open("chatbot", Optional.empty(), environment);
        ModelSettings read = ModelSettings.read(settings, Path.of("/nonexistent"));
        settings.check();
        return read;
    }

    @Test
    void withoutAWordThereIsNoModel() {
        assertThat(read(Map.of()).provider()).isEqualTo(ModelSettings.Provider.BUILTIN);
        assertThat(read(Map.of()).isModel()).isFalse();
    }

    @Test
    void aNameAloneMeansOllamaOnThisMachine() {
        ModelSettings settings = read(Map.of("OPSCONDUCTOR_CHATBOT_MODEL_NAME", "qwen3:4b"));
        assertThat(settings.provider()).isEqualTo(ModelSettings.Provider.OLLAMA);
        assertThat(settings.url()).isEqualTo(URI.create("http://127.0.0.1:11434"));
        assertThat(settings.described()).isEqualTo("qwen3:4b (ollama)");
        assertThat(settings.callTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.summaries()).isFalse();
    }

    @Test
    void everyMistakeIsNamedAtOnceAndNoKeyIsRepeated() {
        assertThatThrownBy(() -> read(Map.of(
                        "OPSCONDUCTOR_CHATBOT_MODEL_PROVIDER", "openai",
                        "OPSCONDUCTOR_CHATBOT_MODEL_URL", "http://models.example.com/v1",
                        "OPSCONDUCTOR_CHATBOT_MODEL_KEY", "env:THE_KEY",
                        "THE_KEY", "sk-abcdef",
                        "OPSCONDUCTOR_CHATBOT_MODEL_ATTEMPTS", "9")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("model.name is missing")
                .hasMessageContaining("it must begin with https, because the key in env:THE_KEY is sent there")
                .hasMessageContaining("model.attempts is 9: it must be from 1 to 4")
                .hasMessageNotContaining("sk-abcdef");
    }

    @Test
    void aKeyInThePlaceOfItsPlaceIsRefusedUnseen() {
        assertThatThrownBy(() -> read(
                        Map.of("OPSCONDUCTOR_CHATBOT_MODEL_NAME", "m", "OPSCONDUCTOR_CHATBOT_MODEL_KEY", "sk-abcdef")))
                .hasMessageContaining("model.key does not say where the secret is")
                .hasMessageNotContaining("sk-abcdef");
    }

    @Test
    void anthropicNeedsAKey() {
        assertThatThrownBy(() -> read(Map.of(
                        "OPSCONDUCTOR_CHATBOT_MODEL_NAME", "claude",
                        "OPSCONDUCTOR_CHATBOT_MODEL_PROVIDER", "anthropic")))
                .hasMessageContaining("there is nothing in file:/nonexistent/model/key; put the API key there");
    }

    @Test
    void anAddressWithAPasswordInItIsRefused() {
        assertThatThrownBy(() -> read(Map.of(
                        "OPSCONDUCTOR_CHATBOT_MODEL_NAME", "m",
                        "OPSCONDUCTOR_CHATBOT_MODEL_URL", "https://me:pw@models.example.com/v1")))
                .hasMessageContaining("model.url holds a password or a query");
    }
}
