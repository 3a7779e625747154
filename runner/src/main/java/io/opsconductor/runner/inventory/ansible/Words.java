package io.opsconductor.runner.inventory.ansible;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Splits a line into words as a POSIX shell would, comments left out: what Ansible does with a host's line. */
public final class Words {
    private static final Pattern LITERAL = Pattern.compile(
            "(?s)(?:(-?[0-9]+)|'((?:[^'\\\\]|\\\\.)*)'|\"((?:[^\"\\\\]|\\\\.)*)\"|(True|False))\\s*(?:#.*)?");

    private Words() {}

    /**
     * A word.
     *
     * @param column where it begins, from 1
     */
    public record Word(String text, int column) {}

    /**
     * The words of a line.
     *
     * @return null when a quote is not closed
     */
    public static @Nullable List<Word> split(String line) {
        List<Word> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        int begin = -1;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else if (c == '\\'
                        && quote == '"'
                        && i + 1 < line.length()
                        && "\"\\".indexOf(line.charAt(i + 1)) >= 0) {
                    word.append(line.charAt(++i));
                } else {
                    word.append(c);
                }
                continue;
            }
            if (c == '#') {
                break;
            }
            if (Character.isWhitespace(c)) {
                if (begin >= 0) {
                    words.add(new Word(word.toString(), begin + 1));
                    word.setLength(0);
                    begin = -1;
                }
                continue;
            }
            begin = begin < 0 ? i : begin;
            if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '\\') {
                if (i + 1 == line.length()) {
                    return null;
                }
                word.append(line.charAt(++i));
            } else {
                word.append(c);
            }
        }
        if (quote != 0) {
            return null;
        }
        if (begin >= 0) {
            words.add(new Word(word.toString(), begin + 1));
        }
        return words;
    }

    /** A value as the INI form means it: a Python literal is what it stands for, everything else the text itself. */
    static String value(String written) {
        Matcher literal = LITERAL.matcher(written.strip());
        if (!literal.matches()) {
            return written;
        }
        String number = literal.group(1);
        if (number != null) {
            // Python reads no number there when it begins with a zero.
            return number.matches("-?0[0-9]+") ? written : number;
        }
        String truth = literal.group(4);
        if (truth != null) {
            return truth;
        }
        String text = literal.group(2) == null ? literal.group(3) : literal.group(2);
        return text == null ? written : text.replaceAll("\\\\(['\"\\\\])", "$1");
    }
}
