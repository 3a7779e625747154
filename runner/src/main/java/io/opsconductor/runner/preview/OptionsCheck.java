package io.opsconductor.runner.preview;

import io.opsconductor.plan.Effect;
import io.opsconductor.plan.Preview.RenderedStep;
import io.opsconductor.plan.Preview.RenderedTarget;
import io.opsconductor.plan.Problem;
import io.opsconductor.plan.StepGraph;
import io.opsconductor.plan.StepOptions;
import io.opsconductor.tool.ToolDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds what a step asks for against what its tool allows. */
final class OptionsCheck {
    private OptionsCheck() {}

    /** @param where names the step, to begin each sentence with */
    static List<Problem.Detail> problems(String where, ToolDefinition tool, StepOptions options) {
        List<Problem.Detail> problems = new ArrayList<>();
        if (options.check() && tool.check() == null) {
            problems.add(problem(
                    "no_check",
                    where + tool.name() + " has no check.",
                    "Leave the step out, or add check: to the tool's file."));
        }
        boolean looks = options.check() || tool.effect() == Effect.READ;
        if (options.retry().times() > 0 && !looks && !tool.idempotent()) {
            problems.add(problem(
                    "not_idempotent",
                    where + tool.name()
                            + " must not be tried again by itself, because running it twice is not the same as"
                            + " running it once.",
                    "Leave the retry out, or say idempotent: true in the tool's file if that is so."));
        }
        if (options.verify() && !looks) {
            problems.add(problem(
                    "verify_changes",
                    where + tool.name() + " changes something, so that it cannot verify another step.",
                    "Verify with a tool of effect read, or with the check of a tool."));
        }
        return problems;
    }

    /** What is wrong with the steps as a whole: a verifying step looks where the verified one has run. */
    static List<Problem.Detail> problems(StepGraph graph, List<RenderedStep> steps) {
        List<Problem.Detail> problems = new ArrayList<>();
        for (int at = 0; at < steps.size(); at++) {
            Integer verified = graph.nodes().get(at).verified();
            if (verified == null) {
                continue;
            }
            Set<String> elsewhere = new HashSet<>(names(steps.get(at)));
            elsewhere.removeAll(names(steps.get(verified)));
            if (!elsewhere.isEmpty()) {
                problems.add(problem(
                        "verify_elsewhere",
                        "Step " + (at + 1) + ": it verifies step " + (verified + 1) + ", which does not run on "
                                + elsewhere.stream().sorted().collect(Collectors.joining(", ")) + ".",
                        "Verify on targets of that step, or leave verify out."));
            }
        }
        return problems;
    }

    private static Set<String> names(RenderedStep step) {
        return step.targets().stream().map(RenderedTarget::target).collect(Collectors.toSet());
    }

    private static Problem.Detail problem(String code, String message, String hint) {
        return Problem.of(code, message, hint).error();
    }
}
