package io.opsconductor.plan;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Body of {@code POST /plans/preview}.
 *
 * @param plan the proposal
 * @param tenantId the tenant
 * @param actorId platform-qualified identity of who asks
 * @param conversation the chat thread, for the audit trail and logs
 */
public record PreviewRequest(
        @JsonProperty(required = true) Plan plan,
        @JsonProperty(required = true) String tenantId,
        @JsonProperty(required = true) String actorId,
        @JsonProperty(required = true) String conversation) {
    public PreviewRequest {
        Bounds.length("tenant_id", tenantId, 64);
        Bounds.length("actor_id", actorId, 160);
        Bounds.length("conversation", conversation, 256);
    }
}
