package io.opsconductor.runner.execution;

import io.opsconductor.plan.PreviewRequest;
import io.opsconductor.runner.preview.PreviewResult;
import java.time.Instant;

/** Renders a plan with the tools, the inventory and the policy as they are now. */
@FunctionalInterface
public interface Rendering {
    PreviewResult render(PreviewRequest request, String nonce, Instant issuedAt);
}
