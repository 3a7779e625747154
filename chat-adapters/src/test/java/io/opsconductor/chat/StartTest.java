package io.opsconductor.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsconductor.chat.web.PortTakenException;
import io.opsconductor.json.Json;
import io.opsconductor.kit.config.InvalidSettingsException;
import io.opsconductor.kit.keys.KeyFileException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    void noticesAreToldInAConversationOfThePageOrAChannelOfSlack() {
        assertThat(notices("oncall-log")).isEqualTo(new NoticePlace("oncall-log", Optional.empty()));
        assertThat(notices("slack:T024BE7LD/C024BE91L"))
                .isEqualTo(new NoticePlace(
                        "slack-T024BE7LD-C024BE91L", Optional.of(new NoticePlace.Channel("T024BE7LD", "C024BE91L"))));
        assertThatThrownBy(() -> notices("#incidents"))
                .hasMessageContaining("break-glass.notice is \"#incidents\": expected a conversation of the page");
    }

    private NoticePlace notices(String place) {
        return ChatbotSettings.read(
                        Map.of("OPSCONDUCTOR_HOME", home.toString(), "OPSCONDUCTOR_CHATBOT_BREAK_GLASS_NOTICE", place))
                .breakGlassNotice();
    }

    /** Also what a launcher or a container keeps: the words on one stream, a line of JSON on the other. */
    @Test
    void aMistakeIsToldOnceInWordsAndOnceInTheLog() throws Exception {
        Process process = started(List.of());
        String log = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String words = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(3);
        assertThat(words.lines().filter(line -> line.startsWith("opsconductor chatbot: ")))
                .hasSize(1);
        assertThat(words)
                .contains("port is \"many\": it must be a whole number")
                .doesNotContain("{");
        assertThat(log.lines())
                .singleElement()
                .satisfies(line -> assertThat(Json.tree(line).get("message").asText())
                        .startsWith("the chatbot did not start: ")
                        .contains("port is \"many\""));
    }

    @Test
    void onATerminalAMistakeIsToldInWordsAlone() throws Exception {
        Process process = started(List.of("script", "--quiet", "--return", "--command"));
        String screen = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(3);
        assertThat(screen)
                .startsWith("opsconductor chatbot: ")
                .containsOnlyOnce("port is \"many\"")
                .doesNotContain("{");
    }

    /** @param before runs the command that follows as one word, on a terminal of its own; empty runs it without one */
    private Process started(List<String> before) throws IOException {
        List<String> java = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "io.opsconductor.chat.Main");
        List<String> command = new ArrayList<>(before);
        if (before.isEmpty()) {
            command.addAll(java);
        } else {
            command.add("'" + String.join("' '", java) + "'");
            command.add("/dev/null");
        }
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("OPSCONDUCTOR_HOME", home.toString());
        builder.environment().put("OPSCONDUCTOR_CHATBOT_PORT", "many");
        if (!before.isEmpty()) {
            builder.redirectErrorStream(true);
        }
        return builder.start();
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
