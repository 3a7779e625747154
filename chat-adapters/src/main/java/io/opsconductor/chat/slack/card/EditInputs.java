package io.opsconductor.chat.slack.card;

import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.composition.OptionObject;
import com.slack.api.model.block.element.BlockElement;
import com.slack.api.model.block.element.NumberInputElement;
import com.slack.api.model.block.element.PlainTextInputElement;
import com.slack.api.model.block.element.StaticSelectElement;
import io.opsconductor.brain.revision.EditForm.FormField;
import io.opsconductor.chat.card.Amounts;
import io.opsconductor.chat.card.FieldWords;
import io.opsconductor.tool.ParameterType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A parameter as an input: a choice where the values are known, a number where it is one, else a line of text. */
final class EditInputs {
    /** The option for "no value", because Slack takes no option without one. */
    static final String UNSET = "ops:no-value";

    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");
    private static final int DESCRIPTION = 600;

    private EditInputs() {}

    /** @param number of the input in its form, for an id of its own */
    static List<LayoutBlock> of(
            FormField field, int number, Map<String, String> entered, Map<String, String> problems) {
        String value = entered.containsKey(field.field()) ? entered.get(field.field()) : field.value();
        String current = value == null ? "" : value;
        List<LayoutBlock> blocks = new ArrayList<>();
        String problem = problems.get(field.field());
        if (problem != null) {
            blocks.add(Block.rich(new Line().emoji("warning").text(Cut.to(problem, DESCRIPTION))));
        }
        if (current.length() > Limits.INPUT_VALUE) {
            blocks.add(Block.rich(new Line()
                    .bold(label(field) + ": ")
                    .text("its value has " + Amounts.characters(current.length())
                            + ", more than a form can hold, and stays as it is.")));
            return blocks;
        }
        String action = "ops_field." + number;
        BlockElement element = choices(field)
                .map(options -> select(action, field, options, current))
                .orElseGet(() -> isNumber(field, current) ? number(action, field, current) : text(action, current));
        blocks.add(Modals.input(
                field.field(),
                label(field),
                FieldWords.hint(field, choices(field).isEmpty()),
                !field.required(),
                element));
        return blocks;
    }

    private static String label(FormField field) {
        String words = field.name().replace('_', ' ').strip();
        return words.isEmpty() ? "value" : words;
    }

    private static Optional<List<String>> choices(FormField field) {
        List<String> values =
                field.type() == ParameterType.BOOLEAN && field.allowed().isEmpty()
                        ? List.of("true", "false")
                        : field.allowed();
        boolean fit = !values.isEmpty()
                && values.size() < Limits.OPTIONS
                && values.stream()
                        .allMatch(value ->
                                !value.isEmpty() && value.length() <= Limits.OPTION_TEXT && !value.equals(UNSET));
        return fit ? Optional.of(values) : Optional.empty();
    }

    private static BlockElement select(String action, FormField field, List<String> values, String current) {
        List<OptionObject> options = new ArrayList<>();
        if (!field.required()) {
            options.add(option("(no value)", UNSET));
        }
        // What the plan has now can be chosen again, even when the tool no longer offers it.
        if (!current.isEmpty() && !values.contains(current) && current.length() <= Limits.OPTION_TEXT) {
            options.add(option(current, current));
        }
        values.forEach(value -> options.add(option(value, value)));
        StaticSelectElement.StaticSelectElementBuilder select = StaticSelectElement.builder()
                .actionId(action)
                .placeholder(Block.plain("Choose"))
                .options(List.copyOf(options.subList(0, Math.min(options.size(), Limits.OPTIONS))));
        options.stream()
                .filter(option -> option.getValue().equals(current.isEmpty() ? UNSET : current))
                .findFirst()
                .ifPresent(select::initialOption);
        return select.build();
    }

    private static OptionObject option(String text, String value) {
        return OptionObject.builder().text(Block.plain(text)).value(value).build();
    }

    private static boolean isNumber(FormField field, String current) {
        return switch (field.type()) {
            case INTEGER, PORT -> current.isEmpty() || WHOLE.matcher(current).matches();
            case STRING, BOOLEAN, ENUM, DURATION, HOST, IP, CIDR, URL, PATH, SERVICE, SQL_IDENTIFIER, TARGET, SECRET ->
                false;
        };
    }

    private static BlockElement number(String action, FormField field, String current) {
        NumberInputElement.NumberInputElementBuilder number =
                NumberInputElement.builder().actionId(action).decimalAllowed(false);
        if (!current.isEmpty()) {
            number.initialValue(current);
        }
        if (field.min() != null) {
            number.minValue(field.min().toString());
        }
        if (field.max() != null) {
            number.maxValue(field.max().toString());
        }
        return number.build();
    }

    private static BlockElement text(String action, String current) {
        PlainTextInputElement.PlainTextInputElementBuilder text = PlainTextInputElement.builder()
                .actionId(action)
                .multiline(current.contains("\n"))
                .maxLength(Limits.INPUT_VALUE);
        if (!current.isEmpty()) {
            text.initialValue(current);
        }
        return text.build();
    }
}
