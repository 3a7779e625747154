package io.opsconductor.brain.planning;

import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.intent.Entity;
import io.opsconductor.brain.intent.ToolRequest;
import io.opsconductor.brain.language.Indexes;
import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.brain.language.Language;
import io.opsconductor.brain.language.Reading;
import io.opsconductor.brain.planning.Filling.Filled;
import io.opsconductor.brain.selection.ToolChoice;
import io.opsconductor.plan.Effect;
import io.opsconductor.plan.Step;
import io.opsconductor.tool.CatalogueEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Stage C without a model: fills parameters from the words, asks for what is missing, refuses what cannot be. Thread-safe. */
public final class BuiltinPlanningStage implements PlanningStage {
    private final Indexes indexes;

    public BuiltinPlanningStage(Indexes indexes) {
        this.indexes = indexes;
    }

    @Override
    public Planning plan(List<ToolChoice> choices, Knowledge knowledge) {
        Index index = indexes.of(knowledge);
        Optional<Planning> refused = refused(choices, new Refusals(index));
        if (refused.isPresent()) {
            return refused.get();
        }
        List<ToolRequest> requests =
                choices.stream().map(BuiltinPlanningStage::request).toList();
        List<Step> steps = new ArrayList<>();
        List<String> clauses = new ArrayList<>();
        List<HandedOn.Part> parts = new ArrayList<>();
        for (int at = 0; at < choices.size(); at++) {
            ToolChoice choice = choices.get(at);
            List<ToolChoice> later = choices.subList(at + 1, choices.size());
            ToolRequest request = new HandedOn(index).request(choice, parts);
            switch (choice) {
                case ToolChoice.Chosen chosen -> {
                    Reading reading = index.read(request.text(), request.language());
                    Filled filled = new Filling(index).fill(chosen.tool(), reading, request.entities());
                    Optional<Planning> problem = problem(chosen.tool(), filled, requests, new Refusals(index));
                    if (problem.isPresent()) {
                        return problem.get();
                    }
                    HandedOn.Part part = new SharedValues(index, requests)
                            .into(new HandedOn.Part(reading, chosen.tool(), filled.steps()), request, later);
                    parts.add(new HandedOn(index).into(part, List.copyOf(parts)));
                    parts.getLast().steps().forEach(step -> {
                        steps.add(step);
                        clauses.add(withCarried(request, Entity.AmbiguousTarget.class));
                    });
                }
                case ToolChoice.Unclear unclear -> {
                    steps.add(new Step("", Map.of(), List.of()));
                    clauses.add(withCarried(request, Entity.class));
                }
                case ToolChoice.NoTool none -> throw new IllegalStateException("refused above: " + none);
            }
        }
        Planning planning =
                new Completion(index, knowledge).of(new Draft(steps, -1, "", clauses, 0, language(requests)));
        return planning instanceof Planning.Planned planned
                        && choices.size() == 1
                        && choices.getFirst() instanceof ToolChoice.Chosen chosen
                ? new Planning.Planned(
                        planned.plan(), planned.summary(), planned.note(), Instead.of(planned.plan(), chosen, index))
                : planning;
    }

    private static String language(List<ToolRequest> requests) {
        return requests.isEmpty() ? Language.ENGLISH : requests.getFirst().language();
    }

    private static Optional<Planning> refused(List<ToolChoice> choices, Refusals refusals) {
        for (ToolChoice choice : choices) {
            for (Entity entity : request(choice).entities()) {
                if (entity instanceof Entity.Unsafe seen) {
                    return Optional.of(refusals.unsafe(seen, request(choice).language()));
                }
            }
        }
        for (ToolChoice choice : choices) {
            if (choice instanceof ToolChoice.NoTool none) {
                return Optional.of(refusals.condition(none.request()).orElseGet(() -> refusals.noTool(none)));
            }
        }
        return choices.stream()
                .map(refusals::limit)
                .flatMap(Optional::stream)
                .<Planning>map(refusal -> refusal)
                .findFirst();
    }

    static Optional<Planning> problem(
            CatalogueEntry tool, Filled filled, List<ToolRequest> requests, Refusals refusals) {
        if (filled.unknown().isPresent()) {
            return Optional.of(refusals.unknown(filled.unknown().get(), requests));
        }
        if (tool.effect() != Effect.READ && !filled.unused().isEmpty()) {
            return Optional.of(
                    refusals.unused(tool, filled.unused(), requests.getFirst().language()));
        }
        List<String> targets =
                filled.steps().stream().flatMap(step -> step.targets().stream()).toList();
        return targets.isEmpty() || targets.stream().anyMatch(target -> refusals.fits(tool, target))
                ? Optional.empty()
                : Optional.of(refusals.platform(
                        tool, targets.getFirst(), requests.getFirst().language()));
    }

    @Override
    public Planning resume(Draft draft, Knowledge knowledge) {
        Index index = indexes.of(knowledge);
        if (draft.step() < 0) {
            return new Completion(index, knowledge).of(draft);
        }
        Questions questions = new Questions(index, knowledge);
        Optional<CatalogueEntry> tool =
                questions.tool(draft.steps().get(draft.step()).tool());
        if (!draft.missing().equals(Draft.TOOL) || tool.isEmpty()) {
            return new Completion(index, knowledge).of(Answered.spread(draft, questions));
        }
        String clause = draft.clauses().get(draft.step());
        Reading reading = index.read(clause, draft.language());
        List<Entity> entities = reading.entities();
        Filled filled = new Filling(index).fill(tool.get(), reading, entities);
        Optional<Planning> problem = problem(
                tool.get(), filled, List.of(new ToolRequest(clause, draft.language(), entities)), new Refusals(index));
        if (problem.isPresent()) {
            return problem.get();
        }
        List<Step> steps = new ArrayList<>(draft.steps());
        List<String> clauses = new ArrayList<>(draft.clauses());
        steps.remove(draft.step());
        clauses.remove(draft.step());
        for (int i = 0; i < filled.steps().size(); i++) {
            steps.add(draft.step() + i, filled.steps().get(i));
            clauses.add(draft.step() + i, clause);
        }
        return new Completion(index, knowledge).of(new Draft(steps, -1, "", clauses, 0, draft.language()));
    }

    static ToolRequest request(ToolChoice choice) {
        return switch (choice) {
            case ToolChoice.Chosen chosen -> chosen.request();
            case ToolChoice.Unclear unclear -> unclear.request();
            case ToolChoice.NoTool none -> none.request();
        };
    }

    /** The clause with what it has from its neighbours, so that a draft can be filled from its words alone. */
    static String withCarried(ToolRequest request, Class<? extends Entity> kind) {
        String carried = request.entities().stream()
                .filter(entity -> kind.isInstance(entity) && !request.text().contains(entity.text()))
                .map(entity -> Index.isTarget(entity) ? "on " + entity.text() : entity.text())
                .distinct()
                .collect(Collectors.joining(" "));
        return carried.isEmpty() ? request.text() : request.text() + " " + carried;
    }
}
