package io.opsconductor.chat.slack.call;

import io.opsconductor.chat.call.Answer;
import io.opsconductor.json.InvalidJsonException;
import io.opsconductor.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/**
 * Sends one request and reads its answer: once, with a deadline over all of it including the body, a limit for the body,
 * no redirects and no repetition. Connections are kept and used again.
 */
final class Wire implements AutoCloseable {
    /** Far beyond any page of messages that is asked for. */
    static final long MAX_BODY_BYTES = 8_000_000;

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final int MAX_IDLE = 20;

    private static final Duration DEFAULT_RETRY_AFTER = Duration.ofSeconds(10);
    private static final long MAX_RETRY_AFTER_SECONDS = 3_600;

    private final OkHttpClient client;

    Wire(Duration deadline) {
        client = new OkHttpClient.Builder()
                .callTimeout(deadline)
                .connectTimeout(CONNECT.compareTo(deadline) < 0 ? CONNECT : deadline)
                .readTimeout(deadline)
                .writeTimeout(deadline)
                // A request that was sent is not sent again behind our back.
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .connectionPool(new ConnectionPool(MAX_IDLE, IDLE.toSeconds(), TimeUnit.SECONDS))
                .dispatcher(new Dispatcher())
                .build();
    }

    /** Sends a request over the client that it is given. */
    interface Request {
        Response send(OkHttpClient client) throws IOException;
    }

    /**
     * What came back.
     *
     * @param retryAfter of the header, or a default; for answers that ask for patience
     */
    record Reply(int status, String body, Duration retryAfter) {}

    /** {@code Ok} for whatever Slack answered in full, be it an error. */
    Answer<Reply> send(Request request) {
        Sent sent = new Sent();
        OkHttpClient own = client.newBuilder().eventListener(sent).build();
        try (Response response = request.send(own)) {
            return new Answer.Ok<>(new Reply(response.code(), body(response), retryAfter(response)));
        } catch (IOException e) {
            return sent.began() ? new Answer.Unknown<>(why(e)) : new Answer.Unreachable<>(why(e));
        } catch (IllegalArgumentException e) {
            // A header or an address that cannot be one; its message may hold the value, so it is not repeated.
            return new Answer.Refused<>("invalid_request", "the request could not be formed");
        }
    }

    private static String body(Response response) throws IOException {
        var source = response.body().source();
        if (source.request(MAX_BODY_BYTES + 1)) {
            throw new IOException("the answer is longer than " + MAX_BODY_BYTES + " bytes");
        }
        return source.getBuffer().readString(StandardCharsets.UTF_8);
    }

    private static Duration retryAfter(Response response) {
        String value = response.header("Retry-After", "");
        if (value == null || !value.strip().matches("[0-9]{1,9}")) {
            return DEFAULT_RETRY_AFTER;
        }
        return Duration.ofSeconds(Math.clamp(Long.parseLong(value.strip()), 1, MAX_RETRY_AFTER_SECONDS));
    }

    /** Exceptions of the network name hosts and states, never headers or bodies. */
    private static String why(IOException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : e.getClass().getSimpleName() + ": " + message;
    }

    /** What an answer outside 200 means. */
    static <T> Answer<T> problem(Reply reply) {
        int status = reply.status();
        if (status == 429) {
            return new Answer.Limited<>(reply.retryAfter());
        }
        if (status >= 500 || status == 408 || status < 400) {
            return new Answer.Unknown<>("HTTP " + status);
        }
        return new Answer.Refused<>("http_" + status, "");
    }

    /** The body as JSON; half of it is no answer. */
    static Answer<com.fasterxml.jackson.databind.JsonNode> json(Reply reply) {
        try {
            var tree = Json.tree(reply.body());
            return tree.isObject() ? new Answer.Ok<>(tree) : new Answer.Unknown<>("the answer is no JSON object");
        } catch (InvalidJsonException e) {
            return new Answer.Unknown<>("the answer is not JSON");
        }
    }

    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
