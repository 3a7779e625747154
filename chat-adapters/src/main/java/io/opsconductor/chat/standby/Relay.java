package io.opsconductor.chat.standby;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.opsconductor.chat.web.LocalOnly;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Passes on what a chat platform sends to the chatbot that has the store, byte for byte, and what that one answers. The
 * platforms' proofs are in the request and are checked there; here nothing is read. What is tried again is the platform's matter: a call
 * is passed on once.
 */
final class Relay implements Handler, AutoCloseable {
    /** It goes no further when the other one stands by as well. */
    private static final String PASSED_ON = LocalOnly.PASSED_ON;

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
                .method(request.prologue().method().text(), BodyPublishers.ofByteArray(body(request)))
                .header(PASSED_ON, "yes");
        request.headers().forEach(header -> {
            if (isOfTheMessage(header.name())) {
                header.allValues().forEach(value -> on.header(header.name(), value));
            }
        });
        answer(asked(on.build(), ANSWERING), response);
    }

    /**
     * Asks the active one for its readiness.
     *
     * @return whether it says that it is ready; false as well when it does not answer
     */
    boolean isReady() {
        try {
            return active.uri()
                    .map(to -> HttpRequest.newBuilder(to.resolve("/health/ready"))
                            .header(PASSED_ON, "yes")
                            .build())
                    .filter(ready -> asked(ready, CONNECTING).statusCode() == 200)
                    .isPresent();
        } catch (HttpProblem e) {
            return false;
        }
    }

    /** The whole answer, within the time: a client's own limit ends with the head of an answer. */
    private HttpResponse<byte[]> asked(HttpRequest request, Duration limit) {
        CompletableFuture<HttpResponse<byte[]>> asked =
                client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
        try {
            return asked.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw unavailable();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable();
        } finally {
            // Ends what still comes, and nothing when all of it has.
            asked.cancel(true);
        }
    }

    private static void answer(HttpResponse<byte[]> answer, ServerResponse response) {
        response.status(Status.create(answer.statusCode()));
        answer.headers().map().forEach((name, values) -> {
            if (isOfTheMessage(name)) {
                response.header(HeaderNames.create(name), values.toArray(String[]::new));
            }
        });
        response.send(answer.body());
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
