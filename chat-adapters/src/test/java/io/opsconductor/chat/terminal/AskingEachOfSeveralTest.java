package io.opsconductor.chat.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.opsconductor.chat.counterpart.Counterpart;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code --unless-standby}, with which a script asks each of several chatbots. */
class AskingEachOfSeveralTest {
    private static final String STANDBY = """
            {"error": {"code": "standby", "message": "this chatbot stands by", "hint": "ask that one"}}""";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int chat(String address, String... args) {
        return ChatCommand.run(
                new ChatCommand.Surroundings(
                        new PrintWriter(out), new PrintWriter(err), Map.of("OPSCONDUCTOR_CHAT_URL", address), null),
                args);
    }

    @Test
    void oneThatStandsByIsNotAskedWhereTheOtherWorks() throws IOException {
        HttpServer standby = standby(200);
        String address = "http://127.0.0.1:" + standby.getAddress().getPort();
        try {
            assertThat(chat(address, "--unless-standby", "--user", "alice", "hello"))
                    .isZero();
            assertThat(err).hasToString(address + " stands by for another chatbot, which works.\n");
            assertThat(chat(address, "--user", "alice", "hello")).isNotZero();
        } finally {
            standby.stop(0);
        }
    }

    @Test
    void oneThatStandsByForNobodyIsAFailure() throws IOException {
        HttpServer standby = standby(503);
        String address = "http://127.0.0.1:" + standby.getAddress().getPort();
        try {
            assertThat(chat(address, "--unless-standby", "--user", "alice", "hello"))
                    .isEqualTo(3);
            assertThat(err.toString())
                    .contains("/ stands by, and the chatbot that it stands by for cannot be reached.");
        } finally {
            standby.stop(0);
        }
    }

    @Test
    void theOneThatWorksIsAsked() {
        try (Counterpart counterpart = Counterpart.start()) {
            assertThat(chat(
                            counterpart.uri().toString(),
                            "--unless-standby",
                            "--user",
                            "alice",
                            "--approve",
                            "check disk space on web-server-01"))
                    .isZero();
            assertThat(out.toString()).contains("check_disk_space succeeded on web-server-01.");
        }
    }

    private static HttpServer standby(int ready) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean health = exchange.getRequestURI().getPath().equals("/health/ready");
            byte[] body = (health ? "{}" : STANDBY).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(health ? ready : 503, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }
}
