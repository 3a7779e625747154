package io.opsconductor.plan;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * {@code POST /decisions/check}: asks the runner, without changing anything, whether attestations for a digest would
 * count. The chatbot asks before it records a decision, so that somebody who may not decide is told so and the request
 * stays open. A refusal is a {@link Problem} with 403, 409 or 410.
 */
public final class DecisionCheck {
    private DecisionCheck() {}

    /**
     * The question.
     *
     * @param digest of the preview
     * @param attestations all decisions so far, the new one last
     */
    public record Request(
            @JsonProperty(required = true) String digest,
            @JsonProperty(required = true) List<Attestation> attestations) {
        public Request {
            attestations = List.copyOf(attestations);
            Bounds.length("digest", digest, 100);
            Bounds.size("attestations", attestations, 50);
        }
    }

    /**
     * The answer when every attestation counts.
     *
     * @param sufficient whether the plan may run with these
     * @param missing how many more distinct approvers are needed at least; 0 when sufficient
     * @param wanted of whom they may be, a demand each; none when sufficient
     * @param approverName the policy's name of the last attestation's approver
     */
    public record Answer(boolean sufficient, int missing, List<Wanted> wanted, String approverName) {
        public Answer {
            wanted = List.copyOf(wanted);
        }
    }

    /**
     * What a demand still lacks.
     *
     * @param people how many more
     * @param groups the policy's names of the groups whose members may be next; none where a rule names people
     * @param approvers everybody whose approval would help at this moment, sorted
     * @param steps numbers of the steps that demand it, from 1; none when every step does
     */
    public record Wanted(int people, List<String> groups, List<String> approvers, List<Integer> steps) {
        public Wanted {
            groups = List.copyOf(groups);
            approvers = List.copyOf(approvers);
            steps = List.copyOf(steps);
        }
    }
}
