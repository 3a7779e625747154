package io.opsconductor.acceptance.product;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The public chat API, as a stranger's program would call it. */
public final class ChatApi {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String address;

    public ChatApi(String address) {
        this.address = address;
    }

    /** An answer of the API. */
    public record Answer(int status, JsonNode body) {
        void expect(int expected) {
            if (status != expected) {
                throw new IllegalStateException("expected " + expected + ", got " + status + ": " + body);
            }
        }

        /** The error's fixed word, or empty. */
        public String code() {
            return body.path("error").path("code").asText();
        }

        /** The error's sentence, or empty. */
        public String message() {
            return body.path("error").path("message").asText();
        }
    }

    /** Says something in a new conversation and answers the conversation's id. */
    public String say(String user, String text) {
        Answer answer = post("/chat/messages", Map.of("user", user, "text", text));
        answer.expect(202);
        return answer.body().get("conversation").asText();
    }

    /** Says something in a conversation. */
    public void say(String conversation, String user, String text) {
        Answer answer = post("/chat/messages", Map.of("conversation", conversation, "user", user, "text", text));
        answer.expect(202);
    }

    /** Decides as a user, whatever the answer. */
    public Answer decide(JsonNode plan, String user, String decision) {
        return post(
                "/chat/approvals/" + plan.get("approval").asText(),
                Map.of(
                        "user",
                        user,
                        "decision",
                        decision,
                        "digest",
                        plan.get("digest").asText()));
    }

    /** Approves as a user who may. */
    public void approve(JsonNode plan, String user) {
        Answer answer = decide(plan, user, "approve");
        answer.expect(200);
    }

    /** All events so far. */
    public List<JsonNode> events(String conversation) {
        return events(conversation, 0, 0);
    }

    /** The first event of a type, waiting for it. */
    public JsonNode await(String conversation, String type) {
        return await(conversation, event -> event.get("type").asText().equals(type), type);
    }

    /** The first event that fits, waiting for it. */
    public JsonNode await(String conversation, Predicate<JsonNode> fits, String what) {
        Instant limit = Instant.now().plus(PATIENCE);
        long after = 0;
        List<JsonNode> seen = new ArrayList<>();
        while (Instant.now().isBefore(limit)) {
            for (JsonNode event : events(conversation, after, 5)) {
                seen.add(event);
                after = event.get("seq").asLong();
                if (fits.test(event)) {
                    return event;
                }
            }
        }
        throw new IllegalStateException("no " + what + " within " + PATIENCE + " among " + seen);
    }

    /**
     * Follows a conversation as the page does, by one stream that stays open; events come as they are posted.
     *
     * @param after the last event already seen, 0 for all
     */
    public Events follow(String conversation, long after) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(address + "/chat/conversations/" + conversation + "/events?after=" + after))
                .header("Accept", "text/event-stream")
                .build();
        try {
            HttpResponse<Stream<String>> response = http.send(request, HttpResponse.BodyHandlers.ofLines());
            if (response.statusCode() != 200) {
                throw new IllegalStateException("expected 200, got " + response.statusCode());
            }
            return new Events(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** An open stream of events. */
    public static final class Events implements AutoCloseable {
        private static final String DATA = "data: ";

        private final Stream<String> stream;
        private final Iterator<String> lines;

        private Events(Stream<String> stream) {
            this.stream = stream;
            this.lines = stream.iterator();
        }

        /** The next event that fits; waits as long as the server keeps the stream open. */
        public JsonNode next(Predicate<JsonNode> fits) {
            while (lines.hasNext()) {
                String line = lines.next();
                if (line.startsWith(DATA)) {
                    JsonNode event = read(line.substring(DATA.length()));
                    if (fits.test(event)) {
                        return event;
                    }
                }
            }
            throw new IllegalStateException("the stream of events ended");
        }

        /** The next event of a type. */
        public JsonNode next(String type) {
            return next(event -> event.get("type").asText().equals(type));
        }

        @Override
        public void close() {
            stream.close();
        }
    }

    /** Events after a sequence number; waits so many seconds for the first of them. */
    public List<JsonNode> events(String conversation, long after, int wait) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(
                        address + "/chat/conversations/" + conversation + "/events?after=" + after + "&wait=" + wait))
                .header("Accept", "application/json")
                .timeout(Duration.ofSeconds(30))
                .build();
        Answer answer = send(request);
        answer.expect(200);
        List<JsonNode> events = new ArrayList<>();
        answer.body().get("events").forEach(events::add);
        return events;
    }

    /** Posts a JSON body. */
    public Answer post(String path, Object body) {
        return postRaw(path, "application/json", write(body));
    }

    /** Posts any body with any content type. */
    public Answer postRaw(String path, String contentType, String body) {
        return send(HttpRequest.newBuilder(URI.create(address + path))
                .header("Content-Type", contentType)
                .timeout(Duration.ofSeconds(30))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    /** The body of a GET, such as {@code /metrics}. */
    public String text(String path) {
        return exchange(HttpRequest.newBuilder(URI.create(address + path))
                        .timeout(Duration.ofSeconds(30))
                        .build())
                .body();
    }

    /** The JSON body of a GET. */
    public JsonNode json(String path) {
        return read(text(path));
    }

    /** A value as JSON text. */
    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A JSON text as a tree. */
    public static JsonNode read(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer send(HttpRequest request) {
        HttpResponse<String> response = exchange(request);
        return new Answer(response.statusCode(), read(response.body()));
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
