package io.opsconductor.kit.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsconductor.kit.config.InvalidSettingsException;
import io.opsconductor.kit.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TracingSettingsTest {
    private static final String SECRET = "planted-secret";

    private static Optional<TracingSettings> read(String... keysAndValues) {
        Map<String, String> environment = new HashMap<>(Map.of("SECRET_HEADERS", "Authorization: Bearer " + SECRET));
        environment.put("BAD_HEADERS", "X-One: 1\n" + SECRET);
        environment.put("OUR_HEADERS", "Content-Type: " + SECRET);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            environment.put("OPSCONDUCTOR_CHATBOT_TRACING_" + keysAndValues[i], keysAndValues[i + 1]);
        }
        Settings settings = Settings.open("chatbot", Optional.empty(), environment);
        Optional<TracingSettings> read = TracingSettings.beginning(settings, Path.of("home"));
        settings.check();
        return read;
    }

    @Test
    void withoutAnEndpointNothingIsTraced() {
        assertThat(read()).isEmpty();
        assertThat(read("PERCENT", "5")).isEmpty();
    }

    @Test
    void whatIsSetIsTaken() {
        TracingSettings read = read(
                        "ENDPOINT",
                        "https://collector.example.com/v1/traces",
                        "HEADERS",
                        "env:SECRET_HEADERS",
                        "TIMEOUT",
                        "2s",
                        "QUEUE",
                        "64",
                        "PERCENT",
                        "10")
                .orElseThrow();
        assertThat(read.timeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(read.queue()).isEqualTo(64);
        assertThat(read.percent()).isEqualTo(10);
        assertThat(read.readHeaders()).containsExactly(Map.entry("Authorization", "Bearer " + SECRET));
        assertThat(read.toString()).doesNotContain(SECRET);
    }

    private static void refused(String words, String... keysAndValues) {
        assertThatThrownBy(() -> read(keysAndValues))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(words)
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void everyMistakeIsNamedWithItsRemedyAndWithoutSecrets() {
        refused(
                "tracing.endpoint is \"collector:4318\": it must be an http or https address",
                "ENDPOINT",
                "collector:4318");
        refused(
                "it must be the whole address at which the collector takes traces, such as http://localhost:4318/v1/traces",
                "ENDPOINT",
                "http://localhost:4318");
        refused(
                "it must begin with https",
                "ENDPOINT",
                "http://collector:4318/v1/traces",
                "HEADERS",
                "env:SECRET_HEADERS");
        refused("tracing.headers does not say where the secret is", "HEADERS", "Authorization: Bearer " + SECRET);
        refused(
                "line 2 of env:BAD_HEADERS is no header: it must be NAME: VALUE",
                "ENDPOINT",
                "https://collector/v1/traces",
                "HEADERS",
                "env:BAD_HEADERS");
        refused(
                "line 1 of env:OUR_HEADERS sets Content-Type, which is set already",
                "ENDPOINT",
                "https://collector/v1/traces",
                "HEADERS",
                "env:OUR_HEADERS");
        refused("tracing.queue is 3: it must be from 64 to 65536", "QUEUE", "3");
        refused("tracing.percent is 0: it must be from 1 to 100", "PERCENT", "0");
    }

    @Test
    void anAddressWithAPasswordIsRefused() {
        assertThatThrownBy(() -> read("ENDPOINT", "https://user:word@collector/v1/traces"))
                .hasMessageContaining("tracing.endpoint holds a password or a query");
    }
}
