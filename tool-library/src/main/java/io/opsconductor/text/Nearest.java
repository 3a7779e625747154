package io.opsconductor.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Known names that look like a mistyped one. */
public final class Nearest {
    private static final int MAX_LENGTH = 64;

    private Nearest() {}

    /**
     * Up to {@code limit} of the names, best first: those within a third of the word's length in edits (at least one, a
     * swap of neighbours counting once), or that begin with the word. Empty when nothing looks alike.
     */
    public static List<String> of(String word, Collection<String> names, int limit) {
        if (word.isEmpty() || word.length() > MAX_LENGTH) {
            return List.of();
        }
        String wanted = word.toLowerCase(Locale.ROOT);
        int reach = Math.max(1, wanted.length() / 3);
        return names.stream()
                .distinct()
                .filter(name -> name.length() <= MAX_LENGTH)
                .map(name -> new Scored(name, distance(wanted, name.toLowerCase(Locale.ROOT))))
                .filter(s -> s.edits <= reach
                        || (wanted.length() >= 2
                                && s.name.toLowerCase(Locale.ROOT).startsWith(wanted)))
                .sorted(Comparator.comparingInt(Scored::edits).thenComparing(Scored::name))
                .limit(limit)
                .map(Scored::name)
                .toList();
    }

    private record Scored(String name, int edits) {}

    private static int distance(String a, String b) {
        int[] before = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + same);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], before[j - 2] + 1);
                }
            }
            int[] oldest = before;
            before = last;
            last = row;
            row = oldest;
        }
        return last[b.length()];
    }
}
