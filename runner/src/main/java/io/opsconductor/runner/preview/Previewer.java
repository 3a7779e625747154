package io.opsconductor.runner.preview;

import io.opsconductor.plan.Effect;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.Preview;
import io.opsconductor.plan.Preview.BlastRadius;
import io.opsconductor.plan.Preview.RenderedStep;
import io.opsconductor.plan.PreviewRequest;
import io.opsconductor.plan.Problem;
import io.opsconductor.plan.Step;
import io.opsconductor.plan.StepGraph;
import io.opsconductor.plan.Visible;
import io.opsconductor.runner.inventory.Inventory;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.policy.Policy;
import io.opsconductor.runner.policy.PolicyDecision;
import io.opsconductor.runner.policy.StepFacts;
import io.opsconductor.runner.preview.PreviewResult.Previewed;
import io.opsconductor.runner.preview.PreviewResult.Refused;
import io.opsconductor.tool.ToolLibrary;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Renders plans. The answer depends on nothing but the request, the nonce, the times it is issued and judged at, and the
 * tools, inventory and policy of the moment, each of which is asked for once.
 */
public final class Previewer {
    private static final int VERSION = 2;
    private static final int MAX_PROBLEMS = 20;

    private final Supplier<ToolLibrary> tools;
    private final Supplier<Inventory> inventory;
    private final Supplier<Policy> policy;

    public Previewer(Supplier<ToolLibrary> tools, Supplier<Inventory> inventory, Supplier<Policy> policy) {
        this.tools = tools;
        this.inventory = inventory;
        this.policy = policy;
    }

    /**
     * Renders a plan.
     *
     * @param nonce random for a new preview; that of the approved preview when it is rendered again
     * @param issuedAt now for a new preview; that of the approved preview when it is rendered again; cut to milliseconds
     * @param judgedAt now: rules that hold at times must hold when it is shown and when it is run
     */
    public PreviewResult preview(PreviewRequest request, String nonce, Instant issuedAt, Instant judgedAt) {
        Policy rules = policy.get();
        List<Step> steps = request.plan().steps();
        if (steps.isEmpty() || steps.size() > Plan.MAX_STEPS) {
            return refused(
                    422,
                    Problem.of(
                            "invalid_plan",
                            "A plan has 1 to " + Plan.MAX_STEPS + " steps; this one has " + steps.size() + ".",
                            "Split it into several plans."));
        }
        // Somebody unknown learns nothing else about the plan.
        if (rules.judge(request.tenantId(), request.actorId(), List.of(), judgedAt)
                instanceof PolicyDecision.Refused(String code, String message, String hint)) {
            return refused(403, Problem.of(code, message, hint));
        }
        StepRendering rendering = new StepRendering(tools.get(), inventory.get(), nonce, issuedAt);
        List<StepRendering.Rendered> rendered = new ArrayList<>();
        List<Problem.Detail> problems = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            switch (rendering.render(i, steps.size(), steps.get(i))) {
                case StepRendering.Rendered good -> rendered.add(good);
                case StepRendering.Unusable bad -> problems.addAll(bad.problems());
            }
        }
        problems.addAll(graphProblems(request.plan(), rendered));
        if (!problems.isEmpty()) {
            return refused(422, together(problems));
        }
        List<StepFacts> facts =
                rendered.stream().map(StepRendering.Rendered::facts).toList();
        return switch (rules.judge(request.tenantId(), request.actorId(), facts, judgedAt, breakGlass(request))) {
            case PolicyDecision.Refused(String code, String message, String hint) ->
                refused(403, Problem.of(code, message, hint));
            case PolicyDecision.Allowed allowed ->
                new Previewed(
                        preview(request, nonce, issuedAt, rules, allowed, rendered),
                        rendered.stream().map(StepRendering.Rendered::resolved).toList());
        };
    }

    /** What the policy judges a plan by. */
    sealed interface Facts {
        record Usable(List<StepFacts> steps) implements Facts {}

        record Unusable(Problem problem) implements Facts {}
    }

    /** What rules may ask about a plan, whoever asks for it. */
    Facts facts(Plan plan) {
        StepRendering rendering = new StepRendering(tools.get(), inventory.get(), "", Instant.EPOCH);
        List<StepFacts> facts = new ArrayList<>();
        List<Problem.Detail> problems = new ArrayList<>();
        for (int i = 0; i < plan.steps().size(); i++) {
            switch (rendering.render(i, plan.steps().size(), plan.steps().get(i))) {
                case StepRendering.Rendered good -> facts.add(good.facts());
                case StepRendering.Unusable bad -> problems.addAll(bad.problems());
            }
        }
        if (facts.isEmpty() && problems.isEmpty()) {
            return new Facts.Unusable(Problem.of("invalid_plan", "A plan without steps is nothing to judge.", ""));
        }
        return problems.isEmpty() ? new Facts.Usable(facts) : new Facts.Unusable(together(problems));
    }

    private static List<Problem.Detail> graphProblems(Plan plan, List<StepRendering.Rendered> rendered) {
        return switch (StepGraph.read(plan.steps().stream().map(Step::options).toList())) {
            case StepGraph.Read.Broken(List<String> sentences) ->
                sentences.stream()
                        .map(sentence ->
                                Problem.of("invalid_plan", sentence, "").error())
                        .toList();
            case StepGraph.Read.Sound(StepGraph graph) ->
                rendered.size() < plan.steps().size()
                        ? List.of()
                        : OptionsCheck.problems(
                                graph,
                                rendered.stream()
                                        .map(StepRendering.Rendered::shown)
                                        .toList());
        };
    }

    private static Preview preview(
            PreviewRequest request,
            String nonce,
            Instant issuedAt,
            Policy rules,
            PolicyDecision.Allowed allowed,
            List<StepRendering.Rendered> rendered) {
        Instant issued = issuedAt.truncatedTo(ChronoUnit.MILLIS);
        List<RenderedStep> steps =
                rendered.stream().map(StepRendering.Rendered::shown).toList();
        return new Preview(
                VERSION,
                request.tenantId(),
                request.actorId(),
                allowed.requesterName(),
                nonce,
                issued,
                issued.plus(allowed.expiry()),
                rules.version(),
                steps.stream().map(RenderedStep::effect).max(Effect::compareTo).orElse(Effect.DESTROY),
                steps,
                blastRadius(rendered),
                allowed.approval(),
                request.plan().deadlineSeconds(),
                breakGlass(request));
    }

    /** People read it on the card and in the notice, so that hidden characters are shown. */
    private static String breakGlass(PreviewRequest request) {
        return Visible.escape(request.breakGlass()).replace('\n', ' ').strip();
    }

    /** Counts each target once, also one that is only named by a parameter; the runner itself is no target. */
    private static BlastRadius blastRadius(List<StepRendering.Rendered> rendered) {
        Set<String> counted = new HashSet<>();
        Map<String, Integer> environments = new TreeMap<>();
        for (StepRendering.Rendered step : rendered) {
            for (Target target : step.touched()) {
                if (counted.add(target.name())) {
                    environments.merge(target.environment(), 1, Integer::sum);
                }
            }
        }
        return new BlastRadius(counted.size(), environments);
    }

    /** One problem as it is; several as one that lists them all. */
    private static Problem together(List<Problem.Detail> problems) {
        if (problems.size() == 1) {
            return new Problem(problems.getFirst());
        }
        List<String> lines = new ArrayList<>();
        Map<String, Boolean> choices = new LinkedHashMap<>();
        for (Problem.Detail problem : problems.subList(0, Math.min(problems.size(), MAX_PROBLEMS))) {
            lines.add(problem.message() + (problem.hint().isEmpty() ? "" : " " + problem.hint()));
            problem.choices().forEach(choice -> choices.put(choice, true));
        }
        if (problems.size() > MAX_PROBLEMS) {
            lines.add("And " + (problems.size() - MAX_PROBLEMS) + " more.");
        }
        return Problem.of(
                "invalid_plan", String.join("\n", lines), "Correct each of them.", List.copyOf(choices.keySet()));
    }

    private static Refused refused(int status, Problem problem) {
        return new Refused(status, problem);
    }
}
