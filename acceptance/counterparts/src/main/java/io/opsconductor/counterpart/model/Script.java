package io.opsconductor.counterpart.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/** What a model will do: first what is queued, in order, then what its nature is. It remembers what it was asked. Thread-safe. */
public final class Script {
    private final Deque<Act> next = new ArrayDeque<>();
    private final List<Asked> asked = new ArrayList<>();
    private Function<Asked, Act> nature = any -> new Act.Fails(500, "the script has no answer left");

    /** Queues an act. */
    public synchronized Script then(Act act) {
        next.add(act);
        return this;
    }

    /** Queues an answer. */
    public Script then(String text) {
        return then(new Act.Says(text));
    }

    /** What it does when nothing is queued. */
    public synchronized Script always(Function<Asked, Act> nature) {
        this.nature = nature;
        return this;
    }

    /** Everything that it was asked, in order. */
    public synchronized List<Asked> asked() {
        return List.copyOf(asked);
    }

    synchronized Act act(Asked question) {
        asked.add(question);
        return next.isEmpty() ? nature.apply(question) : next.remove();
    }
}
