package io.opsconductor.chat.arrival;

import java.util.Map;

/** What is done with arrivals. */
public interface ArrivalWork {
    /** Works on an arrival, after it was acknowledged; it may come twice, after a crash. */
    void handle(Arrival arrival) throws InterruptedException;

    /**
     * What is wrong with a form, by the id of its block, so that the platform shows it in the form; empty when it can be
     * taken. It is asked before the acknowledgement, and what it takes too long to find counts as nothing: so {@link #handle} must
     * look again.
     */
    Map<String, String> mistakes(Arrival submission);
}
