package io.opsconductor.runner.policy;

import io.opsconductor.plan.Preview.ApprovalKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The approval that a rule asks for.
 *
 * @param kind who counts
 * @param shares how many of whom; none for {@link #NONE}
 * @param overlap whether one person may count for each share that they belong to
 */
record Demand(ApprovalKind kind, List<Share> shares, boolean overlap) {
    static final Demand NONE = new Demand(ApprovalKind.NONE, List.of(), false);
    static final Demand REQUESTER = new Demand(ApprovalKind.REQUESTER, List.of(new Share(1, null)), false);

    Demand {
        shares = List.copyOf(shares);
    }

    static Demand someoneElse(int people, @Nullable String group) {
        return new Demand(ApprovalKind.SOMEONE_ELSE, List.of(new Share(people, group)), false);
    }

    /**
     * So many distinct people.
     *
     * @param people at least 1
     * @param group whose members count; null for the people that the rule itself names
     */
    record Share(int people, @Nullable String group) {}
}
