package io.opsconductor.brain.eval;

import io.opsconductor.brain.intent.Intent;
import io.opsconductor.brain.planning.Draft;
import io.opsconductor.brain.planning.Instead;
import io.opsconductor.brain.planning.Planning;
import io.opsconductor.brain.selection.ToolChoice;
import io.opsconductor.plan.Effect;
import io.opsconductor.plan.Step;
import io.opsconductor.tool.CatalogueEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What came of a trial, and whether that was right.
 *
 * @param trial the trial
 * @param outcome what came of its last message
 * @param took from the message to the outcome
 * @param withoutModel whether a model should have answered and did not, so that it was understood without
 */
public record Judged(Trial trial, Outcome outcome, Duration took, boolean withoutModel) {
    /** Whether it is what was expected. */
    public boolean isRight() {
        return trial.request().right().stream().anyMatch(this::is);
    }

    private boolean is(Expected expected) {
        return switch (expected) {
            case Expected.Planned planned ->
                plan().flatMap(steps -> filled(steps, planned))
                        .map(share -> share.right() == share.all())
                        .orElse(false);
            case Expected.Asked asked ->
                question()
                        .map(draft -> draft.missing().equals(asked.missing())
                                && (asked.tool().isEmpty()
                                        || draft.steps().stream()
                                                .anyMatch(step -> step.tool().equals(asked.tool()))))
                        .orElse(false);
            case Expected.Refused refused ->
                switch (outcome) {
                    case Outcome.Said said -> refused.code().isEmpty() && said.intent() instanceof Intent.NotForUs;
                    case Outcome.Worked worked ->
                        worked.planning() instanceof Planning.Refusal refusal
                                && (refused.code().isEmpty() || refused.code().equals(refusal.code()));
                };
            case Expected.Unplanned _ -> plan().isEmpty();
            case Expected.Answered answered ->
                outcome instanceof Outcome.Said(Intent intent) && kind(intent).equals(answered.kind());
        };
    }

    private static String kind(Intent intent) {
        return switch (intent) {
            case Intent.AskTools _ -> "tools";
            case Intent.AskTargets _ -> "targets";
            case Intent.AskTarget _ -> "target";
            case Intent.AskUsableTools _ -> "usable-tools";
            case Intent.AskWhichTool _ -> "which-tool";
            case Intent.AskHistory _, Intent.AskMore _, Intent.ShowPlan _ -> "history";
            case Intent.SmallTalk _ -> "small-talk";
            case Intent.Cancel _ -> "cancel";
            case Intent.DryRun _ -> "dry-run";
            case Intent.AskApproval _ -> "approval";
            case Intent.BreakGlass _ -> "break-glass";
            case Intent.NotForUs _, Intent.RunTools _, Intent.Answered _, Intent.Again _ -> "";
        };
    }

    /** The steps of the plan that was made; steps that differ in their targets alone are one. */
    Optional<List<Step>> plan() {
        return outcome instanceof Outcome.Worked worked && worked.planning() instanceof Planning.Planned planned
                ? Optional.of(joined(planned.plan().steps()))
                : Optional.empty();
    }

    private static List<Step> joined(List<Step> steps) {
        List<Step> joined = new ArrayList<>();
        for (Step step : steps) {
            Step last = joined.isEmpty() ? null : joined.getLast();
            if (last != null
                    && last.tool().equals(step.tool())
                    && last.parameters().equals(step.parameters())) {
                List<String> targets = new ArrayList<>(last.targets());
                targets.addAll(step.targets());
                joined.set(joined.size() - 1, step.of(step.parameters(), targets));
            } else {
                joined.add(step);
            }
        }
        return joined;
    }

    private Optional<Draft> question() {
        return outcome instanceof Outcome.Worked worked && worked.planning() instanceof Planning.Question question
                ? Optional.of(question.draft())
                : Optional.empty();
    }

    /** Targets and values of a plan or of what is known of one, where its tools are the expected ones; the best match. */
    Optional<Share> filled() {
        List<Step> steps = plan().or(() -> question().map(Draft::steps)).orElse(List.of());
        return trial.request().right().stream()
                .filter(Expected.Planned.class::isInstance)
                .map(Expected.Planned.class::cast)
                .flatMap(planned -> filled(steps, planned).stream())
                .max((a, b) -> Double.compare(a.value(), b.value()));
    }

    private Optional<Share> filled(List<Step> steps, Expected.Planned planned) {
        if (steps.size() != planned.steps().size()) {
            return Optional.empty();
        }
        Map<String, CatalogueEntry> tools = trial.knowledge().tools().tools().stream()
                .collect(Collectors.toMap(CatalogueEntry::name, Function.identity()));
        Share share = Share.NONE;
        for (int at = 0; at < steps.size(); at++) {
            Step step = steps.get(at);
            Expected.WantedStep wanted = planned.steps().get(at);
            CatalogueEntry tool = tools.get(step.tool());
            if (tool == null || !step.tool().equals(wanted.tool())) {
                return Optional.empty();
            }
            share = share.plus(wanted.rightIn(step.targets(), step.parameters(), tool));
        }
        return Optional.of(share);
    }

    /** The one tool that is meant, for a request that means one. */
    Optional<String> wantedTool() {
        return switch (trial.request().right().getFirst()) {
            case Expected.Planned planned
            when planned.tools().size() == 1 -> Optional.of(planned.tools().getFirst());
            case Expected.Planned _ -> Optional.empty();
            case Expected.Asked asked -> Optional.of(asked.tool()).filter(tool -> !tool.isEmpty());
            case Expected.Refused _ -> Optional.empty();
            case Expected.Unplanned _ -> Optional.empty();
            case Expected.Answered _ -> Optional.empty();
        };
    }

    /** The tools that were chosen or offered for the whole request, best first. */
    List<String> offered() {
        if (!(outcome instanceof Outcome.Worked worked)) {
            return List.of();
        }
        List<ToolChoice> choices = worked.choices();
        if (choices.size() == 1
                && worked.planning() instanceof Planning.Planned planned
                && !planned.instead().isEmpty()) {
            // The card shows what else it may have been.
            return Stream.concat(
                            offered(choices.getFirst()).stream(),
                            planned.instead().stream().map(Instead::tool))
                    .toList();
        }
        List<List<String>> offers =
                choices.stream().map(Judged::offered).distinct().toList();
        if (offers.size() == 1) {
            return offers.getFirst();
        }
        Set<String> drafted = new HashSet<>();
        plan().or(() -> question().map(Draft::steps))
                .ifPresent(steps -> steps.forEach(step -> drafted.add(step.tool())));
        return choices.isEmpty() && drafted.size() == 1 ? List.copyOf(drafted) : List.of();
    }

    private static List<String> offered(ToolChoice choice) {
        return switch (choice) {
            case ToolChoice.Chosen chosen -> List.of(chosen.tool().name());
            case ToolChoice.Unclear unclear ->
                unclear.candidates().stream().map(CatalogueEntry::name).toList();
            case ToolChoice.NoTool none ->
                none.near().stream().map(CatalogueEntry::name).toList();
        };
    }

    /** Whether the plan that was made changes something. */
    boolean changes() {
        Set<String> changing = trial.knowledge().tools().tools().stream()
                .filter(tool -> tool.effect() != Effect.READ)
                .map(CatalogueEntry::name)
                .collect(Collectors.toSet());
        return plan().stream().flatMap(List::stream).map(Step::tool).anyMatch(changing::contains);
    }

    /** What was expected, in a few words. */
    String expected() {
        return trial.request().right().stream().map(Expected::brief).collect(Collectors.joining(" || "));
    }
}
