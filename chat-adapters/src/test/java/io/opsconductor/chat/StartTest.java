package io.opsconductor.chat;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsconductor.chat.web.PortTakenException;
import io.opsconductor.kit.config.InvalidSettingsException;
import io.opsconductor.kit.keys.KeyFileException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartTest {
    @TempDir
    Path home;

    @Test
    void allMistakesInTheSettingsAreNamedAtOnce() {
        assertThatThrownBy(() -> ChatbotSettings.read(Map.of(
                        "OPSCONDUCTOR_HOME", home.toString(),
                        "OPSCONDUCTOR_CHATBOT_PORT", "many",
                        "OPSCONDUCTOR_CHATBOT_HEARTBEAT", "1h",
                        "OPSCONDUCTOR_CHATBOT_RUNNER_URL", "runner")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("3 mistakes")
                .hasMessageContaining("port is \"many\": it must be a whole number")
                .hasMessageContaining("heartbeat is PT1H: it must be from PT0.1S to PT1M")
                .hasMessageContaining("runner.url is \"runner\": it must be an http or https address");
    }

    @Test
    void aPlainAddressOfTheRunnerIsRefused() {
        assertThatThrownBy(() -> ChatbotSettings.read(Map.of(
                        "OPSCONDUCTOR_HOME", home.toString(), "OPSCONDUCTOR_CHATBOT_RUNNER_URL", "http://127.0.0.1:1")))
                .hasMessageContaining("it must begin with https, because the runner speaks mutual TLS only");
    }

    @Test
    void withoutKeysItSaysWhichFileIsMissing() {
        assertThatThrownBy(() -> Main.start(
                        ChatbotSettings.read(Map.of("OPSCONDUCTOR_HOME", home.toString())), Clock.systemUTC()))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining(home.resolve("keys/chatbot.pub").toString());
    }

    @Test
    void aTakenPortIsNamedWithTheRemedy() throws Exception {
        RunningChatbot.keys(home);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            assertThatThrownBy(() -> Main.start(
                            ChatbotSettings.read(
                                    Map.of("OPSCONDUCTOR_HOME", home.toString(), "OPSCONDUCTOR_CHATBOT_PORT", port)),
                            Clock.systemUTC()))
                    .isInstanceOf(PortTakenException.class)
                    .hasMessageContaining("cannot listen on 127.0.0.1:" + port)
                    .hasMessageContaining("OPSCONDUCTOR_CHATBOT_PORT");
        }
    }
}
