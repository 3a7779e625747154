package io.opsconductor.plan;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Body of {@code POST /execute-plan}: the founding document's four fields, the digest that was approved, and the proof.
 *
 * @param executionId chosen by the chatbot, 8 to 64 of {@code [A-Za-z0-9_-]}; consumed once
 * @param plan the same plan that was previewed
 * @param tenantId the tenant
 * @param actorId platform-qualified identity of who asked
 * @param digest the preview's digest
 * @param attestations the decisions
 */
public record ExecuteRequest(
        @JsonProperty(required = true) String executionId,
        @JsonProperty(required = true) Plan plan,
        @JsonProperty(required = true) String tenantId,
        @JsonProperty(required = true) String actorId,
        @JsonProperty(required = true) String digest,
        @JsonProperty(required = true) List<Attestation> attestations) {
    public ExecuteRequest {
        attestations = List.copyOf(attestations);
        Bounds.length("execution_id", executionId, 64);
        Bounds.length("tenant_id", tenantId, 64);
        Bounds.length("actor_id", actorId, 160);
        Bounds.length("digest", digest, 100);
        Bounds.size("attestations", attestations, 50);
    }
}
