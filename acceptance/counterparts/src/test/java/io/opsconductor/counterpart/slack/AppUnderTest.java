package io.opsconductor.counterpart.slack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The smallest possible app: it writes down what it is sent, answers as a test says, and calls the Web API. */
final class AppUnderTest implements AutoCloseable {
    /** A request as it came in. */
    record Received(Map<String, List<String>> headers, String body) {
        JsonNode json() {
            if (body.startsWith("{")) {
                return Json.read(body).orElseThrow();
            }
            ObjectNode fields = Json.object();
            WebCall.form(body, fields);
            return fields.has("payload")
                    ? Json.read(fields.path("payload").asText()).orElseThrow()
                    : fields;
        }

        String header(String name) {
            return String.join(",", headers.getOrDefault(name, List.of()));
        }
    }

    /** What the app answers. */
    record Reply(int status, String body, Map<String, String> headers) {
        static Reply ok() {
            return new Reply(200, "", Map.of());
        }

        static Reply json(String body) {
            return new Reply(200, body, Map.of());
        }

        static Reply status(int status) {
            return new Reply(status, "", Map.of());
        }
    }

    private final HttpServer server;
    private final HttpClient http = HttpClient.newHttpClient();
    private final BlockingQueue<Received> queue = new LinkedBlockingQueue<>();
    private final List<Received> all = new CopyOnWriteArrayList<>();
    private volatile Function<Received, Reply> answering = received -> Reply.ok();

    AppUnderTest() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException("no free port for the app", e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Received received = new Received(
                    exchange.getRequestHeaders(),
                    new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            all.add(received);
            Reply reply = answering.apply(received);
            queue.add(received);
            reply.headers().forEach(exchange.getResponseHeaders()::add);
            byte[] body = reply.body().getBytes(UTF_8);
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/slack/events");
    }

    void answer(Function<Received, Reply> how) {
        answering = how;
    }

    /** The next delivery, waited for. */
    Received next() {
        try {
            Received received = queue.poll(10, TimeUnit.SECONDS);
            if (received == null) {
                throw new AssertionError("The app was sent nothing more; so far: " + all);
            }
            return received;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    List<Received> all() {
        return List.copyOf(all);
    }

    /** The last interaction of that type that has arrived; events may arrive between interactions. */
    JsonNode sent(String type) {
        return all.stream()
                .map(Received::json)
                .filter(payload -> payload.path("type").asText().equals(type))
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new AssertionError("The app was sent no " + type + "; so far: " + all));
    }

    /** Calls a method of the Web API with a JSON body. */
    JsonNode call(SlackCounterpart slack, String token, String method, ObjectNode args) {
        return Json.read(send(slack, token, method, args).body()).orElseThrow();
    }

    HttpResponse<String> send(SlackCounterpart slack, String token, String method, ObjectNode args) {
        HttpRequest request = HttpRequest.newBuilder(slack.apiUrl().resolve(method))
                .header("Content-Type", "application/json; charset=utf-8")
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(args)))
                .build();
        return sent(request);
    }

    HttpResponse<String> post(URI url, String contentType, byte[] body) {
        return sent(HttpRequest.newBuilder(url)
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build());
    }

    HttpResponse<String> sent(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString(UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        http.shutdownNow();
    }
}
