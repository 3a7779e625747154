package io.opsconductor.runner.mask;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds many texts at once in one pass (Aho and Corasick). A state is the longest beginning of a pattern that the text
 * read so far ends with; {@link #depth} is its length, {@link #match} the longest whole pattern that ends there.
 */
final class Automaton {
    static final int START = 0;

    private static final int DIRECT = 128;

    private final List<Map<Character, Integer>> next = new ArrayList<>();
    private final int[] fromStart = new int[DIRECT];
    private final int[] fail;
    private final int[] depth;
    private final int[] match;

    private Automaton(Set<String> patterns) {
        next.add(new HashMap<>());
        List<Integer> depths = new ArrayList<>(List.of(0));
        Map<Integer, Integer> ends = new HashMap<>();
        for (String pattern : patterns) {
            int state = START;
            for (int i = 0; i < pattern.length(); i++) {
                Integer known = next.get(state).get(pattern.charAt(i));
                if (known == null) {
                    known = next.size();
                    next.get(state).put(pattern.charAt(i), known);
                    next.add(new HashMap<>(2));
                    depths.add(i + 1);
                }
                state = known;
            }
            ends.put(state, pattern.length());
        }
        depth = depths.stream().mapToInt(Integer::intValue).toArray();
        fail = new int[next.size()];
        match = new int[next.size()];
        Arrays.fill(fromStart, START);
        next.get(START).forEach((c, state) -> {
            if (c < DIRECT) {
                fromStart[c] = state;
            }
        });
        ArrayDeque<Integer> queue = new ArrayDeque<>(next.get(START).values());
        ends.forEach((state, length) -> match[state] = length);
        while (!queue.isEmpty()) {
            int state = queue.remove();
            match[state] = Math.max(match[state], match[fail[state]]);
            next.get(state).forEach((c, child) -> {
                fail[child] = step(fail[state], c);
                queue.add(child);
            });
        }
    }

    static Automaton of(Set<String> patterns) {
        return new Automaton(patterns);
    }

    int step(int state, char c) {
        int at = state;
        while (at != START) {
            Integer known = next.get(at).get(c);
            if (known != null) {
                return known;
            }
            at = fail[at];
        }
        if (c < DIRECT) {
            return fromStart[c];
        }
        return next.get(START).getOrDefault(c, START);
    }

    int depth(int state) {
        return depth[state];
    }

    int match(int state) {
        return match[state];
    }
}
