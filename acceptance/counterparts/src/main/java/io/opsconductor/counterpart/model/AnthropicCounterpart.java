package io.opsconductor.counterpart.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Anthropic's messages, for tests: {@code /v1/messages} and {@code /v1/models}, whole answers only. */
public final class AnthropicCounterpart implements AutoCloseable {
    private static final HeaderName KEY = HeaderNames.create("x-api-key");
    private static final HeaderName VERSION = HeaderNames.create("anthropic-version");

    private final Script script;
    private final String key;
    private final List<String> models;
    private final WebServer server;

    private AnthropicCounterpart(Script script, String key, List<String> models) {
        this.script = script;
        this.key = key;
        this.models = List.copyOf(models);
        this.server = Wire.start(
                0, HttpRouting.builder().get("/v1/models", this::list).post("/v1/messages", this::message));
    }

    /** Starts on a free port. */
    public static AnthropicCounterpart start(Script script, String key, String... models) {
        return new AnthropicCounterpart(script, key, List.of(models));
    }

    /** {@code http://127.0.0.1:PORT/v1}. */
    public URI url() {
        return URI.create("http://" + Wire.HOST + ":" + server.port() + "/v1");
    }

    private boolean mayCall(ServerRequest request, ServerResponse response) {
        // The official clients moved to the second; others send the first.
        boolean known = request.headers().first(KEY).orElse("").equals(key)
                || request.headers().first(HeaderNames.AUTHORIZATION).orElse("").equals("Bearer " + key);
        if (!known) {
            Wire.send(response, 401, error("authentication_error", "invalid x-api-key"));
            return false;
        }
        if (request.headers().first(VERSION).isEmpty()) {
            Wire.send(response, 400, error("invalid_request_error", "anthropic-version: header is required"));
            return false;
        }
        return true;
    }

    private static ObjectNode error(String type, String message) {
        ObjectNode body = Wire.object().put("type", "error");
        body.putObject("error").put("type", type).put("message", message);
        return body.put("request_id", "req_1");
    }

    private void list(ServerRequest request, ServerResponse response) {
        if (mayCall(request, response)) {
            ObjectNode body = Wire.object().put("has_more", false);
            var data = body.putArray("data");
            models.forEach(model -> data.addObject()
                    .put("type", "model")
                    .put("id", model)
                    .put("display_name", model)
                    .put("created_at", "2026-01-01T00:00:00Z"));
            Wire.send(response, 200, body);
        }
    }

    private void message(ServerRequest request, ServerResponse response) {
        if (!mayCall(request, response)) {
            return;
        }
        JsonNode body = Wire.read(request);
        String model = body.path("model").asText();
        if (!body.path("max_tokens").isInt()) {
            Wire.send(response, 400, error("invalid_request_error", "max_tokens: Field required"));
        } else if (body.path("messages").isEmpty()) {
            Wire.send(response, 400, error("invalid_request_error", "messages: at least one message is required"));
        } else if (!models.contains(model)) {
            Wire.send(response, 404, error("not_found_error", "model: " + model));
        } else {
            Asked asked = asked(body, model);
            act(script.act(asked), asked, response);
        }
    }

    private static Asked asked(JsonNode body, String model) {
        List<Asked.Message> messages = new ArrayList<>();
        messages.add(new Asked.Message("system", text(body.path("system"))));
        body.path("messages")
                .forEach(message ->
                        messages.add(new Asked.Message(message.path("role").asText(), text(message.path("content")))));
        return new Asked(
                model, messages, body.path("output_config").path("format").path("schema"), body);
    }

    private static String text(JsonNode content) {
        if (content.isTextual()) {
            return content.asText();
        }
        StringBuilder text = new StringBuilder();
        content.forEach(block -> text.append(block.path("text").asText()));
        return text.toString();
    }

    private static void act(Act act, Asked asked, ServerResponse response) {
        switch (act) {
            case Act.Says says -> Wire.send(response, 200, whole(asked, says.text(), "end_turn"));
            case Act.SaysLate late -> {
                Wire.pause(late.after());
                Wire.send(response, 200, whole(asked, late.text(), "end_turn"));
            }
            case Act.Drips drips ->
                Wire.drip(response, whole(asked, drips.text(), "end_turn").toString(), drips.between());
            case Act.RunsOut out -> Wire.send(response, 200, whole(asked, out.text(), "max_tokens"));
            case Act.BreaksOff off ->
                throw Wire.breakOff(
                        response, whole(asked, off.text(), "end_turn").toString());
            case Act.ForgetsTheEnd forgets -> {
                ObjectNode whole = whole(asked, forgets.text(), "end_turn");
                Wire.send(response, 200, whole.putNull("stop_reason"));
            }
            case Act.CallsTool calls -> {
                ObjectNode whole = whole(asked, "", "tool_use");
                whole.putArray("content")
                        .addObject()
                        .put("type", "tool_use")
                        .put("id", "toolu_1")
                        .put("name", calls.name())
                        .set("input", calls.arguments());
                Wire.send(response, 200, whole);
            }
            case Act.Babbles babbles -> Wire.drip(response, babbles.raw(), Duration.ZERO);
            case Act.Fails fails -> Wire.fail(response, fails, error("api_error", fails.error()));
        }
    }

    private static ObjectNode whole(Asked asked, String text, String reason) {
        ObjectNode whole = Wire.object()
                .put("id", "msg_1")
                .put("type", "message")
                .put("role", "assistant")
                .put("model", asked.model())
                .put("stop_reason", reason)
                .putNull("stop_sequence");
        whole.putArray("content").addObject().put("type", "text").put("text", text);
        whole.putObject("usage")
                .put("input_tokens", Wire.tokens(asked.everything()))
                .put("output_tokens", Wire.tokens(text));
        return whole;
    }

    @Override
    public void close() {
        server.stop();
    }
}
