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
 * Finds where values go in a PowerShell script. A value becomes a literal, so its place must be one where PowerShell
 * expects a value: a word of its own, outside quotes, here-strings and comments.
 */
final class PowerShellParser {
    /** PowerShell takes each of these for the plain one. */
    private static final String SINGLE = "'\u2018\u2019\u201A\u201B";

    private static final String DOUBLE = "\"\u201C\u201D\u201E";
    private static final String BEFORE = " \t\r\n(,=;{[|:!";
    private static final String AFTER = " \t\r\n),;}]|.";

    /** What would run a text as a program, or hand it to something that does. */
    private static final Pattern EVALUATOR = Pattern.compile(
            "(?<![\\w-])(iex|invoke-expression|add-type|powershell(\\.exe)?|pwsh(\\.exe)?|cmd(\\.exe)?)(?![\\w-])"
                    + "|\\[(management\\.automation\\.)?scriptblock\\]|invokescript|newscriptblock");

    private static final String NOT_IN_TEXT =
            "Give it to a variable first: $v = {name}; then write \"... $v ...\", or join texts with +.";

    private final String template;
    private final List<TemplateError> errors;
    private final Braces braces;
    private final List<Part> parts = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();
    /** The code without texts and comments, for looking at its words. */
    private final StringBuilder bare = new StringBuilder();

    private int at;

    private PowerShellParser(String template, Set<String> declared, List<TemplateError> errors) {
        this.template = template;
        this.errors = errors;
        this.braces = new Braces(template, declared, errors);
    }

    /** Parses; mistakes are added to {@code errors}, and the result is then of no use. */
    static CommandTemplate.PowerShell parse(String template, Set<String> declared, List<TemplateError> errors) {
        PowerShellParser parser = new PowerShellParser(template, declared, errors);
        parser.code(false);
        parser.flush();
        parser.evaluators();
        return new CommandTemplate.PowerShell(parser.parts);
    }

    /** Code, to the end or to the bracket that closes a subexpression in a text. */
    private void code(boolean subexpression) {
        int open = 0;
        while (at < template.length()) {
            char c = template.charAt(at);
            if (template.startsWith("<#", at)) {
                commentTo("#>");
            } else if (c == '#' && isTokenStart()) {
                commentTo("\n");
            } else if (c == '@' && at + 1 < template.length() && isQuote(template.charAt(at + 1))) {
                hereString();
            } else if (SINGLE.indexOf(c) >= 0) {
                singleQuoted();
            } else if (DOUBLE.indexOf(c) >= 0) {
                doubleQuoted();
            } else if (c == '`') {
                copy(Math.min(2, template.length() - at));
            } else if (c == '{') {
                place();
            } else {
                open += c == '(' ? 1 : c == ')' ? -1 : 0;
                bare.append(c);
                copy(1);
                if (subexpression && open < 0) {
                    return;
                }
            }
        }
        if (subexpression) {
            refuse(template.length(), "the ) that closes $(, found the end", "Close it.");
        }
    }

    private void place() {
        Braces.Token token = braces.read(at);
        if (token.parameter() == null) {
            literal.append(token.literal());
            bare.append(token.literal());
            at = token.end();
            return;
        }
        String name = "{" + token.parameter() + "}";
        char before = at == 0 ? ' ' : template.charAt(at - 1);
        char after = token.end() == template.length() ? ' ' : template.charAt(token.end());
        if (BEFORE.indexOf(before) < 0 || AFTER.indexOf(after) < 0) {
            refuse(
                    at,
                    "a value as a word of its own, found " + name + " joined to other text",
                    NOT_IN_TEXT.replace("{name}", name));
        }
        String ahead = bare.toString().stripTrailing();
        if (ahead.endsWith("&") || ahead.endsWith(".")) {
            refuse(
                    at,
                    "fixed text, found " + name + " as the program to run",
                    "Write the program out; values are for its arguments.");
        }
        flush();
        parts.add(new Placeholder(token.parameter(), at));
        bare.append("0");
        at = token.end();
    }

    private boolean isTokenStart() {
        return at == 0 || " \t\r\n;(){}|,=".indexOf(template.charAt(at - 1)) >= 0;
    }

    private static boolean isQuote(char c) {
        return SINGLE.indexOf(c) >= 0 || DOUBLE.indexOf(c) >= 0;
    }

    private void commentTo(String end) {
        int close = template.indexOf(end, at + 1);
        int to = close < 0 ? template.length() : end.equals("\n") ? close : close + end.length();
        text(to, "a comment", "Take it out of the comment.");
    }

    private void singleQuoted() {
        int start = at;
        int to = at + 1;
        while (to < template.length()) {
            boolean quote = SINGLE.indexOf(template.charAt(to)) >= 0;
            if (quote && to + 1 < template.length() && SINGLE.indexOf(template.charAt(to + 1)) >= 0) {
                to += 2;
            } else if (quote) {
                text(to + 1, "quotes", NOT_IN_TEXT);
                return;
            } else {
                to++;
            }
        }
        refuse(start, "the quote that closes this one, found the end", "Close it.");
        text(template.length(), "quotes", NOT_IN_TEXT);
    }

    private void doubleQuoted() {
        int start = at;
        copy(1);
        while (at < template.length()) {
            char c = template.charAt(at);
            if (DOUBLE.indexOf(c) >= 0) {
                boolean doubled = at + 1 < template.length() && DOUBLE.indexOf(template.charAt(at + 1)) >= 0;
                copy(doubled ? 2 : 1);
                if (!doubled) {
                    return;
                }
            } else if (c == '`') {
                copy(Math.min(2, template.length() - at));
            } else if (template.startsWith("$(", at)) {
                copy(2);
                bare.append(" ; ");
                code(true);
            } else if (c == '{') {
                inText("quotes", NOT_IN_TEXT);
            } else {
                copy(1);
            }
        }
        refuse(start, "the quote that closes this one, found the end", "Close it.");
    }

    /** From {@code @'} to a line that begins with {@code '@}; the double form too, whose subexpressions hold no values. */
    private void hereString() {
        int start = at;
        String quotes = SINGLE.indexOf(template.charAt(at + 1)) >= 0 ? SINGLE : DOUBLE;
        Matcher end = Pattern.compile("\n[" + quotes + "]@").matcher(template);
        if (end.find(at)) {
            text(end.end(), "a here-string", NOT_IN_TEXT);
        } else {
            refuse(start, "a line that begins with '@ or \"@, found the end", "Close the here-string.");
            text(template.length(), "a here-string", NOT_IN_TEXT);
        }
    }

    private void text(int to, String where, String fix) {
        while (at < to) {
            if (template.charAt(at) == '{') {
                inText(where, fix);
            } else {
                copy(1);
            }
        }
    }

    private void inText(String where, String fix) {
        Braces.Token token = braces.readLiteral(at, where, fix);
        literal.append(token.literal());
        at = token.end();
    }

    private void evaluators() {
        Matcher found = EVALUATOR.matcher(bare.toString().toLowerCase(Locale.ROOT));
        if (!found.find()) {
            return;
        }
        for (Part part : parts) {
            if (part instanceof Placeholder(String parameter, int offset)) {
                refuse(
                        offset,
                        "no values beside " + found.group() + ", which could run them, found {" + parameter + "}",
                        "Do it without, or make it a tool without parameters.");
            }
        }
    }

    private void copy(int length) {
        literal.append(template, at, at + length);
        at += length;
    }

    private void refuse(int offset, String expectedAndFound, String fix) {
        errors.add(new TemplateError(offset, "expected " + expectedAndFound, fix));
    }

    private void flush() {
        if (!literal.isEmpty()) {
            parts.add(new Literal(literal.toString()));
            literal.setLength(0);
        }
    }
}
