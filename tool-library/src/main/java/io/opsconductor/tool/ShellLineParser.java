package io.opsconductor.tool;

import io.opsconductor.tool.CommandTemplate.Between;
import io.opsconductor.tool.CommandTemplate.Literal;
import io.opsconductor.tool.CommandTemplate.Part;
import io.opsconductor.tool.CommandTemplate.Piece;
import io.opsconductor.tool.CommandTemplate.Placeholder;
import io.opsconductor.tool.CommandTemplate.ShellLine;
import io.opsconductor.tool.CommandTemplate.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds the places of values in a line for a POSIX shell, and refuses those where a quoted value would not stay one
 * piece of data: inside quotes, backquotes, {@code ${...}}, {@code $((...))}, comments and here-documents.
 */
final class ShellLineParser {
    private static final int MAX_NESTING = 20;
    private static final String QUOTES_FIX =
            "Take it out of the quotes; values are quoted when the command is rendered.";
    private static final String VARIABLE_FIX = "Give the value to a variable first, as in v={name}, then use \"$v\".";
    // Not a variable: a shell's arithmetic evaluates what is in it once more.
    private static final String ARITHMETIC_FIX = "Compute with awk -v n={name} '...' instead.";

    private final String template;
    private final List<TemplateError> errors;
    private final Braces braces;
    private final List<Piece> pieces = new ArrayList<>();
    private final StringBuilder between = new StringBuilder();
    private final StringBuilder literal = new StringBuilder();
    private List<Part> parts = new ArrayList<>();
    private int at;
    private int nesting;

    private ShellLineParser(String template, Set<String> declared, List<TemplateError> errors) {
        this.template = template;
        this.errors = errors;
        this.braces = new Braces(template, declared, errors);
    }

    /** Parses; mistakes are added to {@code errors}, and the result is then of no use. */
    static ShellLine parse(String template, Set<String> declared, List<TemplateError> errors) {
        return new ShellLineParser(template, declared, errors).parse();
    }

    private ShellLine parse() {
        while (at < template.length()) {
            char c = template.charAt(at);
            switch (c) {
                case ' ', '\t', '\n', '|', '&', ';', '>', ')' -> between(1);
                case '(' -> {
                    if (template.startsWith("((", at)) {
                        error(
                                at,
                                "expected POSIX shell, found ((",
                                "Write [ ... ] for a comparison, or ( ( with a blank.");
                        between(1);
                    }
                    between(1);
                }
                case '<' -> {
                    if (template.startsWith("<<", at)) {
                        error(at, "expected no here-document, found <<", "Use printf '%s' ... | instead.");
                        between(1);
                    }
                    between(1);
                }
                case '\\' -> {
                    if (template.startsWith("\\\n", at)) {
                        between(2);
                    } else {
                        quotedOr(c, "quotes", QUOTES_FIX);
                    }
                }
                case '#' -> {
                    if (inWord()) {
                        take(1);
                    } else {
                        comment();
                    }
                }
                case '{' -> brace();
                case '$' -> {
                    if (template.startsWith("$(", at) && !template.startsWith("$((", at)) {
                        between(2);
                    } else {
                        dollar("$((...))", ARITHMETIC_FIX);
                    }
                }
                default -> quotedOr(c, "quotes", QUOTES_FIX);
            }
        }
        endWord();
        endBetween();
        if (pieces.isEmpty() && errors.isEmpty()) {
            error(0, "expected a command, found none", "");
        }
        return new ShellLine(pieces);
    }

    private boolean inWord() {
        return !literal.isEmpty() || !parts.isEmpty();
    }

    private void brace() {
        Braces.Token token = braces.read(at);
        endBetween();
        if (token.parameter() == null) {
            literal.append(token.literal());
        } else {
            endLiteral();
            parts.add(new Placeholder(token.parameter(), at));
        }
        at = token.end();
    }

    /** Consumes what begins here: a quoted part, an escaped character, or one character as it is. */
    private void quotedOr(char c, String where, String fix) {
        switch (c) {
            case '\'' -> single();
            case '"' -> nested(this::doubleQuoted);
            case '`' -> nested(this::backquoted);
            case '\\' -> {
                if (at + 1 == template.length()) {
                    error(at, "expected a character after the backslash, found the end", "Remove the backslash.");
                }
                take(Math.min(2, template.length() - at));
            }
            case '{' -> literalBrace(where, fix);
            default -> take(1);
        }
    }

    private void dollar(String where, String fix) {
        char next = at + 1 < template.length() ? template.charAt(at + 1) : ' ';
        switch (next) {
            case '(' -> nested(() -> until("$(", ')', '(', where, fix));
            case '{' -> {
                Braces.Token token = braces.read(at + 1);
                if (token.end() > at + 2) {
                    take(token.end() - at);
                } else {
                    nested(() -> until("${", '}', '{', "${...}", VARIABLE_FIX));
                }
            }
            case '\'', '"' -> {
                error(at, "expected POSIX quotes, found $" + next, "Write the text in plain single quotes.");
                take(1);
            }
            case '[' -> {
                error(at, "expected POSIX shell, found $[", ARITHMETIC_FIX);
                take(1);
            }
            case '$', '?', '!', '#', '*', '@', '-' -> take(2);
            default -> {
                take(1);
                while (at < template.length()
                        && (Character.isLetterOrDigit(template.charAt(at)) || template.charAt(at) == '_')) {
                    take(1);
                }
            }
        }
    }

    private void single() {
        int open = at;
        take(1);
        while (at < template.length() && template.charAt(at) != '\'') {
            if (template.charAt(at) == '{') {
                literalBrace("quotes", QUOTES_FIX);
            } else {
                take(1);
            }
        }
        close(open, "single quote");
    }

    private void doubleQuoted() {
        int open = at;
        take(1);
        while (at < template.length() && template.charAt(at) != '"') {
            char c = template.charAt(at);
            switch (c) {
                case '\'' -> take(1);
                case '$' -> dollar("quotes", QUOTES_FIX);
                default -> quotedOr(c, "quotes", QUOTES_FIX);
            }
        }
        close(open, "double quote");
    }

    private void backquoted() {
        int open = at;
        take(1);
        while (at < template.length() && template.charAt(at) != '`') {
            char c = template.charAt(at);
            if (c == '\\' || c == '{') {
                quotedOr(c, "backquotes", "Write $(...) in place of the backquotes.");
            } else {
                take(1);
            }
        }
        close(open, "backquote");
    }

    private void until(String opening, char closing, char deeper, String where, String fix) {
        int open = at;
        take(opening.length());
        int depth = 1;
        while (at < template.length()) {
            char c = template.charAt(at);
            if (c == closing && --depth == 0) {
                break;
            }
            if (c == closing) {
                take(1);
            } else if (c == deeper && closing == ')') {
                depth++;
                take(1);
            } else if (c == '$') {
                dollar(where, fix);
            } else {
                quotedOr(c, where, fix);
            }
        }
        close(open, "closing " + closing);
    }

    private void comment() {
        endWord();
        while (at < template.length() && template.charAt(at) != '\n') {
            if (template.charAt(at) == '{') {
                Braces.Token token = braces.readLiteral(at, "a comment", "Take it out of the comment.");
                between.append(token.literal());
                at = token.end();
            } else {
                between(1);
            }
        }
    }

    private void literalBrace(String where, String fix) {
        Braces.Token token = braces.readLiteral(at, where, fix);
        endBetween();
        literal.append(token.literal());
        at = token.end();
    }

    private void nested(Runnable part) {
        if (++nesting > MAX_NESTING) {
            error(
                    at,
                    "expected at most " + MAX_NESTING + " levels of quotes and substitutions, found more",
                    "Put the logic into a script on the target.");
            at = template.length();
        } else {
            part.run();
        }
        nesting--;
    }

    private void take(int characters) {
        endBetween();
        literal.append(template, at, at + characters);
        at += characters;
    }

    private void between(int characters) {
        endWord();
        between.append(template, at, at + characters);
        at += characters;
    }

    private void close(int open, String what) {
        if (at >= template.length()) {
            error(open, "expected a " + what + ", found the end of the command", "Close it.");
        } else {
            take(1);
        }
    }

    private void error(int offset, String message, String fix) {
        errors.add(new TemplateError(offset, message, fix));
    }

    private void endBetween() {
        if (!between.isEmpty()) {
            pieces.add(new Between(between.toString()));
            between.setLength(0);
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
        if (!parts.isEmpty()) {
            pieces.add(new Word(parts));
            parts = new ArrayList<>();
        }
    }
}
