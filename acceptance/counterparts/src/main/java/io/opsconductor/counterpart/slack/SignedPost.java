package io.opsconductor.counterpart.slack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A request to an app over HTTP, rightly signed unless a test asks otherwise: no signature, a wrong one, an old or future
 * timestamp, or any bytes at all.
 */
public final class SignedPost {
    private static final String AGENT = "Slackbot 1.0 (+https://api.slack.com/robots)";

    private final HttpClient http;
    private final Clock clock;
    private final URI url;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private byte[] body = new byte[0];
    private String contentType = "application/json";
    private String secret;
    private Optional<String> timestamp = Optional.empty();
    private Optional<String> signature = Optional.empty();
    private boolean signed = true;
    private Duration limit = Answer.LIMIT;

    SignedPost(HttpClient http, Clock clock, SlackApp app, URI url) {
        this.http = http;
        this.clock = clock;
        this.url = url;
        this.secret = app.signingSecret();
    }

    public SignedPost json(String text) {
        body = text.getBytes(UTF_8);
        contentType = "application/json";
        return this;
    }

    public SignedPost form(Map<String, String> fields) {
        body = String.join(
                        "&",
                        fields.entrySet().stream()
                                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                                .toList())
                .getBytes(UTF_8);
        contentType = "application/x-www-form-urlencoded";
        return this;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    public SignedPost bytes(byte[] content, String type) {
        body = content.clone();
        contentType = type;
        return this;
    }

    public SignedPost header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Signs for this time, which may be old or to come. */
    public SignedPost at(Instant time) {
        timestamp = Optional.of(Long.toString(time.getEpochSecond()));
        return this;
    }

    /** Signs with any text in the place of the timestamp. */
    public SignedPost withTimestamp(String text) {
        timestamp = Optional.of(text);
        return this;
    }

    /** Sends this signature instead of the right one. */
    public SignedPost withSignature(String text) {
        signature = Optional.of(text);
        return this;
    }

    /** Signs with another secret. */
    public SignedPost signedWith(String otherSecret) {
        secret = otherSecret;
        return this;
    }

    /** Sends neither signature nor timestamp. */
    public SignedPost unsigned() {
        signed = false;
        return this;
    }

    /** How long to wait for the answer, instead of Slack's three seconds. */
    public SignedPost within(Duration time) {
        limit = time;
        return this;
    }

    /** Sends it, once. */
    public Answer send() {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(limit)
                .header("User-Agent", AGENT)
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        if (signed) {
            String time =
                    timestamp.orElseGet(() -> Long.toString(clock.instant().getEpochSecond()));
            request.header("X-Slack-Request-Timestamp", time);
            request.header("X-Slack-Signature", signature.orElseGet(() -> Signature.of(secret, time, body)));
        }
        Instant sent = clock.instant();
        long begun = System.nanoTime();
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8));
            boolean good = response.statusCode() >= 200 && response.statusCode() < 300;
            boolean noRetry =
                    response.headers().firstValue("X-Slack-No-Retry").orElse("").equals("1");
            return new Answer(
                    response.statusCode(), response.body(), good ? "" : "http_error", noRetry, sent, since(begun));
        } catch (HttpTimeoutException e) {
            return new Answer(0, "", "http_timeout", false, sent, since(begun));
        } catch (IOException e) {
            return new Answer(0, "", "connection_failed", false, sent, since(begun));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(0, "", "connection_failed", false, sent, since(begun));
        }
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
