package io.opsconductor.brain.runner;

import io.opsconductor.brain.Refusal;
import io.opsconductor.brain.approval.ApprovedPlan;
import io.opsconductor.json.InvalidJsonException;
import io.opsconductor.json.Json;
import io.opsconductor.kit.journal.Witness;
import io.opsconductor.kit.trace.Span;
import io.opsconductor.kit.trace.TraceContext;
import io.opsconductor.kit.trace.Tracing;
import io.opsconductor.plan.DecisionCheck;
import io.opsconductor.plan.ExecutionAnswer;
import io.opsconductor.plan.PolicyQuestion;
import io.opsconductor.plan.PreviewAnswer;
import io.opsconductor.plan.PreviewRequest;
import io.opsconductor.plan.Problem;
import io.opsconductor.plan.Protocol;
import io.opsconductor.plan.Rights;
import io.opsconductor.plan.Tenant;
import io.opsconductor.tool.Catalogue;
import io.opsconductor.tool.TargetDirectory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the runner's API. A deadline covers the whole of a call, its body included, and an answer beyond
 * {@value #MAX_ANSWER_BYTES} bytes is not read. Connections are kept, so that a call costs one round trip.
 */
public final class RunnerClient implements DecisionJudge, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunnerClient.class);
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration QUESTION = Duration.ofSeconds(10);
    private static final Duration STREAM_HEADERS = Duration.ofSeconds(15);
    /** Of calls that change nothing, or the same thing when repeated. */
    private static final int RETRIES = 1;
    /** So often another runner is looked for, when one is about to stop. */
    private static final int OTHER_RUNNERS = 5;

    private static final Duration BEFORE_ANOTHER = Duration.ofMillis(200);

    /** The runner's words for a caller whose certificate does not count any more; whatever was asked was not looked at. */
    private static final Set<String> OF_THE_CERTIFICATE =
            Set.of("revoked_certificate", "ended_certificate", "unknown_authority");

    private static final Pattern EXECUTION = Pattern.compile("^(/executions/)[^/]+");

    private static final int MAX_ANSWER_BYTES = 64 * 1024 * 1024;
    private static final int MAX_PROBLEM_BYTES = 64 * 1024;

    private final URI runner;
    private final Supplier<SSLContext> tls;
    private final CheckpointExchange exchange;
    private final Tracing tracing;
    /** Until a runner says that it does not speak it. */
    private volatile int spoken = Protocol.OWN;

    private volatile Connections connections;
    private @Nullable Connections former;
    private final ScheduledThreadPoolExecutor watch = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("stream-watch").factory());

    /**
     * A client of one runner, or of several behind one name.
     *
     * @param runner such as {@code https://127.0.0.1:3003}
     * @param tls shows the chatbot's certificate and trusts the installation's authority alone; asked before each call
     */
    public RunnerClient(URI runner, Supplier<SSLContext> tls, CheckpointExchange exchange, Tracing tracing) {
        this.runner = runner;
        this.tls = tls;
        this.exchange = exchange;
        this.tracing = tracing;
        watch.setRemoveOnCancelPolicy(true);
        this.connections = Connections.with(tls.get());
    }

    /** What is kept of connections: they were made with one certificate, and are given up with it. */
    private record Connections(SSLContext tls, HttpClient http) {
        @SuppressWarnings("ReferenceEquality") // The very one: it is made anew when the files change.
        boolean areWith(SSLContext now) {
            return tls == now;
        }

        static Connections with(SSLContext tls) {
            return new Connections(
                    tls,
                    HttpClient.newBuilder()
                            .version(HttpClient.Version.HTTP_1_1)
                            .sslContext(tls)
                            .sslParameters(new SSLParameters(null, new String[] {"TLSv1.3"}))
                            .connectTimeout(CONNECT)
                            .followRedirects(HttpClient.Redirect.NEVER)
                            .executor(Executors.newVirtualThreadPerTaskExecutor())
                            .build());
        }
    }

    private Connections present() {
        Connections known = connections;
        return known.areWith(tls.get()) ? known : renewed();
    }

    private synchronized Connections renewed() {
        SSLContext now = tls.get();
        if (!connections.areWith(now)) {
            // What is under way goes on to its end; by the next time nobody uses it any more.
            if (former != null) {
                former.http().shutdown();
            }
            former = connections;
            connections = Connections.with(now);
        }
        return connections;
    }

    /** Where the runner is, for words about it. */
    public URI uri() {
        return runner;
    }

    @Override
    public Refusal unreachable(String why, String hint) {
        return Refusal.of(503, "runner_unreachable", "the runner at " + runner + " does not answer: " + why, hint);
    }

    public RunnerAnswer<Catalogue> tools(Tenant tenant) {
        return question(request(tenant.name(), "/tools").GET().build(), Catalogue.class);
    }

    public RunnerAnswer<TargetDirectory> targets(Tenant tenant) {
        return question(request(tenant.name(), "/targets").GET().build(), TargetDirectory.class);
    }

    public RunnerAnswer<PreviewAnswer> preview(PreviewRequest proposal) {
        return question(post(proposal.tenantId(), "/plans/preview", proposal), PreviewAnswer.class);
    }

    @Override
    public RunnerAnswer<DecisionCheck.Answer> check(Tenant tenant, DecisionCheck.Request decisions) {
        return question(post(tenant.name(), "/decisions/check", decisions), DecisionCheck.Answer.class);
    }

    public RunnerAnswer<Rights.Answer> rights(Rights.Request who) {
        return question(post(who.tenantId(), "/rights", who), Rights.Answer.class);
    }

    public RunnerAnswer<PolicyQuestion.Answer> explain(PolicyQuestion.Request question) {
        return question(post(question.tenantId(), "/policy/explain", question), PolicyQuestion.Answer.class);
    }

    public RunnerAnswer<ExecutionAnswer> execution(Tenant tenant, String id) {
        return question(request(tenant.name(), "/executions/" + id).GET().build(), ExecutionAnswer.class);
    }

    /** Asks for the end of an execution; whether it ends is told by its events. */
    public RunnerAnswer<Boolean> cancel(Tenant tenant, String id, String actor) {
        return call(
                post(tenant.name(), "/executions/" + id + "/cancel", Map.of("actor_id", actor)),
                BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES),
                QUESTION,
                RETRIES,
                body -> true,
                bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /**
     * Has an approved plan run, and follows it. The only call of the brain that makes anything run. A runner that is about to
     * stop has used nothing up and ends the connection with its answer: the next one leads to another runner, where there are several.
     */
    public RunnerAnswer<ExecutionStream> execute(ApprovedPlan plan) {
        HttpRequest request = post(plan.tenant().name(), "/execute-plan", plan.request(), "text/event-stream");
        RunnerAnswer<ExecutionStream> answer = stream(request);
        for (int others = 0; others < OTHER_RUNNERS && isStopping(answer) && waited(); others++) {
            answer = stream(request);
        }
        return answer;
    }

    private static boolean isStopping(RunnerAnswer<ExecutionStream> answer) {
        return answer instanceof RunnerAnswer.Refused<ExecutionStream>(Refusal refusal)
                && refusal.status() == 503
                && refusal.code().equals("draining");
    }

    private static boolean waited() {
        try {
            Thread.sleep(BEFORE_ANOTHER);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Follows an execution from after an event on. */
    public RunnerAnswer<ExecutionStream> events(Tenant tenant, String id, long after) {
        return stream(request(tenant.name(), "/executions/" + id + "/events?after=" + after, "text/event-stream")
                .GET()
                .build());
    }

    private HttpRequest.Builder request(String tenant, String path) {
        return request(tenant, path, "application/json");
    }

    /** Every call says for whom it is, and how far this process's journal is signed. */
    private HttpRequest.Builder request(String tenant, String path, String accept) {
        HttpRequest.Builder request = HttpRequest.newBuilder(runner.resolve(path))
                .header("Accept", accept)
                .header(Tenant.HEADER, tenant)
                .header(Protocol.HEADER, Integer.toString(spoken));
        exchange.own().get().ifPresent(said -> request.header(Witness.HEADER, said));
        return request;
    }

    private HttpRequest post(String tenant, String path, Object body) {
        return post(tenant, path, body, "application/json");
    }

    private HttpRequest post(String tenant, String path, Object body, String accept) {
        return request(tenant, path, accept)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.write(body).getBytes(StandardCharsets.UTF_8)))
                .build();
    }

    private <T> RunnerAnswer<T> question(HttpRequest request, Class<T> type) {
        return call(
                request,
                BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES),
                QUESTION,
                RETRIES,
                bytes -> Json.read(bytes, type),
                bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    private RunnerAnswer<ExecutionStream> stream(HttpRequest request) {
        return call(
                request,
                RunnerClient::streamOrProblem,
                STREAM_HEADERS,
                0,
                body -> new ExecutionStream(body, watch),
                RunnerClient::problemText);
    }

    private interface Reading<B, T> {
        T of(B body);
    }

    private <B, T> RunnerAnswer<T> call(
            HttpRequest request,
            BodyHandler<B> handler,
            Duration deadline,
            int retries,
            Reading<B, T> reading,
            Reading<B, String> problem) {
        // Within nobody's message it is in no trace, and says none.
        try (Span span = tracing.within(named(request), Span.Kind.CLIENT)) {
            RunnerAnswer<T> answer = sent(traced(request), handler, deadline, retries, reading, problem);
            switch (answer) {
                case RunnerAnswer.Ok<T> _ -> span.outcome("answered", true);
                case RunnerAnswer.Refused<T>(Refusal refusal) -> span.outcome(refusal.code(), false);
                case RunnerAnswer.Unreachable<T> _ -> span.outcome("unreachable", false);
            }
            return answer;
        }
    }

    /** The call as the runner's documentation has it. */
    private static String named(HttpRequest request) {
        return request.method() + " "
                + EXECUTION.matcher(request.uri().getPath()).replaceFirst("$1{id}");
    }

    private HttpRequest traced(HttpRequest request) {
        return tracing.current()
                .map(here -> HttpRequest.newBuilder(request, (_, _) -> true)
                        .header(TraceContext.HEADER, here.header())
                        .build())
                .orElse(request);
    }

    private <B, T> RunnerAnswer<T> sent(
            HttpRequest request,
            BodyHandler<B> handler,
            Duration deadline,
            int retries,
            Reading<B, T> reading,
            Reading<B, String> problem) {
        Connections used = present();
        CompletableFuture<HttpResponse<B>> answer = used.http().sendAsync(request, handler);
        try {
            HttpResponse<B> response = answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            exchange.seen().accept(response.headers().firstValue(Witness.HEADER));
            Optional<Integer> version = Protocol.read(response.headers().firstValue(Protocol.HEADER));
            if (version.filter(Protocol::isSpoken).isEmpty()) {
                return new RunnerAnswer.Unreachable<>(notSpoken(version));
            }
            if (response.statusCode() / 100 == 2) {
                return new RunnerAnswer.Ok<>(reading.of(response.body()));
            }
            Refusal refusal = refusal(response.statusCode(), problem.of(response.body()));
            // A runner of the version before says so, and takes the same in its own.
            if (refusal.code().equals(Protocol.TOO_NEW) && version.get() < spoken) {
                spoken = version.get();
                LOG.info("the runner speaks version {} of the protocol, and so does this chatbot from now on", spoken);
                return sent(inVersion(request, spoken), handler, deadline, retries, reading, problem);
            }
            // While the call was on its way, its certificate was followed by another one and revoked.
            return OF_THE_CERTIFICATE.contains(refusal.code()) && !used.areWith(tls.get())
                    ? sent(request, handler, deadline, retries, reading, problem)
                    : new RunnerAnswer.Refused<>(refusal);
        } catch (TimeoutException e) {
            answer.cancel(true);
            return new RunnerAnswer.Unreachable<>("no answer within " + deadline.toSeconds() + " s");
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return new RunnerAnswer.Unreachable<>("the chatbot is stopping");
        } catch (ExecutionException e) {
            if (retries > 0 && isStaleConnection(e.getCause())) {
                return sent(request, handler, deadline, retries - 1, reading, problem);
            }
            return new RunnerAnswer.Unreachable<>(why(e.getCause()));
        } catch (InvalidJsonException e) {
            return new RunnerAnswer.Unreachable<>("its answer is not what this version expects: " + e.getMessage());
        } catch (UncheckedIOException e) {
            return new RunnerAnswer.Unreachable<>(why(e.getCause()));
        }
    }

    private static HttpRequest inVersion(HttpRequest request, int version) {
        return HttpRequest.newBuilder(request, (name, _) -> !name.equalsIgnoreCase(Protocol.HEADER))
                .header(Protocol.HEADER, Integer.toString(version))
                .build();
    }

    private static String notSpoken(Optional<Integer> version) {
        return version.isEmpty()
                ? "it answers in no version of the protocol that can be read: see that runner.url is a runner"
                : "it answers in version " + version.get() + " of the protocol, and this chatbot speaks "
                        + Protocol.spoken() + ": upgrade the "
                        + (version.get() > Protocol.OWN ? "chatbot" : "runner");
    }

    /** A kept connection that the runner closed meanwhile, by a restart for instance, fails at its next use. */
    private static boolean isStaleConnection(@Nullable Throwable cause) {
        return cause instanceof IOException
                && !(cause instanceof ConnectException)
                && !(cause instanceof HttpTimeoutException);
    }

    private static Refusal refusal(int status, String body) {
        try {
            return new Refusal(status, Json.read(body, Problem.class));
        } catch (InvalidJsonException e) {
            return Refusal.of(status, "http_" + status, "the runner answered with HTTP status " + status, "");
        }
    }

    /** A refusal's body is read whole within the deadline; a stream is handed on as it comes. */
    private static BodySubscriber<InputStream> streamOrProblem(HttpResponse.ResponseInfo info) {
        return info.statusCode() / 100 == 2
                ? BodySubscribers.ofInputStream()
                : BodySubscribers.mapping(
                        BodySubscribers.limiting(BodySubscribers.ofByteArray(), MAX_PROBLEM_BYTES),
                        ByteArrayInputStream::new);
    }

    private static String problemText(InputStream body) {
        try (body) {
            return new String(body.readNBytes(MAX_PROBLEM_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String why(@Nullable Throwable cause) {
        return switch (cause) {
            case null -> "unknown cause";
            case HttpTimeoutException _ -> "no connection within " + CONNECT.toSeconds() + " s";
            case ConnectException _ -> "connection refused";
            default -> cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        };
    }

    @Override
    public synchronized void close() {
        connections.http().shutdownNow();
        if (former != null) {
            former.http().shutdownNow();
        }
        watch.shutdownNow();
    }
}
