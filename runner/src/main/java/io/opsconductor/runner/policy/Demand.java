package io.opsconductor.runner.policy;

import io.opsconductor.plan.Preview.ApprovalKind;
import org.jspecify.annotations.Nullable;

/**
 * The approval that a rule asks for.
 *
 * @param kind who counts
 * @param people how many distinct people; 0 for none, 1 for requester
 * @param group whose members count; null for the people that the rule itself names
 */
record Demand(ApprovalKind kind, int people, @Nullable String group) {
    static final Demand NONE = new Demand(ApprovalKind.NONE, 0, null);
    static final Demand REQUESTER = new Demand(ApprovalKind.REQUESTER, 1, null);

    static Demand someoneElse(int people, @Nullable String group) {
        return new Demand(ApprovalKind.SOMEONE_ELSE, people, group);
    }
}
