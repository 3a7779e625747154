package io.opsconductor.runner.execution;

import io.opsconductor.plan.Preview;
import io.opsconductor.plan.Preview.RenderedStep;
import io.opsconductor.plan.Preview.RenderedTarget;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Says in words what is different between what was shown and what would run now. */
final class PreviewDifference {
    private PreviewDifference() {}

    /** One short clause for each difference, such as {@code the tool check_disk_space}; at least one. */
    static List<String> between(Preview shown, Preview now) {
        Set<String> found = new LinkedHashSet<>();
        if (!shown.policyVersion().equals(now.policyVersion())) {
            found.add("the policy");
        }
        if (!shown.approval().equals(now.approval())) {
            found.add("who must approve");
        }
        if (!shown.requesterName().equals(now.requesterName())) {
            found.add("who the requester is");
        }
        if (shown.steps().size() == now.steps().size()) {
            for (int i = 0; i < shown.steps().size(); i++) {
                steps(shown.steps().get(i), now.steps().get(i), found);
            }
        } else {
            found.add("the number of steps");
        }
        if (found.isEmpty()) {
            found.add("what the runner renders");
        }
        return new ArrayList<>(found);
    }

    private static void steps(RenderedStep shown, RenderedStep now, Set<String> found) {
        if (!shown.toolDigest().equals(now.toolDigest())) {
            found.add("the tool " + shown.tool());
        }
        if (!shown.options().equals(now.options()) || shown.checkable() != now.checkable()) {
            found.add("how " + shown.tool() + " runs");
        }
        if (shown.targets().size() != now.targets().size()) {
            found.add("the targets of " + shown.tool());
            return;
        }
        for (int i = 0; i < shown.targets().size(); i++) {
            RenderedTarget before = shown.targets().get(i);
            RenderedTarget after = now.targets().get(i);
            if (!before.target().equals(after.target())) {
                found.add("the targets of " + shown.tool());
            } else if (!before.binding().equals(after.binding())
                    || !before.account().equals(after.account())
                    || !before.credential().equals(after.credential())
                    || !before.environment().equals(after.environment())) {
                found.add("the target " + before.target());
            } else if (!before.command().equals(after.command())) {
                found.add("the command on " + before.target());
            }
        }
    }
}
