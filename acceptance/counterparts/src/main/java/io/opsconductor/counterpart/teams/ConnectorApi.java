package io.opsconductor.counterpart.teams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The connector's REST interface, below {@code /teams/v3}. */
final class ConnectorApi {
    private final Conversations conversations;
    private final TokenDesk tokens;
    private final String serviceUrl;
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicInteger failing = new AtomicInteger();
    private final List<String> calls = new ArrayList<>();

    ConnectorApi(Conversations conversations, TokenDesk tokens, String serviceUrl) {
        this.conversations = conversations;
        this.tokens = tokens;
        this.serviceUrl = serviceUrl;
    }

    /** Does what so many of the next calls ask for, and loses the answer. */
    void lose(int times) {
        lost.set(times);
    }

    /** Answers so many of the next calls with 502, and does nothing. */
    void fail(int times) {
        failing.set(times);
    }

    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    void handle(ServerRequest request, ServerResponse response) {
        try {
            authorize(request);
            if (failing.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new Refusal(502, "BadGateway", "try again");
            }
            Answer answer = answer(request);
            synchronized (this) {
                calls.add(request.prologue().method().text() + " "
                        + request.path().rawPath());
            }
            if (lost.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new CloseConnectionException("the answer is lost, as asked for");
            }
            Wire.send(response, answer.status(), answer.body());
        } catch (Refusal e) {
            if (e.retryAfterSeconds() > 0) {
                response.header(HeaderNames.RETRY_AFTER, Long.toString(e.retryAfterSeconds()));
            }
            Wire.send(response, e.status(), e.body());
        }
    }

    private record Answer(int status, JsonNode body) {}

    private void authorize(ServerRequest request) {
        String header = request.headers().first(HeaderNames.AUTHORIZATION).orElse("");
        if (!header.startsWith("Bearer ") || !tokens.isValid(header.substring("Bearer ".length()))) {
            throw new Refusal(401, "Unauthorized", "Authorization has been denied for this request.");
        }
    }

    /** The path as it was sent: a decoded one has lost what follows a semicolon. */
    private Answer answer(ServerRequest request) {
        String[] parts = request.path().rawPath().split("/", -1);
        // ["", "teams", "v3", "conversations", id, "activities", activity]
        String method = request.prologue().method().text();
        String what = parts.length > 5 ? parts[5] : "";
        String id = parts.length > 4 ? decoded(parts[4]) : "";
        String which = parts.length > 6 ? decoded(parts[6]) : "";
        if (parts.length == 4 && method.equals("POST")) {
            ObjectNode created = conversations.create(Wire.read(request));
            return new Answer(201, created.put("serviceUrl", serviceUrl));
        }
        if (what.equals("activities") && method.equals("POST")) {
            return new Answer(201, Wire.object().put("id", conversations.post(id, Wire.read(request), which)));
        }
        if (what.equals("activities") && method.equals("PUT") && !which.isEmpty()) {
            conversations.change(id, which, Wire.read(request));
            return new Answer(200, Wire.object().put("id", which));
        }
        if (what.equals("activities") && method.equals("DELETE") && !which.isEmpty()) {
            conversations.delete(id, which);
            return new Answer(200, Wire.object());
        }
        if (what.equals("members") && method.equals("GET")) {
            return new Answer(200, which.isEmpty() ? conversations.members(id) : conversations.member(id, which));
        }
        if (what.equals("pagedmembers") && method.equals("GET")) {
            ObjectNode page = Wire.object();
            page.set("members", conversations.members(id));
            return new Answer(200, page);
        }
        throw new Refusal(404, "NotFound", "There is no such call.");
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
