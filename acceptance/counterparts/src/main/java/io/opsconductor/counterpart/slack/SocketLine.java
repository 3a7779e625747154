package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.java_websocket.WebSocket;
import org.java_websocket.exceptions.WebsocketNotConnectedException;

/** One Socket Mode connection of an app, and the envelopes on it that are not acknowledged yet. */
final class SocketLine {
    /** What became of an envelope. */
    sealed interface Outcome {
        /** @param payload what the app answered with the acknowledgement, as JSON text, or empty */
        record Acknowledged(String payload) implements Outcome {}

        record TimedOut() implements Outcome {}

        record Dropped() implements Outcome {}
    }

    private final World world;
    private final SlackApp app;
    private final WebSocket socket;
    private final int number;
    private final Map<String, CompletableFuture<Outcome>> waiting = new ConcurrentHashMap<>();
    private volatile boolean open = true;
    private volatile long lastTurn;

    SocketLine(World world, SlackApp app, WebSocket socket, int number) {
        this.world = world;
        this.app = app;
        this.socket = socket;
        this.number = number;
    }

    SlackApp app() {
        return app;
    }

    int number() {
        return number;
    }

    boolean open() {
        return open;
    }

    long lastTurn() {
        return lastTurn;
    }

    void turn(long turn) {
        lastTurn = turn;
    }

    Outcome deliver(ObjectNode envelope, Duration limit) {
        String id = envelope.path("envelope_id").asText();
        CompletableFuture<Outcome> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        try {
            if (!open) {
                return new Outcome.Dropped();
            }
            send(envelope.toString());
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return new Outcome.TimedOut();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.TimedOut();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an acknowledgement cannot fail", e);
        } finally {
            waiting.remove(id);
        }
    }

    void send(String text) {
        try {
            socket.send(text);
        } catch (WebsocketNotConnectedException e) {
            closed();
        }
    }

    void received(String text) {
        JsonNode message = Json.read(text).orElse(Json.object());
        CompletableFuture<Outcome> answer =
                waiting.get(message.path("envelope_id").asText());
        if (answer != null) {
            JsonNode payload = message.path("payload");
            boolean empty =
                    payload.isMissingNode() || payload.isNull() || (payload.isEmpty() && payload.isContainerNode());
            String said = payload.isTextual() ? payload.asText() : payload.toString();
            answer.complete(new Outcome.Acknowledged(empty ? "" : said));
        }
    }

    /** @param reason {@code warning}, {@code refresh_requested}, {@code link_disabled} or {@code too_many_websockets} */
    void disconnect(String reason) {
        send(Json.object(
                        "type",
                        "disconnect",
                        "reason",
                        reason,
                        "debug_info",
                        Json.object("host", "applink-counterpart-" + number))
                .toString());
    }

    /** Ends it with a closing handshake. */
    void end() {
        world.run(() -> open = false);
        socket.close();
    }

    /** Ends it without one. */
    void cut(int code) {
        world.run(() -> open = false);
        socket.closeConnection(code, "");
        closed();
    }

    void closed() {
        world.run(() -> open = false);
        waiting.values().forEach(answer -> answer.complete(new Outcome.Dropped()));
    }

    @Override
    public String toString() {
        return "connection " + number + " of " + app.name() + (open ? "" : " [closed]");
    }
}
