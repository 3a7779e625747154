package io.opsconductor.chat.slack.card;

import com.fasterxml.jackson.databind.JsonNode;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.view.View;
import io.opsconductor.brain.revision.EditForm;
import io.opsconductor.brain.revision.EditForm.FormField;
import io.opsconductor.brain.revision.EditForm.FormStep;
import io.opsconductor.brain.revision.Edited;
import io.opsconductor.chat.card.Amounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The form for other parameters of a pending plan. Each field is an input whose block id is the field's key. */
public final class EditModal {
    public static final String CALLBACK = "ops_edit_form";

    private static final int SUMMARY = 400;
    private static final int TARGETS = 5;
    private static final int NAME = 100;
    private static final int MISTAKE = 500;

    private EditModal() {}

    /** What the form is about; the digest is that of the card with the button. */
    public record About(String approval, String digest, FormOrigin origin) {}

    /** What somebody entered: every field of the form by its key, blank for none. */
    public record Edit(About about, Map<String, String> values) {
        public Edit {
            values = Map.copyOf(values);
        }
    }

    public static View of(EditForm form, FormOrigin origin) {
        return of(form, origin, Map.of(), Map.of());
    }

    /**
     * The form once more, after an edit that could not be taken.
     *
     * @param entered what was entered, by the field's key
     * @param problems what is wrong, by the field's key
     */
    public static View of(EditForm form, FormOrigin origin, Map<String, String> entered, Map<String, String> problems) {
        About about = new About(form.approval(), form.digest(), origin);
        int fields =
                form.steps().stream().mapToInt(step -> step.fields().size()).sum();
        List<LayoutBlock> blocks = new ArrayList<>();
        blocks.add(Block.rich(new Line()
                .boldWords(Cut.to(form.summary(), SUMMARY))
                .text("\nThe targets stay as they are. With other values it is another plan: this one is replaced, and"
                        + " the new one waits for its own approval.")));
        boolean several = form.steps().size() > 1;
        for (FormStep step : form.steps()) {
            if (!step.fields().isEmpty()) {
                blocks.add(Block.rich(title(step, several, form.steps().size())));
                step.fields().forEach(field -> blocks.addAll(EditInputs.of(field, blocks.size(), entered, problems)));
            }
        }
        if (fields == 0) {
            return only(
                    about, "This plan has no values to change. Withdraw it and ask again, if it is not what you want.");
        }
        if (blocks.size() > Limits.VIEW_BLOCKS) {
            return only(
                    about,
                    "This plan has " + fields + " values in "
                            + Amounts.count(form.steps().size(), "step")
                            + ", more than a form in Slack can hold. Withdraw it, and ask again with the values that"
                            + " you want, or for fewer steps at a time.");
        }
        return Modals.of(CALLBACK, "Edit this plan", "Show the new plan", about, blocks);
    }

    private static View only(About about, String text) {
        return Modals.of(CALLBACK, "Edit this plan", "", about, List.of(Block.rich(new Line().text(text))));
    }

    private static Line title(FormStep step, boolean several, int of) {
        Line line = new Line();
        if (several) {
            line.bold("Step " + (step.step() + 1) + " of " + of + ": ");
        }
        line.code(Cut.to(step.tool(), NAME));
        if (!step.targets().isEmpty()) {
            List<String> names =
                    step.targets().stream().map(name -> Cut.to(name, NAME)).toList();
            line.text(" on " + Targets.some(names, TARGETS));
        }
        return line;
    }

    /** @param view as Slack sends it back; empty when it is not this form */
    public static Optional<Edit> read(JsonNode view) {
        return FormState.carried(view, About.class).map(about -> {
            Map<String, String> values = new LinkedHashMap<>();
            FormState.values(view)
                    .forEach((field, value) -> values.put(field, value.equals(EditInputs.UNSET) ? "" : value));
            return new Edit(about, values);
        });
    }

    /**
     * What the runner or the brain said is wrong, by block id, for the answer that shows it in the form. Slack takes
     * mistakes for inputs of the form only: what is wrong elsewhere is told at the first of them.
     */
    public static Map<String, String> problems(JsonNode view, Edited.Invalid invalid) {
        Set<String> inputs = FormState.values(view).keySet();
        Map<String, String> problems = new LinkedHashMap<>();
        invalid.problems().forEach((field, message) -> {
            if (inputs.contains(field)) {
                problems.merge(field, Cut.toLength(message, MISTAKE), (one, other) -> one + " " + other);
            } else {
                inputs.stream()
                        .findFirst()
                        .ifPresent(first -> problems.merge(
                                first, Cut.toLength(message, MISTAKE), (one, other) -> one + " " + other));
            }
        });
        return problems;
    }

    /** To one person, when the form is closed already. */
    public static SlackMessage invalid(EditForm form, Edited.Invalid invalid) {
        Map<String, String> names = new LinkedHashMap<>();
        form.steps()
                .forEach(step -> step.fields().forEach(field -> names.put(field.field(), label(step, field, form))));
        StringBuilder text = new StringBuilder("Nothing was changed, because values cannot be used:");
        invalid.problems()
                .forEach((field, message) -> text.append("\n- ")
                        .append(names.getOrDefault(field, field))
                        .append(": ")
                        .append(Cut.to(message, MISTAKE).replace('\n', ' ')));
        return Words.note(text.append("\n\nThe plan stands as it was; press Edit to try again.")
                .toString());
    }

    private static String label(FormStep step, FormField field, EditForm form) {
        return field.name().replace('_', ' ') + (form.steps().size() > 1 ? " of step " + (step.step() + 1) : "");
    }
}
