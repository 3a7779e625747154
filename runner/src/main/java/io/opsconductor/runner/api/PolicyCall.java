package io.opsconductor.runner.api;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.opsconductor.kit.http.Edge;
import io.opsconductor.kit.http.JsonBody;
import io.opsconductor.plan.PolicyQuestion;
import io.opsconductor.plan.Problem;
import io.opsconductor.runner.audit.Audit;
import io.opsconductor.runner.preview.PolicyAnswers;
import io.opsconductor.runner.tenant.Estate;
import java.time.InstantSource;

/** {@code POST /policy/explain}: who would have to approve a plan, for whoever may know. */
final class PolicyCall {
    private final InstantSource clock;

    PolicyCall(InstantSource clock) {
        this.clock = clock;
    }

    void answer(ServerRequest request, ServerResponse response, Estate estate) {
        PolicyQuestion.Request asked = JsonBody.read(request, PolicyQuestion.Request.class, PlanCalls.MAX_BODY_BYTES);
        PlanCalls.isFor(
                estate, asked.tenantId(), asked.actorId(), new Audit.Subject(PlanCalls.whose(estate), "", "", ""));
        switch (estate.policyAnswers().answer(asked, clock.instant())) {
            case PolicyAnswers.Answered.Told(PolicyQuestion.Answer answer) -> Edge.send(response, 200, answer);
            case PolicyAnswers.Answered.Refused(int status, Problem problem) -> Edge.send(response, status, problem);
        }
    }
}
