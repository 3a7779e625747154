package io.opsconductor.runner.preview;

import io.opsconductor.plan.Preview;
import io.opsconductor.plan.Problem;
import java.util.List;

/** What came of a request for a preview. */
public sealed interface PreviewResult {
    /**
     * The plan can be shown, and run once it is approved.
     *
     * @param preview what the approver decides about
     * @param steps what the execution needs, one for each of the preview's steps
     */
    record Previewed(Preview preview, List<ResolvedStep> steps) implements PreviewResult {
        public Previewed {
            steps = List.copyOf(steps);
        }
    }

    /**
     * The plan cannot run as it is.
     *
     * @param httpStatus 403 when the policy refuses, 422 when the plan itself is wrong
     * @param problem the answer's body
     */
    record Refused(int httpStatus, Problem problem) implements PreviewResult {}
}
