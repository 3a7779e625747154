package io.opsconductor.runner.api;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.opsconductor.kit.http.Edge;
import io.opsconductor.kit.http.JsonBody;
import io.opsconductor.plan.Rights;
import io.opsconductor.runner.policy.Policy;
import io.opsconductor.runner.policy.TargetFacts;
import io.opsconductor.tool.Catalogue;
import io.opsconductor.tool.TargetDirectory;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** {@code POST /rights}: what the policy grants somebody, so that the chatbot shows nobody more than that. */
final class RightsCall {
    private static final int MAX_BODY_BYTES = 4 * 1024;

    private final Supplier<Catalogue> catalogue;
    private final Supplier<TargetDirectory> directory;
    private final Supplier<Policy> policy;
    private final InstantSource clock;

    RightsCall(
            Supplier<Catalogue> catalogue,
            Supplier<TargetDirectory> directory,
            Supplier<Policy> policy,
            InstantSource clock) {
        this.catalogue = catalogue;
        this.directory = directory;
        this.policy = policy;
        this.clock = clock;
    }

    void answer(ServerRequest request, ServerResponse response) {
        Rights.Request asked = JsonBody.read(request, Rights.Request.class, MAX_BODY_BYTES);
        List<TargetFacts> targets = directory.get().targets().stream()
                .map(target -> new TargetFacts(target.name(), target.environment(), target.groups(), target.labels()))
                .toList();
        Edge.send(
                response,
                200,
                policy.get()
                        .rights(
                                asked.tenantId(),
                                asked.actorId(),
                                catalogue.get().tools(),
                                targets,
                                clock.instant()));
    }
}
