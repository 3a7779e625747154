package io.opsconductor.runner.api;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.opsconductor.kit.http.Edge;
import io.opsconductor.kit.http.JsonBody;
import io.opsconductor.plan.Rights;
import io.opsconductor.runner.audit.Audit;
import io.opsconductor.runner.policy.TargetFacts;
import io.opsconductor.runner.tenant.Estate;
import java.time.InstantSource;
import java.util.List;

/** {@code POST /rights}: what the policy grants somebody, so that the chatbot shows nobody more than that. */
final class RightsCall {
    private static final int MAX_BODY_BYTES = 4 * 1024;

    private final InstantSource clock;

    RightsCall(InstantSource clock) {
        this.clock = clock;
    }

    void answer(ServerRequest request, ServerResponse response, Estate estate) {
        Rights.Request asked = JsonBody.read(request, Rights.Request.class, MAX_BODY_BYTES);
        PlanCalls.isFor(
                estate, asked.tenantId(), asked.actorId(), new Audit.Subject(PlanCalls.whose(estate), "", "", ""));
        List<TargetFacts> targets = estate.directory().get().targets().stream()
                .map(target -> new TargetFacts(target.name(), target.environment(), target.groups(), target.labels()))
                .toList();
        Edge.send(
                response,
                200,
                estate.policy()
                        .get()
                        .rights(
                                asked.tenantId(),
                                asked.actorId(),
                                estate.catalogue().get().tools(),
                                targets,
                                clock.instant()));
    }
}
