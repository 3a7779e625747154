package io.opsconductor.brain.revision;

import io.opsconductor.brain.approval.ApprovalRequest;
import io.opsconductor.plan.Effect;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.Preview.RenderedStep;
import io.opsconductor.plan.Preview.RenderedTarget;
import io.opsconductor.plan.Step;
import io.opsconductor.plan.StepGraph;
import io.opsconductor.plan.StepOptions;
import io.opsconductor.plan.TargetResult;
import io.opsconductor.plan.TargetStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What of a plan that ran did not succeed, step by step. */
sealed interface Unsuccessful {
    /** These steps, each on the targets where it did not succeed; none when everything did. */
    record Steps(List<Step> steps) implements Unsuccessful {
        public Steps {
            steps = List.copyOf(steps);
        }
    }

    /** Whether a change took effect is unknown, and doing it again is not the same as doing it once. */
    record Unknown(String tool, List<String> targets) implements Unsuccessful {
        public Unknown {
            targets = List.copyOf(targets);
        }
    }

    /**
     * Looks through the results.
     *
     * @param interrupted whether the end of the execution itself is unknown, so that a target without a result may have run
     */
    static Unsuccessful of(ApprovalRequest ran, List<TargetResult> results, boolean interrupted) {
        Map<String, TargetStatus> statuses = new HashMap<>();
        results.forEach(result -> statuses.put(key(result.step(), result.target()), result.status()));
        TargetStatus unheard = interrupted ? TargetStatus.INTERRUPTED : TargetStatus.SKIPPED;
        Plan plan = ran.plan();
        List<Set<String>> again = new ArrayList<>();
        for (int at = 0; at < plan.steps().size(); at++) {
            RenderedStep rendered = ran.preview().steps().get(at);
            Set<String> failed = new LinkedHashSet<>();
            List<String> unknown = new ArrayList<>();
            for (RenderedTarget target : rendered.targets()) {
                switch (statuses.getOrDefault(key(at, target.target()), unheard)) {
                    case SUCCEEDED, NOT_NEEDED -> {}
                    case FAILED, UNREACHABLE, TIMED_OUT, CANCELLED, SKIPPED -> failed.add(target.target());
                    case INTERRUPTED -> {
                        if (rendered.idempotent() || rendered.effect() == Effect.READ) {
                            failed.add(target.target());
                        } else {
                            unknown.add(target.target());
                        }
                    }
                }
            }
            if (!unknown.isEmpty()) {
                return new Unknown(rendered.tool(), unknown);
            }
            again.add(failed);
        }
        verifiedAgain(plan, again);
        return new Steps(SomeSteps.of(plan, ran.preview(), again));
    }

    /** Where a verification failed, what it verified has failed: both are done once more there. */
    private static void verifiedAgain(Plan plan, List<Set<String>> again) {
        List<StepOptions> options = plan.steps().stream().map(Step::options).toList();
        if (StepGraph.read(options) instanceof StepGraph.Read.Sound(StepGraph graph)) {
            for (int at = 0; at < again.size(); at++) {
                Integer verified = graph.nodes().get(at).verified();
                if (verified != null) {
                    again.get(verified).addAll(again.get(at));
                }
            }
        }
    }

    private static String key(int step, String target) {
        return step + " " + target;
    }
}
