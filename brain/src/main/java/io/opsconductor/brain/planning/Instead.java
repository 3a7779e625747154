package io.opsconductor.brain.planning;

import io.opsconductor.brain.conversation.Choice;
import io.opsconductor.brain.intent.ToolRequest;
import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.brain.language.Reading;
import io.opsconductor.brain.selection.ToolChoice.Chosen;
import io.opsconductor.brain.selection.ToolChoice.NoTool;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.Step;
import io.opsconductor.plan.StepOptions;
import io.opsconductor.tool.CatalogueEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Another tool that a request may have meant.
 *
 * @param tool its name
 * @param choice what to click: the {@linkplain ExactRequest exact request} with the same targets and the values that the tool takes
 */
public record Instead(String tool, Choice choice) {
    /** No button holds more, and nobody types it. */
    private static final int LONGEST = 300;

    /** What else may have been meant by a plan that was made of one choice; none for several steps or an unusual way to run. */
    static List<Instead> of(Plan plan, Chosen chosen, Index index) {
        boolean plain =
                plan.steps().size() == 1 && plan.steps().getFirst().options().equals(StepOptions.USUAL);
        return plain ? of(chosen.near(), chosen.request(), index) : List.of();
    }

    /** What is near a request that no tool does. */
    static List<Instead> of(NoTool none, Index index) {
        return of(none.near(), none.request(), index);
    }

    private static List<Instead> of(List<CatalogueEntry> near, ToolRequest request, Index index) {
        Reading reading = index.read(request.text(), request.language());
        List<Instead> instead = new ArrayList<>();
        for (CatalogueEntry tool : near) {
            step(tool, reading, request, index)
                    .map(ExactRequest::text)
                    .filter(text -> text.length() <= LONGEST)
                    .ifPresent(text -> instead.add(new Instead(
                            tool.name(), new Choice(new Wording(index.language()).tool(tool.name()), text))));
        }
        return instead;
    }

    /** The same request with that tool; empty where it would be refused or take several steps. */
    private static Optional<Step> step(CatalogueEntry tool, Reading reading, ToolRequest request, Index index) {
        Filling.Filled filled = new Filling(index).fill(tool, reading, request.entities());
        boolean refused = BuiltinPlanningStage.problem(tool, filled, List.of(request), new Refusals(index))
                .isPresent();
        return refused || filled.steps().size() != 1
                ? Optional.empty()
                : Optional.of(filled.steps().getFirst());
    }
}
