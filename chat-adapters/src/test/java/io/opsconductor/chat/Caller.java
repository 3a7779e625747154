package io.opsconductor.chat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Calls the chat API as a client would, and waits by its long poll. */
final class Caller implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final int port;

    Caller(int port) {
        this.port = port;
    }

    /** An answer. */
    record Answer(int status, JsonNode body) {
        String code() {
            return body.path("error").path("code").asText();
        }

        String message() {
            return body.path("error").path("message").asText();
        }
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    Answer post(String path, Map<String, ?> body) {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(body))));
    }

    Answer get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(
                    request.header("Accept", "application/json")
                            .timeout(Duration.ofSeconds(40))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            String body = response.body();
            return new Answer(
                    response.statusCode(),
                    body.startsWith("{") ? Json.tree(body) : Json.mapper().createObjectNode());
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Returns once the chatbot says that it has all that it needs: its first look at the runner may come late. */
    void awaitReady() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Answer health = get("/health");
        while (get("/health/ready").status() != 200) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not ready: " + health);
            }
            LockSupport.parkNanos(10_000_000);
            health = get("/health");
        }
    }

    /** Begins a conversation and answers its id. */
    String say(String user, String text) {
        Answer answer = post("/chat/messages", Map.of("user", user, "text", text));
        if (answer.status() != 202) {
            throw new AssertionError("not accepted: " + answer);
        }
        return answer.body().get("conversation").asText();
    }

    void say(String conversation, String user, String text) {
        Answer answer = post("/chat/messages", Map.of("conversation", conversation, "user", user, "text", text));
        if (answer.status() != 202) {
            throw new AssertionError("not accepted: " + answer);
        }
    }

    Answer decide(JsonNode plan, String user, String decision) {
        return post(
                "/chat/approvals/" + plan.get("approval").asText(),
                Map.of(
                        "user", user,
                        "decision", decision,
                        "digest", plan.get("digest").asText()));
    }

    /** All events so far. */
    List<JsonNode> events(String conversation) {
        List<JsonNode> events = new ArrayList<>();
        get("/chat/conversations/" + conversation + "/events?after=0")
                .body()
                .get("events")
                .forEach(events::add);
        return events;
    }

    List<JsonNode> events(String conversation, String type) {
        return events(conversation).stream()
                .filter(event -> event.get("type").asText().equals(type))
                .toList();
    }

    /** The first event of a type. */
    JsonNode await(String conversation, String type) {
        return await(conversation, type, event -> true);
    }

    /** The first event of a type that fits. */
    JsonNode await(String conversation, String type, Predicate<JsonNode> fits) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        long after = 0;
        List<JsonNode> seen = new ArrayList<>();
        while (System.nanoTime() < end) {
            JsonNode events = get("/chat/conversations/" + conversation + "/events?wait=1&after=" + after)
                    .body()
                    .get("events");
            for (JsonNode event : events) {
                seen.add(event);
                after = event.get("seq").asLong();
                if (event.get("type").asText().equals(type) && fits.test(event)) {
                    return event;
                }
            }
        }
        throw new AssertionError("no " + type + " event that fits; there are: " + seen);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
