package io.opsconductor.runner;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.json.Json;
import io.opsconductor.kit.keys.KeyFiles;
import io.opsconductor.kit.keys.MutualTls;
import io.opsconductor.kit.keys.Signer;
import io.opsconductor.kit.keys.SigningKey;
import io.opsconductor.plan.Attestation;
import io.opsconductor.plan.Attestation.Decision;
import io.opsconductor.plan.Attestation.Statement;
import io.opsconductor.plan.ExecuteRequest;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.PlanCode;
import io.opsconductor.plan.PreviewAnswer;
import io.opsconductor.plan.PreviewRequest;
import io.opsconductor.plan.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/** Calls a runner over mutual TLS as the chatbot does, and signs approvals with the chatbot's key. */
final class TestCaller implements AutoCloseable {
    private final String base;
    private final Supplier<SSLContext> tls;
    private final Supplier<Signer> key;
    private Connections connections;

    private record Connections(SSLContext tls, HttpClient client) {
        static Connections with(SSLContext tls) {
            return new Connections(
                    tls,
                    HttpClient.newBuilder()
                            .sslContext(tls)
                            .version(HttpClient.Version.HTTP_1_1)
                            .connectTimeout(Duration.ofSeconds(10))
                            .build());
        }
    }

    private TestCaller(int port, Supplier<SSLContext> tls, Supplier<Signer> key) {
        this.base = "https://127.0.0.1:" + port;
        this.tls = tls;
        this.key = key;
        this.connections = Connections.with(tls.get());
    }

    private synchronized HttpClient client() {
        SSLContext now = tls.get();
        if (!connections.tls().equals(now)) {
            connections = Connections.with(now);
        }
        return connections.client();
    }

    /** With the certificate of this name: {@code chatbot} or {@code runner}. */
    static TestCaller as(String name, Path home, int port) {
        SSLContext tls = tls(name, home);
        Signer signer = Signer.open(home.resolve("keys/chatbot.key"), home.resolve("keys/chatbot.pub"));
        return new TestCaller(port, () -> tls, () -> signer);
    }

    /** With the chatbot's certificate and key as they are at each call, as the chatbot does. */
    static TestCaller following(Path home, int port) {
        KeyFiles<SSLContext> tls = new KeyFiles<>(
                List.of(home.resolve("tls/chatbot.crt"), home.resolve("tls/chatbot.key"), home.resolve("tls/ca.crt")),
                () -> tls("chatbot", home));
        return new TestCaller(
                port,
                tls::current,
                SigningKey.open(home.resolve("keys/chatbot.key"), home.resolve("keys/chatbot.pub")));
    }

    private static SSLContext tls(String name, Path home) {
        return MutualTls.client(
                home.resolve("tls/" + name + ".crt"), home.resolve("tls/" + name + ".key"), home.resolve("tls/ca.crt"));
    }

    /** An answer: its status, and its body as a tree. */
    record Answer(int status, JsonNode body, HttpResponse<String> response) {
        String code() {
            return body.path("error").path("code").asText();
        }

        String message() {
            return body.path("error").path("message").asText();
        }

        <T> T as(Class<T> type) {
            return Json.read(response.body(), type);
        }
    }

    Answer get(String path, String... headers) {
        return send(request(path, headers).GET().build());
    }

    Answer post(String path, Object body, String... headers) {
        return postText(path, Json.write(body), headers);
    }

    Answer postText(String path, String body, String... headers) {
        HttpRequest.Builder request = request(path, headers);
        if (Stream.of(headers).noneMatch("Content-Type"::equals)) {
            request.header("Content-Type", "application/json");
        }
        return send(request.POST(BodyPublishers.ofString(body)).build());
    }

    Answer method(String method, String path) {
        return send(request(path).method(method, BodyPublishers.noBody()).build());
    }

    /** The lines of an event stream, as they come. */
    Stream<String> stream(String path) {
        return lines(request(path, "Accept", "text/event-stream").GET().build());
    }

    Stream<String> executeStreaming(ExecuteRequest body) {
        return executeStreaming(body, "00-" + "7".repeat(32) + "-" + "1".repeat(16) + "-00");
    }

    /** @param trace of which it is part, as {@code traceparent} says it */
    Stream<String> executeStreaming(ExecuteRequest body, String trace) {
        return lines(request(
                        "/execute-plan",
                        "Accept",
                        "text/event-stream",
                        "Content-Type",
                        "application/json",
                        "traceparent",
                        trace)
                .POST(BodyPublishers.ofString(Json.write(body)))
                .build());
    }

    private Stream<String> lines(HttpRequest request) {
        try {
            return client().send(request, BodyHandlers.ofLines()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(60));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request;
    }

    private Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response = client().send(request, BodyHandlers.ofString());
            String text = response.body();
            boolean json =
                    response.headers().firstValue("Content-Type").orElse("").startsWith("application/json");
            return new Answer(response.statusCode(), Json.tree(json && !text.isEmpty() ? text : "{}"), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static Plan plan(Step... steps) {
        return new Plan(List.of(steps));
    }

    static Step step(String tool, Map<String, Object> parameters) {
        return new Step(tool, parameters, List.of());
    }

    Answer previewCall(Plan plan, String requester) {
        return post("/plans/preview", new PreviewRequest(plan, "default", requester, "c1"));
    }

    PreviewAnswer preview(Plan plan, String requester) {
        Answer answer = previewCall(plan, requester);
        if (answer.status() != 200) {
            throw new AssertionError(answer.response().body());
        }
        return answer.as(PreviewAnswer.class);
    }

    Statement statement(PreviewAnswer preview, Decision decision, String approver) {
        return new Statement(
                preview.digest(),
                decision,
                approver,
                preview.preview().requester(),
                "c1",
                Instant.now(),
                preview.preview().nonce());
    }

    Attestation sign(Statement statement) {
        Signer signer = key.get();
        return new Attestation(statement, signer.keyId(), signer.sign(statement.signedBytes()));
    }

    Attestation approval(PreviewAnswer preview, String approver) {
        return sign(statement(preview, Decision.APPROVE, approver));
    }

    /** The approval of what destroys, by somebody who typed its code. */
    Attestation typed(PreviewAnswer preview, String approver) {
        return sign(typed(preview, approver, PlanCode.of(preview.digest())));
    }

    /** As {@link #statement}, with whatever was typed. */
    Statement typed(PreviewAnswer preview, String approver, String code) {
        Statement said = statement(preview, Decision.APPROVE, approver);
        return new Statement(
                said.digest(),
                said.decision(),
                said.approver(),
                said.requester(),
                said.conversation(),
                said.time(),
                said.nonce(),
                code);
    }

    static String newId() {
        return "e-" + UUID.randomUUID();
    }

    ExecuteRequest request(Plan plan, PreviewAnswer preview, Attestation... attestations) {
        return new ExecuteRequest(
                newId(),
                plan,
                preview.preview().tenant(),
                preview.preview().requester(),
                preview.digest(),
                List.of(attestations));
    }

    /** Previews as this requester, approves as that approver, and gives the request that would run it. */
    ExecuteRequest approved(Plan plan, String requester, String approver) {
        PreviewAnswer preview = preview(plan, requester);
        return request(plan, preview, approval(preview, approver));
    }

    Answer execute(ExecuteRequest request) {
        return post("/execute-plan", request);
    }

    @Override
    public synchronized void close() {
        connections.client().close();
    }
}
