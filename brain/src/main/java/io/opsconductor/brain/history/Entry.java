package io.opsconductor.brain.history;

import io.opsconductor.plan.Preview;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A plan, as far as somebody may see it.
 *
 * @param requester platform-qualified identity of who asked
 * @param at when it happened: it was sent to the runner, decided about, or asked for, as the question has it
 * @param state how the request stands, in the word of {@link io.opsconductor.brain.approval.ApprovalState}
 * @param execution how the execution stands; empty when there is none
 * @param steps at least one, with the targets that may be seen
 * @param approvedBy identities, in order
 * @param deniedBy identity; empty when nobody did
 * @param waiting what the request waits for, while it does; else the rule it was under
 */
record Entry(
        String requester,
        Instant at,
        String state,
        String execution,
        List<Step> steps,
        List<String> approvedBy,
        String deniedBy,
        Preview.ApprovalRule waiting,
        Instant expiresAt) {
    Entry {
        steps = List.copyOf(steps);
        approvedBy = List.copyOf(approvedBy);
    }

    /**
     * A step.
     *
     * @param values what was given for its parameters, in order
     * @param statuses what came of it by target, in order; a status is empty while there is none
     */
    record Step(String tool, List<String> values, Map<String, String> statuses) {
        Step {
            values = List.copyOf(values);
            statuses = Collections.unmodifiableMap(new LinkedHashMap<>(statuses));
        }
    }
}
