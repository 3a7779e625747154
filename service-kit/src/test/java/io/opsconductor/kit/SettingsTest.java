package io.opsconductor.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsconductor.kit.config.InvalidSettingsException;
import io.opsconductor.kit.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir
    Path dir;

    @Test
    void theEnvironmentWinsOverTheFile() throws IOException {
        Path yaml = Files.writeString(dir.resolve("runner.yaml"), "api:\n  port: 4000\n  host: example\n");
        Settings settings = Settings.open("runner", Optional.of(yaml), Map.of("OPSCONDUCTOR_RUNNER_API_PORT", "5000"));
        assertThat(settings.port("api.port", 3003)).isEqualTo(5000);
        assertThat(settings.text("api.host", "localhost")).isEqualTo("example");
        settings.check();
    }

    @Test
    void allMistakesAreReportedAtOnce() throws IOException {
        Path yaml = Files.writeString(dir.resolve("runner.yaml"), "api:\n  prot: 4000\n");
        Settings settings = Settings.open(
                "runner",
                Optional.of(yaml),
                Map.of("OPSCONDUCTOR_RUNNER_API_PORT", "many", "OPSCONDUCTOR_RUNNER_EXPIRY", "15 minutes"));
        settings.port("api.port", 3003);
        settings.duration("expiry", Duration.ofMinutes(15), Duration.ofSeconds(1), Duration.ofHours(1));
        assertThatThrownBy(settings::check)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("""
                        the configuration has 3 mistakes:
                          - api.port is "many": it must be a whole number
                          - expiry is "15 minutes": it must be a duration such as 30s or 15m
                          - api.prot is not a setting: known ones are api.port, expiry""");
    }
}
