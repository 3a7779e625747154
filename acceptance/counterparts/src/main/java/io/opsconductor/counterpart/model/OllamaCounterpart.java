package io.opsconductor.counterpart.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Ollama, for tests: {@code /api/chat}, {@code /api/tags}, {@code /api/show}, {@code /api/ps} and {@code /api/version} as
 * version 0.12 answers them. It has the models it is started with, and no other.
 */
public final class OllamaCounterpart implements AutoCloseable {
    private static final String NDJSON = "application/x-ndjson";
    private static final Set<String> ROLES = Set.of("system", "user", "assistant", "tool");

    private final Script script;
    private final List<String> models;
    private final WebServer server;

    private OllamaCounterpart(int port, Script script, List<String> models) {
        this.script = script;
        this.models = List.copyOf(models);
        this.server = Wire.start(
                port,
                HttpRouting.builder()
                        .get("/", (request, response) -> response.send("Ollama is running"))
                        .get(
                                "/api/version",
                                (request, response) ->
                                        Wire.send(response, 200, Wire.object().put("version", "0.12.6")))
                        .get("/api/tags", (request, response) -> tags(response))
                        .get("/api/ps", (request, response) -> tags(response))
                        .post("/api/show", this::show)
                        .post("/api/chat", this::chat));
    }

    /** Starts on a free port. */
    public static OllamaCounterpart start(Script script, String... models) {
        return new OllamaCounterpart(0, script, List.of(models));
    }

    /** @param port 0 for a free one */
    public static OllamaCounterpart start(int port, Script script, String... models) {
        return new OllamaCounterpart(port, script, List.of(models));
    }

    /** {@code http://127.0.0.1:PORT}. */
    public URI url() {
        return URI.create("http://" + Wire.HOST + ":" + server.port());
    }

    private void tags(ServerResponse response) {
        ObjectNode body = Wire.object();
        var list = body.putArray("models");
        for (String model : models) {
            ObjectNode entry = list.addObject()
                    .put("name", tagged(model))
                    .put("model", tagged(model))
                    .put("modified_at", "2026-11-01T08:00:00.000000000Z")
                    .put("size", 2_497_293_918L)
                    .put("digest", "a".repeat(64));
            entry.set("details", details());
        }
        Wire.send(response, 200, body);
    }

    private static String tagged(String model) {
        return model.contains(":") ? model : model + ":latest";
    }

    private static ObjectNode details() {
        ObjectNode details = Wire.object()
                .put("parent_model", "")
                .put("format", "gguf")
                .put("family", "scripted")
                .put("parameter_size", "4B")
                .put("quantization_level", "Q4_K_M");
        details.putArray("families").add("scripted");
        return details;
    }

    private void show(ServerRequest request, ServerResponse response) {
        String model = Wire.read(request).path("model").asText();
        if (!has(model)) {
            error(response, 404, "model '" + model + "' not found");
            return;
        }
        ObjectNode body = Wire.object()
                .put("modelfile", "FROM scripted")
                .put("parameters", "")
                .put("template", "{{ .Prompt }}")
                .put("modified_at", "2026-11-01T08:00:00.000000000Z");
        body.set("details", details());
        body.putObject("model_info").put("general.architecture", "scripted");
        body.putArray("capabilities").add("completion").add("tools");
        Wire.send(response, 200, body);
    }

    private boolean has(String model) {
        return models.stream().anyMatch(known -> tagged(known).equals(tagged(model)));
    }

    private static void error(ServerResponse response, int status, String words) {
        Wire.send(response, status, Wire.object().put("error", words));
    }

    private void chat(ServerRequest request, ServerResponse response) {
        JsonNode body = Wire.read(request);
        String model = body.path("model").asText();
        String wrong = wrong(body);
        if (!wrong.isEmpty()) {
            error(response, 400, wrong);
        } else if (!has(model)) {
            error(response, 404, "model '" + model + "' not found");
        } else if (body.path("messages").isEmpty()) {
            Wire.send(response, 200, done(model, "load", "", ""));
        } else {
            Asked asked = asked(body);
            act(script.act(asked), asked, body.path("stream").asBoolean(true), response);
        }
    }

    /** What Ollama would not take; empty when it would. */
    private static String wrong(JsonNode body) {
        JsonNode format = body.path("format");
        boolean known = format.isMissingNode()
                || format.isNull()
                || format.isObject()
                || format.asText("?").isEmpty()
                || format.asText().equals("json");
        if (!body.isObject()) {
            return "missing request body";
        } else if (body.path("model").asText().isEmpty()) {
            return "model is required";
        } else if (!known) {
            return "invalid format: " + format + "; expected \"json\" or a valid JSON Schema object";
        }
        for (JsonNode message : body.path("messages")) {
            if (!ROLES.contains(message.path("role").asText())) {
                return "invalid role: " + message.path("role").asText()
                        + ", expected one of [system user assistant tool]";
            }
        }
        return "";
    }

    private static Asked asked(JsonNode body) {
        List<Asked.Message> messages = new ArrayList<>();
        body.path("messages")
                .forEach(message -> messages.add(new Asked.Message(
                        message.path("role").asText(), message.path("content").asText())));
        JsonNode format = body.path("format");
        return new Asked(
                body.path("model").asText(), messages, format.isObject() ? format : MissingNode.getInstance(), body);
    }

    private static void act(Act act, Asked asked, boolean stream, ServerResponse response) {
        switch (act) {
            case Act.Says says -> say(asked, says.text(), "stop", Duration.ZERO, stream, response);
            case Act.SaysLate late -> {
                Wire.pause(late.after());
                say(asked, late.text(), "stop", Duration.ZERO, stream, response);
            }
            case Act.Drips drips -> say(asked, drips.text(), "stop", drips.between(), stream, response);
            case Act.RunsOut out -> say(asked, out.text(), "length", Duration.ZERO, stream, response);
            case Act.BreaksOff off -> throw breakOff(asked, off.text(), stream, response);
            case Act.ForgetsTheEnd forgets -> forget(asked, forgets.text(), stream, response);
            case Act.CallsTool calls -> call(asked, calls, stream, response);
            case Act.Babbles babbles -> Wire.close(written(response, babbles.raw()));
            case Act.Fails fails -> Wire.fail(response, fails, Wire.object().put("error", fails.error()));
        }
    }

    private static OutputStream written(ServerResponse response, String raw) {
        OutputStream out = Wire.stream(response, NDJSON);
        Wire.write(out, raw);
        return out;
    }

    private static void say(
            Asked asked, String text, String reason, Duration between, boolean stream, ServerResponse response) {
        if (!stream) {
            String whole = done(asked.model(), reason, text, asked.everything()).toString();
            if (between.isZero()) {
                Wire.send(response, 200, Wire.tree(whole));
            } else {
                Wire.drip(response, whole, between);
            }
            return;
        }
        OutputStream out = Wire.stream(response, NDJSON);
        for (String piece : Wire.pieces(text)) {
            Wire.write(out, line(asked.model(), piece));
            Wire.pause(between);
        }
        ObjectNode last = done(asked.model(), reason, "", asked.everything());
        Wire.write(out, last + "\n");
        Wire.close(out);
    }

    private static RuntimeException breakOff(Asked asked, String text, boolean stream, ServerResponse response) {
        if (!stream) {
            return Wire.breakOff(
                    response,
                    done(asked.model(), "stop", text, asked.everything()).toString());
        }
        OutputStream out = Wire.stream(response, NDJSON);
        Wire.pieces(text).forEach(piece -> Wire.write(out, line(asked.model(), piece)));
        return new CloseConnectionException("scripted");
    }

    private static void forget(Asked asked, String text, boolean stream, ServerResponse response) {
        if (!stream) {
            Wire.send(response, 200, message(asked.model(), text).put("done", false));
            return;
        }
        OutputStream out = Wire.stream(response, NDJSON);
        Wire.pieces(text).forEach(piece -> Wire.write(out, line(asked.model(), piece)));
        Wire.close(out);
    }

    private static void call(Asked asked, Act.CallsTool calls, boolean stream, ServerResponse response) {
        ObjectNode whole = done(asked.model(), "stop", "", asked.everything());
        ObjectNode function = whole.withObjectProperty("message")
                .putArray("tool_calls")
                .addObject()
                .putObject("function");
        function.put("name", calls.name()).set("arguments", calls.arguments());
        if (stream) {
            Wire.close(written(response, whole + "\n"));
        } else {
            Wire.send(response, 200, whole);
        }
    }

    private static String line(String model, String piece) {
        return message(model, piece).put("done", false) + "\n";
    }

    private static ObjectNode message(String model, String text) {
        ObjectNode body = Wire.object()
                .put("model", model)
                .put("created_at", Instant.now().toString());
        body.putObject("message").put("role", "assistant").put("content", text);
        return body;
    }

    private static ObjectNode done(String model, String reason, String text, String prompt) {
        return message(model, text)
                .put("done", true)
                .put("done_reason", reason)
                .put("total_duration", 4_000_000L)
                .put("load_duration", 1_000_000L)
                .put("prompt_eval_count", Wire.tokens(prompt))
                .put("prompt_eval_duration", 1_000_000L)
                .put("eval_count", Wire.tokens(text))
                .put("eval_duration", 2_000_000L);
    }

    @Override
    public void close() {
        server.stop();
    }
}
