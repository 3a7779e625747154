package io.opsconductor.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in to the page and the chat API, and what is open to others. */
class LocalChatGuardTest {
    private static final Pattern LENGTH = Pattern.compile("\r\nContent-Length: (\\d+)\r\n");
    private static final String BODY = "{\"user\":\"alice\",\"text\":\"help\"}";

    @TempDir
    Path home;

    private SlackHome slack;

    @BeforeEach
    void start() {
        slack = new SlackHome(home);
    }

    @AfterEach
    void stop() {
        slack.close();
    }

    private static String exchange(InetAddress to, int port, String request) throws IOException {
        try (Socket socket = new Socket(to, port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            return answer(socket.getInputStream());
        }
    }

    /** The head and, when its length is said, the body: the connection stays open. */
    private static String answer(InputStream in) throws IOException {
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return answer.toString();
            }
            answer.append((char) next);
        }
        Matcher length = LENGTH.matcher(answer);
        return answer
                + (length.find()
                        ? new String(in.readNBytes(Integer.parseInt(length.group(1))), StandardCharsets.UTF_8)
                        : "");
    }

    private static String get(InetAddress to, int port, String path, String host, String... headers)
            throws IOException {
        return exchange(
                to,
                port,
                "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n" + String.join("", headers)
                        + "\r\n");
    }

    private static String say(InetAddress to, int port, String path, String host, String... headers)
            throws IOException {
        return exchange(
                to,
                port,
                "POST " + path + " HTTP/1.1\r\nHost: " + host
                        + "\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: " + BODY.length()
                        + "\r\n" + String.join("", headers) + "\r\n" + BODY);
    }

    /** An address of this machine that others can reach. */
    private static Optional<InetAddress> outside() throws IOException {
        return Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .findFirst();
    }

    @Test
    void whoComesOverTheNetworkCannotSpeakInAnybodysName() throws IOException {
        Optional<InetAddress> outside = outside();
        assumeTrue(outside.isPresent(), "this machine has no address but the loopback one");
        try (Chatbot chatbot = slack.setting("HOST", "0.0.0.0").start()) {
            String refused = say(outside.get(), chatbot.port(), "/chat/messages", "localhost");
            assertThat(refused).startsWith("HTTP/1.1 403").contains("not_local");
            assertThat(get(outside.get(), chatbot.port(), "/", "localhost")).startsWith("HTTP/1.1 403");
            assertThat(get(outside.get(), chatbot.port(), "/health", "10.1.2.3:3005"))
                    .doesNotContain("foreign_host");
            assertThat(get(outside.get(), chatbot.port(), "/health/live", "10.1.2.3"))
                    .startsWith("HTTP/1.1 200");
            assertThat(get(outside.get(), chatbot.port(), "/metrics", "anything"))
                    .startsWith("HTTP/1.1 200");
            assertThat(say(outside.get(), chatbot.port(), "/slack/events", "ops.example.com"))
                    .startsWith("HTTP/1.1 401");
            assertThat(say(InetAddress.getLoopbackAddress(), chatbot.port(), "/chat/messages", "localhost"))
                    .startsWith("HTTP/1.1 202");
        }
    }

    @Test
    void theSettingOpensItToEverybodyWhoUsesItsName() throws IOException {
        Optional<InetAddress> outside = outside();
        assumeTrue(outside.isPresent(), "this machine has no address but the loopback one");
        slack.setting("HOST", "0.0.0.0").setting("LOCAL_CHAT", "open").setting("ALLOWED_HOSTS", "ops.example.com");
        try (Chatbot chatbot = slack.start()) {
            assertThat(say(outside.get(), chatbot.port(), "/chat/messages", "ops.example.com"))
                    .startsWith("HTTP/1.1 202");
            assertThat(say(outside.get(), chatbot.port(), "/chat/messages", "evil.example.com"))
                    .startsWith("HTTP/1.1 403");
        }
    }

    @Test
    void theSettingTakesItAway() throws IOException {
        try (Chatbot chatbot = slack.setting("LOCAL_CHAT", "off").start()) {
            InetAddress here = InetAddress.getLoopbackAddress();
            assertThat(say(here, chatbot.port(), "/chat/messages", "localhost")).startsWith("HTTP/1.1 404");
            assertThat(get(here, chatbot.port(), "/", "localhost")).startsWith("HTTP/1.1 404");
            assertThat(get(here, chatbot.port(), "/health/live", "localhost")).startsWith("HTTP/1.1 200");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-For: 203.0.113.9", "Forwarded: for=203.0.113.9", "X-Real-IP: 203.0.113.9"})
    void whoComesThroughAProxyOnThisMachineIsNotFromHere(String header) throws IOException {
        try (Chatbot chatbot = slack.start()) {
            assertThat(say(
                            InetAddress.getLoopbackAddress(),
                            chatbot.port(),
                            "/chat/messages",
                            "localhost",
                            header + "\r\n"))
                    .startsWith("HTTP/1.1 403");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/slack/../chat/messages",
                "/slack/..%2fchat/messages",
                "/slack/%2e%2e/chat/messages",
                "/slack/..;/chat/messages",
                "/slack//../chat/messages",
                "/health/../chat/messages",
                "/metrics/../chat/messages",
                "//chat/messages",
                "/chat/messages"
            })
    void noSpellingOfAPathGetsAroundTheGuard(String path) throws IOException {
        try (Chatbot chatbot = slack.start()) {
            String answer = say(InetAddress.getLoopbackAddress(), chatbot.port(), path, "evil.example.com");
            assertThat(answer).doesNotStartWith("HTTP/1.1 2");
        }
    }

    @Test
    void withoutSlackItsPathsAreGuardedLikeTheRest() throws IOException {
        try (Chatbot chatbot = slack.setting("SLACK_MODE", "off").start()) {
            InetAddress here = InetAddress.getLoopbackAddress();
            assertThat(say(here, chatbot.port(), "/slack/events", "ops.example.com"))
                    .startsWith("HTTP/1.1 403");
            assertThat(say(here, chatbot.port(), "/slack/events", "localhost")).startsWith("HTTP/1.1 404");
        }
    }
}
