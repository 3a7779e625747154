package io.opsconductor.runner.api;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.opsconductor.kit.http.Edge;
import io.opsconductor.kit.http.HttpProblem;
import io.opsconductor.kit.http.JsonBody;
import io.opsconductor.kit.log.LogContext;
import io.opsconductor.plan.DecisionCheck;
import io.opsconductor.plan.ExecuteRequest;
import io.opsconductor.plan.PreviewAnswer;
import io.opsconductor.plan.PreviewRequest;
import io.opsconductor.runner.audit.Audit;
import io.opsconductor.runner.audit.Refusal;
import io.opsconductor.runner.execution.Admission;
import io.opsconductor.runner.execution.Admitted;
import io.opsconductor.runner.execution.Decisions;
import io.opsconductor.runner.execution.Previews;
import io.opsconductor.runner.metrics.RunnerMetrics;
import io.opsconductor.runner.store.StoredExecution;

/** {@code POST /plans/preview}, {@code POST /decisions/check}, {@code POST /execute-plan}. */
final class PlanCalls {
    static final int MAX_BODY_BYTES = 256 * 1024;
    static final HeaderName REPEATED = HeaderNames.create("OpsConductor-Repeated");
    private static final int MAX_CONVERSATION_CHARS = 256;

    private final Previews previews;
    private final Decisions decisions;
    private final Admission admission;
    private final ExecutionCalls executions;
    private final RunnerMetrics metrics;

    PlanCalls(
            Previews previews,
            Decisions decisions,
            Admission admission,
            ExecutionCalls executions,
            RunnerMetrics metrics) {
        this.previews = previews;
        this.decisions = decisions;
        this.admission = admission;
        this.executions = executions;
        this.metrics = metrics;
    }

    void preview(ServerRequest request, ServerResponse response) {
        PreviewRequest asked = JsonBody.read(request, PreviewRequest.class, MAX_BODY_BYTES);
        if (asked.conversation().length() > MAX_CONVERSATION_CHARS) {
            throw HttpProblem.of(
                    400,
                    "invalid_conversation",
                    "the conversation's name is longer than " + MAX_CONVERSATION_CHARS + " characters",
                    "send the chat thread's id");
        }
        try (LogContext _ = LogContext.of(asked.conversation(), "")) {
            switch (previews.issue(asked)) {
                case Previews.Issue.Issued(PreviewAnswer answer) -> Edge.send(response, 200, answer);
                case Previews.Issue.Refused(Refusal refusal) ->
                    throw new RefusedCall(refusal, new Audit.Subject(asked.conversation(), "", ""), asked.actorId());
            }
        }
    }

    void checkDecision(ServerRequest request, ServerResponse response) {
        DecisionCheck.Request asked = JsonBody.read(request, DecisionCheck.Request.class, MAX_BODY_BYTES);
        switch (decisions.check(asked)) {
            case Decisions.Checked.Counts(DecisionCheck.Answer answer) -> Edge.send(response, 200, answer);
            case Decisions.Checked.Refused(Refusal refusal) ->
                throw new RefusedCall(refusal, new Audit.Subject("", "", asked.digest()), lastApprover(asked));
        }
    }

    void execute(ServerRequest request, ServerResponse response) throws InterruptedException {
        metrics.executionRequested();
        boolean streamed = wantsStream(request);
        ExecuteRequest asked = JsonBody.read(request, ExecuteRequest.class, MAX_BODY_BYTES);
        switch (admission.admit(asked)) {
            case Admitted.Started(StoredExecution execution) -> executions.follow(response, execution, streamed);
            case Admitted.Repeated(StoredExecution execution) -> {
                response.header(REPEATED, "true");
                executions.follow(response, execution, streamed);
            }
            case Admitted.Refused(Refusal refusal) ->
                throw new RefusedCall(
                        refusal, new Audit.Subject("", asked.executionId(), asked.digest()), asked.actorId());
        }
    }

    private static String lastApprover(DecisionCheck.Request asked) {
        return asked.attestations().isEmpty()
                ? ""
                : asked.attestations().getLast().statement().approver();
    }

    private static boolean wantsStream(ServerRequest request) {
        String accept = request.headers().first(HeaderNames.ACCEPT).orElse("*/*");
        if (accept.contains("text/event-stream")) {
            return true;
        }
        if (accept.contains("application/json") || accept.contains("*/*") || accept.contains("application/*")) {
            return false;
        }
        throw HttpProblem.of(
                406,
                "not_acceptable",
                "an execution is answered as application/json or text/event-stream",
                "send one of them in the Accept header");
    }
}
