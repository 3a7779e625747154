package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.java_websocket.WebSocket;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;

/**
 * Socket Mode: the web socket side of https://docs.slack.dev/apis/events-api/using-socket-mode. An app may hold ten
 * connections; each envelope goes to one of them, and to another when that one drops before it acknowledges.
 */
public final class SocketHub {
    private static final int MOST_CONNECTIONS = 10;
    private static final int USUAL_LIFE_SECONDS = 18_060;
    private static final int PING_SECONDS = 5;
    private static final Duration START_LIMIT = Duration.ofSeconds(10);
    private static final int POLICY_VIOLATION = 1008;
    private static final int GONE = 1006;

    private final World world;
    private final Server server;
    private final Map<String, SlackApp> tickets = new HashMap<>();
    private final List<SocketLine> lines = new ArrayList<>();
    private int lastNumber;
    private long lastTurn;

    SocketHub(World world) {
        this.world = world;
        this.server = new Server();
        server.startAndWait();
    }

    /** A fresh address for one connection, as {@code apps.connections.open} gives it. */
    URI ticket(SlackApp app) {
        String ticket = UUID.randomUUID().toString();
        world.run(() -> tickets.put(ticket, app));
        return URI.create("ws://127.0.0.1:" + server.getPort() + "/link/?ticket=" + ticket + "&app_id=" + app.id());
    }

    /** How many connections the app holds. */
    public int connections(SlackApp app) {
        return open(app).size();
    }

    /** Waits until the app holds so many connections. */
    public void awaitConnections(SlackApp app, int count) {
        world.await(
                count + " Socket Mode connections of " + app,
                () -> open(app).size() == count ? Optional.of(count) : Optional.empty(),
                () -> lines.toString());
    }

    /** Tells every connection that it will be refreshed soon. */
    public void warn(SlackApp app) {
        open(app).forEach(line -> line.disconnect("warning"));
    }

    /** Refreshes one connection, as Slack does every few hours: the message, then the end of the connection. */
    public void refresh(SlackApp app) {
        SocketLine line = oldest(app);
        line.disconnect("refresh_requested");
        line.end();
    }

    /** Somebody switches Socket Mode off: every connection ends. */
    public void disable(SlackApp app) {
        for (SocketLine line : open(app)) {
            line.disconnect("link_disabled");
            line.end();
        }
    }

    /** Cuts one connection without a word. */
    public void drop(SlackApp app) {
        oldest(app).cut(GONE);
    }

    public void dropAll(SlackApp app) {
        open(app).forEach(line -> line.cut(GONE));
    }

    /** Sends any text to every connection of the app. */
    public void sendRaw(SlackApp app, String text) {
        open(app).forEach(line -> line.send(text));
    }

    private SocketLine oldest(SlackApp app) {
        return open(app).stream()
                .findFirst()
                .orElseThrow(() -> new AssertionError(app + " holds no Socket Mode connection"));
    }

    private List<SocketLine> open(SlackApp app) {
        return world.get(() ->
                lines.stream().filter(line -> line.app() == app && line.open()).toList());
    }

    /** Sends the envelope to one connection, and to others as long as they drop; waits for the acknowledgement. */
    Answer send(SlackApp app, Envelope envelope) {
        Instant sent = world.now();
        long begun = System.nanoTime();
        while (true) {
            Optional<SocketLine> line = next(app);
            if (line.isEmpty()) {
                return new Answer(0, "", "no_connection", false, sent, since(begun));
            }
            SocketLine.Outcome outcome = line.get().deliver(json(envelope), Answer.LIMIT);
            switch (outcome) {
                case SocketLine.Outcome.Acknowledged(String payload) -> {
                    return new Answer(200, payload, "", false, sent, since(begun));
                }
                case SocketLine.Outcome.TimedOut timedOut -> {
                    return new Answer(0, "", "timeout", false, sent, since(begun));
                }
                case SocketLine.Outcome.Dropped dropped -> {
                    // Another connection gets it, if there is one.
                }
            }
        }
    }

    /** The connection that has waited longest for something. */
    private Optional<SocketLine> next(SlackApp app) {
        return world.get(() -> {
            Optional<SocketLine> line = open(app).stream().min(Comparator.comparingLong(SocketLine::lastTurn));
            line.ifPresent(one -> one.turn(++lastTurn));
            return line;
        });
    }

    private static ObjectNode json(Envelope envelope) {
        ObjectNode json = Json.object(
                "envelope_id", UUID.randomUUID().toString(),
                "payload", envelope.payload(),
                "type", envelope.type().wireName(),
                "accepts_response_payload", envelope.type() != Envelope.Type.EVENTS_API);
        if (envelope.type() == Envelope.Type.EVENTS_API) {
            json.put("retry_attempt", envelope.retry()).put("retry_reason", envelope.retryReason());
        }
        return json;
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private void opened(WebSocket socket, String address) {
        String ticket = address.replaceFirst(".*[?&]ticket=([^&]*).*", "$1");
        Optional<SlackApp> app = world.get(() -> Optional.ofNullable(tickets.remove(ticket)));
        if (app.isEmpty()) {
            socket.close(POLICY_VIOLATION, "invalid ticket");
            return;
        }
        SocketLine line = new SocketLine(world, app.get(), socket, world.get(() -> ++lastNumber));
        if (connections(app.get()) >= MOST_CONNECTIONS) {
            line.disconnect("too_many_websockets");
            line.end();
            return;
        }
        socket.setAttachment(line);
        int count = world.get(() -> {
            lines.add(line);
            return connections(app.get());
        });
        line.send(Json.object(
                        "type",
                        "hello",
                        "num_connections",
                        count,
                        "debug_info",
                        Json.object(
                                "host",
                                "applink-counterpart-" + line.number(),
                                "build_number",
                                1,
                                "approximate_connection_time",
                                USUAL_LIFE_SECONDS),
                        "connection_info",
                        Json.object("app_id", app.get().id()))
                .toString());
    }

    void close() {
        world.get(() -> List.copyOf(lines)).forEach(line -> line.cut(GONE));
        server.stopNow();
    }

    private final class Server extends WebSocketServer {
        private final CountDownLatch started = new CountDownLatch(1);

        Server() {
            super(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            setReuseAddr(true);
            setTcpNoDelay(true);
            setDaemon(true);
            setConnectionLostTimeout(PING_SECONDS);
        }

        void startAndWait() {
            start();
            try {
                if (!started.await(START_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                    throw new IllegalStateException("The Socket Mode server did not start in " + START_LIMIT);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the Socket Mode server started", e);
            }
        }

        void stopNow() {
            try {
                stop(200);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void onOpen(WebSocket socket, ClientHandshake handshake) {
            opened(socket, handshake.getResourceDescriptor());
        }

        @Override
        public void onClose(WebSocket socket, int code, String reason, boolean remote) {
            if (socket.<Object>getAttachment() instanceof SocketLine line) {
                line.closed();
            }
        }

        @Override
        public void onMessage(WebSocket socket, String message) {
            if (socket.<Object>getAttachment() instanceof SocketLine line) {
                line.received(message);
            }
        }

        @Override
        public void onError(WebSocket socket, Exception problem) {
            // A broken connection is told by onClose; the server itself ends only with the counterpart.
        }

        @Override
        public void onStart() {
            started.countDown();
        }
    }
}
