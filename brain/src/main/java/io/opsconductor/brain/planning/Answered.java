package io.opsconductor.brain.planning;

import io.opsconductor.plan.Step;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.CatalogueEntry.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One answer counts for every step that misses the same: "check disk and memory" asks for the target once. */
final class Answered {
    private Answered() {}

    static Draft spread(Draft draft, Questions questions) {
        Step answered = draft.steps().get(draft.step());
        Optional<Parameter> asked = parameter(questions, answered, draft.missing());
        List<Step> steps = new ArrayList<>();
        for (Step step : draft.steps()) {
            Optional<CatalogueEntry> tool = questions.tool(step.tool());
            boolean needsTarget = tool.map(CatalogueEntry::needsTarget).orElse(false);
            if (draft.missing().equals(Draft.TARGET)
                    && needsTarget
                    && step.targets().isEmpty()) {
                steps.add(step.of(step.parameters(), answered.targets()));
            } else {
                steps.add(asked.map(parameter -> given(step, parameter, answered, questions))
                        .orElse(step));
            }
        }
        return draft.of(steps);
    }

    private static Step given(Step step, Parameter asked, Step answered, Questions questions) {
        Object value = answered.parameters().get(asked.name());
        Optional<Parameter> same = questions.tool(step.tool()).stream()
                .flatMap(tool -> tool.parameters().stream())
                .filter(parameter -> parameter.required() && Candidates.type(parameter) == Candidates.type(asked))
                .filter(parameter -> parameter.name().equals(asked.name())
                        && !step.parameters().containsKey(parameter.name()))
                .findFirst();
        if (value == null || same.isEmpty()) {
            return step;
        }
        Map<String, Object> values = new LinkedHashMap<>(step.parameters());
        values.put(same.get().name(), value);
        return step.of(values, step.targets());
    }

    private static Optional<Parameter> parameter(Questions questions, Step step, String name) {
        return questions.tool(step.tool()).stream()
                .flatMap(tool -> tool.parameters().stream())
                .filter(parameter -> parameter.name().equals(name))
                .findFirst();
    }
}
