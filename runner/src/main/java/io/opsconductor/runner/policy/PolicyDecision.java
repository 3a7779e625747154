package io.opsconductor.runner.policy;

import io.opsconductor.plan.Preview.ApprovalRule;
import java.time.Duration;
import java.util.List;

/** Whether a plan may be asked for at all. */
public sealed interface PolicyDecision {
    /**
     * It may run once it is approved.
     *
     * @param approval who must approve
     * @param requesterName the person behind the identity
     * @param expiry how long an approval may take
     * @param rules names of the rules that decided, in the file's order
     */
    record Allowed(ApprovalRule approval, String requesterName, Duration expiry, List<String> rules)
            implements PolicyDecision {
        public Allowed {
            rules = List.copyOf(rules);
        }
    }

    /**
     * It may not run.
     *
     * @param code {@code unknown_actor}, {@code unknown_tenant}, {@code denied_by_policy}, {@code no_rule}, {@code
     *     not_enough_approvers} or {@code break_glass_not_allowed}
     * @param message what was refused and why
     * @param hint the next step
     */
    record Refused(String code, String message, String hint) implements PolicyDecision {}
}
