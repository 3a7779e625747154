package io.opsconductor.runner.policy;

import java.util.List;

/**
 * How far the approvals go.
 *
 * @param missing how many more distinct people are needed; 0 when there are enough
 * @param approvers the distinct people whose approval counts, in the order given
 */
public record Tally(int missing, List<String> approvers) {
    public Tally {
        approvers = List.copyOf(approvers);
    }

    public boolean sufficient() {
        return missing == 0;
    }
}
