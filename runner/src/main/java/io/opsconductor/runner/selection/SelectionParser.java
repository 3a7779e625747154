package io.opsconductor.runner.selection;

import io.opsconductor.runner.selection.Selection.Wanted;
import io.opsconductor.text.Nearest;
import io.opsconductor.text.Shown;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads a selection: words and {@code key:value} joined by {@code and}, {@code or}, {@code not} and parentheses, where {@code
 * not} binds more closely than {@code and}, and {@code and} more closely than {@code or}.
 */
final class SelectionParser {
    static final int MAX_LENGTH = 2_000;
    static final int MAX_TERMS = 200;
    static final int MAX_NESTING = 30;

    private static final String TERM =
            "a name, a pattern such as web-*, group:, env:, label:, platform:, name:, all, not or (";
    private static final List<String> KEYS = List.of("group", "env", "environment", "label", "platform", "name");

    private final String text;
    private int at;
    private int terms;

    private SelectionParser(String text) {
        this.text = text;
    }

    private static final class Wrong extends RuntimeException {
        private final int column;
        private final String message;

        Wrong(int index, String message) {
            super(message, null, false, false);
            this.column = index + 1;
            this.message = message;
        }
    }

    static Parsed parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return new Parsed.Bad(1, "expected at most " + MAX_LENGTH + " characters, found " + text.length());
        }
        SelectionParser parser = new SelectionParser(text);
        try {
            Selection selection = parser.either(0);
            if (!parser.atEnd()) {
                throw parser.wrong("and, or, or the end");
            }
            return new Parsed.Good(selection);
        } catch (Wrong wrong) {
            return new Parsed.Bad(wrong.column, wrong.message);
        }
    }

    private Selection either(int nesting) {
        Selection left = both(nesting);
        while (takeWord("or")) {
            left = new Selection.Either(left, both(nesting));
        }
        return left;
    }

    private Selection both(int nesting) {
        Selection left = term(nesting);
        while (takeWord("and")) {
            left = new Selection.Both(left, term(nesting));
        }
        return left;
    }

    private Selection term(int nesting) {
        if (nesting > MAX_NESTING) {
            throw new Wrong(at, "expected at most " + MAX_NESTING + " levels of parentheses and not, found more");
        }
        if (atEnd()) {
            throw wrong(TERM);
        }
        if (takeWord("not")) {
            return new Selection.Not(term(nesting + 1));
        }
        if (text.charAt(at) == '(') {
            int open = at++;
            Selection inner = either(nesting + 1);
            if (atEnd() || text.charAt(at) != ')') {
                throw wrong(") for the ( at " + (open + 1));
            }
            at++;
            return inner;
        }
        if (text.charAt(at) == ')' || isWord("and") || isWord("or")) {
            throw wrong(TERM);
        }
        if (++terms > MAX_TERMS) {
            throw new Wrong(at, "expected at most " + MAX_TERMS + " terms, found more");
        }
        return primary();
    }

    private Selection primary() {
        int begin = at;
        String word = bare();
        if (at < text.length() && text.charAt(at) == ':') {
            return keyed(word, begin);
        }
        if (at < text.length() && text.charAt(at) == '"') {
            if (!word.isEmpty()) {
                throw wrong("and, or, or the end");
            }
            return new Selection.Word(value("a name"));
        }
        if (word.isEmpty()) {
            throw wrong(TERM);
        }
        return word.equalsIgnoreCase("all")
                ? new Selection.Everything()
                : new Selection.Word(new Wanted(word, begin + 1));
    }

    private Selection keyed(String word, int begin) {
        String key = word.toLowerCase(Locale.ROOT);
        if (!KEYS.contains(key)) {
            List<String> nearest = Nearest.of(word, KEYS, 1);
            throw new Wrong(
                    begin,
                    "expected group:, env:, label:, platform: or name:, found " + Shown.quoted(word + ":")
                            + (nearest.isEmpty() ? "" : "; did you mean " + nearest.getFirst() + ":?"));
        }
        at++;
        return switch (key) {
            case "group" -> new Selection.InGroup(value("a group after group:"));
            case "env", "environment" -> new Selection.InEnvironment(value("an environment after " + key + ":"));
            case "platform" -> new Selection.OnPlatform(value("a platform after platform:"));
            case "label" -> {
                Wanted label = value("a label after label:");
                yield new Selection.Labelled(label, labelValue());
            }
            default -> new Selection.Named(value("a name after name:"));
        };
    }

    private @Nullable Wanted labelValue() {
        if (at < text.length() && text.charAt(at) == '=') {
            at++;
            return value("a value after =");
        }
        return null;
    }

    private Wanted value(String what) {
        int begin = at;
        if (at < text.length() && text.charAt(at) == '"') {
            int close = text.indexOf('"', at + 1);
            if (close < 0) {
                throw new Wrong(begin, "expected a closing quote for this one, found the end");
            }
            at = close + 1;
            return new Wanted(text.substring(begin + 1, close), begin + 1);
        }
        String word = bare();
        if (word.isEmpty()) {
            throw wrong(what);
        }
        return new Wanted(word, begin + 1);
    }

    /** What stands here up to a space, a parenthesis, a colon, an equals sign or a quote; possibly nothing. */
    private String bare() {
        int begin = at;
        while (at < text.length()
                && !Character.isWhitespace(text.charAt(at))
                && "():=\"".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(begin, at);
    }

    private boolean takeWord(String word) {
        if (atEnd() || !isWord(word)) {
            return false;
        }
        at += word.length();
        return true;
    }

    private boolean isWord(String word) {
        int end = at + word.length();
        return text.regionMatches(true, at, word, 0, word.length())
                && (end == text.length()
                        || Character.isWhitespace(text.charAt(end))
                        || text.charAt(end) == '('
                        || text.charAt(end) == ')');
    }

    private boolean atEnd() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at == text.length();
    }

    private Wrong wrong(String expected) {
        if (at >= text.length()) {
            return new Wrong(at, "expected " + expected + ", found the end");
        }
        int begin = at;
        String word = bare();
        String found = word.isEmpty() ? text.substring(begin, begin + 1) : word;
        return new Wrong(begin, "expected " + expected + ", found " + Shown.quoted(found));
    }
}
