package io.opsconductor.brain.approval;

import java.util.ArrayList;
import java.util.List;

/** Every sequence of choices, one after the other: whoever asks is told what to choose, until all were told. */
final class Schedules {
    private final List<Integer> chosen = new ArrayList<>();
    private final List<Integer> options = new ArrayList<>();
    private int depth;
    private int runs;

    /** What to choose of so many, from 0; the same question at the same place of a run has the same number of options. */
    int choose(int of) {
        if (depth == chosen.size()) {
            chosen.add(0);
            options.add(of);
        }
        if (options.get(depth) != of) {
            throw new IllegalStateException("the run is not the same when it is repeated: " + this);
        }
        return chosen.get(depth++);
    }

    /** Whether there is another sequence; the next run begins. */
    boolean next() {
        runs++;
        depth = 0;
        while (!chosen.isEmpty() && chosen.getLast() + 1 == options.getLast()) {
            chosen.removeLast();
            options.removeLast();
        }
        if (chosen.isEmpty()) {
            return false;
        }
        chosen.set(chosen.size() - 1, chosen.getLast() + 1);
        return true;
    }

    int runs() {
        return runs;
    }

    @Override
    public String toString() {
        return chosen + " of " + options;
    }
}
