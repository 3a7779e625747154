package io.opsconductor.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.chat.scripted.ScriptedRunner;
import io.opsconductor.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileInputTest {
    private static final Pattern LENGTH = Pattern.compile("\r\nContent-Length: (\\d+)\r\n");

    private ScriptedRunner runner;
    private RunningChatbot chatbot;
    private Caller chat;

    @BeforeAll
    void start(@TempDir Path home) {
        RunningChatbot.keys(home);
        runner = ScriptedRunner.start(home);
        chatbot = RunningChatbot.start(home, runner);
        chat = chatbot.caller();
    }

    @AfterAll
    void stop() {
        chatbot.close();
        runner.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            no text                | {"user":"alice"}                                        | 400 | invalid_json
            null text              | {"user":"alice","text":null}                            | 400 | invalid_json
            empty text             | {"user":"alice","text":""}                              | 400 | empty_message
            blank text             | {"user":"alice","text":" \\n\\t "}                      | 400 | empty_message
            NUL in the text        | {"user":"alice","text":"check\\u0000disk"}              | 400 | control_character
            escape in the text     | {"user":"alice","text":"\\u001b[31mred"}                | 400 | control_character
            C1 control in the text | {"user":"alice","text":"a\\u0085b"}                     | 400 | control_character
            lone carriage return   | {"user":"alice","text":"a\\rb"}                         | 400 | control_character
            half a character       | {"user":"alice","text":"a\\ud83db"}                     | 400 | control_character
            no user                | {"text":"help"}                                         | 400 | invalid_json
            empty user             | {"user":"","text":"help"}                               | 400 | invalid_user
            user with a colon      | {"user":"slack:x","text":"help"}                        | 400 | invalid_user
            user in capitals       | {"user":"Alice","text":"help"}                          | 400 | invalid_user
            look-alike user        | {"user":"\\u0430lice","text":"help"}                    | 400 | invalid_user
            long user              | {"user":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","text":"a"} | 400 | invalid_user
            strange conversation   | {"conversation":"../x","user":"alice","text":"help"}    | 400 | invalid_conversation
            empty conversation     | {"conversation":"","user":"alice","text":"help"}        | 400 | invalid_conversation
            unknown field          | {"user":"alice","text":"help","admin":true}             | 400 | invalid_json
            duplicate field        | {"user":"alice","user":"bob","text":"help"}             | 400 | invalid_json
            an array               | [1]                                                     | 400 | invalid_json
            nothing                | ''                                                      | 400 | invalid_json
            half a body            | {"user":                                                | 400 | invalid_json
            two bodies             | {"user":"alice","text":"a"}{}                           | 400 | invalid_json
            """)
    void messagesOfAWrongFormAreRefused(String name, String body, int status, String code) {
        Caller.Answer answer = post("/chat/messages", "application/json", body);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.message()).isNotBlank();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            unknown decision | {"user":"bob","decision":"maybe","digest":"sha256:0"}   | 400 | invalid_decision
            short digest     | {"user":"bob","decision":"approve","digest":"sha256:0"} | 400 | invalid_digest
            no digest        | {"user":"bob","decision":"approve"}                     | 400 | invalid_json
            no user          | {"decision":"approve","digest":"sha256:0"}              | 400 | invalid_json
            """)
    void decisionsOfAWrongFormAreRefused(String name, String body, int status, String code) {
        Caller.Answer answer = post("/chat/approvals/a1", "application/json", body);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(status);
    }

    @Test
    void aReasonWithControlCharactersIsRefused() {
        Caller.Answer answer = post(
                "/chat/approvals/a1",
                "application/json",
                Json.write(Map.of(
                        "user", "bob",
                        "decision", "deny",
                        "digest", "sha256:" + "0".repeat(64),
                        "reason", "\u001b[2J")));
        assertThat(answer.code()).isEqualTo("invalid_reason");
    }

    @Test
    void tooLongMessagesAreRefusedWithTheLimit() {
        Caller.Answer long1 = post(
                "/chat/messages", "application/json", Json.write(Map.of("user", "alice", "text", "x".repeat(4_001))));
        assertThat(long1.status()).isEqualTo(413);
        assertThat(long1.message()).isEqualTo("the message has 4001 characters; at most 4000 are taken");
        Caller.Answer long2 = post(
                "/chat/messages", "application/json", Json.write(Map.of("user", "alice", "text", "x".repeat(100_000))));
        assertThat(long2.status()).isEqualTo(413);
        assertThat(long2.code()).isEqualTo("body_too_large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/jsonx"})
    void otherContentTypesAreRefused(String type) {
        Caller.Answer answer = post("/chat/messages", type, "{\"user\":\"alice\",\"text\":\"help\"}");
        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.code()).isEqualTo("wrong_content_type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "http://127.0.0.1:1", "null"})
    void pagesOfOtherSitesAreRefused(String origin) throws IOException {
        String answer = raw("127.0.0.1:" + chatbot.port(), "Origin: " + origin + "\r\n");
        assertThat(answer).startsWith("HTTP/1.1 403").contains("foreign_origin");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:3005",
                "127.0.0.1.evil.example",
                "localhost.evil.example",
                "10.0.0.1"
            })
    void namesThatAreNotOfThisMachineAreRefused(String host) throws IOException {
        assertThat(raw(host, "")).startsWith("HTTP/1.1 403").contains("foreign_host");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:3005", "LOCALHOST", "127.0.0.1:9", "[::1]:3005"})
    void loopbackNamesAreServed(String host) throws IOException {
        assertThat(raw(host, "")).startsWith("HTTP/1.1 200");
    }

    @Test
    void thePageComesWithHeadersThatKeepOthersOut() throws IOException {
        assertThat(raw("localhost", ""))
                .contains("Content-Security-Policy: default-src 'self'; ")
                .contains("frame-ancestors 'none'")
                .contains("X-Content-Type-Options: nosniff")
                .contains("Referrer-Policy: no-referrer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/stream.js"})
    void aFileThatTheBrowserHasIsNotSentAgain(String path) throws Exception {
        URI file = URI.create("http://localhost:" + chatbot.port() + path);
        try (HttpClient browser = HttpClient.newHttpClient()) {
            HttpResponse<String> first =
                    browser.send(HttpRequest.newBuilder(file).build(), HttpResponse.BodyHandlers.ofString());
            String tag = first.headers().firstValue("ETag").orElseThrow();
            HttpResponse<String> again = browser.send(
                    HttpRequest.newBuilder(file).header("If-None-Match", tag).build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(first.statusCode()).isEqualTo(200);
            assertThat(again.statusCode()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
        }
    }

    @Test
    void aConnectionIsClosedAfterTheAnswerWhenTheCallerAskedForThat() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), chatbot.port())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream()
                    .write("GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 ")
                    .contains("Connection: close")
                    .endsWith("}");
        }
    }

    @Test
    void aRequestWithTwoLengthsIsRefused() throws IOException {
        String smuggled = "0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), chatbot.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("POST /chat/messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: " + smuggled.length() + "\r\nTransfer-Encoding: chunked\r\n\r\n"
                                    + smuggled)
                            .getBytes(StandardCharsets.US_ASCII));
            String everything = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(everything).startsWith("HTTP/1.1 400").contains("ambiguous_length");
            assertThat(everything).containsOnlyOnce("HTTP/1.1 ");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/chat/conversations/nothing/events, 404, unknown_conversation",
        "/chat/conversations/a.b/events, 400, invalid_conversation",
        "/chat/conversations/c1/events?after=-1, 400, invalid_after",
        "/chat/conversations/c1/events?after=x, 400, invalid_after",
        "/chat/conversations/c1/events?wait=31, 400, invalid_wait",
        "/chat/conversations, 400, invalid_user",
        "/chat/nothing, 404, unknown_call",
        "/chat/messages, 404, unknown_call"
    })
    void readingCallsOfAWrongFormAreRefused(String path, int status, String code) {
        Caller.Answer answer = chat.get(path);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/../../etc/passwd", "/..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/nothing.html"})
    void nothingOutsideThePageIsServed(String path) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), chatbot.port())) {
            assertThat(exchange(socket, path, "localhost", ""))
                    .doesNotContain("root:")
                    .containsPattern("HTTP/1.1 4..");
        }
    }

    @Test
    void aStreamReaderGetsEventsAsTheyCome() throws IOException {
        String conversation = chat.say("alice", "help");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), chatbot.port())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(("GET /chat/conversations/" + conversation + "/events?after=0 HTTP/1.1\r\nHost: localhost\r\n"
                            + "Accept: text/event-stream\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            StringBuilder seen = new StringBuilder();
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[8192];
            while (!seen.toString().contains("id: 2\ndata: {\"seq\":2,\"type\":\"message\"")) {
                int n = in.read(buffer);
                assertThat(n).as("stream so far: %s", seen).isPositive();
                seen.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
            }
            assertThat(seen.toString()).contains("text/event-stream").contains("id: 1\ndata: {\"seq\":1,");
        }
    }

    private Caller.Answer post(String path, String contentType, String body) {
        return chat.send(HttpRequest.newBuilder(chat.uri(path))
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private String raw(String host, String headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), chatbot.port())) {
            return exchange(socket, "/", host, headers);
        }
    }

    private static String exchange(Socket socket, String path, String host, String headers) throws IOException {
        socket.setSoTimeout(10_000);
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + headers + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        StringBuilder seen = new StringBuilder();
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[8192];
        while (!isWhole(seen.toString())) {
            int n = in.read(buffer);
            if (n < 0) {
                break;
            }
            seen.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
        }
        return seen.toString();
    }

    /** After an error the connection stays open whatever the request says, so the length tells the end. */
    private static boolean isWhole(String response) {
        Matcher length = LENGTH.matcher(response);
        int head = response.indexOf("\r\n\r\n");
        return head > 0 && length.find() && response.length() >= head + 4 + Integer.parseInt(length.group(1));
    }
}
