package io.opsconductor.runner.api;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.opsconductor.kit.http.Edge;
import io.opsconductor.kit.http.JsonBody;
import io.opsconductor.plan.PolicyQuestion;
import io.opsconductor.plan.Problem;
import io.opsconductor.runner.preview.PolicyAnswers;
import java.time.InstantSource;

/** {@code POST /policy/explain}: who would have to approve a plan, for whoever may know. */
final class PolicyCall {
    private final PolicyAnswers answers;
    private final InstantSource clock;

    PolicyCall(PolicyAnswers answers, InstantSource clock) {
        this.answers = answers;
        this.clock = clock;
    }

    void answer(ServerRequest request, ServerResponse response) {
        PolicyQuestion.Request asked = JsonBody.read(request, PolicyQuestion.Request.class, PlanCalls.MAX_BODY_BYTES);
        switch (answers.answer(asked, clock.instant())) {
            case PolicyAnswers.Answered.Told(PolicyQuestion.Answer answer) -> Edge.send(response, 200, answer);
            case PolicyAnswers.Answered.Refused(int status, Problem problem) -> Edge.send(response, status, problem);
        }
    }
}
