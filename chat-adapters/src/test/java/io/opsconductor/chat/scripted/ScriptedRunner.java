package io.opsconductor.chat.scripted;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.opsconductor.json.Digest;
import io.opsconductor.json.Json;
import io.opsconductor.kit.http.Edge;
import io.opsconductor.kit.http.EventStream;
import io.opsconductor.kit.http.HttpProblem;
import io.opsconductor.kit.http.JsonBody;
import io.opsconductor.kit.keys.MutualTls;
import io.opsconductor.kit.keys.Pem;
import io.opsconductor.kit.keys.Verifier;
import io.opsconductor.plan.Attestation;
import io.opsconductor.plan.DecisionCheck;
import io.opsconductor.plan.Effect;
import io.opsconductor.plan.ExecuteRequest;
import io.opsconductor.plan.ExecutionEvent;
import io.opsconductor.plan.ExecutionStatus;
import io.opsconductor.plan.PlanCode;
import io.opsconductor.plan.PolicyQuestion;
import io.opsconductor.plan.Preview;
import io.opsconductor.plan.PreviewAnswer;
import io.opsconductor.plan.PreviewRequest;
import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.plan.Rights;
import io.opsconductor.plan.Step;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** See the package. State survives {@link #vanish()} and {@link #comeBack()}, as a runner's store does. */
public final class ScriptedRunner implements AutoCloseable {
    private static final int MAX_BODY = 1024 * 1024;

    private final Path home;
    private final Verifier verifier;
    private final Map<String, Preview> previews = new ConcurrentHashMap<>();
    private final Map<String, ScriptedExecution> executions = new ConcurrentHashMap<>();
    private final LinkedBlockingQueue<ScriptedExecution> arrivals = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<PreviewRequest> asked = new LinkedBlockingQueue<>();
    private final List<PolicyQuestion.Request> explained = new CopyOnWriteArrayList<>();
    private final Set<String> requesters = ConcurrentHashMap.newKeySet();
    private final Map<String, List<Rights.Grant>> granted = new ConcurrentHashMap<>();
    private volatile Rules rules = Rules.someoneElse();
    private volatile @Nullable HttpProblem nextRefusal;
    private volatile @Nullable HttpProblem nextPreviewRefusal;
    private volatile @Nullable HttpProblem nextCheckRefusal;
    private volatile boolean destroying;
    private final Map<String, String> people = new ConcurrentHashMap<>();
    private volatile @Nullable CountDownLatch held;
    private volatile @Nullable CountDownLatch heldCancels;
    private final LinkedBlockingQueue<ExecuteRequest> stuck = new LinkedBlockingQueue<>();
    private volatile boolean sticking;
    private volatile boolean lying;
    private @Nullable WebServer server;
    private int port;

    private ScriptedRunner(Path home) {
        this.home = home;
        this.verifier = new Verifier(Pem.publicKey(home.resolve("keys/chatbot.pub")));
    }

    /** Starts on a free port, with the certificates under a home directory. */
    public static ScriptedRunner start(Path home) {
        ScriptedRunner runner = new ScriptedRunner(home);
        runner.comeBack();
        return runner;
    }

    public URI uri() {
        return URI.create("https://127.0.0.1:" + port);
    }

    public void rules(Rules rules) {
        this.rules = rules;
    }

    /** What somebody may ask for, instead of everything. */
    public void grant(String identity, Rights.Grant... grants) {
        granted.put(identity, List.of(grants));
    }

    /** The next request to execute is answered with this. */
    public void refuseNext(int status, String code, String message, String hint) {
        nextRefusal = HttpProblem.of(status, code, message, hint);
    }

    /** The next question about decisions is answered with this. */
    public void refuseNextCheck(int status, String code, String message, String hint) {
        nextCheckRefusal = HttpProblem.of(status, code, message, hint);
    }

    /** From now on everything that is previewed destroys, and whoever approves it types its code. */
    public void destroying() {
        destroying = true;
    }

    /** Somebody whom the policy knows by another name than their identity. */
    public void knows(String identity, String name) {
        people.put(identity, name);
    }

    /** From now on requests to execute get stuck: their senders see a failure, and they arrive when let through. */
    public void letExecutesStick() {
        sticking = true;
    }

    /** Waits until a request to execute is stuck. */
    public ExecuteRequest stuck() throws InterruptedException {
        ExecuteRequest request = stuck.poll(10, TimeUnit.SECONDS);
        if (request == null) {
            throw new AssertionError("no request got stuck within 10 s");
        }
        return request;
    }

    /** A stuck request arrives after all. */
    public void letThrough(ExecuteRequest request) {
        ScriptedExecution execution = new ScriptedExecution(request);
        executions.put(request.executionId(), execution);
        arrivals.add(execution);
    }

    /** From now on a preview's digest does not fit its content. */
    public void lie() {
        lying = true;
    }

    /** Previews are not answered until the latch is open. */
    public void holdPreviews(CountDownLatch latch) {
        held = latch;
    }

    /** Cancelling ends an execution at once, and is answered when the latch is open. */
    public void holdCancels(CountDownLatch latch) {
        heldCancels = latch;
    }

    /** The next preview is refused with this. */
    public void refuseNextPreview(int status, String code, String message, String hint) {
        nextPreviewRefusal = HttpProblem.of(status, code, message, hint);
    }

    /** The next execution that arrived; fails when none does. */
    public ScriptedExecution arrived() throws InterruptedException {
        ScriptedExecution execution = arrivals.poll(10, TimeUnit.SECONDS);
        if (execution == null) {
            throw new AssertionError("no execution arrived within 10 s");
        }
        return execution;
    }

    /** How many executions arrived in all, each id once. */
    public int executions() {
        return executions.size();
    }

    /** For whom previews were asked for so far. */
    public Set<String> previewed() {
        return Set.copyOf(requesters);
    }

    /** The next preview that was asked for; fails when none is. */
    public PreviewRequest previewAsked() throws InterruptedException {
        PreviewRequest request = asked.poll(10, TimeUnit.SECONDS);
        if (request == null) {
            throw new AssertionError("no preview was asked for within 10 s");
        }
        return request;
    }

    /** Stops listening and breaks every connection. */
    public void vanish() {
        executions.values().forEach(ScriptedExecution::drop);
        if (server != null) {
            server.stop();
            server = null;
        }
    }

    /** Listens on the same port as before. */
    public void comeBack() {
        HttpRouting.Builder routing = HttpRouting.builder();
        Edge.answerProblems(routing);
        routing.get("/tools", (request, response) -> Edge.send(response, 200, Offer.tools()))
                .get("/targets", (request, response) -> Edge.send(response, 200, Offer.targets()))
                .post("/plans/preview", this::preview)
                .post("/rights", this::rights)
                .post("/policy/explain", this::explain)
                .post("/decisions/check", this::check)
                .post("/execute-plan", this::execute)
                .get(
                        "/executions/{id}",
                        (request, response) ->
                                Edge.send(response, 200, known(request).answer()))
                .get(
                        "/executions/{id}/events",
                        (request, response) -> stream(
                                response,
                                known(request),
                                Long.parseLong(request.query().get("after"))))
                .post("/executions/{id}/cancel", this::cancel);
        server = WebServer.builder()
                .host("127.0.0.1")
                .port(port)
                .tls(MutualTls.server(
                        home.resolve("tls/runner.crt"), home.resolve("tls/runner.key"), home.resolve("tls/ca.crt")))
                .routing(routing)
                .shutdownHook(false)
                .shutdownGracePeriod(Duration.ofMillis(10))
                .build()
                .start();
        port = server.port();
    }

    private void preview(ServerRequest request, ServerResponse response) throws InterruptedException {
        PreviewRequest question = JsonBody.read(request, PreviewRequest.class, MAX_BODY);
        asked.add(question);
        requesters.add(question.actorId());
        HttpProblem refusal = nextPreviewRefusal;
        if (refusal != null) {
            nextPreviewRefusal = null;
            throw refusal;
        }
        CountDownLatch latch = held;
        if (latch != null && !latch.await(20, TimeUnit.SECONDS)) {
            throw HttpProblem.of(503, "held", "the test held it too long", "");
        }
        Instant now = Instant.now();
        Preview preview = new Preview(
                1,
                question.tenantId(),
                question.actorId(),
                name(question.actorId()),
                UUID.randomUUID().toString(),
                now,
                now.plus(rules.expiry()),
                "sha256:0",
                destroying ? Effect.DESTROY : Effect.READ,
                question.plan().steps().stream().map(this::rendered).toList(),
                new Preview.BlastRadius(1, Map.of("production", 1)),
                question.breakGlass().isEmpty() ? rules.rule(people) : rules.alone(name(question.actorId())),
                question.plan().deadlineSeconds(),
                question.breakGlass());
        previews.put(preview.digest(), preview);
        Edge.send(response, 200, new PreviewAnswer(lying ? Digest.of("another plan") : preview.digest(), preview));
    }

    /** Users of the local chat by their names, others by their identities. */
    private String name(String identity) {
        return people.containsKey(identity) ? people.get(identity) : ownName(identity);
    }

    private static String ownName(String identity) {
        return identity.startsWith("web:") ? identity.substring("web:".length()) : identity;
    }

    private Preview.RenderedStep rendered(Step step) {
        List<Preview.RenderedTarget> targets = (step.targets().isEmpty() ? List.of("runner") : step.targets())
                .stream()
                        .map(target -> new Preview.RenderedTarget(
                                target,
                                "production",
                                "demo",
                                "demo-key",
                                "sha256:1",
                                new RenderedCommand.Shell(command(step)),
                                command(step)))
                        .toList();
        return new Preview.RenderedStep(
                step.tool(),
                "sha256:2",
                destroying ? Effect.DESTROY : changes(step) ? Effect.CHANGE : Effect.READ,
                step.options().check(),
                "ssh",
                10,
                step.parameters(),
                targets,
                step.options(),
                changes(step));
    }

    private static String command(Step step) {
        return step.options().check() ? step.tool() + " --check" : step.tool();
    }

    private static boolean changes(Step step) {
        return step.tool().startsWith("restart") && !step.options().check();
    }

    private void rights(ServerRequest request, ServerResponse response) {
        Rights.Request question = JsonBody.read(request, Rights.Request.class, MAX_BODY);
        Edge.send(
                response,
                200,
                new Rights.Answer(
                        name(question.actorId()),
                        List.of(question.actorId()),
                        granted.getOrDefault(question.actorId(), Offer.everything())));
    }

    private void explain(ServerRequest request, ServerResponse response) {
        PolicyQuestion.Request question = JsonBody.read(request, PolicyQuestion.Request.class, MAX_BODY);
        explained.add(question);
        Edge.send(
                response,
                200,
                new PolicyQuestion.Answer(
                        question.person().isEmpty() ? name(question.actorId()) : question.person(),
                        null,
                        rules.rule(people),
                        rules.expiry().toSeconds(),
                        List.of("the test")));
    }

    /** What was asked about the policy, in order. */
    public List<PolicyQuestion.Request> explained() {
        return List.copyOf(explained);
    }

    private void check(ServerRequest request, ServerResponse response) {
        DecisionCheck.Request question = JsonBody.read(request, DecisionCheck.Request.class, MAX_BODY);
        HttpProblem refusal = nextCheckRefusal;
        if (refusal != null) {
            nextCheckRefusal = null;
            throw refusal;
        }
        Set<String> approvers = counted(question.digest(), question.attestations());
        Preview.ApprovalRule rule = issued(question.digest()).approval();
        int missing = Math.max(0, rule.approvals() - approvers.size());
        List<DecisionCheck.Wanted> wanted = missing == 0
                ? List.of()
                : List.of(new DecisionCheck.Wanted(
                        missing,
                        List.of(),
                        rule.approvers().stream()
                                .filter(who -> !approvers.contains(who))
                                .toList(),
                        List.of()));
        Edge.send(
                response,
                200,
                new DecisionCheck.Answer(
                        missing == 0, missing, wanted, List.copyOf(approvers).getLast()));
    }

    private Preview issued(String digest) {
        Preview preview = previews.get(digest);
        if (preview == null) {
            throw HttpProblem.of(409, "unknown_preview", "this runner issued no such preview", "preview it again");
        }
        return preview;
    }

    private Set<String> counted(String digest, List<Attestation> attestations) {
        Preview preview = issued(digest);
        if (!Instant.now().isBefore(preview.expiresAt())) {
            throw HttpProblem.of(410, "expired", "the preview expired", "ask again");
        }
        Set<String> approvers = new LinkedHashSet<>();
        for (Attestation attestation : attestations) {
            if (!verifier.verify(attestation.statement().signedBytes(), attestation.signature())
                    || !attestation.statement().digest().equals(digest)
                    || !attestation.statement().nonce().equals(preview.nonce())) {
                throw HttpProblem.of(403, "bad_signature", "the approval's signature does not fit", "");
            }
            boolean typed = attestation.statement().decision() == Attestation.Decision.APPROVE && destroying;
            if (!Objects.equals(attestation.statement().typed(), typed ? PlanCode.of(digest) : null)) {
                throw HttpProblem.of(403, "wrong_code", "the approval's code does not fit", "");
            }
            String name = name(attestation.statement().approver());
            if (!preview.approval().approvers().contains(name)) {
                throw HttpProblem.of(
                        403,
                        "approver_not_allowed",
                        name + " may not approve this",
                        "ask one of them",
                        preview.approval().approvers());
            }
            approvers.add(name);
        }
        return approvers;
    }

    private void execute(ServerRequest request, ServerResponse response) throws InterruptedException {
        ExecuteRequest plan = JsonBody.read(request, ExecuteRequest.class, MAX_BODY);
        if (sticking) {
            stuck.add(plan);
            throw HttpProblem.of(504, "gateway_timeout", "nobody answered in time", "");
        }
        HttpProblem refusal = nextRefusal;
        if (refusal != null) {
            nextRefusal = null;
            throw refusal;
        }
        if (!executions.containsKey(plan.executionId())) {
            if (counted(plan.digest(), plan.attestations()).size()
                    < issued(plan.digest()).approval().approvals()) {
                throw HttpProblem.of(403, "approvals_missing", "more approvals are needed", "");
            }
            ScriptedExecution execution = new ScriptedExecution(plan);
            executions.put(plan.executionId(), execution);
            arrivals.add(execution);
        }
        stream(response, executions.get(plan.executionId()), 0);
    }

    private static void stream(ServerResponse response, @Nullable ScriptedExecution execution, long after)
            throws InterruptedException {
        if (execution == null) {
            throw new IllegalStateException("no execution");
        }
        int drops = execution.drops();
        long last = after;
        try (EventStream stream = EventStream.open(response)) {
            stream.heartbeat();
            while (execution.drops() == drops) {
                for (ExecutionEvent event : execution.after(last, drops, Duration.ofSeconds(1))) {
                    stream.event(event.seq(), Json.write(event));
                    last = event.seq();
                    if (event instanceof ExecutionEvent.Finished) {
                        return;
                    }
                }
                stream.heartbeat();
            }
        } catch (UncheckedIOException e) {
            // The reader went away: what it missed it asks for again.
            return;
        }
    }

    private void cancel(ServerRequest request, ServerResponse response) throws InterruptedException {
        ScriptedExecution execution = known(request);
        execution.ended(ExecutionStatus.CANCELLED, "alice cancelled it.");
        CountDownLatch latch = heldCancels;
        if (latch != null && !latch.await(20, TimeUnit.SECONDS)) {
            throw HttpProblem.of(503, "held", "the test held it too long", "");
        }
        Edge.send(response, 202, execution.answer());
    }

    private ScriptedExecution known(ServerRequest request) {
        ScriptedExecution execution =
                executions.get(request.path().pathParameters().get("id"));
        if (execution == null) {
            throw HttpProblem.of(404, "unknown_execution", "this runner knows no such execution", "");
        }
        return execution;
    }

    @Override
    public void close() {
        vanish();
    }
}
