package io.opsconductor.brain.language;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The words of the catalogue and the language, and the one a misspelt word was meant to be. Immutable. */
public final class Spelling {
    private final Set<String> known = new HashSet<>();
    private final Map<Integer, List<String>> byLength = new HashMap<>();
    private final Language language;

    Spelling(Set<String> toolWords, Language language) {
        this.language = language;
        known.addAll(toolWords);
        Set<String> all = new HashSet<>(language.knownWords());
        all.addAll(toolWords);
        for (String word : all) {
            if (word.length() >= 4) {
                byLength.computeIfAbsent(word.length(), l -> new ArrayList<>()).add(word);
            }
        }
        byLength.values().forEach(list -> list.sort(null));
    }

    /** Whether a word is one that tools are described with. */
    boolean knows(Word word) {
        return known.contains(word.term()) || !language.concepts(word.stem()).isEmpty();
    }

    /** The word it was meant to be; itself when it is known, too short, or nothing is near. */
    Word repaired(Word word) {
        String lower = word.lower();
        boolean candidate = word.isWord()
                && lower.length() >= 4
                && lower.length() <= 20
                && lower.chars().allMatch(c -> c >= 'a' && c <= 'z');
        if (!candidate || known.contains(lower) || language.isOrdinary(word) || language.isService(lower)) {
            return word;
        }
        if (language.isGrammar(lower)
                || known.contains(word.stem())
                || !language.concepts(word.stem()).isEmpty()) {
            return word;
        }
        int allowed = lower.length() >= 8 ? 2 : 1;
        String best = "";
        double bestCost = allowed + 0.9;
        for (int length = lower.length() - allowed; length <= lower.length() + allowed; length++) {
            for (String other : byLength.getOrDefault(length, List.of())) {
                double cost = cost(lower, other, allowed);
                boolean better =
                        cost < bestCost || (cost == bestCost && known.contains(other) && !known.contains(best));
                if (better && cost <= allowed + 0.5) {
                    best = other;
                    bestCost = cost;
                }
            }
        }
        return best.isEmpty() ? word : word.readAs(best);
    }

    /** Distance, dearer when the first letter differs; for short words only swapped or doubled letters are believed. */
    private static double cost(String written, String other, int allowed) {
        boolean first = written.charAt(0) == other.charAt(0);
        boolean startsAlike =
                written.length() >= 5 && (written.charAt(1) == other.charAt(1) || written.charAt(0) == other.charAt(1));
        if (!first && !startsAlike) {
            return Double.MAX_VALUE;
        }
        int distance = Similarity.distance(written, other);
        if (distance > allowed) {
            return Double.MAX_VALUE;
        }
        if (written.length() == 4 && !sameLetters(written, other) && other.length() == 4) {
            return Double.MAX_VALUE;
        }
        return distance + (first ? 0 : 0.4) + (sameLetters(written, other) ? -0.3 : 0);
    }

    private static boolean sameLetters(String a, String b) {
        return a.length() == b.length()
                && java.util.Arrays.equals(
                        a.chars().sorted().toArray(), b.chars().sorted().toArray());
    }
}
