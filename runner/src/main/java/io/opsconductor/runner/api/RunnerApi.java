package io.opsconductor.runner.api;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.opsconductor.kit.http.Edge;
import io.opsconductor.kit.http.OneLength;
import io.opsconductor.plan.Problem;
import io.opsconductor.runner.audit.Audit;
import io.opsconductor.runner.execution.Admission;
import io.opsconductor.runner.execution.Decisions;
import io.opsconductor.runner.execution.Executions;
import io.opsconductor.runner.execution.Previews;
import io.opsconductor.runner.metrics.RunnerMetrics;
import io.opsconductor.runner.policy.Policy;
import io.opsconductor.runner.preview.PolicyAnswers;
import io.opsconductor.tool.Catalogue;
import io.opsconductor.tool.TargetDirectory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** Every route of the runner's API. */
public final class RunnerApi {
    private final Gate gate;
    private final CatalogueCalls catalogue;
    private final RightsCall rights;
    private final PolicyCall policy;
    private final PlanCalls plans;
    private final ExecutionCalls executions;

    /**
     * @param allowedCallers names of client certificates that may call
     * @param heartbeat silence after which an event stream gets a comment
     */
    public RunnerApi(
            List<String> allowedCallers,
            Duration heartbeat,
            Supplier<Catalogue> catalogue,
            Supplier<TargetDirectory> directory,
            Supplier<Policy> policy,
            PolicyAnswers policyAnswers,
            Previews previews,
            Decisions decisions,
            Admission admission,
            Executions executions,
            Audit audit,
            RunnerMetrics metrics,
            InstantSource clock) {
        this.gate = new Gate(allowedCallers, audit, metrics);
        this.catalogue = new CatalogueCalls(catalogue, directory);
        this.rights = new RightsCall(catalogue, directory, policy, clock);
        this.policy = new PolicyCall(policyAnswers, clock);
        this.executions = new ExecutionCalls(executions, policy, audit, heartbeat);
        this.plans = new PlanCalls(previews, decisions, admission, this.executions, metrics);
    }

    public void route(HttpRouting.Builder routing) {
        routing.addFilter(new OneLength());
        routing.addFilter(gate::checkCaller);
        get(routing, "/tools", catalogue::tools);
        get(routing, "/targets", catalogue::targets);
        post(routing, "/rights", rights::answer);
        post(routing, "/policy/explain", policy::answer);
        post(routing, "/plans/preview", plans::preview);
        post(routing, "/decisions/check", plans::checkDecision);
        post(routing, "/execute-plan", plans::execute);
        get(routing, "/executions", executions::list);
        get(routing, "/executions/{id}", executions::one);
        get(routing, "/executions/{id}/events", executions::events);
        post(routing, "/executions/{id}/cancel", executions::cancel);
        routing.any((request, response) -> Edge.send(
                response,
                404,
                Problem.of(
                        "unknown_call",
                        "the runner has no such call",
                        "compare the path with the API's documentation")));
        Edge.answerProblems(routing);
    }

    private void get(HttpRouting.Builder routing, String path, Handler handler) {
        routing.get(path, gate.guarded("GET " + path, handler));
        routing.any(path, onlyBy("GET"));
    }

    private void post(HttpRouting.Builder routing, String path, Handler handler) {
        routing.post(path, gate.guarded("POST " + path, handler));
        routing.any(path, onlyBy("POST"));
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
