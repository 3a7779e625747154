package io.opsconductor.acceptance.bench.several;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsconductor.acceptance.bench.fleet.PemTls;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.IntStream;

/** Asks a runner as the chatbot does, for what needs no approval. */
final class RunnerCalls implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final HttpClient client;

    RunnerCalls(Path tls) throws IOException {
        this.client = HttpClient.newBuilder()
                .sslContext(PemTls.client(tls))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /** Has a tool run on the first targets of the inventory, and answers the execution with all its results. */
    JsonNode run(int port, String tool, String word, int targets) {
        ObjectNode step = JSON.createObjectNode().put("tool", tool);
        step.putObject("parameters").put("word", word);
        ArrayNode names = step.putArray("targets");
        IntStream.range(0, targets).forEach(i -> names.add(Site.target(i)));
        ObjectNode plan = JSON.createObjectNode();
        plan.putArray("steps").add(step);
        ObjectNode asked = JSON.createObjectNode();
        asked.set("plan", plan);
        asked.put("tenant_id", "default").put("actor_id", "web:alice").put("conversation", "bench");
        JsonNode preview = post(port, "/plans/preview", asked);
        ObjectNode execute = JSON.createObjectNode();
        execute.put("execution_id", "e-" + UUID.randomUUID()).set("plan", plan);
        execute.put("tenant_id", "default").put("actor_id", "web:alice");
        execute.put("digest", preview.path("digest").asText()).putArray("attestations");
        return post(port, "/execute-plan", execute);
    }

    private JsonNode post(int port, String path, ObjectNode body) {
        try {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + path))
                            .header("Content-Type", "application/json")
                            .header("Accept", "application/json")
                            .timeout(LIMIT)
                            .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                            .build(),
                    BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("the runner: " + answer.statusCode() + " " + answer.body());
            }
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new IllegalStateException("the runner did not answer to the end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
