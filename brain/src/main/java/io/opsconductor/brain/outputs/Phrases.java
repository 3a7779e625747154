package io.opsconductor.brain.outputs;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names and figures as they stand in a sentence. */
final class Phrases {
    private static final Pattern PLAIN = Pattern.compile("[\\w./@:+,=-]{1,60}");
    private static final int LONGEST = 60;

    private Phrases() {}

    /** "a", "a and b", "a, b, c and 4 more". */
    static String some(List<String> names, int most) {
        if (names.size() > most) {
            return String.join(", ", names.subList(0, most)) + " and " + (names.size() - most) + " more";
        }
        return names.size() < 2
                ? String.join("", names)
                : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
    }

    /** What a command wrote, so that it cannot read as a part of our sentence. */
    static String quoted(String written) {
        return PLAIN.matcher(written).matches()
                ? written
                : "\"" + cut(written, LONGEST).replace('"', '\'') + "\"";
    }

    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
        return text.substring(0, end) + "…";
    }

    /** "1 other", "11 others". */
    static String others(int count) {
        return count == 1 ? "1 other" : count + " others";
    }

    /** 0.04, 4.2, 312. */
    static String number(double value) {
        String text = String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
        return text.indexOf('.') < 0 ? text : text.replaceAll("\\.?0+$", "");
    }

    /** Kibibytes as df and free write them: 512K, 4.1G. */
    static String size(long kibibytes) {
        double value = kibibytes;
        int unit = 0;
        while (value >= 1024 && unit < 4) {
            value /= 1024;
            unit++;
        }
        String number = unit == 0 || value >= 100
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.1f", value);
        return number + "KMGTP".charAt(unit);
    }
}
