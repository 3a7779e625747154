package io.opsconductor.brain.language;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How alike two names look. */
public final class Similarity {
    private static final double ALIKE = 0.5;
    private static final double MUCH_WORSE = 0.15;
    private static final int LONGEST = 100;

    private Similarity() {}

    /** The names that look most like {@code written}, best first, at most {@code limit}. */
    public static List<String> nearest(String written, Collection<String> names, int limit) {
        String wanted = letters(written);
        Map<String, Double> scores = new HashMap<>();
        for (String name : names) {
            double score = of(wanted, letters(name));
            if (score >= ALIKE) {
                scores.put(name, score);
            }
        }
        double best =
                scores.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
        scores.values().removeIf(score -> score < best - MUCH_WORSE);
        return scores.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(limit)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** 1 for the same, 0 for nothing in common; a shortened name ("web01" for "webserver01") counts as alike. */
    static double of(String a, String b) {
        if (a.isEmpty() || b.isEmpty() || a.length() > LONGEST || b.length() > LONGEST) {
            return 0;
        }
        double close = 1.0 - (double) distance(a, b) / Math.max(a.length(), b.length());
        boolean shortened = a.length() >= 3 && b.length() >= 3 && (within(a, b) || within(b, a));
        return shortened ? Math.max(close, 0.55 + 0.2 * close) : close;
    }

    /** Letters to add, drop, change or swap to make one text the other. */
    static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + cost);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            int[] spare = beforeLast;
            beforeLast = last;
            last = row;
            row = spare;
        }
        return last[b.length()];
    }

    /** Lower case, letters and digits only: how names are compared when dashes and spaces differ. */
    static String letters(String name) {
        StringBuilder letters = new StringBuilder(name.length());
        Word.lower(name).codePoints().filter(Character::isLetterOrDigit).forEach(letters::appendCodePoint);
        return letters.toString();
    }

    private static boolean within(String part, String whole) {
        int at = 0;
        for (int i = 0; i < whole.length() && at < part.length(); i++) {
            if (whole.charAt(i) == part.charAt(at)) {
                at++;
            }
        }
        return at == part.length();
    }
}
