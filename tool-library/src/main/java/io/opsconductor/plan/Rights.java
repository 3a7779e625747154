package io.opsconductor.plan;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * {@code POST /rights}: asks the runner what its policy grants somebody at this moment. Nothing is recorded, promised or used
 * up: each plan is judged anew.
 */
public final class Rights {
    private Rights() {}

    /**
     * The question.
     *
     * @param tenantId the tenant
     * @param actorId platform-qualified identity of whom it is about
     */
    public record Request(
            @JsonProperty(required = true) String tenantId,
            @JsonProperty(required = true) String actorId) {
        public Request {
            Bounds.length("tenant_id", tenantId, 64);
            Bounds.length("actor_id", actorId, 160);
        }
    }

    /**
     * The answer; somebody whom the policy does not know is granted nothing.
     *
     * @param person the policy's name for the person; empty when it knows none
     * @param identities all identities of that person, the asked one among them; empty when it knows none
     * @param grants what they may ask for, each target once
     */
    public record Answer(String person, List<String> identities, List<Grant> grants) {
        /** For somebody whom the policy does not know. */
        public static final Answer NOBODY = new Answer("", List.of(), List.of());

        public Answer {
            identities = List.copyOf(identities);
            grants = List.copyOf(grants);
        }
    }

    /**
     * What may be asked for on some targets alike.
     *
     * @param targets inventory names, or {@code runner} for what runs on the runner itself, sorted
     * @param tools names, sorted, at least one
     */
    public record Grant(List<String> targets, List<String> tools) {
        public Grant {
            targets = List.copyOf(targets);
            tools = List.copyOf(tools);
        }
    }
}
