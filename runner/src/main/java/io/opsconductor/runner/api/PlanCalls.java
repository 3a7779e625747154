package io.opsconductor.runner.api;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.opsconductor.kit.http.Edge;
import io.opsconductor.kit.http.HttpProblem;
import io.opsconductor.kit.http.JsonBody;
import io.opsconductor.kit.log.LogContext;
import io.opsconductor.kit.trace.Span;
import io.opsconductor.kit.trace.Tracing;
import io.opsconductor.plan.DecisionCheck;
import io.opsconductor.plan.ExecuteRequest;
import io.opsconductor.plan.PreviewAnswer;
import io.opsconductor.plan.PreviewRequest;
import io.opsconductor.plan.Tenant;
import io.opsconductor.runner.audit.Audit;
import io.opsconductor.runner.audit.Refusal;
import io.opsconductor.runner.execution.Admission;
import io.opsconductor.runner.execution.Admitted;
import io.opsconductor.runner.execution.Decisions;
import io.opsconductor.runner.execution.Previews;
import io.opsconductor.runner.metrics.RunnerMetrics;
import io.opsconductor.runner.store.StoredExecution;
import io.opsconductor.runner.tenant.Estate;

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
    private final Tracing tracing;

    PlanCalls(
            Previews previews,
            Decisions decisions,
            Admission admission,
            ExecutionCalls executions,
            RunnerMetrics metrics,
            Tracing tracing) {
        this.previews = previews;
        this.decisions = decisions;
        this.admission = admission;
        this.executions = executions;
        this.metrics = metrics;
        this.tracing = tracing;
    }

    void preview(ServerRequest request, ServerResponse response, Estate estate) {
        PreviewRequest asked = JsonBody.read(request, PreviewRequest.class, MAX_BODY_BYTES);
        isFor(
                estate,
                asked.tenantId(),
                asked.actorId(),
                new Audit.Subject(whose(estate), asked.conversation(), "", ""));
        if (asked.conversation().length() > MAX_CONVERSATION_CHARS) {
            throw HttpProblem.of(
                    400,
                    "invalid_conversation",
                    "the conversation's name is longer than " + MAX_CONVERSATION_CHARS + " characters",
                    "send the chat thread's id");
        }
        try (LogContext _ = LogContext.of(asked.conversation(), "")) {
            switch (issued(estate, asked)) {
                case Previews.Issue.Issued(PreviewAnswer answer) -> Edge.send(response, 200, answer);
                case Previews.Issue.Refused(Refusal refusal) ->
                    throw new RefusedCall(
                            refusal, new Audit.Subject(whose(estate), asked.conversation(), "", ""), asked.actorId());
            }
        }
    }

    private Previews.Issue issued(Estate estate, PreviewRequest asked) {
        try (Span span = tracing.within("preview", Span.Kind.INTERNAL)) {
            Previews.Issue issue = previews.issue(estate, asked);
            switch (issue) {
                case Previews.Issue.Issued _ -> span.outcome("issued", true);
                case Previews.Issue.Refused(Refusal refusal) -> span.outcome(refusal.code(), false);
            }
            return issue;
        }
    }

    private Admitted admitted(Estate estate, ExecuteRequest asked) {
        try (Span span = tracing.within("admission", Span.Kind.INTERNAL)) {
            Admitted admitted = admission.admit(estate, asked);
            switch (admitted) {
                case Admitted.Started _ -> span.outcome("started", true);
                case Admitted.Repeated _ -> span.outcome("repeated", true);
                case Admitted.Refused(Refusal refusal) -> span.outcome(refusal.code(), false);
            }
            return admitted;
        }
    }

    void checkDecision(ServerRequest request, ServerResponse response, Estate estate) {
        DecisionCheck.Request asked = JsonBody.read(request, DecisionCheck.Request.class, MAX_BODY_BYTES);
        switch (decisions.check(estate, asked)) {
            case Decisions.Checked.Counts(DecisionCheck.Answer answer) -> Edge.send(response, 200, answer);
            case Decisions.Checked.Refused(Refusal refusal) ->
                throw new RefusedCall(
                        refusal, new Audit.Subject(whose(estate), "", "", asked.digest()), lastApprover(asked));
        }
    }

    void execute(ServerRequest request, ServerResponse response, Estate estate) throws InterruptedException {
        metrics.executionRequested();
        boolean streamed = wantsStream(request);
        ExecuteRequest asked = JsonBody.read(request, ExecuteRequest.class, MAX_BODY_BYTES);
        Audit.Subject subject = new Audit.Subject(whose(estate), "", asked.executionId(), asked.digest());
        isFor(estate, asked.tenantId(), asked.actorId(), subject);
        switch (admitted(estate, asked)) {
            case Admitted.Started(StoredExecution execution) ->
                executions.follow(request, response, execution, streamed);
            case Admitted.Repeated(StoredExecution execution) -> {
                response.header(REPEATED, "true");
                executions.follow(request, response, execution, streamed);
            }
            case Admitted.Refused(Refusal refusal) -> throw new RefusedCall(refusal, subject, asked.actorId());
        }
    }

    /** A body that names another tenant than the call is refused, whoever may speak for which. */
    static void isFor(Estate estate, String tenant, String actor, Audit.Subject subject) {
        if (!estate.tenant().name().equals(tenant)) {
            throw new RefusedCall(
                    Refusal.of(
                            409,
                            "tenant_mismatch",
                            "the body's tenant_id is not the tenant that the call is for",
                            "send the same tenant in tenant_id and in the header " + Tenant.HEADER
                                    + "; without the header a call is for " + Tenant.DEFAULT),
                    subject,
                    actor);
        }
    }

    static String whose(Estate estate) {
        return estate.tenant().name();
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
