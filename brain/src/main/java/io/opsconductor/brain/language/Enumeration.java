package io.opsconductor.brain.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes the numbers and dots off a list of requests, "1. ... 2. ...", so that each of them stands on a line of its own. */
public final class Enumeration {
    private static final Pattern NUMBER = Pattern.compile("(?<!\\S)\\(?([1-9]\\d?|[A-Za-z])[.)](?=\\s)");
    private static final Pattern BULLET = Pattern.compile("(?m)^\\s*[-*\u2022\u2013](?=\\s)");

    private Enumeration() {}

    /** The text with a line end in the place of each number; as it is when it counts from 1, or a, to nothing further. */
    public static String spread(String text) {
        List<Integer> starts = new ArrayList<>();
        List<Integer> ends = new ArrayList<>();
        Matcher matcher = NUMBER.matcher(text);
        char first = 0;
        while (matcher.find()) {
            String number = matcher.group(1).toLowerCase(Locale.ROOT);
            if (starts.isEmpty() && (number.equals("1") || number.equals("a"))) {
                first = number.charAt(0);
            }
            if (first != 0 && number.equals(numbered(first, starts.size()))) {
                starts.add(matcher.start());
                ends.add(matcher.end());
            }
        }
        StringBuilder spread = new StringBuilder(text);
        if (starts.size() > 1) {
            for (int at = starts.size() - 1; at >= 0; at--) {
                spread.replace(starts.get(at), ends.get(at), "\n");
            }
        }
        return BULLET.matcher(spread).replaceAll("");
    }

    private static String numbered(char first, int at) {
        return first == '1' ? Integer.toString(at + 1) : Character.toString((char) (first + at));
    }
}
