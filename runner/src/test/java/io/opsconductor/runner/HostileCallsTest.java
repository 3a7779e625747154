package io.opsconductor.runner;

import static io.opsconductor.runner.TestCaller.plan;
import static io.opsconductor.runner.TestCaller.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsconductor.json.Digest;
import io.opsconductor.json.Json;
import io.opsconductor.kit.keys.MutualTls;
import io.opsconductor.kit.keys.Pem;
import io.opsconductor.kit.keys.Signer;
import io.opsconductor.plan.Attestation;
import io.opsconductor.plan.Attestation.Decision;
import io.opsconductor.plan.Attestation.Statement;
import io.opsconductor.plan.DecisionCheck;
import io.opsconductor.plan.ExecuteRequest;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.PreviewAnswer;
import io.opsconductor.plan.Rights;
import io.opsconductor.plan.Step;
import io.opsconductor.runner.keys.DevelopmentKeys;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is not exactly what was previewed and approved is refused with its reason, recorded, and runs nothing. */
@TestInstance(Lifecycle.PER_CLASS)
class HostileCallsTest {
    private final TestClock clock = new TestClock();
    private Path directory;
    private TestHome home;
    private Runner runner;
    private TestCaller chatbot;
    private Path ran;
    private Plan plan;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException {
        directory = temporary;
        home = TestHome.make(directory.resolve("home"));
        runner = Main.start(home.settings(), home.environment(), clock);
        chatbot = TestCaller.as("chatbot", home.path(), runner.apiPort());
        ran = directory.resolve("ran");
        plan = plan(step("note", Map.of("file", ran.toString())));
    }

    @AfterAll
    void stop() {
        chatbot.close();
        runner.close();
    }

    /** What an attacker makes of a request that would be accepted. */
    private interface Twist {
        ExecuteRequest of(ExecuteRequest good, PreviewAnswer preview);
    }

    private record Hostile(String name, int status, String code, Twist twist) {}

    private List<Hostile> table() {
        Step note = plan.steps().getFirst();
        return List.of(
                // the plan
                new Hostile("another tool", 409, "plan_mismatch", (r, p) -> with(r, plan(step("free", Map.of())))),
                new Hostile(
                        "another parameter",
                        409,
                        "plan_mismatch",
                        (r, p) -> with(r, plan(step("note", Map.of("file", "/etc/passwd"))))),
                new Hostile(
                        "one more parameter",
                        409,
                        "plan_mismatch",
                        (r, p) -> with(r, plan(step("note", Map.of("file", ran.toString(), "x", "y"))))),
                new Hostile(
                        "a target added",
                        409,
                        "plan_mismatch",
                        (r, p) -> with(r, plan(new Step("note", note.parameters(), List.of("web-01"))))),
                new Hostile("one more step", 409, "plan_mismatch", (r, p) -> with(r, plan(note, note))),
                new Hostile("no step", 409, "plan_mismatch", (r, p) -> with(r, new Plan(List.of()))),
                // digest, tenant, requester, execution id
                new Hostile(
                        "a digest nobody issued",
                        409,
                        "unknown_preview",
                        (r, p) -> withDigest(r, Digest.of("something else"))),
                new Hostile("a digest that is none", 409, "unknown_preview", (r, p) -> withDigest(r, "x".repeat(100))),
                new Hostile(
                        "the digest of another preview of the same plan",
                        403,
                        "foreign_approval",
                        (r, p) ->
                                withDigest(r, chatbot.preview(plan, "web:alice").digest())),
                new Hostile(
                        "another tenant",
                        409,
                        "tenant_mismatch",
                        (r, p) -> new ExecuteRequest(
                                r.executionId(), r.plan(), "other", r.actorId(), r.digest(), r.attestations())),
                new Hostile(
                        "another requester",
                        409,
                        "requester_mismatch",
                        (r, p) -> new ExecuteRequest(
                                r.executionId(), r.plan(), r.tenantId(), "web:bob", r.digest(), r.attestations())),
                new Hostile("a short execution id", 400, "invalid_execution_id", (r, p) -> withId(r, "e1")),
                new Hostile(
                        "a path as execution id", 400, "invalid_execution_id", (r, p) -> withId(r, "../../etc/passwd")),
                // who decided, and how
                new Hostile("no attestation", 403, "approvals_missing", (r, p) -> with(r, List.of())),
                new Hostile(
                        "approved by the requester",
                        403,
                        "self_approval",
                        (r, p) -> with(r, List.of(chatbot.approval(p, "web:alice")))),
                new Hostile(
                        "approved by the requester under another identity",
                        403,
                        "self_approval",
                        (r, p) -> with(r, List.of(chatbot.approval(p, "slack:T1/U1")))),
                new Hostile(
                        "approved by a viewer",
                        403,
                        "approver_not_allowed",
                        (r, p) -> with(r, List.of(chatbot.approval(p, "web:dan")))),
                new Hostile(
                        "approved by a stranger",
                        403,
                        "approver_not_allowed",
                        (r, p) -> with(r, List.of(chatbot.approval(p, "web:mallory")))),
                new Hostile(
                        "approved by no identity",
                        403,
                        "approver_not_allowed",
                        (r, p) -> with(r, List.of(chatbot.approval(p, "b\u043eb")))),
                new Hostile(
                        "a good approval and a stranger's",
                        403,
                        "approver_not_allowed",
                        (r, p) -> with(r, List.of(r.attestations().getFirst(), chatbot.approval(p, "web:mallory")))),
                new Hostile(
                        "denied",
                        403,
                        "denied",
                        (r, p) -> with(r, List.of(chatbot.sign(chatbot.statement(p, Decision.DENY, "web:bob"))))),
                new Hostile(
                        "approved by one and denied by another",
                        403,
                        "denied",
                        (r, p) -> with(
                                r,
                                List.of(
                                        r.attestations().getFirst(),
                                        chatbot.sign(chatbot.statement(p, Decision.DENY, "web:carol"))))),
                new Hostile(
                        "thirty-three attestations",
                        400,
                        "too_many_attestations",
                        (r, p) ->
                                with(r, Collections.nCopies(33, r.attestations().getFirst()))),
                // each field of the statement changed after signing
                tampered("digest", s -> statement(s, "digest", Digest.of("x"))),
                tampered("decision", s -> statement(s, "decision", "deny")),
                tampered("approver", s -> statement(s, "approver", "web:carol")),
                tampered("requester", s -> statement(s, "requester", "web:carol")),
                tampered("conversation", s -> statement(s, "conversation", "c2")),
                tampered("time", s -> statement(s, "time", "2026-01-01T00:00:00Z")),
                tampered("nonce", s -> statement(s, "nonce", "00")),
                // signed well, about something else
                signed("another digest", "foreign_approval", s -> statement(s, "digest", Digest.of("x"))),
                signed("another nonce", "foreign_approval", s -> statement(s, "nonce", "00")),
                signed("another requester", "foreign_approval", s -> statement(s, "requester", "web:carol")),
                signed(
                        "the future",
                        "attestation_time",
                        s -> statement(s, "time", Instant.now().plusSeconds(120).toString())),
                signed(
                        "before the preview",
                        "attestation_time",
                        s -> statement(
                                s, "time", Instant.now().minusSeconds(3600).toString())),
                // keys and signatures
                new Hostile(
                        "an unknown key",
                        403,
                        "unknown_key",
                        (r, p) -> with(r, List.of(new Attestation(statement(r), "0123456789abcdef", signature(r))))),
                new Hostile(
                        "another key under a known name",
                        403,
                        "bad_signature",
                        (r, p) ->
                                with(r, List.of(new Attestation(statement(r), keyId(r), strangerSigns(statement(r)))))),
                new Hostile(
                        "no signature",
                        403,
                        "bad_signature",
                        (r, p) -> with(r, List.of(new Attestation(statement(r), keyId(r), "")))),
                new Hostile(
                        "a signature that is no base64",
                        403,
                        "bad_signature",
                        (r, p) -> with(r, List.of(new Attestation(statement(r), keyId(r), "!!")))));
    }

    @TestFactory
    Stream<DynamicTest> everythingElseThanTheApprovedPlanIsRefused() {
        return table().stream()
                .map(hostile -> DynamicTest.dynamicTest(hostile.name(), () -> {
                    PreviewAnswer preview = chatbot.preview(plan, "web:alice");
                    ExecuteRequest good = chatbot.request(plan, preview, chatbot.approval(preview, "web:bob"));
                    ExecuteRequest twisted = hostile.twist().of(good, preview);

                    TestCaller.Answer answer = chatbot.execute(twisted);

                    assertThat(answer.code()).isEqualTo(hostile.code());
                    assertThat(answer.status()).isEqualTo(hostile.status());
                    assertThat(answer.message()).isNotBlank();
                    JsonNode recorded = new TestJournal(home.path()).entries().getLast();
                    assertThat(recorded.path("type").asText()).isEqualTo("refused");
                    assertThat(recorded.path("data").path("code").asText()).isEqualTo(hostile.code());
                    assertThat(recorded.path("execution").asText()).isEqualTo(twisted.executionId());
                    assertThat(ran).doesNotExist();
                }));
    }

    private record Malformed(String name, int status, String code, String body, String contentType) {}

    @TestFactory
    Stream<DynamicTest> whatIsNotARequestIsRefused() {
        PreviewAnswer preview = chatbot.preview(plan, "web:alice");
        ObjectNode good = Json.object(chatbot.request(plan, preview, chatbot.approval(preview, "web:bob")));
        List<Malformed> table = new ArrayList<>(List.of(
                new Malformed("no JSON", 400, "invalid_json", "{", "application/json"),
                new Malformed("an empty body", 400, "invalid_json", "", "application/json"),
                new Malformed("null", 400, "invalid_json", "null", "application/json"),
                new Malformed("a list", 400, "invalid_json", "[]", "application/json"),
                new Malformed("two documents", 400, "invalid_json", good + "{}", "application/json"),
                new Malformed(
                        "the same field twice", 400, "invalid_json", "{\"plan\":{},\"plan\":{}}", "application/json"),
                new Malformed(
                        "an unknown field",
                        400,
                        "invalid_json",
                        good.deepCopy().put("force", true).toString(),
                        "application/json"),
                new Malformed(
                        "a form", 415, "wrong_content_type", good.toString(), "application/x-www-form-urlencoded"),
                new Malformed("plain text", 415, "wrong_content_type", good.toString(), "text/plain"),
                new Malformed(
                        "a digest of 5,000 characters",
                        400,
                        "invalid_json",
                        good.deepCopy().put("digest", "x".repeat(5000)).toString(),
                        "application/json"),
                new Malformed("300 kB", 413, "body_too_large", " ".repeat(300_000) + good, "application/json"),
                new Malformed("nesting without end", 400, "invalid_json", "[".repeat(100_000), "application/json")));
        good.fieldNames()
                .forEachRemaining(field -> table.add(new Malformed(
                        "no " + field,
                        400,
                        "invalid_json",
                        good.deepCopy().without(field).toString(),
                        "application/json")));
        good.fieldNames()
                .forEachRemaining(field -> table.add(new Malformed(
                        field + " is null",
                        400,
                        "invalid_json",
                        good.deepCopy().putNull(field).toString(),
                        "application/json")));
        return table.stream()
                .map(bad -> DynamicTest.dynamicTest(bad.name(), () -> {
                    TestCaller.Answer answer =
                            chatbot.postText("/execute-plan", bad.body(), "Content-Type", bad.contentType());
                    assertThat(answer.status()).isEqualTo(bad.status());
                    assertThat(answer.code()).isEqualTo(bad.code());
                    assertThat(new TestJournal(home.path())
                                    .entries()
                                    .getLast()
                                    .path("data")
                                    .path("code")
                                    .asText())
                            .isEqualTo(bad.code());
                    assertThat(ran).doesNotExist();
                }));
    }

    @Test
    void twoIdentitiesOfOnePersonAreOneApproval() {
        Plan wipe = plan(step("wipe", Map.of()));
        PreviewAnswer preview = chatbot.preview(wipe, "web:alice");
        TestCaller.Answer answer = chatbot.execute(chatbot.request(
                wipe, preview, chatbot.typed(preview, "web:carol"), chatbot.typed(preview, "slack:T1/U3")));
        assertThat(answer.code()).isEqualTo("approvals_missing");
        assertThat(answer.message()).isEqualTo("one more is needed, of approvers: bob");
        assertThat(chatbot.execute(chatbot.request(
                                wipe, preview, chatbot.typed(preview, "web:carol"), chatbot.typed(preview, "web:bob")))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anApprovalIsUsedUpByItsExecution() throws IOException {
        Path file = directory.resolve("used");
        Plan once = plan(step("note", Map.of("file", file.toString())));
        ExecuteRequest request = chatbot.approved(once, "web:alice", "web:bob");
        assertThat(chatbot.execute(request).status()).isEqualTo(200);

        TestCaller.Answer again = chatbot.execute(withId(request, TestCaller.newId()));
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("already_executed");
        assertThat(again.message()).isEqualTo("this approved plan was executed already, as " + request.executionId());

        TestCaller.Answer changed = chatbot.execute(with(request, List.of()));
        assertThat(changed.code()).isEqualTo("already_executed");

        TestCaller.Answer check =
                chatbot.post("/decisions/check", new DecisionCheck.Request(request.digest(), request.attestations()));
        assertThat(check.code()).isEqualTo("already_executed");
        assertThat(Files.readString(file)).isEqualTo("ran\n");
    }

    @Test
    void anExpiredApprovalIsRefusedByTheRunnersOwnClock() throws IOException {
        TestClock own = new TestClock();
        TestHome other = TestHome.make(directory.resolve("expiry"));
        try (Runner second = Main.start(other.settings(), other.environment(), own);
                TestCaller caller = TestCaller.as("chatbot", other.path(), second.apiPort())) {
            ExecuteRequest request = caller.approved(plan, "web:alice", "web:bob");
            own.advance(Duration.ofMinutes(15));
            TestCaller.Answer answer = caller.execute(request);
            assertThat(answer.status()).isEqualTo(410);
            assertThat(answer.code()).isEqualTo("expired");
            assertThat(caller.post("/decisions/check", new DecisionCheck.Request(request.digest(), List.of()))
                            .status())
                    .isEqualTo(410);
            assertThat(ran).doesNotExist();
        }
    }

    @Test
    void whatChangedSinceThePreviewIsNamed() throws IOException {
        TestHome other = TestHome.make(directory.resolve("changed"));
        try (Runner second = Main.start(other.settings(), other.environment(), clock);
                TestCaller caller = TestCaller.as("chatbot", other.path(), second.apiPort())) {
            Plan say = plan(step("say", Map.of("text", "x")));
            ExecuteRequest first = caller.approved(say, "web:alice", "web:alice");
            other.tool("say", "read", "echo other {text}", List.of("text: string"));
            assertChanged(
                    caller.execute(first),
                    "since the preview was shown, this changed: the tool say, the command on runner");

            ExecuteRequest next = caller.approved(say, "web:alice", "web:alice");
            other.policy("14m");
            assertChanged(caller.execute(next), "since the preview was shown, this changed: the policy");

            ExecuteRequest last = caller.approved(say, "web:alice", "web:alice");
            Files.delete(other.path().resolve("tools/say.yaml"));
            TestCaller.Answer gone = caller.execute(last);
            assertThat(gone.code()).isEqualTo("changed_since_preview");
            assertThat(gone.message())
                    .startsWith("what was shown can no longer run: ")
                    .contains("say");
        }
    }

    private static void assertChanged(TestCaller.Answer answer, String message) {
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("changed_since_preview");
        assertThat(answer.message()).isEqualTo(message);
    }

    @Test
    void aKeyThatWasTakenAwayCountsNoMore() throws IOException {
        Path key = home.path().resolve("keys/chatbot.pub");
        PreviewAnswer preview = chatbot.preview(plan, "web:alice");
        ExecuteRequest request = chatbot.request(plan, preview, chatbot.approval(preview, "web:bob"));
        assertThat(chatbot.post("/decisions/check", new DecisionCheck.Request(preview.digest(), request.attestations()))
                        .status())
                .isEqualTo(200);
        byte[] kept = Files.readAllBytes(key);
        Files.delete(key);
        try {
            assertThat(chatbot.execute(request).code()).isEqualTo("unknown_key");
            assertThat(ran).doesNotExist();
        } finally {
            Files.write(key, kept);
        }
    }

    @Test
    void aDecisionCanBeCheckedWithoutUsingItUp() {
        PreviewAnswer preview = chatbot.preview(plan, "web:alice");
        DecisionCheck.Answer bob = chatbot.post(
                        "/decisions/check",
                        new DecisionCheck.Request(preview.digest(), List.of(chatbot.approval(preview, "web:bob"))))
                .as(DecisionCheck.Answer.class);
        assertThat(bob).isEqualTo(new DecisionCheck.Answer(true, 0, List.of(), "bob"));
        TestCaller.Answer alice = chatbot.post(
                "/decisions/check",
                new DecisionCheck.Request(preview.digest(), List.of(chatbot.approval(preview, "web:alice"))));
        assertThat(alice.status()).isEqualTo(403);
        assertThat(alice.code()).isEqualTo("self_approval");
        assertThat(alice.message())
                .isEqualTo("alice asked for this, and the policy wants somebody else to approve it.");
        DecisionCheck.Answer denied = chatbot.post(
                        "/decisions/check",
                        new DecisionCheck.Request(
                                preview.digest(),
                                List.of(chatbot.sign(chatbot.statement(preview, Decision.DENY, "web:alice")))))
                .as(DecisionCheck.Answer.class);
        assertThat(denied.sufficient()).isFalse();
        assertThat(denied.approverName()).isEqualTo("alice");
    }

    @Test
    void rightsAreAnsweredForOnePersonAndAreNothingForStrangers() {
        Rights.Answer dan = chatbot.post("/rights", new Rights.Request("default", "web:dan"))
                .as(Rights.Answer.class);
        assertThat(dan.person()).isEqualTo("dan");
        assertThat(dan.identities()).containsExactly("web:dan");
        assertThat(dan.grants()).containsExactly(new Rights.Grant(List.of("runner"), List.of("fail", "say")));
        assertThat(chatbot.post("/rights", new Rights.Request("default", "web:mallory"))
                        .as(Rights.Answer.class))
                .isEqualTo(Rights.Answer.NOBODY);
        assertThat(chatbot.post("/rights", Map.of("tenant_id", "default")).status())
                .isEqualTo(400);
        assertThat(chatbot.post("/rights", Map.of("tenant_id", "default", "actor_id", "x".repeat(5_000)))
                        .status())
                .isEqualTo(413);
    }

    @Test
    void aPreviewIsRefusedToStrangersAndForWhatIsNotAllowed() {
        assertThat(chatbot.previewCall(plan, "web:mallory").code()).isEqualTo("unknown_actor");
        assertThat(chatbot.previewCall(plan, "web:dan").code()).isEqualTo("no_rule");
        assertThat(chatbot.previewCall(plan(step("nothing", Map.of())), "web:alice")
                        .status())
                .isEqualTo(422);
        for (String value : List.of("null", "{\"a\":1}", "[1]", "1.5", "\"\"", "\"a\\u0000b\"", "\"-x\"")) {
            TestCaller.Answer answer = chatbot.postText("/plans/preview", """
                    {"plan": {"steps": [{"tool": "say", "parameters": {"text": %s}}]},
                     "tenant_id": "default", "actor_id": "web:alice", "conversation": "c1"}
                    """.formatted(value));
            assertThat(answer.status()).as(value).isEqualTo(422);
        }
    }

    @Test
    void unknownCallsAndMethodsAreAnswered() {
        assertThat(chatbot.get("/").status()).isEqualTo(404);
        assertThat(chatbot.get("/health").code()).isEqualTo("unknown_call");
        assertThat(chatbot.get("/execute-plan").status()).isEqualTo(405);
        assertThat(chatbot.method("DELETE", "/executions/abcdefgh").code()).isEqualTo("wrong_method");
        assertThat(chatbot.get("/executions/abcdefgh").code()).isEqualTo("unknown_execution");
        assertThat(chatbot.get("/executions?limit=x").code()).isEqualTo("invalid_limit");
        assertThat(chatbot.get("/executions?staus=failed").code()).isEqualTo("unknown_filter");
        assertThat(chatbot.get("/executions?status=odd").code()).isEqualTo("invalid_status");
        assertThat(chatbot.get("/executions?since=yesterday").code()).isEqualTo("invalid_since");
        assertThat(chatbot.get("/executions?tool=a&tool=b").code()).isEqualTo("invalid_tool");
        assertThat(chatbot.get("/executions?target=").code()).isEqualTo("invalid_target");
        assertThat(chatbot.post("/execute-plan", Map.of(), "Accept", "image/png")
                        .status())
                .isEqualTo(406);
    }

    @Test
    void theCatalogueIsSentOnceUntilItChanges() {
        TestCaller.Answer first = chatbot.get("/tools");
        String tag = first.response().headers().firstValue("ETag").orElseThrow();
        assertThat(first.body().path("tools")).hasSize(6);
        assertThat(chatbot.get("/tools", "If-None-Match", tag).status()).isEqualTo(304);
        assertThat(chatbot.get("/targets").body().path("targets")).isEmpty();
    }

    @Test
    void aCertificateOfTheRightAuthorityAndTheWrongNameIsRefused() throws IOException {
        TestCertificates.issueClient(home.path(), "someone");
        try (TestCaller someone = TestCaller.as("someone", home.path(), runner.apiPort())) {
            TestCaller.Answer answer = someone.get("/tools");
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.code()).isEqualTo("wrong_caller");
            assertThat(answer.message())
                    .isEqualTo("the client certificate of someone is not one that may call the runner");
            assertThat(someone.get("/nothing").code()).isEqualTo("wrong_caller");
        }
        assertThat(new TestJournal(home.path())
                        .entries()
                        .getLast()
                        .path("data")
                        .path("code")
                        .asText())
                .isEqualTo("wrong_caller");
    }

    @Test
    void theRunnersOwnCertificateDoesNotCall() {
        try (TestCaller itself = TestCaller.as("runner", home.path(), runner.apiPort())) {
            assertThatThrownBy(() -> itself.get("/tools")).hasRootCauseInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void aCallerWithoutACertificateIsRefused() throws Exception {
        SSLContext trustingOnly = SSLContext.getInstance("TLS");
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry(
                "ca", Pem.certificates(home.path().resolve("tls/ca.crt")).getFirst());
        trust.init(store);
        trustingOnly.init(null, trust.getTrustManagers(), null);
        assertThat(answeredOver(trustingOnly, "TLSv1.3")).isEmpty();
    }

    @Test
    void aCallerOfAnotherAuthorityIsRefused() throws Exception {
        Path foreign = directory.resolve("foreign");
        DevelopmentKeys.ensure(foreign, InstantSource.system());
        SSLContext context = MutualTls.client(
                foreign.resolve("tls/chatbot.crt"),
                foreign.resolve("tls/chatbot.key"),
                home.path().resolve("tls/ca.crt"));
        assertThat(answeredOver(context, "TLSv1.3")).isEmpty();
    }

    @Test
    void onlyTls13IsSpoken() throws Exception {
        SSLContext context = MutualTls.client(
                home.path().resolve("tls/chatbot.crt"),
                home.path().resolve("tls/chatbot.key"),
                home.path().resolve("tls/ca.crt"));
        assertThat(answeredOver(context, "TLSv1.3")).startsWith("HTTP/1.1 200");
        assertThat(answeredOver(context, "TLSv1.2")).isEmpty();
    }

    /** The first bytes of the answer over a socket of our own; empty when there is none. */
    private String answeredOver(SSLContext context, String protocol) throws IOException {
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", runner.apiPort())) {
            socket.setSoTimeout(10_000);
            socket.setEnabledProtocols(new String[] {protocol});
            OutputStream out = socket.getOutputStream();
            out.write("GET /tools HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        } catch (SSLException | SocketException e) {
            return "";
        }
    }

    private Hostile tampered(String field, UnaryOperator<Statement> change) {
        return new Hostile(
                "the statement's " + field + " changed after signing",
                403,
                "bad_signature",
                (r, p) -> with(r, List.of(new Attestation(change.apply(statement(r)), keyId(r), signature(r)))));
    }

    private Hostile signed(String what, String code, UnaryOperator<Statement> change) {
        return new Hostile(
                "signed well for " + what,
                403,
                code,
                (r, p) -> with(r, List.of(chatbot.sign(change.apply(statement(r))))));
    }

    private static Statement statement(Statement statement, String field, String value) {
        return Json.read(Json.object(statement).put(field, value).toString(), Statement.class);
    }

    private static Statement statement(ExecuteRequest request) {
        return request.attestations().getFirst().statement();
    }

    private static String keyId(ExecuteRequest request) {
        return request.attestations().getFirst().keyId();
    }

    private static String signature(ExecuteRequest request) {
        return request.attestations().getFirst().signature();
    }

    private String strangerSigns(Statement statement) {
        Path stranger = directory.resolve("stranger");
        DevelopmentKeys.ensure(stranger, InstantSource.system());
        return Signer.open(stranger.resolve("keys/chatbot.key"), stranger.resolve("keys/chatbot.pub"))
                .sign(statement.signedBytes());
    }

    private static ExecuteRequest with(ExecuteRequest r, Plan plan) {
        return new ExecuteRequest(r.executionId(), plan, r.tenantId(), r.actorId(), r.digest(), r.attestations());
    }

    private static ExecuteRequest with(ExecuteRequest r, List<Attestation> attestations) {
        return new ExecuteRequest(r.executionId(), r.plan(), r.tenantId(), r.actorId(), r.digest(), attestations);
    }

    private static ExecuteRequest withDigest(ExecuteRequest r, String digest) {
        return new ExecuteRequest(r.executionId(), r.plan(), r.tenantId(), r.actorId(), digest, r.attestations());
    }

    private static ExecuteRequest withId(ExecuteRequest r, String id) {
        return new ExecuteRequest(id, r.plan(), r.tenantId(), r.actorId(), r.digest(), r.attestations());
    }
}
