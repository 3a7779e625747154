package io.opsconductor.brain.language;

import io.opsconductor.brain.intent.Entity;
import java.util.Collection;
import java.util.List;

/**
 * Words that name targets, clearly or not.
 *
 * @param from index of the first word
 * @param to index after the last word
 * @param names what they name; empty for nothing known
 * @param unclear whether they name one of {@code names} without saying which
 * @param nearest known names that look like it, when nothing is known
 */
record FoundTargets(int from, int to, Collection<String> names, boolean unclear, List<String> nearest) {
    static FoundTargets of(int from, int to, Collection<String> names) {
        return new FoundTargets(from, to, names, false, List.of());
    }

    static FoundTargets unclear(int from, int to, Collection<String> names) {
        return new FoundTargets(from, to, names, true, List.of());
    }

    static FoundTargets unknown(int from, int to, List<String> nearest) {
        return new FoundTargets(from, to, List.of(), false, nearest);
    }

    boolean isClear() {
        return !unclear && !names.isEmpty();
    }

    Mention mention(String text, List<Word> words) {
        String written =
                text.substring(words.get(from).start(), words.get(to - 1).end());
        List<String> list = List.copyOf(names);
        if (list.isEmpty()) {
            return new Mention(from, to, List.of(new Entity.UnknownTarget(written, nearest)));
        }
        Entity entity = unclear ? new Entity.AmbiguousTarget(written, list) : new Entity.Targets(written, list);
        return new Mention(from, to, List.of(entity));
    }
}
