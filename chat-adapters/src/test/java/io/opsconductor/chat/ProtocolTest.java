package io.opsconductor.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.opsconductor.brain.Refusal;
import io.opsconductor.brain.runner.CheckpointExchange;
import io.opsconductor.brain.runner.RunnerAnswer;
import io.opsconductor.brain.runner.RunnerClient;
import io.opsconductor.counterpart.protocol.RecordedProtocol;
import io.opsconductor.json.Json;
import io.opsconductor.kit.keys.MutualTls;
import io.opsconductor.kit.trace.Tracing;
import io.opsconductor.plan.DecisionCheck;
import io.opsconductor.plan.ExecuteRequest;
import io.opsconductor.plan.ExecutionAnswer;
import io.opsconductor.plan.ExecutionEvent;
import io.opsconductor.plan.ExecutionStatus;
import io.opsconductor.plan.PolicyQuestion;
import io.opsconductor.plan.PreviewAnswer;
import io.opsconductor.plan.PreviewRequest;
import io.opsconductor.plan.Problem;
import io.opsconductor.plan.Protocol;
import io.opsconductor.plan.Rights;
import io.opsconductor.plan.Tenant;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** This chatbot's calls to a runner of the version before, which answers as it was recorded; and to runners of other versions. */
@TestInstance(Lifecycle.PER_CLASS)
class ProtocolTest {
    private static final RecordedProtocol BEFORE = new RecordedProtocol(Protocol.BEFORE);
    private static final Map<String, String> VALUES = Map.of(
            "file", "/tmp/noted",
            "digest", "sha256:" + "0".repeat(64),
            "time", "2026-11-26T12:00:00Z",
            "nonce", "0".repeat(32),
            "key_id", "k",
            "signature", "c2ln",
            "execution", "execution-1");

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private volatile Optional<String> version = Optional.empty();
    private volatile boolean refusesWhatIsNew;
    private WebServer runner;
    private SSLContext tls;

    @BeforeAll
    void start(@TempDir Path home) {
        RunningChatbot.keys(home);
        tls = MutualTls.client(
                home.resolve("tls/chatbot.crt"), home.resolve("tls/chatbot.key"), home.resolve("tls/ca.crt"));
        runner = WebServer.builder()
                .host("127.0.0.1")
                .port(0)
                .tls(MutualTls.server(
                        home.resolve("tls/runner.crt"), home.resolve("tls/runner.key"), home.resolve("tls/ca.crt")))
                .routing(HttpRouting.builder()
                        .get("/tools", recorded("tools"))
                        .get("/targets", recorded("targets"))
                        .post("/rights", recorded("rights"))
                        .post("/policy/explain", recorded("policy-explain"))
                        .post("/plans/preview", recorded("plans-preview"))
                        .post("/decisions/check", recorded("decisions-check-none"))
                        .get("/executions/{id}", recorded("execute-plan"))
                        .post("/executions/{id}/cancel", recorded("execute-plan")))
                .shutdownHook(false)
                .shutdownGracePeriod(Duration.ofMillis(10))
                .build()
                .start();
    }

    @AfterAll
    void stop() {
        runner.stop();
    }

    @BeforeEach
    void ofTheVersionBefore() {
        asked.clear();
        version = Optional.empty();
        refusesWhatIsNew = false;
    }

    private Handler recorded(String name) {
        return (request, response) -> answer(request, response, BEFORE.body(name + ".answer.json"));
    }

    private void answer(ServerRequest request, ServerResponse response, String body) {
        asked.add(request.content().hasEntity() ? request.content().as(String.class) : "");
        version.ifPresent(named -> response.header(HeaderNames.create(Protocol.HEADER), named));
        String said =
                request.headers().first(HeaderNames.create(Protocol.HEADER)).orElse("");
        if (refusesWhatIsNew && !said.equals("1")) {
            response.status(Status.BAD_REQUEST_400)
                    .header(HeaderNames.CONTENT_TYPE, "application/json")
                    .send(Json.write(Problem.of(Protocol.TOO_NEW, "not spoken", "upgrade the runner")));
            return;
        }
        response.header(HeaderNames.CONTENT_TYPE, "application/json").send(body.getBytes(StandardCharsets.UTF_8));
    }

    private RunnerClient client() {
        return new RunnerClient(
                URI.create("https://127.0.0.1:" + runner.port()), () -> tls, CheckpointExchange.none(), Tracing.off());
    }

    private static <T> T read(String name, Class<T> type) {
        return Json.read(BEFORE.body(name + ".request.json", VALUES), type);
    }

    private static <T> T ok(RunnerAnswer<T> answer) {
        assertThat(answer).isInstanceOf(RunnerAnswer.Ok.class);
        return ((RunnerAnswer.Ok<T>) answer).value();
    }

    /** A runner of that version reads strictly: it gets the fields that it knows, and no others. */
    private void wasAskedAsRecorded(String name) {
        assertThat(Json.tree(asked.getLast())).isEqualTo(Json.tree(BEFORE.body(name + ".request.json", VALUES)));
    }

    @Test
    void aRunnerOfTheVersionBeforeIsUnderstoodAndUnderstands() throws Exception {
        try (RunnerClient client = client()) {
            assertThat(ok(client.tools(Tenant.DEFAULT)).tools()).isNotEmpty();
            assertThat(ok(client.targets(Tenant.DEFAULT)).targets()).hasSize(1);
            assertThat(ok(client.rights(read("rights", Rights.Request.class))).person())
                    .isEqualTo("alice");
            wasAskedAsRecorded("rights");
            assertThat(ok(client.explain(read("policy-explain", PolicyQuestion.Request.class)))
                            .person())
                    .isEqualTo("alice");
            wasAskedAsRecorded("policy-explain");
            PreviewAnswer preview = ok(client.preview(read("plans-preview", PreviewRequest.class)));
            assertThat(preview.preview().digest()).isEqualTo(preview.digest());
            wasAskedAsRecorded("plans-preview");
            assertThat(ok(client.check(Tenant.DEFAULT, read("decisions-check", DecisionCheck.Request.class)))
                            .wanted())
                    .isNotEmpty();
            wasAskedAsRecorded("decisions-check");
            ExecutionAnswer answer = ok(client.execution(Tenant.DEFAULT, "execution-1"));
            assertThat(answer.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
            ok(client.cancel(Tenant.DEFAULT, "execution-1", "web:alice"));
            wasAskedAsRecorded("cancel");
        }
    }

    @Test
    void itsEventsAreReadAndWhatIsExecutedIsWrittenAsItReadsThem() {
        List<ExecutionEvent> events = BEFORE.body("events.answer.jsonl")
                .lines()
                .map(line -> Json.read(line, ExecutionEvent.class))
                .toList();
        assertThat(events.getLast()).isInstanceOf(ExecutionEvent.Finished.class);
        assertThat(Json.tree(Json.write(read("execute-plan", ExecuteRequest.class))))
                .isEqualTo(Json.tree(BEFORE.body("execute-plan.request.json", VALUES)));
        Problem problem = Json.read(BEFORE.body("refusal.answer.json"), Problem.class);
        assertThat(problem.error().code()).isEqualTo("already_ended");
    }

    @Test
    void aRunnerThatRefusesTheOwnVersionIsSpokenToInTheOneBefore() {
        version = Optional.of("1");
        refusesWhatIsNew = true;
        try (RunnerClient client = client()) {
            ok(client.tools(Tenant.DEFAULT));
            assertThat(asked).hasSize(2);
            ok(client.rights(read("rights", Rights.Request.class)));
            assertThat(asked).as("it is remembered").hasSize(3);
            wasAskedAsRecorded("rights");
        }
    }

    @Test
    void aVersionThatIsNotSpokenIsToldWithWhatToUpgrade() {
        try (RunnerClient client = client()) {
            version = Optional.of("3");
            assertThat(client.tools(Tenant.DEFAULT))
                    .isEqualTo(
                            new RunnerAnswer.Unreachable<>(
                                    "it answers in version 3 of the protocol, and this chatbot speaks 1 and 2: upgrade the chatbot"));
            version = Optional.of("none");
            assertThat(client.tools(Tenant.DEFAULT))
                    .isEqualTo(
                            new RunnerAnswer.Unreachable<>(
                                    "it answers in no version of the protocol that can be read: see that runner.url is a runner"));
            version = Optional.of("2");
            ok(client.tools(Tenant.DEFAULT));
            // What it cannot speak it says itself.
            version = Optional.of("2");
            refusesWhatIsNew = true;
            assertThat(client.tools(Tenant.DEFAULT))
                    .isEqualTo(new RunnerAnswer.Refused<>(
                            Refusal.of(400, Protocol.TOO_NEW, "not spoken", "upgrade the runner")));
        }
    }
}
