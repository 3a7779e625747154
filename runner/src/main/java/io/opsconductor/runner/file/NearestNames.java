package io.opsconductor.runner.file;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the names somebody may have meant. */
public final class NearestNames {
    private static final int MOST = 3;
    private static final int LONGEST = 200;

    private NearestNames() {}

    /** Up to three of the names that differ from the given one by few edits, or begin with it; most similar first. */
    public static List<String> to(String name, Collection<String> names) {
        if (name.isEmpty() || name.length() > LONGEST) {
            return List.of();
        }
        String wanted = name.toLowerCase(Locale.ROOT);
        int tolerance = Math.max(1, wanted.length() / 3);
        record Candidate(String name, int distance) {}
        return names.stream()
                .distinct()
                .map(n -> {
                    String candidate = n.toLowerCase(Locale.ROOT);
                    int distance = candidate.startsWith(wanted) || wanted.startsWith(candidate)
                            ? Math.min(1, distance(wanted, candidate))
                            : distance(wanted, candidate);
                    return new Candidate(n, distance);
                })
                .filter(c -> c.distance() <= tolerance)
                .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .limit(MOST)
                .map(Candidate::name)
                .toList();
    }

    /** Edits (insert, delete, replace, swap neighbours) that turn one text into the other. */
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(replaced, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
