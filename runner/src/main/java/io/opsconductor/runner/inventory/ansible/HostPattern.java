package io.opsconductor.runner.inventory.ansible;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a host's place: a name, or a range of names such as {@code web[01:20]} or {@code db-[a:f:2]}, and perhaps a
 * port.
 */
final class HostPattern {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final Pattern BRACKETED = Pattern.compile("\\[(.+)]:([0-9]{1,5})");
    private static final Pattern WITH_PORT = Pattern.compile("((?:[^:\\[\\]]|\\[[^\\]]*])+):([0-9]{1,5})");
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,9}");

    private HostPattern() {}

    /** What a pattern means, or what is wrong with it. */
    sealed interface Expansion {
        /**
         * @param port null when none was written
         */
        record Names(List<String> names, @Nullable Integer port) implements Expansion {}

        record Mistake(String message, String fix) implements Expansion {}
    }

    /** A pattern that is no pattern. */
    private static final class Malformed extends Exception {
        private final Expansion.Mistake mistake;

        Malformed(String message, String fix) {
            super(message, null, false, false);
            this.mistake = new Expansion.Mistake(message, fix);
        }
    }

    /**
     * Expands a pattern.
     *
     * @param most how many names it may mean
     */
    static Expansion expand(String pattern, int most) {
        String names = pattern;
        Integer port = null;
        Matcher bracketed = BRACKETED.matcher(pattern);
        Matcher withPort = WITH_PORT.matcher(pattern);
        if (bracketed.matches() && bracketed.group(1).contains("::")) {
            names = bracketed.group(1);
            port = Integer.valueOf(bracketed.group(2));
        } else if (withPort.matches()) {
            names = withPort.group(1);
            port = Integer.valueOf(withPort.group(2));
        } else if (pattern.endsWith(":")) {
            return new Expansion.Mistake("expected a port after the colon, found none", "Remove the colon.");
        }
        try {
            List<String> expanded = new ArrayList<>(List.of(""));
            String rest = names;
            while (!rest.isEmpty()) {
                int open = rest.indexOf('[');
                String head = open < 0 ? rest : rest.substring(0, open);
                List<String> middle = List.of("");
                if (open < 0) {
                    rest = "";
                } else {
                    int close = rest.indexOf(']', open);
                    if (close < 0) {
                        throw new Malformed("expected ] after [, found none", "Close the range.");
                    }
                    middle = range(rest.substring(open + 1, close), most);
                    rest = rest.substring(close + 1);
                }
                if ((long) expanded.size() * middle.size() > most) {
                    throw tooMany(most);
                }
                List<String> longer = new ArrayList<>();
                for (String before : expanded) {
                    for (String part : middle) {
                        longer.add(before + head + part);
                    }
                }
                expanded = longer;
            }
            return new Expansion.Names(List.copyOf(expanded), port);
        } catch (Malformed e) {
            return e.mistake;
        }
    }

    private static List<String> range(String text, int most) throws Malformed {
        String[] bounds = text.split(":", -1);
        if (bounds.length != 2 && bounds.length != 3) {
            throw new Malformed("expected a range such as [01:20] or [01:20:2], found something else", "");
        }
        String from = bounds[0].isEmpty() ? "0" : bounds[0];
        String to = bounds[1];
        long step = bounds.length == 2 ? 1 : whole(bounds[2]);
        if (to.isEmpty()) {
            throw new Malformed("expected an end of the range, found none", "Write for example [01:20].");
        }
        if (step < 1) {
            throw new Malformed("expected a step of at least 1, found " + step, "");
        }
        int first = from.length() == 1 ? LETTERS.indexOf(from) : -1;
        int last = to.length() == 1 ? LETTERS.indexOf(to) : -1;
        List<String> names = new ArrayList<>();
        if (first >= 0 && last >= 0) {
            for (int i = first; i <= last; i += (int) Math.min(step, LETTERS.length())) {
                names.add(LETTERS.substring(i, i + 1));
            }
        } else {
            boolean padded = from.length() > 1 && from.startsWith("0");
            if (padded && from.length() != to.length()) {
                throw new Malformed(
                        "expected both ends of the range in the same number of digits, found " + from.length() + " and "
                                + to.length(),
                        "Write for example [01:20].");
            }
            long end = whole(to);
            long begin = whole(from);
            if ((end - begin) / step >= most) {
                throw tooMany(most);
            }
            for (long i = begin; i <= end; i += step) {
                String digits = Long.toString(i);
                names.add(padded ? "0".repeat(Math.max(0, from.length() - digits.length())) + digits : digits);
            }
        }
        if (names.isEmpty()) {
            throw new Malformed("expected a range that begins before it ends, found none in it", "Swap the two ends.");
        }
        return names;
    }

    private static long whole(String text) throws Malformed {
        if (!WHOLE.matcher(text).matches()) {
            throw new Malformed(
                    "expected a range of whole numbers of at most 9 digits or of letters, found something else",
                    "Write for example [01:20] or [a:f].");
        }
        return Long.parseLong(text);
    }

    private static Malformed tooMany(int most) {
        return new Malformed("expected a range of at most " + most + " hosts, found more", "Check its ends.");
    }
}
