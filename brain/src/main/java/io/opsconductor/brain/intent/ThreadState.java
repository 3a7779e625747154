package io.opsconductor.brain.intent;

import io.opsconductor.brain.planning.Draft;
import io.opsconductor.plan.Step;
import java.util.List;
import java.util.Optional;

/**
 * What a thread is about, as values and not as chat text.
 *
 * @param asked the draft that waits for this person's answer
 * @param last the steps that were planned last in this thread, by whomever; empty before the first plan
 */
public record ThreadState(Optional<Draft> asked, List<Step> last) {
    /** Of a thread in which nothing was said. */
    public static final ThreadState NEW = new ThreadState(Optional.empty(), List.of());

    public ThreadState {
        last = List.copyOf(last);
    }
}
