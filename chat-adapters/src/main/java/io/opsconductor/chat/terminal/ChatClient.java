package io.opsconductor.chat.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.opsconductor.json.Json;
import io.opsconductor.plan.Problem;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The chat API over HTTP/1.1. Every call ends by its deadline and reads a bounded answer. */
final class ChatClient implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(15);
    private static final long MAX_ANSWER_BYTES = 256L * 1024 * 1024;
    // The API may gain fields; a client that is a version behind must keep working.
    private static final JsonMapper LENIENT = Json.mapper()
            .rebuild()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private final URI base;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    ChatClient(URI base) {
        String text = base.toString();
        this.base = URI.create(text.endsWith("/") ? text : text + "/");
    }

    URI base() {
        return base;
    }

    /** Where a person finds a conversation in the browser. */
    URI page(String conversation) {
        return base.resolve("#" + encoded(conversation));
    }

    record Sent(String conversation, String message) {}

    record User(String name, @Nullable String about) {}

    record Decided(String approval, String status, @Nullable Integer missing) {}

    /** An event, and the JSON it came as. */
    record Received(ChatEvent event, JsonNode json) {}

    private record Users(List<User> users) {}

    List<User> users() {
        return switch (get("chat/users", Duration.ZERO)) {
            case Reply.Ok<JsonNode>(JsonNode json) -> as(json, Users.class).users();
            case Reply.Refused<JsonNode>(int status, Problem.Detail problem) ->
                throw new CouldNotRunException(
                        base + " refused to list its users (HTTP status " + status + "): " + problem.message(), null);
        };
    }

    /**
     * Whether this chatbot stands by for another one, which works.
     *
     * @throws CouldNotRunException when it stands by, and the other one cannot be reached
     */
    boolean standsBy() {
        if (!(get("chat/users", Duration.ZERO) instanceof Reply.Refused<JsonNode> refused)
                || !refused.problem().code().equals("standby")) {
            return false;
        }
        // It is ready when the other one is.
        if (get("health/ready", Duration.ZERO) instanceof Reply.Refused<JsonNode>) {
            throw new CouldNotRunException(
                    base + " stands by, and the chatbot that it stands by for cannot be reached",
                    "Look at " + base + "health, and at the other chatbot.",
                    null);
        }
        return true;
    }

    Reply<Sent> send(@Nullable String conversation, String user, String text) {
        Map<String, String> body = new TreeMap<>(Map.of("user", user, "text", text));
        if (conversation != null) {
            body.put("conversation", conversation);
        }
        return post("chat/messages", body, Sent.class);
    }

    /** Events after a sequence number; the server answers at once when there are some, else after {@code wait}. */
    Reply<List<Received>> events(String conversation, long after, Duration wait) {
        String path = "chat/conversations/" + encoded(conversation) + "/events?after=" + after
                + (wait.isZero() ? "" : "&wait=" + wait.toSeconds());
        return switch (get(path, wait)) {
            case Reply.Ok<JsonNode>(JsonNode json) -> {
                List<Received> events = new ArrayList<>();
                json.path("events").forEach(event -> events.add(new Received(as(event, ChatEvent.class), event)));
                yield new Reply.Ok<>(events);
            }
            case Reply.Refused<JsonNode>(int status, Problem.Detail problem) -> new Reply.Refused<>(status, problem);
        };
    }

    /** @param code what was typed for the plan's code; empty for nothing */
    Reply<Decided> approve(ChatEvent.Plan plan, String user, String code) {
        return decide(plan, user, "approve", "code", code);
    }

    /** @param reason may be empty */
    Reply<Decided> deny(ChatEvent.Plan plan, String user, String reason) {
        return decide(plan, user, "deny", "reason", reason);
    }

    private Reply<Decided> decide(ChatEvent.Plan plan, String user, String decision, String field, String said) {
        Map<String, String> body = new TreeMap<>(Map.of("user", user, "decision", decision, "digest", plan.digest()));
        if (!said.isEmpty()) {
            body.put(field, said);
        }
        return post("chat/approvals/" + encoded(plan.approval()), body, Decided.class);
    }

    /** Asks for a plan as it would run now, in place of one that changed since it was shown. */
    Reply<JsonNode> fresh(ChatEvent.Plan plan, String user) {
        return post("chat/approvals/" + encoded(plan.approval()) + "/fresh", Map.of("user", user), JsonNode.class);
    }

    /** How many plans wait for a decision of somebody's; none where the chat cannot tell. */
    int waiting(String user) {
        if (!(get("chat/overview?user=" + encoded(user), Duration.ZERO) instanceof Reply.Ok<JsonNode>(JsonNode json))) {
            return 0;
        }
        int waiting = 0;
        for (JsonNode plan : json.path("others_waiting").path("entries")) {
            for (JsonNode name : plan.path("approval_rule").path("approvers")) {
                waiting += name.asText().equals(user) ? 1 : 0;
            }
        }
        return waiting;
    }

    Reply<JsonNode> cancel(String execution, String user) {
        return post("chat/executions/" + encoded(execution) + "/cancel", Map.of("user", user), JsonNode.class);
    }

    private Reply<JsonNode> get(String path, Duration wait) {
        return call(HttpRequest.newBuilder(base.resolve(path)).GET(), DEADLINE.plus(wait));
    }

    private <T> Reply<T> post(String path, Map<String, String> body, Class<T> type) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(body)));
        return switch (call(request, DEADLINE)) {
            case Reply.Ok<JsonNode>(JsonNode json) -> new Reply.Ok<>(as(json, type));
            case Reply.Refused<JsonNode>(int status, Problem.Detail problem) -> new Reply.Refused<>(status, problem);
        };
    }

    private Reply<JsonNode> call(HttpRequest.Builder builder, Duration deadline) {
        HttpRequest request = builder.header("Accept", "application/json").build();
        // The client's own time-out ends at the response's head; this one covers a body that drips, too.
        CompletableFuture<HttpResponse<String>> answer =
                http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(), MAX_ANSWER_BYTES));
        try {
            HttpResponse<String> response = answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            return response.statusCode() / 100 == 2
                    ? new Reply.Ok<>(LENIENT.readTree(response.body().isEmpty() ? "{}" : response.body()))
                    : new Reply.Refused<>(response.statusCode(), problem(response));
        } catch (ExecutionException e) {
            throw new CouldNotRunException(base + " does not answer", e.getCause());
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new CouldNotRunException(base + " did not answer within " + deadline.toSeconds() + " s", e);
        } catch (JsonProcessingException e) {
            throw new CouldNotRunException(base + " answers, but not with JSON: it is not a chat of OpsConductor", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw new CancellationException("interrupted");
        }
    }

    private static Problem.Detail problem(HttpResponse<String> response) {
        try {
            return LENIENT.readValue(response.body(), Problem.class).error();
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return Problem.of(
                            "unexpected_answer",
                            "The server answered with HTTP status " + response.statusCode() + ".",
                            "")
                    .error();
        }
    }

    private <T> T as(JsonNode json, Class<T> type) {
        try {
            return LENIENT.treeToValue(json, type);
        } catch (IOException e) {
            throw new CouldNotRunException(base + " answers, but not as the chat API does", e);
        }
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
