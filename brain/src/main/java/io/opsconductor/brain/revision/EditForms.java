package io.opsconductor.brain.revision;

import io.opsconductor.brain.approval.ApprovalRequest;
import io.opsconductor.plan.Step;
import io.opsconductor.tool.Catalogue;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.CatalogueEntry.Parameter;
import io.opsconductor.tool.ParameterType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the form of a plan from what the catalogue says about its tools' parameters. */
final class EditForms {
    private EditForms() {}

    static EditForm of(ApprovalRequest request, Catalogue catalogue) {
        List<EditForm.FormStep> steps = new ArrayList<>();
        for (Step step : request.plan().steps()) {
            steps.add(step(steps.size(), step, EditedValues.tool(catalogue, step.tool())));
        }
        return new EditForm(request.id(), request.digest(), request.summary(), request.requester(), steps);
    }

    private static EditForm.FormStep step(int at, Step step, Optional<CatalogueEntry> tool) {
        List<EditForm.FormField> fields = step.options().check()
                ? List.of()
                : tool.stream()
                        .flatMap(entry -> entry.parameters().stream())
                        .map(parameter -> field(at, step, parameter))
                        .toList();
        return new EditForm.FormStep(
                at, step.tool(), tool.map(CatalogueEntry::description).orElse(""), step.targets(), fields);
    }

    private static EditForm.FormField field(int at, Step step, Parameter parameter) {
        List<String> allowed =
                parameter.type() == ParameterType.BOOLEAN && parameter.allowed().isEmpty()
                        ? List.of("true", "false")
                        : parameter.allowed();
        return new EditForm.FormField(
                Editing.field(at, parameter.name()),
                parameter.name(),
                parameter.description(),
                parameter.type(),
                text(step.parameters().get(parameter.name())),
                text(parameter.defaultValue()),
                allowed,
                parameter.required(),
                parameter.min(),
                parameter.max());
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
