package io.opsconductor.counterpart.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A server of the OpenAI protocol, for tests: {@code /v1/chat/completions} and {@code /v1/models}, with keys, strict JSON
 * schemas and streams of server-sent events.
 */
public final class OpenAiCounterpart implements AutoCloseable {
    private static final String SSE = "text/event-stream; charset=utf-8";
    private static final AtomicLong IDS = new AtomicLong(1);

    private final Script script;
    private final String key;
    private final boolean reasoning;
    private final AtomicInteger refused = new AtomicInteger();
    private final List<String> models;
    private final WebServer server;

    private OpenAiCounterpart(int port, Script script, String key, boolean reasoning, List<String> models) {
        this.script = script;
        this.key = key;
        this.reasoning = reasoning;
        this.models = List.copyOf(models);
        this.server = Wire.start(
                port,
                HttpRouting.builder()
                        .get("/v1/models", this::list)
                        .get("/v1/models/{model}", this::one)
                        .post("/v1/chat/completions", this::complete));
    }

    /**
     * Starts on a free port.
     *
     * @param key that callers must show; empty lets everybody in, as local servers do
     */
    public static OpenAiCounterpart start(Script script, String key, String... models) {
        return new OpenAiCounterpart(0, script, key, false, List.of(models));
    }

    /**
     * Starts on a free port with models that reason: as OpenAI does for those, it refuses {@code max_tokens}, and any {@code
     * temperature} but 1.
     */
    public static OpenAiCounterpart startReasoning(Script script, String key, String... models) {
        return new OpenAiCounterpart(0, script, key, true, List.of(models));
    }

    /** {@code http://127.0.0.1:PORT/v1}. */
    public URI url() {
        return URI.create("http://" + Wire.HOST + ":" + server.port() + "/v1");
    }

    /** How many questions it refused for what its models do not take. */
    public int refused() {
        return refused.get();
    }

    private boolean mayCall(ServerRequest request, ServerResponse response) {
        String shown = request.headers().first(HeaderNames.AUTHORIZATION).orElse("");
        if (key.isEmpty() || shown.equals("Bearer " + key)) {
            return true;
        }
        error(response, 401, "Incorrect API key provided.", "invalid_request_error", "invalid_api_key");
        return false;
    }

    private static void error(ServerResponse response, int status, String message, String type, String code) {
        Wire.send(response, status, errorBody(message, type, code));
    }

    /** What a reasoning model does not take, in OpenAI's words; empty when there is nothing of the kind. */
    private static Optional<ObjectNode> notTaken(JsonNode body) {
        if (body.has("max_tokens")) {
            return Optional.of(notTaken(
                    "max_tokens",
                    "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens'"
                            + " instead.",
                    "unsupported_parameter"));
        }
        return body.path("temperature").asDouble(1) == 1
                ? Optional.empty()
                : Optional.of(notTaken(
                        "temperature",
                        "Unsupported value: 'temperature' does not support " + body.path("temperature")
                                + " with this model. Only the default (1) value is supported.",
                        "unsupported_value"));
    }

    private static ObjectNode notTaken(String parameter, String message, String code) {
        ObjectNode body = errorBody(message, "invalid_request_error", code);
        ((ObjectNode) body.path("error")).put("param", parameter);
        return body;
    }

    private static ObjectNode errorBody(String message, String type, String code) {
        ObjectNode body = Wire.object();
        body.putObject("error")
                .put("message", message)
                .put("type", type)
                .putNull("param")
                .put("code", code);
        return body;
    }

    private void list(ServerRequest request, ServerResponse response) {
        if (mayCall(request, response)) {
            ObjectNode body = Wire.object().put("object", "list");
            var data = body.putArray("data");
            models.forEach(model -> data.add(entry(model)));
            Wire.send(response, 200, body);
        }
    }

    private static ObjectNode entry(String model) {
        return Wire.object()
                .put("id", model)
                .put("object", "model")
                .put("created", 1_761_955_200)
                .put("owned_by", "scripted");
    }

    private void one(ServerRequest request, ServerResponse response) {
        if (mayCall(request, response)) {
            String model = request.path().pathParameters().get("model");
            if (models.contains(model)) {
                Wire.send(response, 200, entry(model));
            } else {
                noModel(response, model);
            }
        }
    }

    private static void noModel(ServerResponse response, String model) {
        error(response, 404, "The model `" + model + "` does not exist", "invalid_request_error", "model_not_found");
    }

    private void complete(ServerRequest request, ServerResponse response) {
        if (!mayCall(request, response)) {
            return;
        }
        JsonNode body = Wire.read(request);
        String model = body.path("model").asText();
        Optional<String> wrong = wrong(body);
        Optional<ObjectNode> notTaken = reasoning ? notTaken(body) : Optional.empty();
        if (notTaken.isPresent()) {
            refused.incrementAndGet();
            Wire.send(response, 400, notTaken.get());
        } else if (wrong.isPresent()) {
            error(response, 400, wrong.get(), "invalid_request_error", "invalid_value");
        } else if (!models.contains(model)) {
            noModel(response, model);
        } else {
            List<Asked.Message> messages = new ArrayList<>();
            body.path("messages")
                    .forEach(message -> messages.add(new Asked.Message(
                            message.path("role").asText(),
                            message.path("content").asText())));
            Asked asked = new Asked(
                    model,
                    messages,
                    body.path("response_format").path("json_schema").path("schema"),
                    body);
            new Completion(asked, response).act(script.act(asked));
        }
    }

    private static Optional<String> wrong(JsonNode body) {
        if (!body.isObject()) {
            return Optional.of("We could not parse the JSON body of your request.");
        } else if (!body.path("messages").isArray() || body.path("messages").isEmpty()) {
            return Optional.of("Invalid 'messages': empty array. Expected an array with minimum length 1.");
        }
        JsonNode format = body.path("response_format");
        return switch (format.path("type").asText("text")) {
            case "text", "json_object" -> Optional.empty();
            case "json_schema" -> StrictSchema.wrong(format.path("json_schema"));
            default -> Optional.of("Invalid value: '" + format.path("type").asText() + "' for 'response_format.type'.");
        };
    }

    /** One answer on its way. */
    private record Completion(Asked asked, ServerResponse response) {
        private static final long CREATED = 1_795_000_000;

        boolean stream() {
            return asked.body().path("stream").asBoolean(false);
        }

        void act(Act act) {
            switch (act) {
                case Act.Says says -> say(says.text(), "stop", Duration.ZERO);
                case Act.SaysLate late -> {
                    Wire.pause(late.after());
                    say(late.text(), "stop", Duration.ZERO);
                }
                case Act.Drips drips -> say(drips.text(), "stop", drips.between());
                case Act.RunsOut out -> say(out.text(), "length", Duration.ZERO);
                case Act.BreaksOff off -> throw breakOff(off.text());
                case Act.ForgetsTheEnd forgets -> forget(forgets.text());
                case Act.CallsTool calls -> call(calls);
                case Act.Babbles babbles -> {
                    OutputStream out = Wire.stream(response, stream() ? SSE : "application/json");
                    Wire.write(out, babbles.raw());
                    Wire.close(out);
                }
                case Act.Fails fails ->
                    Wire.fail(response, fails, errorBody(fails.error(), "server_error", "scripted"));
            }
        }

        private void say(String text, String reason, Duration between) {
            if (!stream()) {
                String whole = whole(text, reason).toString();
                if (between.isZero()) {
                    Wire.send(response, 200, Wire.tree(whole));
                } else {
                    Wire.drip(response, whole, between);
                }
                return;
            }
            OutputStream out = begun();
            for (String piece : Wire.pieces(text)) {
                Wire.write(out, event(chunk(Wire.object().put("content", piece), "")));
                Wire.pause(between);
            }
            Wire.write(out, event(chunk(Wire.object(), reason)));
            if (asked.body().path("stream_options").path("include_usage").asBoolean()) {
                ObjectNode last = head("chat.completion.chunk");
                last.putArray("choices");
                last.set("usage", usage(text));
                Wire.write(out, event(last));
            }
            Wire.write(out, "data: [DONE]\n\n");
            Wire.close(out);
        }

        private RuntimeException breakOff(String text) {
            if (!stream()) {
                return Wire.breakOff(response, whole(text, "stop").toString());
            }
            OutputStream out = begun();
            Wire.pieces(text)
                    .forEach(piece -> Wire.write(out, event(chunk(Wire.object().put("content", piece), ""))));
            return new CloseConnectionException("scripted");
        }

        private void forget(String text) {
            if (!stream()) {
                ObjectNode whole = whole(text, "stop");
                ((ObjectNode) whole.path("choices").get(0)).putNull("finish_reason");
                Wire.send(response, 200, whole);
                return;
            }
            OutputStream out = begun();
            Wire.pieces(text)
                    .forEach(piece -> Wire.write(out, event(chunk(Wire.object().put("content", piece), ""))));
            Wire.close(out);
        }

        private void call(Act.CallsTool calls) {
            ObjectNode message = Wire.object().put("role", "assistant").putNull("content");
            ObjectNode function = message.putArray("tool_calls")
                    .addObject()
                    .put("index", 0)
                    .put("id", "call_1")
                    .put("type", "function")
                    .putObject("function");
            function.put("name", calls.name())
                    .put("arguments", calls.arguments().toString());
            if (stream()) {
                OutputStream out = begun();
                Wire.write(out, event(chunk(message, "")));
                Wire.write(out, event(chunk(Wire.object(), "tool_calls")));
                Wire.write(out, "data: [DONE]\n\n");
                Wire.close(out);
            } else {
                Wire.send(response, 200, whole(message, "tool_calls", ""));
            }
        }

        private OutputStream begun() {
            OutputStream out = Wire.stream(response, SSE);
            Wire.write(out, event(chunk(Wire.object().put("role", "assistant").put("content", ""), "")));
            return out;
        }

        private static String event(JsonNode data) {
            return "data: " + data + "\n\n";
        }

        private ObjectNode head(String object) {
            return Wire.object()
                    .put("id", "chatcmpl-" + IDS.getAndIncrement())
                    .put("object", object)
                    .put("created", CREATED)
                    .put("model", asked.model());
        }

        private ObjectNode chunk(ObjectNode delta, String reason) {
            ObjectNode chunk = head("chat.completion.chunk");
            ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
            choice.set("delta", delta);
            if (reason.isEmpty()) {
                choice.putNull("finish_reason");
            } else {
                choice.put("finish_reason", reason);
            }
            return chunk;
        }

        private ObjectNode whole(String text, String reason) {
            return whole(Wire.object().put("role", "assistant").put("content", text), reason, text);
        }

        private ObjectNode whole(ObjectNode message, String reason, String text) {
            ObjectNode whole = head("chat.completion");
            ObjectNode choice = whole.putArray("choices").addObject().put("index", 0);
            choice.set("message", message);
            choice.put("finish_reason", reason);
            whole.set("usage", usage(text));
            return whole;
        }

        private ObjectNode usage(String text) {
            int prompt = Wire.tokens(asked.everything());
            int answer = Wire.tokens(text);
            return Wire.object()
                    .put("prompt_tokens", prompt)
                    .put("completion_tokens", answer)
                    .put("total_tokens", prompt + answer);
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
