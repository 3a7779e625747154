package io.opsconductor.tool;

import io.opsconductor.tool.CommandTemplate.Arguments;
import io.opsconductor.tool.CommandTemplate.Literal;
import io.opsconductor.tool.CommandTemplate.Part;
import io.opsconductor.tool.CommandTemplate.Placeholder;
import io.opsconductor.tool.CommandTemplate.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Splits the template of a local command into arguments, once, when the tool is loaded. Blanks separate; single quotes
 * keep everything; double quotes keep everything but a backslash before {@code " \ $ `}; elsewhere a backslash keeps the
 * next character. What only a shell would understand is an error, because no shell runs.
 */
final class ArgumentsParser {
    private static final String NO_SHELL =
            "A local command runs without a shell: quote the text if it is meant as it stands,"
                    + " or run it by bash -c '...' with the values as further words.";

    private final String template;
    private final List<TemplateError> errors;
    private final Braces braces;
    private final List<Word> words = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();
    private List<Part> parts = new ArrayList<>();
    private boolean inWord;
    private int at;

    private ArgumentsParser(String template, Set<String> declared, List<TemplateError> errors) {
        this.template = template;
        this.errors = errors;
        this.braces = new Braces(template, declared, errors);
    }

    /** Parses; mistakes are added to {@code errors}, and the result is then of no use. */
    static Arguments parse(String template, Set<String> declared, List<TemplateError> errors) {
        return new ArgumentsParser(template, declared, errors).parse();
    }

    private Arguments parse() {
        while (at < template.length()) {
            char c = template.charAt(at);
            switch (c) {
                case ' ', '\t' -> {
                    endWord();
                    at++;
                }
                case '\n' -> {
                    errors.add(new TemplateError(
                            at,
                            "expected one command on one line, found a second line",
                            "Join the lines, or fold them with > in YAML."));
                    endWord();
                    at++;
                }
                case '\'' -> singleQuoted();
                case '"' -> doubleQuoted();
                case '\\' -> escaped();
                case '{' -> brace();
                case '|', '&', ';', '<', '>', '(', ')', '`', '*', '?' -> shellOnly("a shell's " + c);
                case '~' -> {
                    if (inWord) {
                        literal(c);
                    } else {
                        shellOnly("a shell's ~");
                    }
                }
                case '$' -> dollar();
                default -> literal(c);
            }
        }
        endWord();
        if (words.isEmpty() && errors.isEmpty()) {
            errors.add(new TemplateError(0, "expected a command, found none", ""));
        }
        return new Arguments(words);
    }

    private void literal(char c) {
        inWord = true;
        literal.append(c);
        at++;
    }

    private void shellOnly(String what) {
        errors.add(new TemplateError(at, "expected words, found " + what, NO_SHELL));
        literal(template.charAt(at));
    }

    private void dollar() {
        boolean expands = at + 1 < template.length()
                && (Character.isLetterOrDigit(template.charAt(at + 1))
                        || "_{(@*#?$!".indexOf(template.charAt(at + 1)) >= 0);
        if (expands) {
            shellOnly("a shell's $");
        } else {
            literal('$');
        }
    }

    private void escaped() {
        if (at + 1 == template.length()) {
            errors.add(new TemplateError(
                    at, "expected a character after the backslash, found the end", "Remove the backslash."));
            at++;
        } else {
            at++;
            literal(template.charAt(at));
        }
    }

    private void brace() {
        inWord = true;
        Braces.Token token = braces.read(at);
        if (token.parameter() == null) {
            literal.append(token.literal());
        } else {
            endLiteral();
            parts.add(new Placeholder(token.parameter(), at));
        }
        at = token.end();
    }

    private void singleQuoted() {
        int open = at++;
        inWord = true;
        while (at < template.length() && template.charAt(at) != '\'') {
            if (template.charAt(at) == '{') {
                brace();
            } else {
                literal(template.charAt(at));
            }
        }
        close(open, "single");
    }

    private void doubleQuoted() {
        int open = at++;
        inWord = true;
        while (at < template.length() && template.charAt(at) != '"') {
            char c = template.charAt(at);
            switch (c) {
                case '{' -> brace();
                case '`' -> shellOnly("a shell's `");
                case '$' -> dollar();
                case '\\' -> {
                    if (at + 1 < template.length() && "\"\\$`".indexOf(template.charAt(at + 1)) >= 0) {
                        at++;
                    }
                    literal(template.charAt(at));
                }
                default -> literal(c);
            }
        }
        close(open, "double");
    }

    private void close(int open, String kind) {
        if (at == template.length()) {
            errors.add(new TemplateError(
                    open, "expected a closing " + kind + " quote, found the end of the command", "Close the quote."));
        } else {
            at++;
        }
    }

    private void endLiteral() {
        if (!literal.isEmpty()) {
            parts.add(new Literal(literal.toString()));
            literal.setLength(0);
        }
    }

    private void endWord() {
        endLiteral();
        if (inWord) {
            words.add(new Word(parts));
            parts = new ArrayList<>();
            inWord = false;
        }
    }
}
