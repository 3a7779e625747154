package io.opsconductor.tool;

import io.opsconductor.text.Nearest;
import io.opsconductor.text.Shown;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What braces mean in a template: {@code {name}} is the place of a parameter's value and {@code {{name}}} stands for the
 * text {@code {name}}. Everything else is left alone: braces around anything but a name, and a name right after
 * {@code $} or {@code %}, which are the shell's and curl's own.
 */
final class Braces {
    private static final Pattern NAMED = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_-]*)}");
    private static final Pattern ESCAPED = Pattern.compile("\\{(\\{[A-Za-z_][A-Za-z0-9_-]*})}");

    private final String template;
    private final Set<String> declared;
    private final List<TemplateError> errors;

    Braces(String template, Set<String> declared, List<TemplateError> errors) {
        this.template = template;
        this.declared = declared;
        this.errors = errors;
    }

    /**
     * What begins at an opening brace.
     *
     * @param parameter the declared parameter whose value goes here; null for literal text
     * @param literal the text it stands for; empty for a parameter
     * @param end offset after it
     */
    record Token(@Nullable String parameter, String literal, int end) {}

    /** Reads at an opening brace; an undeclared name is an error and taken as text. */
    Token read(int at) {
        Matcher escaped = matcher(ESCAPED, at);
        if (escaped.lookingAt()) {
            return new Token(null, escaped.group(1), escaped.end());
        }
        Matcher named = matcher(NAMED, at);
        if (!named.lookingAt()) {
            return new Token(null, "{", at + 1);
        }
        String name = named.group(1);
        boolean known = declared.contains(name);
        char before = at == 0 ? ' ' : template.charAt(at - 1);
        if (before == '$' || before == '%') {
            if (known) {
                errors.add(new TemplateError(
                        at - 1,
                        "expected a parameter or a variable, found " + Shown.quoted(before + named.group())
                                + ", which could be either",
                        before == '$'
                                ? "Write {" + name
                                        + "} for the parameter; rename the parameter if the shell's variable is meant."
                                : "Put the % in quotes: '%'{" + name + "}."));
            }
            return new Token(null, named.group(), named.end());
        }
        if (!known) {
            List<String> nearest = Nearest.of(name, declared, 1);
            errors.add(new TemplateError(
                    at,
                    "expected the name of a declared parameter between braces, found " + Shown.quoted(named.group()),
                    (nearest.isEmpty() ? "Declare the parameter" : "Write {" + nearest.getFirst() + "}")
                            + ", or write {{" + name + "}} for the text " + named.group() + " itself."));
        }
        return known ? new Token(name, "", named.end()) : new Token(null, named.group(), named.end());
    }

    /** Reads at an opening brace where no value may stand. */
    Token readLiteral(int at, String where, String fix) {
        Token token = read(at);
        if (token.parameter() != null) {
            errors.add(new TemplateError(
                    at, "expected no value inside " + where + ", found {" + token.parameter() + "}", fix));
            return new Token(null, template.substring(at, token.end()), token.end());
        }
        return token;
    }

    private Matcher matcher(Pattern pattern, int at) {
        return pattern.matcher(template).region(at, template.length());
    }
}
