package io.opsconductor.tool;

import io.opsconductor.tool.CommandTemplate.Literal;
import io.opsconductor.tool.CommandTemplate.Part;
import io.opsconductor.tool.CommandTemplate.Placeholder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds where values go in a line for Windows' command interpreter. It has no quoting that holds for every program, so a
 * value must be one that needs none, and stand outside quotes.
 */
final class CmdLineParser {
    private static final Pattern EVALUATOR = Pattern.compile(
            "(?<![\\w-])(cmd(\\.exe)?|powershell(\\.exe)?|pwsh(\\.exe)?|call|for|start|wmic)(?![\\w-])");

    private CmdLineParser() {}

    /** Parses; mistakes are added to {@code errors}, and the result is then of no use. */
    static CommandTemplate.CmdLine parse(
            String template, Set<String> declared, Set<String> optional, List<TemplateError> errors) {
        List<Part> parts = new ArrayList<>();
        for (Part part : TextParts.of(template, declared, errors)) {
            parts.add(part);
            if (part instanceof Placeholder place) {
                check(template, place, optional, errors);
            }
        }
        int line = template.indexOf('\n');
        if (line >= 0) {
            errors.add(new TemplateError(
                    line,
                    "expected one command on one line, found a second line",
                    "Join them with &&, or write a powershell template."));
        }
        boolean hasValues = parts.stream().anyMatch(Placeholder.class::isInstance);
        Matcher evaluator = EVALUATOR.matcher(template.toLowerCase(Locale.ROOT));
        if (hasValues && evaluator.find()) {
            errors.add(new TemplateError(
                    evaluator.start(),
                    "expected no values beside " + evaluator.group() + ", which could run them, found some",
                    "Write a powershell template."));
        }
        return new CommandTemplate.CmdLine(parts.isEmpty() ? List.of(new Literal("")) : parts);
    }

    private static void check(String template, Placeholder place, Set<String> optional, List<TemplateError> errors) {
        String name = "{" + place.parameter() + "}";
        String ahead = template.substring(0, place.offset());
        if (ahead.chars().filter(c -> c == '"').count() % 2 == 1) {
            errors.add(new TemplateError(
                    place.offset(), "expected no value inside quotes, found " + name, "Write it without quotes."));
        }
        String before = ahead.stripTrailing();
        if (before.isEmpty() || "&|(".indexOf(before.charAt(before.length() - 1)) >= 0) {
            errors.add(new TemplateError(
                    place.offset(),
                    "expected fixed text, found " + name + " as the program to run",
                    "Write the program out; values are for its arguments."));
        }
        if (!ahead.isEmpty() && " \t=:".indexOf(ahead.charAt(ahead.length() - 1)) < 0) {
            errors.add(new TemplateError(
                    place.offset(),
                    "expected a value after a blank, = or :, found " + name + " joined to other text",
                    "Put a blank before it, or write a powershell template."));
        }
        if (optional.contains(place.parameter())) {
            errors.add(new TemplateError(
                    place.offset(),
                    "expected a value that is always there, found " + name + ", which may be absent",
                    "Make the parameter required, or give it a default."));
        }
    }
}
