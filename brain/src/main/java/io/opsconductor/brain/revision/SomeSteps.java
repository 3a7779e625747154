package io.opsconductor.brain.revision;

import io.opsconductor.plan.Plan;
import io.opsconductor.plan.Preview;
import io.opsconductor.plan.Step;
import io.opsconductor.plan.StepOptions;
import io.opsconductor.plan.When;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Some steps of a plan on some of their targets, as a plan that can stand by itself: what they waited for or depended on, and
 * is left out, counts as done.
 */
final class SomeSteps {
    private SomeSteps() {}

    /** @param targets for each step where it is wanted; a step that is wanted nowhere is left out */
    static List<Step> of(Plan plan, Preview preview, List<Set<String>> targets) {
        Set<String> kept = new HashSet<>();
        for (int at = 0; at < targets.size(); at++) {
            if (!targets.get(at).isEmpty()) {
                kept.add(plan.steps().get(at).options().id());
            }
        }
        List<Step> steps = new ArrayList<>();
        for (int at = 0; at < targets.size(); at++) {
            Step step = plan.steps().get(at);
            if (!targets.get(at).isEmpty()) {
                List<String> wanted = preview.steps().get(at).targets().stream()
                        .map(Preview.RenderedTarget::target)
                        .filter(targets.get(at)::contains)
                        .toList();
                steps.add(step.of(step.parameters(), step.targets().isEmpty() ? List.of() : wanted)
                        .with(standing(step.options(), kept)));
            }
        }
        return steps;
    }

    private static StepOptions standing(StepOptions options, Set<String> kept) {
        List<String> others = options.dependsOn();
        StepOptions standing = others == null
                ? options
                : options.after(others.stream().filter(kept::contains).toList());
        When when = options.when();
        return when == null || kept.contains(when.step()) ? standing : standing.onlyWhen(null);
    }
}
