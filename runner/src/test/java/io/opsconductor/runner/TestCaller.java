package io.opsconductor.runner;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.json.Json;
import io.opsconductor.kit.keys.MutualTls;
import io.opsconductor.kit.keys.Signer;
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
import java.util.stream.Stream;

/** Calls a runner over mutual TLS as the chatbot does, and signs approvals with the chatbot's key. */
final class TestCaller implements AutoCloseable {
    private final HttpClient client;
    private final String base;
    private final Signer signer;

    private TestCaller(HttpClient client, int port, Signer signer) {
        this.client = client;
        this.base = "https://127.0.0.1:" + port;
        this.signer = signer;
    }

    /** With the certificate of this name: {@code chatbot} or {@code runner}. */
    static TestCaller as(String name, Path home, int port) {
        HttpClient client = HttpClient.newBuilder()
                .sslContext(MutualTls.client(
                        home.resolve("tls/" + name + ".crt"),
                        home.resolve("tls/" + name + ".key"),
                        home.resolve("tls/ca.crt")))
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
        return new TestCaller(
                client, port, Signer.open(home.resolve("keys/chatbot.key"), home.resolve("keys/chatbot.pub")));
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
        return lines(request("/execute-plan", "Accept", "text/event-stream", "Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.write(body)))
                .build());
    }

    private Stream<String> lines(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofLines()).body();
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
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
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
    public void close() {
        client.close();
    }
}
