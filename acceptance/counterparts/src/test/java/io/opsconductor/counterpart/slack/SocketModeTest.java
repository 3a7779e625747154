package io.opsconductor.counterpart.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Socket Mode, with the JDK's own web socket client: each envelope to one connection, to another when one drops. */
final class SocketModeTest {
    private final SlackCounterpart slack = SlackCounterpart.start();
    private final AppUnderTest app = new AppUnderTest();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Workspace acme = slack.addWorkspace("Acme");
    private final Person alice = acme.person("alice");
    private final SlackApp opsApp = slack.addApp("Ops").deliverBySocketMode().subscribedTo("message.channels");
    private final String appToken = opsApp.newAppToken();
    private final Installation ops = acme.install(opsApp);
    private final Channel general = acme.channel("general", alice, ops.bot());

    /** One connection: what arrives, and the way to answer. */
    private static final class Line implements WebSocket.Listener {
        private final BlockingQueue<JsonNode> arrived = new LinkedBlockingQueue<>();
        private final StringBuilder part = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                arrived.add(Json.read(part.toString()).orElseThrow());
                part.setLength(0);
            }
            socket.request(1);
            return java.util.concurrent.CompletableFuture.completedFuture(null);
        }

        JsonNode next() throws InterruptedException {
            JsonNode message = arrived.poll(10, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("nothing arrived within ten seconds");
            }
            return message;
        }
    }

    @AfterEach
    void stop() {
        http.shutdownNow();
        app.close();
        slack.close();
    }

    private URI address() {
        return URI.create(app.call(slack, appToken, "apps.connections.open", Json.object())
                .path("url")
                .asText());
    }

    private WebSocket connect(Line line) {
        return http.newWebSocketBuilder().buildAsync(address(), line).join();
    }

    private static void acknowledge(WebSocket socket, JsonNode envelope, String payload) {
        String id = envelope.path("envelope_id").asText();
        socket.sendText("{\"envelope_id\":\"" + id + "\"" + payload + "}", true).join();
    }

    @Test
    void aConnectionIsGreetedAndAnEventIsAcknowledged() throws InterruptedException {
        Line line = new Line();
        WebSocket socket = connect(line);
        JsonNode hello = line.next();
        assertThat(hello.path("type").asText()).isEqualTo("hello");
        assertThat(hello.path("num_connections").asInt()).isEqualTo(1);

        alice.says(general, "hello");
        JsonNode envelope = line.next();
        assertThat(envelope.path("type").asText()).isEqualTo("events_api");
        assertThat(envelope.path("payload").path("event").path("text").asText()).isEqualTo("hello");
        acknowledge(socket, envelope, "");
        slack.deliveries().await("message").awaitAcknowledged(Duration.ofSeconds(5));
    }

    @Test
    void anEnvelopeOfADroppedConnectionGoesToAnother() throws InterruptedException {
        Line first = new Line();
        connect(first);
        first.next();
        Line second = new Line();
        WebSocket other = connect(second);
        assertThat(second.next().path("num_connections").asInt()).isEqualTo(2);

        alice.says(general, "hello");
        JsonNode lost = first.next();
        slack.sockets().drop(opsApp);
        JsonNode again = second.next();

        assertThat(again.path("payload").path("event_id"))
                .isEqualTo(lost.path("payload").path("event_id"));
        acknowledge(other, again, "");
        slack.deliveries().await("message").awaitAcknowledged(Duration.ofSeconds(5));
        assertThat(slack.sockets().connections(opsApp)).isEqualTo(1);
    }

    @Test
    void aSlashCommandIsAnsweredWithTheAcknowledgement() throws Exception {
        Line line = new Line();
        WebSocket socket = connect(line);
        line.next();
        var answer =
                java.util.concurrent.CompletableFuture.supplyAsync(() -> alice.runs(opsApp, general, "/ops", "status"));
        acknowledge(socket, line.next(), ",\"payload\":{\"text\":\"on it\"}");

        assertThat(answer.get(5, TimeUnit.SECONDS).json().path("text").asText()).isEqualTo("on it");
        assertThat(general.awaitEphemeral(alice, "on it").text()).isEqualTo("on it");
    }

    @Test
    void aRefreshIsAnnouncedAndEndsTheConnection() throws InterruptedException {
        Line line = new Line();
        connect(line);
        line.next();
        slack.sockets().warn(opsApp);
        assertThat(line.next().path("reason").asText()).isEqualTo("warning");
        slack.sockets().refresh(opsApp);
        assertThat(line.next().path("reason").asText()).isEqualTo("refresh_requested");
        slack.sockets().awaitConnections(opsApp, 0);
    }

    @Test
    void anEleventhConnectionIsRefused() throws InterruptedException {
        slack.limits().allow("apps.connections.open", 20);
        for (int count = 1; count <= 10; count++) {
            Line line = new Line();
            connect(line);
            assertThat(line.next().path("num_connections").asInt()).isEqualTo(count);
        }
        Line eleventh = new Line();
        connect(eleventh);
        assertThat(eleventh.next().path("reason").asText()).isEqualTo("too_many_websockets");
    }

    @Test
    void withoutAConnectionAPersonIsToldThatTheAppDidNotAnswer() {
        assertThat(alice.runs(opsApp, general, "/ops", "status").problem()).isEqualTo("no_connection");
    }
}
