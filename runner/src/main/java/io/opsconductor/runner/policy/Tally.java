package io.opsconductor.runner.policy;

import io.opsconductor.plan.DecisionCheck.Wanted;
import io.opsconductor.plan.Preview.ApprovalRule;
import io.opsconductor.plan.Preview.Demand;
import io.opsconductor.plan.Preview.Quota;
import java.util.Collection;
import java.util.List;

/**
 * How far the approvals go. Each demand is met by itself: an approval may help to meet several demands, and counts once within
 * each.
 *
 * @param wanted what each demand that is not met still lacks; none when all are met
 * @param approvers the distinct people whose approval counts, in the order given
 */
public record Tally(List<Wanted> wanted, List<String> approvers) {
    public Tally {
        wanted = List.copyOf(wanted);
        approvers = List.copyOf(approvers);
    }

    /**
     * Counts.
     *
     * @param approvers distinct people who may approve, in the order in which they did
     */
    public static Tally of(ApprovalRule rule, Collection<String> approvers) {
        return new Tally(
                rule.demands().stream()
                        .map(demand -> wanted(demand, approvers))
                        .filter(wanted -> wanted.people() > 0)
                        .toList(),
                List.copyOf(approvers));
    }

    private static Wanted wanted(Demand demand, Collection<String> approvers) {
        Matching matching = new Matching(demand.of(), approvers);
        List<Quota> open = matching.open();
        return new Wanted(
                matching.missing(),
                open.stream()
                        .map(Quota::group)
                        .filter(group -> !group.isEmpty())
                        .toList(),
                open.stream()
                        .flatMap(quota -> quota.approvers().stream())
                        .filter(person -> !approvers.contains(person))
                        .distinct()
                        .sorted()
                        .toList(),
                demand.steps());
    }

    public boolean sufficient() {
        return wanted.isEmpty();
    }

    /** How many more distinct people are needed at least; 0 when there are enough. */
    public int missing() {
        return wanted.stream().mapToInt(Wanted::people).max().orElse(0);
    }
}
