package io.opsconductor.brain.eval;

import java.util.List;

/**
 * A request, and what is right for it.
 *
 * @param category such as {@code multi-step}
 * @param language of its words, as ISO 639-1
 * @param thread what was said before, in order; may be empty
 * @param say what is said now
 * @param right what may come of it, at least one, the likeliest first
 */
public record Request(String category, String language, List<String> thread, String say, List<Expected> right) {
    public Request {
        thread = List.copyOf(thread);
        right = List.copyOf(right);
        if (right.isEmpty()) {
            throw new IllegalArgumentException("a request without anything that is right: " + say);
        }
    }

    /** Whether a plan is the only right answer. */
    boolean isClear() {
        return right.stream().allMatch(Expected.Planned.class::isInstance);
    }

    /** Whether nothing may be planned. */
    boolean isOutOfScope() {
        return right.stream()
                .allMatch(expected -> expected instanceof Expected.Refused || expected instanceof Expected.Unplanned);
    }

    /** Whether the likeliest right answer is a plan of several steps. */
    boolean isSequence() {
        return right.getFirst() instanceof Expected.Planned planned
                && planned.steps().size() > 1;
    }
}
