package io.opsconductor.counterpart.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.common.socket.SocketOptions;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the protocols have in common: JSON in and out, pieces of a stream, and the ways to break one. */
final class Wire {
    static final String HOST = "127.0.0.1";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int PIECE = 7;

    private Wire() {}

    static WebServer start(int port, HttpRouting.Builder routing) {
        WebServer server = WebServer.builder()
                .host(HOST)
                .port(port)
                .routing(routing)
                .shutdownHook(false)
                .shutdownGracePeriod(Duration.ofMillis(100))
                .connectionOptions(SocketOptions.builder().tcpNoDelay(true).build())
                .build()
                .start();
        // Helidon reports a port that is taken to its log alone.
        if (!server.isRunning() || server.port() <= 0) {
            server.stop();
            throw new IllegalStateException("Cannot listen on " + HOST + ":" + port + ": the port is taken");
        }
        return server;
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static JsonNode read(ServerRequest request) {
        try {
            JsonNode tree = MAPPER.readTree(request.content().as(byte[].class));
            return tree == null ? MissingNode.getInstance() : tree;
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + json, e);
        }
    }

    static void send(ServerResponse response, int status, JsonNode body) {
        response.status(Status.create(status));
        response.header(HeaderNames.CONTENT_TYPE, "application/json; charset=utf-8");
        response.send(body.toString().getBytes(UTF_8));
    }

    static void fail(ServerResponse response, Act.Fails fails, JsonNode body) {
        if (!fails.retryAfter().isZero()) {
            response.header(
                    HeaderNames.RETRY_AFTER, Long.toString(fails.retryAfter().toSeconds()));
        }
        send(response, fails.status(), body);
    }

    /** The pieces of an answer, as a model makes them. */
    static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        for (int at = 0; at < text.length(); at += PIECE) {
            pieces.add(text.substring(at, Math.min(text.length(), at + PIECE)));
        }
        return pieces;
    }

    static OutputStream stream(ServerResponse response, String type) {
        response.header(HeaderNames.CONTENT_TYPE, type);
        return response.outputStream();
    }

    static void write(OutputStream out, String text) {
        try {
            out.write(text.getBytes(UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void close(OutputStream out) {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A whole body, a few bytes at a time. */
    static void drip(ServerResponse response, String body, Duration between) {
        OutputStream out = stream(response, "application/json; charset=utf-8");
        for (String piece : pieces(body)) {
            write(out, piece);
            pause(between);
        }
        close(out);
    }

    /** Half of a body, and then no connection. */
    static RuntimeException breakOff(ServerResponse response, String body) {
        OutputStream out = stream(response, "application/json; charset=utf-8");
        write(out, body.substring(0, body.length() / 2));
        return new CloseConnectionException("scripted");
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while it waited as scripted", e);
        }
    }

    /** Tokens, roughly: models count about four characters as one. */
    static int tokens(String text) {
        return Math.max(1, text.length() / 4);
    }
}
