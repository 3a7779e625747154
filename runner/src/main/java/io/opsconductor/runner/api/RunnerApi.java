package io.opsconductor.runner.api;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.opsconductor.kit.http.Edge;
import io.opsconductor.kit.http.OneLength;
import io.opsconductor.kit.journal.Witness;
import io.opsconductor.kit.trace.Tracing;
import io.opsconductor.plan.Problem;
import io.opsconductor.runner.audit.Audit;
import io.opsconductor.runner.execution.Admission;
import io.opsconductor.runner.execution.Decisions;
import io.opsconductor.runner.execution.Executions;
import io.opsconductor.runner.execution.Previews;
import io.opsconductor.runner.metrics.RunnerMetrics;
import io.opsconductor.runner.tenant.Estates;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Every route of the runner's API. */
public final class RunnerApi {
    private final Gate gate;
    private final ProtocolCheck protocol;
    private final CheckpointExchange exchange;
    private final RightsCall rights;
    private final PolicyCall policy;
    private final PlanCalls plans;
    private final ExecutionCalls executions;
    private final BooleanSupplier stopping;
    private final CallTraces traces;

    /**
     * @param allowedCallers names of client certificates that may call
     * @param trust whether their certificates still count
     * @param witness is told what callers say of their journal
     * @param checkpoint what is said to them of this one's
     * @param heartbeat silence after which an event stream gets a comment
     */
    public RunnerApi(
            List<String> allowedCallers,
            CallerTrust trust,
            Witness witness,
            Supplier<Optional<String>> checkpoint,
            Duration heartbeat,
            Estates estates,
            Previews previews,
            Decisions decisions,
            Admission admission,
            Executions executions,
            Audit audit,
            RunnerMetrics metrics,
            Tracing tracing,
            InstantSource clock) {
        this.gate = new Gate(allowedCallers, trust, estates, audit, metrics);
        this.protocol = new ProtocolCheck(gate);
        this.stopping = executions::isStopping;
        this.traces = new CallTraces(tracing);
        this.exchange = new CheckpointExchange(witness, checkpoint);
        this.rights = new RightsCall(clock);
        this.policy = new PolicyCall(clock);
        this.executions = new ExecutionCalls(executions, audit, gate::stillTrusts, heartbeat);
        this.plans = new PlanCalls(previews, decisions, admission, this.executions, metrics, tracing);
    }

    public void route(HttpRouting.Builder routing) {
        routing.addFilter(new OneLength());
        routing.addFilter(this::lastAnswers);
        routing.addFilter(gate::checkCaller);
        routing.addFilter(protocol::check);
        routing.addFilter(exchange::exchange);
        for (RunnerCall call : RunnerCall.values()) {
            serve(routing, call);
        }
        routing.any((request, response) -> Edge.send(
                response,
                404,
                Problem.of(
                        "unknown_call",
                        "the runner has no such call",
                        "compare the path with the API's documentation")));
        Edge.answerProblems(routing);
    }

    /** Whoever asks a runner that is about to stop finds another one with a new connection. */
    private void lastAnswers(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        if (stopping.getAsBoolean()) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
        chain.proceed();
    }

    private void serve(HttpRouting.Builder routing, RunnerCall call) {
        Handler handler = traces.traced(call.toString(), gate.guarded(call.toString(), handler(call)));
        switch (call.method()) {
            case "GET" -> routing.get(call.path(), handler);
            case "POST" -> routing.post(call.path(), handler);
            default -> throw new IllegalStateException(call + " is made in no known way");
        }
        routing.any(call.path(), onlyBy(call.method()));
    }

    private TenantCall handler(RunnerCall call) {
        return switch (call) {
            case TOOLS -> CatalogueCalls::tools;
            case TARGETS -> CatalogueCalls::targets;
            case RIGHTS -> rights::answer;
            case EXPLAIN -> policy::answer;
            case PREVIEW -> plans::preview;
            case CHECK_DECISION -> plans::checkDecision;
            case EXECUTE -> plans::execute;
            case EXECUTIONS -> executions::list;
            case EXECUTION -> executions::one;
            case EVENTS -> executions::events;
            case CANCEL -> executions::cancel;
        };
    }

    private static Handler onlyBy(String method) {
        return (request, response) -> {
            response.header(HeaderNames.ALLOW, method);
            Edge.send(
                    response,
                    405,
                    Problem.of("wrong_method", "this call is made with " + method, "send it with " + method));
        };
    }
}
