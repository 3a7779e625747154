package io.opsconductor.brain.revision;

import io.opsconductor.plan.Plan;
import io.opsconductor.plan.Step;
import io.opsconductor.tool.Catalogue;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.CatalogueEntry.Parameter;
import io.opsconductor.tool.ParameterCheck;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A plan with other values: same tools, same targets. The catalogue's types are checked here, so that each field gets its
 * message; the runner checks all of it again at the preview.
 */
final class EditedValues {
    /** The plan with the new values, and what is wrong by field; the plan counts only when nothing is. */
    record Checked(Plan plan, Map<String, String> problems) {}

    private final Catalogue catalogue;
    private final Map<String, String> problems = new LinkedHashMap<>();

    private EditedValues(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    static Checked of(Plan plan, Map<String, String> values, Catalogue catalogue) {
        return new EditedValues(catalogue).checked(plan, values);
    }

    static Optional<CatalogueEntry> tool(Catalogue catalogue, String name) {
        return catalogue.tools().stream()
                .filter(tool -> tool.name().equals(name))
                .findFirst();
    }

    private Checked checked(Plan plan, Map<String, String> values) {
        Set<String> unknown = new HashSet<>(values.keySet());
        List<Step> steps = new ArrayList<>();
        for (int at = 0; at < plan.steps().size(); at++) {
            Step step = plan.steps().get(at);
            if (step.options().check()) {
                steps.add(step.of(like(step, plan, at, steps), step.targets()));
                continue;
            }
            Optional<CatalogueEntry> tool = tool(catalogue, step.tool());
            List<Parameter> parameters = tool.map(CatalogueEntry::parameters).orElse(List.of());
            for (Parameter parameter : parameters) {
                unknown.remove(Editing.field(at, parameter.name()));
            }
            steps.add(tool.isEmpty() ? step : checked(at, step, parameters, values));
        }
        unknown.forEach(field -> problems.put(field, "The plan has no such value. Open the form again."));
        return new Checked(new Plan(steps, plan.deadlineSeconds()), problems);
    }

    /** A check has the values of the step that it belongs to, as they are now: it has none of its own in the form. */
    private static Map<String, Object> like(Step check, Plan plan, int at, List<Step> edited) {
        for (int before = at - 1; before >= 0; before--) {
            Step other = plan.steps().get(before);
            if (other.tool().equals(check.tool()) && other.parameters().equals(check.parameters())) {
                return edited.get(before).parameters();
            }
        }
        return check.parameters();
    }

    private Step checked(int at, Step step, List<Parameter> parameters, Map<String, String> values) {
        Map<String, Object> checked = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            String field = Editing.field(at, parameter.name());
            Object value = value(values.get(field), step.parameters().get(parameter.name()));
            if (value == null) {
                if (parameter.required()) {
                    problems.put(field, "A value is needed.");
                }
                continue;
            }
            switch (ParameterCheck.check(parameter, value)) {
                case ParameterCheck.Valid valid -> checked.put(parameter.name(), valid.value());
                case ParameterCheck.Invalid invalid -> problems.put(field, sentence(invalid));
            }
        }
        return step.of(checked, step.targets());
    }

    private static @Nullable Object value(@Nullable String edited, @Nullable Object before) {
        if (edited == null) {
            return before;
        }
        String text = edited.strip();
        return text.isEmpty() ? null : text;
    }

    private static String sentence(ParameterCheck.Invalid invalid) {
        String message = invalid.message();
        String sentence = message.substring(0, 1).toUpperCase(Locale.ROOT) + message.substring(1) + ".";
        return invalid.hint().isEmpty() ? sentence : sentence + " " + invalid.hint();
    }
}
