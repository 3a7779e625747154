package io.opsconductor.brain.revision;

import io.opsconductor.tool.ParameterType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of a pending plan, to be edited.
 *
 * @param approval id of the request
 * @param digest of the card whose values these are; an edit says it
 * @param summary the sentence that restates the request
 * @param requester platform-qualified identity of who alone may edit it
 * @param steps every step, in order, also those without a field
 */
public record EditForm(String approval, String digest, String summary, String requester, List<FormStep> steps) {
    public EditForm {
        steps = List.copyOf(steps);
    }

    /**
     * A step.
     *
     * @param step its index, from 0
     * @param description what the tool does
     * @param targets where it runs; they stay as they are
     * @param fields one for each parameter of the tool; may be empty
     */
    public record FormStep(int step, String tool, String description, List<String> targets, List<FormField> fields) {
        public FormStep {
            targets = List.copyOf(targets);
            fields = List.copyOf(fields);
        }
    }

    /**
     * A parameter.
     *
     * @param field its key in an edit, see {@link Editing#field}
     * @param description what it means; may be empty
     * @param value the value it has now, as text; null when it has none
     * @param defaultValue used when it is left out, as text; null for none
     * @param allowed the only values it may have; empty for any of its type
     * @param required whether it must have a value
     * @param min least value of a number; null for none
     * @param max greatest value of a number; null for none
     */
    public record FormField(
            String field,
            String name,
            String description,
            ParameterType type,
            @Nullable String value,
            @Nullable String defaultValue,
            List<String> allowed,
            boolean required,
            @Nullable Long min,
            @Nullable Long max) {
        public FormField {
            allowed = List.copyOf(allowed);
        }
    }
}
