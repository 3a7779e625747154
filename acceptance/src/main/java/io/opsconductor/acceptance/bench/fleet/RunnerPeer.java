package io.opsconductor.acceptance.bench.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsconductor.acceptance.bench.ResidentMemory;
import io.opsconductor.acceptance.product.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The product's runner as it is started for people, asked as the chatbot asks it: preview, execution, events to the last. So plan,
 * policy, journal, store and stream are all in it.
 */
final class RunnerPeer implements Peer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LOG_LINES = 10;
    /** What a runner for a thousand machines is given. */
    private static final String HEAP = "-Xmx512m";

    private final Installation product;
    private final HttpClient client;
    private boolean cut;

    private RunnerPeer(Installation product, HttpClient client) {
        this.product = product;
        this.client = client;
    }

    /**
     * @param count how many targets its inventory has
     */
    static RunnerPeer start(Path home, Fleet fleet, int count, int parallel) throws IOException {
        Path files = Files.createDirectories(home.resolve("fleet-files"));
        StringBuilder inventory =
                new StringBuilder("""
                known_hosts: %s
                credentials:
                  bench: { type: ssh-key, account: %s, private_key: { file: %s } }
                targets:
                """.formatted(fleet.folder().resolve("known_hosts"), Fleet.user(), fleet.userKey()));
        IntStream.range(0, count)
                .forEach(i ->
                        inventory.append("  - { name: %s, address: %s, port: %d, platform: linux, credential: bench }\n"
                                .formatted(name(i), Fleet.address(i), fleet.port())));
        Files.writeString(files.resolve("inventory.yaml"), inventory);
        Files.writeString(files.resolve("policy.yaml"), """
                actors:
                  bench: { identities: ["web:bench"], roles: [bench] }
                rules:
                  - { name: the bench may look, roles: [bench], effects: [read], approval: none }
                """);
        tool(files, "bench_df", "df -P /");
        tool(files, "bench_stream", "head -c 10737418240 /dev/zero");
        Installation product = Installation.start(
                home.resolve("fleet"),
                Map.of(
                        "OPSCONDUCTOR_RUNNER_EXECUTIONS_PARALLEL_TARGETS",
                        Integer.toString(parallel),
                        "OPSCONDUCTOR_JAVA_OPTS",
                        HEAP),
                "--no-demo",
                "--inventory",
                files.resolve("inventory.yaml").toString(),
                "--policy",
                files.resolve("policy.yaml").toString(),
                "--tools",
                files.resolve("tools").toString());
        return new RunnerPeer(
                product,
                HttpClient.newBuilder()
                        .sslContext(PemTls.client(product.home().resolve("tls")))
                        .version(HttpClient.Version.HTTP_1_1)
                        .build());
    }

    private static void tool(Path files, String name, String command) throws IOException {
        Files.createDirectories(files.resolve("tools"));
        Files.writeString(files.resolve("tools/" + name + ".yaml"), """
                name: %s
                description: "What the bench runs on every target."
                effect: read
                idempotent: true
                execution: { method: ssh }
                command_template: %s
                timeout: 10m
                examples: [ "bench one", "bench two", "bench three", "bench four" ]
                """.formatted(name, command));
    }

    private static String name(int target) {
        return "host-%05d".formatted(target);
    }

    @Override
    public String name() {
        return "runner";
    }

    @Override
    public Cost run(int from, int to) {
        Duration cpu = cpu();
        long start = System.nanoTime();
        JsonNode end = execute("bench_df", from, to);
        double wall = (System.nanoTime() - start) / 1e9;
        if (!end.path("status").asText().equals("succeeded")) {
            throw new IllegalStateException("the runner: " + end);
        }
        return new Cost(wall, cpu().minus(cpu).toMillis() / 1e3);
    }

    /** Streams 10 GB from one target; answers by how many megabytes the runner had grown at most. */
    double growthWhileStreaming() {
        double before = residentMegabytes();
        double[] most = {before};
        Thread watching = Thread.ofPlatform().daemon().start(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                most[0] = Math.max(most[0], residentMegabytes());
                LockSupport.parkNanos(20_000_000);
            }
        });
        JsonNode end = execute("bench_stream", 0, 1);
        watching.interrupt();
        if (!end.path("status").asText().equals("succeeded") || !cut) {
            throw new IllegalStateException("the runner: " + end + (cut ? "" : ", and the output was not cut"));
        }
        return most[0] - before;
    }

    double residentMegabytes() {
        return ResidentMemory.of(product.handle("runner"));
    }

    private JsonNode execute(String tool, int from, int to) {
        ObjectNode step = JSON.createObjectNode().put("tool", tool);
        step.putObject("parameters");
        ArrayNode targets = step.putArray("targets");
        IntStream.range(from, to).forEach(i -> targets.add(name(i)));
        ObjectNode plan = JSON.createObjectNode();
        plan.putArray("steps").add(step);
        ObjectNode asked = JSON.createObjectNode();
        asked.set("plan", plan);
        asked.put("tenant_id", "default").put("actor_id", "web:bench").put("conversation", "bench");
        try {
            HttpRequest request = post("/plans/preview", asked, "application/json");
            JsonNode preview =
                    JSON.readTree(client.send(request, BodyHandlers.ofString()).body());
            if (!preview.has("digest")) {
                throw new IllegalStateException("the runner: " + preview);
            }
            ObjectNode execute = JSON.createObjectNode();
            execute.put("execution_id", "e-" + UUID.randomUUID()).set("plan", plan);
            execute.put("tenant_id", "default").put("actor_id", "web:bench");
            execute.put("digest", preview.path("digest").asText()).putArray("attestations");
            try (Stream<String> lines = client.send(
                            post("/execute-plan", execute, "text/event-stream"), BodyHandlers.ofLines())
                    .body()) {
                return lastEvent(lines.iterator());
            }
        } catch (IOException e) {
            throw new IllegalStateException("the runner did not answer to the end; its log ends so:\n" + logTail(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String logTail() {
        try {
            List<String> lines = Files.readAllLines(product.home().resolve("logs/runner.log"));
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode lastEvent(Iterator<String> lines) throws IOException {
        while (lines.hasNext()) {
            String line = lines.next();
            cut |= line.contains("\"stdout_truncated\":true");
            if (line.startsWith("data:") && line.contains("\"type\":\"finished\"")) {
                return JSON.readTree(line.substring("data:".length()));
            }
            if (line.startsWith("{\"error\"")) {
                return JSON.readTree(line);
            }
        }
        throw new IllegalStateException("the runner's stream ended before the execution");
    }

    private HttpRequest post(String path, ObjectNode body, String accept) throws IOException {
        return HttpRequest.newBuilder(URI.create(product.runnerAddress() + path))
                .header("Content-Type", "application/json")
                .header("Accept", accept)
                .timeout(Duration.ofMinutes(20))
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                .build();
    }

    private Duration cpu() {
        return product.handle("runner").info().totalCpuDuration().orElseThrow();
    }

    @Override
    public void close() {
        product.close();
    }
}
