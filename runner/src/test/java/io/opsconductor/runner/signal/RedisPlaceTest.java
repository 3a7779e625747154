package io.opsconductor.runner.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsconductor.kit.config.InvalidSettingsException;
import io.opsconductor.runner.RunnerSettings;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How it is said where Redis is. */
class RedisPlaceTest {
    private static Map<String, String> settings(String... more) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "OPSCONDUCTOR_HOME",
                "/tmp/none",
                "OPSCONDUCTOR_RUNNER_STORE_URL",
                "jdbc:postgresql://db.example.com/runner",
                "OPSCONDUCTOR_RUNNER_STORE_USER",
                "runner",
                "OPSCONDUCTOR_RUNNER_STORE_SHARED",
                "true"));
        for (int i = 0; i < more.length; i += 2) {
            environment.put("OPSCONDUCTOR_RUNNER_" + more[i], more[i + 1]);
        }
        return environment;
    }

    @Test
    void aWholePlaceIsRead() {
        RedisPlace place = RunnerSettings.read(settings(
                        "REDIS_ADDRESS", "rediss://valkey.example.com",
                        "REDIS_USER", "runner",
                        "REDIS_PASSWORD", "env:WORD",
                        "REDIS_AUTHORITY", "/etc/ca.crt",
                        "REDIS_NAME", "trial"))
                .redis()
                .orElseThrow();
        assertThat(place.address()).hasToString("rediss://valkey.example.com:6379");
        assertThat(place.user()).isEqualTo("runner");
        assertThat(place.password()).hasToString("env:WORD");
        assertThat(place.authority()).hasToString("/etc/ca.crt");
        assertThat(place.name()).isEqualTo("trial");
    }

    @Test
    void thereIsNoneWithoutAnAddress() {
        assertThat(RunnerSettings.read(settings()).redis()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://:secret@host",
                "http://secret",
                "redis://host/secret",
                "host:6379",
                "redis://",
                "redis://h:0"
            })
    void anAddressOfSomethingElseIsRefusedWithoutRepeatingIt(String address) {
        assertThatThrownBy(() -> RunnerSettings.read(settings("REDIS_ADDRESS", address)))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("redis.address is no address of Redis or Valkey: it must be redis://HOST[:PORT]")
                .hasMessageNotContaining("secret");
    }

    @Test
    void whatDoesNotGoTogetherIsSaid() {
        assertThatThrownBy(() -> RunnerSettings.read(settings(
                        "STORE_SHARED", "false",
                        "REDIS_ADDRESS", "redis://host",
                        "REDIS_NAME", "a b",
                        "REDIS_AUTHORITY", "ca.crt")))
                .hasMessageContaining("redis.address is set, and store.shared is not")
                .hasMessageContaining("redis.name is \"a b\": it must be 1 to 64 letters")
                .hasMessageContaining("redis.authority is for rediss://, and redis.address is without TLS");
        assertThatThrownBy(() -> RunnerSettings.read(settings("REDIS_USER", "me")))
                .hasMessageContaining("redis.user and redis.authority need redis.address");
    }
}
