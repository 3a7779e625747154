package io.opsconductor.tool;

import io.opsconductor.plan.Effect;
import io.opsconductor.text.Shown;
import io.opsconductor.tool.CommandTemplate.Literal;
import io.opsconductor.tool.CommandTemplate.Part;
import io.opsconductor.tool.CommandTemplate.Placeholder;
import io.opsconductor.yaml.Finding;
import io.opsconductor.yaml.YamlFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the statement of a database tool: exactly one, with values only where a database can bind them. What the
 * databases read differently (backslashes in quotes, dollar quotes, a MySQL comment that runs) is refused, so that the
 * place of a value means the same here and there.
 */
final class StatementReader {
    static final int DEFAULT_MAX_ROWS = 100;

    /** How a statement begins that only looks. The session refuses changes as well. */
    private static final Set<String> LOOKING =
            Set.of("select", "with", "values", "table", "show", "explain", "describe", "desc", "pragma");

    private static final Pattern TO_FILE = Pattern.compile("\\binto\\s+(outfile|dumpfile)\\b");

    private final YamlFile file;
    private final String key;
    private final Set<String> declared;
    private final Effect effect;
    private final List<Finding> findings;
    private final String text;
    private final int lead;
    private final List<TemplateError> errors = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();
    /** The statement without what stands in quotes and comments, for looking at its words. */
    private final StringBuilder bare = new StringBuilder();

    /**
     * @param key where the statement stands in the file
     */
    StatementReader(YamlFile file, String key, Set<String> declared, Effect effect, List<Finding> findings) {
        this.file = file;
        this.key = key;
        this.declared = declared;
        this.effect = effect;
        this.findings = findings;
        String written = file.root().path(key).asText();
        String stripped = written.strip();
        this.lead = written.indexOf(stripped);
        this.text = stripped.endsWith(";")
                ? stripped.substring(0, stripped.length() - 1).stripTrailing()
                : stripped;
    }

    CommandTemplate.Statement read() {
        Braces braces = new Braces(text, declared, errors);
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
            if (c == '\'' || c == '"' || c == '`') {
                at = quoted(at, c);
            } else if (c == '-' && next == '-') {
                at = comment(at, "\n");
            } else if (c == '/' && next == '*') {
                at = comment(at, "*/");
            } else if (c == '{') {
                Braces.Token token = braces.read(at);
                if (token.parameter() == null) {
                    refuse(at, "a brace", "Write {parameter} where a value goes; braces have no other meaning here.");
                } else {
                    flush();
                    parts.add(new Placeholder(token.parameter(), at));
                    bare.append(" x ");
                }
                at = token.end();
            } else {
                plain(at, c, next);
                literal.append(c);
                bare.append(c);
                at++;
            }
        }
        flush();
        words();
        for (TemplateError error : errors) {
            findings.add(Finding.error(
                    file.name(),
                    file.placeInside("/" + key, lead + error.offset()),
                    key,
                    error.message(),
                    error.fix()));
        }
        return new CommandTemplate.Statement(parts, file.root().path("max_rows").asInt(DEFAULT_MAX_ROWS));
    }

    private void plain(int at, char c, char next) {
        if (c == ';') {
            errors.add(new TemplateError(
                    at, "expected exactly one statement, found a semicolon", "Make a tool of each statement."));
        } else if (c == '?') {
            refuse(at, "a question mark", "Write {parameter} where a value goes.");
        } else if (c == '$' && (next == '$' || Character.isLetter(next))) {
            refuse(at, "a dollar quote", "Use single quotes.");
        } else if (c == '}') {
            refuse(at, "a closing brace", "Remove it.");
        }
    }

    /** Text within quotes ends at the next quote of its kind; a doubled one begins the next piece. */
    private int quoted(int from, char quote) {
        int end = text.indexOf(quote, from + 1);
        if (end < 0) {
            refuse(from, "a quote that is never closed", "Close it.");
            return copy(from, text.length());
        }
        String inside = text.substring(from + 1, end);
        if (inside.indexOf('\\') >= 0) {
            refuse(
                    from + 1 + inside.indexOf('\\'),
                    "a backslash in quotes, which databases read differently",
                    "Make the text a parameter, or build it with chr().");
        }
        for (String name : declared) {
            int place = inside.indexOf("{" + name + "}");
            if (place >= 0) {
                errors.add(new TemplateError(
                        from + 1 + place,
                        "expected no value inside quotes, found {" + name + "}",
                        "Write {" + name + "} without quotes; it is bound as a value"
                                + (quote == '\'' ? "." : ", or quoted as a name when its type is sql-identifier.")));
            }
        }
        bare.append(" q ");
        return copy(from, end + 1);
    }

    private int comment(int from, String closing) {
        if (text.startsWith("/*!", from) || text.startsWith("/*M!", from) || text.startsWith("/*+", from)) {
            refuse(from, "a comment that some databases run", "Remove it.");
        }
        int end = text.indexOf(closing, from + 2);
        int after = end < 0 ? text.length() : end + closing.length();
        if (text.substring(from, after).indexOf('{') >= 0) {
            refuse(from, "a brace in a comment", "Remove it.");
        }
        bare.append(' ');
        return copy(from, after);
    }

    private int copy(int from, int to) {
        literal.append(text, from, to);
        return to;
    }

    private void words() {
        String words = bare.toString().toLowerCase(Locale.ROOT).strip();
        int letters = 0;
        while (letters < words.length() && Character.isLetter(words.charAt(letters))) {
            letters++;
        }
        String first = words.substring(0, letters);
        if (effect == Effect.READ && !LOOKING.contains(first)) {
            errors.add(new TemplateError(
                    0,
                    "expected a statement that only looks beside effect read, found one that begins with "
                            + Shown.quoted(first),
                    "Write \"effect: change\" or \"effect: destroy\"."));
        }
        if (effect == Effect.READ && TO_FILE.matcher(words).find()) {
            errors.add(new TemplateError(
                    0, "expected a statement that only looks beside effect read, found one that writes a file", ""));
        }
    }

    private void refuse(int at, String found, String fix) {
        errors.add(new TemplateError(at, "expected a statement that every database reads alike, found " + found, fix));
    }

    private void flush() {
        if (!literal.isEmpty()) {
            parts.add(new Literal(literal.toString()));
            literal.setLength(0);
        }
    }
}
