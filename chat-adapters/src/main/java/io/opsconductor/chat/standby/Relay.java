package io.opsconductor.chat.standby;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.opsconductor.kit.http.HttpProblem;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * Passes on what a chat platform sends to the chatbot that has the store, byte for byte, and what that one answers. The
 * platforms' proofs are in the request and are checked there; here nothing is read. What is tried again is the platform's matter: a call
 * is passed on once.
 */
final class Relay implements Handler, AutoCloseable {
    /** Says that a request comes from one that stands by: it goes no further when the other one stands by as well. */
    static final String PASSED_ON = "opsconductor-passed-on";

    private static final int MAX_ANSWER_BYTES = 1024 * 1024;
    private static final Duration CONNECTING = Duration.ofSeconds(2);
    private static final Duration ANSWERING = Duration.ofSeconds(15);
    /** What is of one connection and not of the message (RFC 9110, section 7.6.1), and what the client sets itself. */
    private static final Set<String> OF_THE_CONNECTION = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "content-length",
            "expect",
            "host",
            "http2-settings");

    private final ActiveChatbot active;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECTING)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    Relay(ActiveChatbot active) {
        this.active = active;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        URI to = active.uri().orElseThrow(Relay::unavailable);
        if (request.headers().contains(HeaderNames.create(PASSED_ON))) {
            throw unavailable();
        }
        HttpRequest.Builder on = HttpRequest.newBuilder(
                        URI.create(to + request.prologue().uriPath().rawPath() + query(request)))
                .timeout(ANSWERING)
                .method(request.prologue().method().text(), BodyPublishers.ofByteArray(body(request)))
                .header(PASSED_ON, "yes");
        request.headers().forEach(header -> {
            if (isOfTheMessage(header.name())) {
                header.allValues().forEach(value -> on.header(header.name(), value));
            }
        });
        answer(asked(on.build()), response);
    }

    /**
     * Asks the active one for its readiness.
     *
     * @return whether it says that it is ready; false as well when it does not answer
     */
    boolean isReady() {
        return active.uri()
                .map(to -> HttpRequest.newBuilder(to.resolve("/health/ready"))
                        .timeout(CONNECTING)
                        .header(PASSED_ON, "yes")
                        .build())
                .filter(this::isAnswered)
                .isPresent();
    }

    private boolean isAnswered(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private HttpResponse<InputStream> asked(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw unavailable();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable();
        }
    }

    private static void answer(HttpResponse<InputStream> answer, ServerResponse response) {
        byte[] body;
        try (InputStream in = answer.body()) {
            body = in.readNBytes(MAX_ANSWER_BYTES + 1);
        } catch (IOException e) {
            throw unavailable();
        }
        if (body.length > MAX_ANSWER_BYTES) {
            throw unavailable();
        }
        response.status(Status.create(answer.statusCode()));
        answer.headers().map().forEach((name, values) -> {
            if (isOfTheMessage(name)) {
                response.header(HeaderNames.create(name), values.toArray(String[]::new));
            }
        });
        response.send(body);
    }

    private static byte[] body(ServerRequest request) {
        if (!request.content().hasEntity()) {
            return new byte[0];
        }
        try (InputStream in = request.content().inputStream()) {
            // The server ends what is longer than it allows.
            return in.readAllBytes();
        } catch (IOException e) {
            throw HttpProblem.of(400, "unreadable_body", "the request's body ended early", "send the request again");
        }
    }

    private static String query(ServerRequest request) {
        String query = request.prologue().query().rawValue();
        return query.isEmpty() ? "" : "?" + query;
    }

    private static boolean isOfTheMessage(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return !OF_THE_CONNECTION.contains(name) && !name.startsWith(":") && !name.equals(PASSED_ON);
    }

    private static HttpProblem unavailable() {
        return HttpProblem.of(
                503,
                "standby",
                "this chatbot stands by, and the one that has the store does not answer it",
                "send the request again in a moment: one of them takes over");
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
