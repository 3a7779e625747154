package io.opsconductor.plan;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.opsconductor.plan.Preview.ApprovalRule;
import io.opsconductor.plan.Problem.Detail;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /policy/explain}: asks the runner who would have to approve a plan, and why. Nothing is recorded, promised or used
 * up. Whoever asks about somebody else learns nothing about targets on which they may ask for nothing.
 */
public final class PolicyQuestion {
    private PolicyQuestion() {}

    /**
     * The question.
     *
     * @param tenantId the tenant
     * @param actorId platform-qualified identity of whoever asks the question
     * @param person the policy's name or an identity of who would ask for the plan; empty for whoever asks the question
     * @param plan what would be asked for
     */
    public record Request(
            @JsonProperty(required = true) String tenantId,
            @JsonProperty(required = true) String actorId,
            @JsonProperty(required = true) String person,
            @JsonProperty(required = true) Plan plan) {
        public Request {
            Bounds.length("tenant_id", tenantId, 64);
            Bounds.length("actor_id", actorId, 160);
            Bounds.length("person", person, 160);
        }
    }

    /**
     * The answer when the question may be answered; otherwise it is a {@link Problem}.
     *
     * @param person the policy's name of who would ask for the plan
     * @param refusal why the policy refuses the plan; null when it allows it
     * @param approval who must approve it; null when the policy refuses it
     * @param expirySeconds how long an approval may take; 0 when the policy refuses it
     * @param rules names of the rules that decide; none when the policy refuses it
     */
    public record Answer(
            String person,
            @Nullable Detail refusal,
            @Nullable ApprovalRule approval,
            long expirySeconds,
            List<String> rules) {
        public Answer {
            rules = List.copyOf(rules);
        }
    }
}
