package io.opsconductor.tool;

import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.tool.CommandTemplate.Literal;
import io.opsconductor.tool.CommandTemplate.Part;
import io.opsconductor.tool.CommandTemplate.Placeholder;
import java.util.List;
import java.util.regex.Pattern;

/** Turns templates for Windows and values into what runs there: literals in PowerShell, plain words in a command line. */
final class WindowsRendering {
    /** What no program and no part of the command interpreter reads as anything but itself. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.:@-][A-Za-z0-9_.:@\\\\/-]*");

    /** Each of them ends a text in single quotes. */
    private static final Pattern SINGLE_QUOTES = Pattern.compile("['\u2018\u2019\u201A\u201B]");

    private static final Pattern BLANK_AND_BACKSLASH = Pattern.compile("(?s).*\\s.*\\\\");

    private final RenderedValues values;

    WindowsRendering(RenderedValues values) {
        this.values = values;
    }

    RenderedCommand.PowerShell script(List<Part> parts) {
        StringBuilder script = new StringBuilder();
        for (Part part : parts) {
            script.append(
                    switch (part) {
                        case Literal(String text) -> text;
                        case Placeholder place -> literal(place.parameter());
                    });
        }
        return new RenderedCommand.PowerShell(script.toString());
    }

    /** A value as PowerShell writes it: a number, a truth value, nothing, or a text in single quotes. */
    private String literal(String name) {
        if (values.isAbsent(name)) {
            return "$null";
        }
        String text = values.text(name);
        return switch (values.value(name)) {
            case Boolean _ -> "$" + text;
            case Long n -> n < 0 ? "(" + text + ")" : text;
            case Integer n -> n < 0 ? "(" + text + ")" : text;
            case null, default -> quoted(name, text);
        };
    }

    private String quoted(String name, String text) {
        // Windows PowerShell hands both on to a program in a way in which they begin or swallow another argument.
        if (text.indexOf('"') >= 0) {
            throw values.refused(name, "it contains a double quotation mark");
        }
        if (BLANK_AND_BACKSLASH.matcher(text).matches()) {
            throw values.refused(name, "it contains a blank and ends in a backslash");
        }
        return "'" + SINGLE_QUOTES.matcher(text).replaceAll("$0$0") + "'";
    }

    RenderedCommand.Cmd line(List<Part> parts) {
        StringBuilder line = new StringBuilder();
        for (Part part : parts) {
            line.append(
                    switch (part) {
                        case Literal(String text) -> text;
                        case Placeholder place -> plain(place.parameter());
                    });
        }
        return new RenderedCommand.Cmd(line.toString());
    }

    private String plain(String name) {
        String text = values.text(name);
        if (!PLAIN.matcher(text).matches()) {
            throw values.refused(
                    name,
                    "the command interpreter of Windows takes only letters, digits and _ . : @ \\ / -, and no / at the"
                            + " beginning");
        }
        return text;
    }
}
