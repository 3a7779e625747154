package io.opsconductor.chat.deliver;

import java.time.Instant;
import java.util.List;

/** How a plan stands, for its card. People are mrkdwn, from {@link Mentions}. */
public sealed interface PlanState {
    /**
     * It waits for a decision.
     *
     * @param approvedBy who approved already
     * @param missing how many more approvals it needs at least; 0 when nobody approved yet and the rule says it all
     * @param still what is missing and from whom, in words; empty when the number says it all
     */
    record Waiting(List<String> approvedBy, int missing, String still) implements PlanState {
        public Waiting {
            approvedBy = List.copyOf(approvedBy);
        }

        public Waiting(List<String> approvedBy, int missing) {
            this(approvedBy, missing, "");
        }
    }

    /**
     * It was approved and runs, or is about to.
     *
     * @param by who approved; empty when the policy asks for nobody
     * @param execution its id; empty while it is not known here
     */
    record Running(List<String> by, Instant at, String execution) implements PlanState {
        public Running {
            by = List.copyOf(by);
        }
    }

    /**
     * It ran.
     *
     * @param status {@code succeeded}, {@code failed}, {@code partial}, {@code cancelled} or {@code interrupted}
     */
    record Finished(List<String> by, Instant at, String execution, String status) implements PlanState {
        public Finished {
            by = List.copyOf(by);
        }
    }

    record Denied(String by, String reason, Instant at) implements PlanState {}

    record Expired(Instant at) implements PlanState {}

    /** The requester took it back. */
    record Withdrawn(String by, Instant at) implements PlanState {}

    /** A newer plan stands in its place: asked again, or edited. */
    record Superseded(String by, String reason, Instant at) implements PlanState {}
}
