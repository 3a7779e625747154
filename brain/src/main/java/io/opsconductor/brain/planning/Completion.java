package io.opsconductor.brain.planning;

import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.conversation.Choice;
import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.brain.language.Reading;
import io.opsconductor.plan.Batch;
import io.opsconductor.plan.Effect;
import io.opsconductor.plan.Pace;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.Step;
import io.opsconductor.plan.StepOptions;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.CatalogueEntry.Parameter;
import io.opsconductor.tool.ParameterCheck;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes a plan of a draft that has everything, or the question for the first thing that it misses. */
final class Completion {
    private static final int MOST_QUESTIONS = 3;
    private static final StepOptions ONE_AT_A_TIME = StepOptions.USUAL.with(new Pace(0, Batch.ofTargets(1), 0));

    private final Index index;
    private final Questions questions;
    private final Refusals refusals;

    Completion(Index index, Knowledge knowledge) {
        this.index = index;
        this.questions = new Questions(index, knowledge);
        this.refusals = new Refusals(index);
    }

    /** What a step misses, and what was wrong with the value it had; empty text when it had none. */
    private record Gap(String missing, String wrong) {}

    Planning of(Draft draft) {
        if (draft.steps().size() > Plan.MAX_STEPS) {
            return refusals.tooMany(draft.steps().size(), draft.language());
        }
        List<Step> steps = new ArrayList<>(draft.steps());
        for (int at = 0; at < steps.size(); at++) {
            Step step = steps.get(at);
            Optional<CatalogueEntry> tool = questions.tool(step.tool());
            Optional<Gap> gap =
                    tool.isEmpty() ? Optional.of(new Gap(Draft.TOOL, "")) : gap(step, tool.get(), draft.language());
            if (gap.isPresent()) {
                steps.set(at, without(step, gap.get().missing, tool));
                return question(
                        new Draft(steps, at, gap.get().missing, draft.clauses(), 0, draft.language()),
                        gap.get().wrong,
                        draft);
            }
            steps.set(at, checked(step, tool.orElseThrow()));
        }
        return planned(steps, draft);
    }

    private Planning question(Draft draft, String wrong, Draft before) {
        boolean again = before.step() == draft.step() && before.missing().equals(draft.missing());
        int asked = again ? before.asked() + 1 : 1;
        if (asked > MOST_QUESTIONS) {
            return refusals.noAnswer(draft.missing(), draft.language());
        }
        Draft next = new Draft(draft.steps(), draft.step(), draft.missing(), draft.clauses(), asked, draft.language());
        String problem =
                again && wrong.isEmpty() ? index.language().in(draft.language()).say("wrong-answer") + " " : wrong;
        List<Choice> choices = questions.choices(next);
        return new Planning.Question(problem + questions.text(next, choices), choices, next);
    }

    private Optional<Gap> gap(Step step, CatalogueEntry tool, String language) {
        if (tool.needsTarget()) {
            for (String target : step.targets()) {
                if (!index.targets().contains(target)) {
                    List<String> nearest = index.targets().nearest(target);
                    String wrong = index.language()
                            .in(language)
                            .say(
                                    nearest.isEmpty() ? "wrong-target" : "wrong-target-near",
                                    "name",
                                    Questions.shortened(target),
                                    "near",
                                    String.join(", ", nearest));
                    return Optional.of(new Gap(Draft.TARGET, wrong + " "));
                }
            }
            if (step.targets().isEmpty()) {
                return Optional.of(new Gap(Draft.TARGET, ""));
            }
        }
        for (Parameter parameter : tool.parameters()) {
            Object value = step.parameters().get(parameter.name());
            if (value == null && parameter.required()) {
                return Optional.of(new Gap(parameter.name(), ""));
            }
            if (value != null && ParameterCheck.check(parameter, value) instanceof ParameterCheck.Invalid invalid) {
                String hint = invalid.hint().isEmpty() ? "" : " " + invalid.hint();
                return Optional.of(new Gap(
                        parameter.name(),
                        parameter.name().replace('_', ' ') + ": " + invalid.message() + "." + hint + " "));
            }
        }
        return Optional.empty();
    }

    private static Step without(Step step, String missing, Optional<CatalogueEntry> tool) {
        Map<String, Object> values = new LinkedHashMap<>(step.parameters());
        values.remove(missing);
        boolean targets = missing.equals(Draft.TARGET)
                && tool.map(CatalogueEntry::needsTarget).orElse(false);
        return new Step(
                tool.isEmpty() ? "" : step.tool(), values, targets ? List.of() : step.targets(), step.options());
    }

    /** With every value in its normal form. */
    private static Step checked(Step step, CatalogueEntry tool) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Parameter parameter : tool.parameters()) {
            Object value = step.parameters().get(parameter.name());
            if (value != null && ParameterCheck.check(parameter, value) instanceof ParameterCheck.Valid valid) {
                values.put(parameter.name(), valid.value());
            }
        }
        return step.of(values, step.targets());
    }

    private Planning planned(List<Step> steps, Draft draft) {
        List<Step> plan = new ArrayList<>();
        Set<String> notes = new LinkedHashSet<>();
        for (int at = 0; at < steps.size(); at++) {
            Step step = steps.get(at);
            CatalogueEntry tool = questions.tool(step.tool()).orElseThrow();
            boolean again = !plan.isEmpty()
                    && tool.effect() == Effect.READ
                    && withoutDefaults(plan.getLast(), tool).equals(withoutDefaults(step, tool));
            if (again) {
                continue;
            }
            Reading reading = index.read(draft.clauses().get(at), draft.language());
            boolean oneByOne =
                    step.targets().size() > 1 && step.options().equals(StepOptions.USUAL) && isSerial(reading);
            plan.add(oneByOne ? step.with(ONE_AT_A_TIME) : step);
            new Filling(index)
                    .fill(tool, reading, reading.entities())
                    .unused()
                    .forEach(value -> notes.add("\"" + value + "\" has no place in it"));
        }
        if (plan.size() > Plan.MAX_STEPS) {
            return refusals.tooMany(plan.size(), draft.language());
        }
        String summary = new Wording(index.language()).summary(plan, List.copyOf(notes));
        return new Planning.Planned(new Plan(plan), summary);
    }

    private static Step withoutDefaults(Step step, CatalogueEntry tool) {
        Map<String, Object> values = new LinkedHashMap<>(step.parameters());
        for (Parameter parameter : tool.parameters()) {
            Object standard = parameter.defaultValue();
            values.computeIfPresent(
                    parameter.name(),
                    (name, value) -> standard != null && value.toString().equals(standard.toString()) ? null : value);
        }
        return step.of(values, step.targets());
    }

    private boolean isSerial(Reading reading) {
        for (int at = 0; at < reading.words().size(); at++) {
            if (index.language().match("serial", reading.words(), at) > 0) {
                return true;
            }
        }
        return false;
    }
}
