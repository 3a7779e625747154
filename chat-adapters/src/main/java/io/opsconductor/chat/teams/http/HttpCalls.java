package io.opsconductor.chat.teams.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Calls over HTTP/1.1, without redirects, each within bounds that its caller states. Safe for many threads; each call
 * blocks.
 */
public final class HttpCalls implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final long LONGEST_RETRY_SECONDS = 3_600;

    // HTTP/1.1: the client would ask plain servers to upgrade, which some answer wrongly.
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    public Reply get(URI uri, Bounds bounds) throws InterruptedException {
        return send(HttpRequest.newBuilder(uri).header("Accept", "application/json"), bounds);
    }

    /** Posts form fields. */
    public Reply form(URI uri, Map<String, String> fields, Bounds bounds) throws InterruptedException {
        String body = fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return send(
                HttpRequest.newBuilder(uri)
                        .header("Accept", "application/json")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body)),
                bounds);
    }

    /**
     * A call with a token.
     *
     * @param bearer the token; empty for none
     * @param json the body; empty for none
     */
    public Reply json(String method, URI uri, String bearer, String json, Bounds bounds) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Accept", "application/json");
        if (!bearer.isEmpty()) {
            request.header("Authorization", "Bearer " + bearer);
        }
        if (json.isEmpty()) {
            return send(request.method(method, HttpRequest.BodyPublishers.noBody()), bounds);
        }
        return send(
                request.header("Content-Type", "application/json; charset=utf-8")
                        .method(method, HttpRequest.BodyPublishers.ofString(json)),
                bounds);
    }

    /** Puts a whole file where an upload session takes it; without any token. */
    public Reply upload(URI uri, byte[] bytes, Bounds bounds) throws InterruptedException {
        return send(
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/octet-stream")
                        .header("Content-Range", "bytes 0-" + (bytes.length - 1) + "/" + bytes.length)
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes)),
                bounds);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Reply send(HttpRequest.Builder builder, Bounds bounds) throws InterruptedException {
        // The client's own limit ends with the headers of an answer; waiting no longer covers all of it.
        HttpRequest request = builder.timeout(bounds.deadline()).build();
        Future<Reply> reply = threads.submit(() -> answered(request, bounds.maxAnswerBytes()));
        try {
            return reply.get(bounds.deadline().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return new Reply.NoAnswer(
                    "no whole answer within " + bounds.deadline().toMillis() / 1_000.0 + " s");
        } catch (ExecutionException e) {
            return failed(Objects.requireNonNullElse(e.getCause(), e));
        } finally {
            reply.cancel(true);
        }
    }

    private Reply answered(HttpRequest request, int maxBytes) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream in = response.body()) {
            byte[] body = in.readNBytes(maxBytes + 1);
            if (body.length > maxBytes) {
                return new Reply.NoAnswer("the answer is longer than " + maxBytes + " bytes");
            }
            return new Reply.Answered(
                    response.statusCode(),
                    new String(body, StandardCharsets.UTF_8),
                    response.headers()
                            .firstValue("Retry-After")
                            .map(HttpCalls::seconds)
                            .orElse(Duration.ZERO));
        }
    }

    private static Reply failed(Throwable cause) {
        boolean notSent = cause instanceof ConnectException
                || cause instanceof HttpConnectTimeoutException
                || cause instanceof UnresolvedAddressException;
        String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return notSent ? new Reply.NotSent("it cannot be connected to (" + why + ")") : new Reply.NoAnswer(why);
    }

    private static Duration seconds(String text) {
        return text.matches("[0-9]{1,9}")
                ? Duration.ofSeconds(Math.min(LONGEST_RETRY_SECONDS, Long.parseLong(text)))
                : Duration.ZERO;
    }

    /** Breaks off what is under way. */
    @Override
    public void close() {
        threads.shutdownNow();
        client.shutdownNow();
    }
}
