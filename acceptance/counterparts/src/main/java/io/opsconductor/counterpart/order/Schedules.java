package io.opsconductor.counterpart.order;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Every sequence of choices, one after the other: whoever asks is told what to choose, until all were told. */
public final class Schedules {
    private final List<Integer> chosen = new ArrayList<>();
    private final List<Integer> options = new ArrayList<>();
    private final Set<String> states = new HashSet<>();
    private int depth;
    private int runs;
    private int joined;

    /** What to choose of so many, from 0; the same question at the same place of a run has the same number of options. */
    public int choose(int of) {
        if (depth == chosen.size()) {
            chosen.add(0);
            options.add(of);
        }
        if (options.get(depth) != of) {
            throw new IllegalStateException("the run is not the same when it is repeated: " + this);
        }
        return chosen.get(depth++);
    }

    /**
     * Whether this state, before the next choice, is a new one. When it is not, whatever can come of it has been tried or is yet
     * to be tried from where it was met first, and the run may end here.
     *
     * @param state everything that what follows depends on, and everything that is looked at when all is over
     */
    public boolean isNew(String state) {
        // What is repeated to get to the next choice was new when it was met first.
        boolean isNew = depth < chosen.size() || states.add(state);
        joined += isNew ? 0 : 1;
        return isNew;
    }

    /** Whether there is another sequence; the next run begins. */
    public boolean next() {
        runs++;
        // A run that ended early did not make the choices that were made behind that place before.
        while (chosen.size() > depth) {
            chosen.removeLast();
            options.removeLast();
        }
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

    /** How many runs there were. */
    public int runs() {
        return runs;
    }

    /** How many different states were met at which there was a choice; none when nobody asks {@link #isNew}. */
    public int states() {
        return states.size();
    }

    @Override
    public String toString() {
        return chosen + " of " + options + ", " + joined + " runs ended where another one had been";
    }
}
