package io.opsconductor.tool;

import io.opsconductor.text.Nearest;
import io.opsconductor.text.Shown;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/**
 * The one place where a value is checked against a parameter: by the brain, to ask early, and by the runner, whose
 * answer counts. Every type takes its value as text; whole numbers and booleans may come as such.
 *
 * <p>Normal forms: a {@code Long} for integer, port and duration (whole seconds), a {@code Boolean} for boolean, text
 * for everything else. Checking a normal form again gives the same.
 */
public final class ParameterCheck {
    /** Characters (UTF-16 units) of a text value, at most. */
    public static final int MAX_LENGTH = 1024;

    private static final int MAX_CHOICES = 20;

    private ParameterCheck() {}

    /** The answer. */
    public sealed interface Result {}

    /**
     * The value may be used.
     *
     * @param value its normal form: a {@code String}, {@code Long} or {@code Boolean}
     */
    public record Valid(Object value) implements Result {}

    /**
     * The value may not be used.
     *
     * @param message what was expected and what was found, without the parameter's name
     * @param hint what to do, a sentence; may be empty
     * @param choices values that would be accepted, when there are few; may be empty
     */
    public record Invalid(String message, String hint, List<String> choices) implements Result {
        public Invalid {
            choices = List.copyOf(choices);
        }

        static Invalid of(String expected, String value, String hint) {
            return new Invalid("expected " + expected + ", found " + Shown.quoted(value), hint, List.of());
        }
    }

    /** Checks one value; never throws for any value. */
    public static Result check(CatalogueEntry.Parameter parameter, Object value) {
        Result result = switch (value) {
            case String text -> ofText(parameter, text);
            case Long number -> ofText(parameter, number.toString());
            case Integer number -> ofText(parameter, number.toString());
            case Boolean flag -> ofText(parameter, flag.toString());
            default ->
                new Invalid(
                        "expected " + ParameterForms.words(parameter.type()) + ", found "
                                + (value instanceof Number ? "the number " + value : "a list or an object"),
                        "Give text, a whole number, true or false.",
                        List.of());
        };
        return result instanceof Valid valid ? limits(parameter, valid.value()) : result;
    }

    /** Whether this value of the parameter may begin with a hyphen: the tool's author said so, or wrote the value. */
    static boolean mayBeginWithHyphen(CatalogueEntry.Parameter parameter, String text) {
        return parameter.allowLeadingHyphen()
                || parameter.allowed().contains(text)
                || (parameter.type() == ParameterType.INTEGER
                        && parameter.min() != null
                        && parameter.min() < 0
                        && text.matches("-[0-9]+"));
    }

    private static Result ofText(CatalogueEntry.Parameter parameter, String text) {
        if (text.isEmpty()) {
            return new Invalid(
                    "expected " + ParameterForms.words(parameter.type()) + ", found empty text",
                    "Give a value, or leave the parameter out.",
                    few(parameter.allowed()));
        }
        if (text.length() > MAX_LENGTH) {
            return new Invalid(
                    "expected at most " + MAX_LENGTH + " characters, found " + text.length(),
                    "Shorten the value.",
                    List.of());
        }
        int hidden = text.codePoints().filter(Shown::isHidden).findFirst().orElse(-1);
        if (hidden >= 0) {
            return new Invalid(
                    "expected characters that can be seen, found " + Shown.escape(hidden) + " in " + Shown.quoted(text),
                    "Leave out line breaks, control characters and invisible characters.",
                    List.of());
        }
        if (text.startsWith("-") && !mayBeginWithHyphen(parameter, text)) {
            return Invalid.of(
                    "a value that does not begin with a hyphen", text, "Programs would take it as an option.");
        }
        return ParameterForms.check(parameter.type(), text);
    }

    private static Result limits(CatalogueEntry.Parameter parameter, Object value) {
        String text = value.toString();
        if (!parameter.allowed().isEmpty() && !parameter.allowed().contains(text)) {
            List<String> nearest = Nearest.of(text, parameter.allowed(), 3);
            return new Invalid(
                    "expected one of " + String.join(", ", few(parameter.allowed())) + ", found " + Shown.quoted(text),
                    nearest.isEmpty() ? "" : "Did you mean " + String.join(" or ", nearest) + "?",
                    few(parameter.allowed()));
        }
        if (value instanceof Long number) {
            Long min = parameter.min();
            Long max = parameter.max();
            if ((min != null && number < min) || (max != null && number > max)) {
                return Invalid.of(ParameterForms.range(parameter), text, "");
            }
        }
        String pattern = parameter.pattern();
        return pattern == null ? new Valid(value) : matching(pattern, text, value);
    }

    private static Result matching(String pattern, String text, Object value) {
        try {
            return BoundedPattern.matches(pattern, text)
                    ? new Valid(value)
                    : Invalid.of("text that matches " + pattern, text, "");
        } catch (PatternSyntaxException e) {
            return Invalid.of("a parameter with a valid pattern", pattern, "Correct the tool's file.");
        } catch (BoundedPattern.TooCostly e) {
            return Invalid.of("text that is quickly matched with " + pattern, text, "Simplify the tool's pattern.");
        }
    }

    private static List<String> few(List<String> choices) {
        return choices.size() <= MAX_CHOICES ? choices : choices.subList(0, MAX_CHOICES);
    }
}
