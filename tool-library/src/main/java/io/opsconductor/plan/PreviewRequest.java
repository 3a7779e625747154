package io.opsconductor.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST /plans/preview}.
 *
 * @param plan the proposal
 * @param tenantId the tenant
 * @param actorId platform-qualified identity of who asks
 * @param conversation the chat thread, for the audit trail and logs
 * @param breakGlass why it must run without the approval of others; empty when it need not
 */
public record PreviewRequest(
        @JsonProperty(required = true) Plan plan,
        @JsonProperty(required = true) String tenantId,
        @JsonProperty(required = true) String actorId,
        @JsonProperty(required = true) String conversation,

        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = AsUsual.class)
        String breakGlass) {
    /** Longest reason for breaking the glass, in characters. */
    public static final int MAX_REASON_CHARS = 500;

    public PreviewRequest {
        Bounds.length("tenant_id", tenantId, 64);
        Bounds.length("actor_id", actorId, 160);
        Bounds.length("conversation", conversation, 256);
        Bounds.length("break_glass", breakGlass, MAX_REASON_CHARS);
    }

    /** Of a plan that waits for whoever must approve it. */
    public PreviewRequest(Plan plan, String tenantId, String actorId, String conversation) {
        this(plan, tenantId, actorId, conversation, "");
    }

    @JsonCreator
    static PreviewRequest read(
            @JsonProperty(value = "plan", required = true) Plan plan,
            @JsonProperty(value = "tenant_id", required = true) String tenantId,
            @JsonProperty(value = "actor_id", required = true) String actorId,
            @JsonProperty(value = "conversation", required = true) String conversation,
            @JsonProperty("break_glass") @Nullable String breakGlass) {
        return new PreviewRequest(plan, tenantId, actorId, conversation, breakGlass == null ? "" : breakGlass);
    }
}
