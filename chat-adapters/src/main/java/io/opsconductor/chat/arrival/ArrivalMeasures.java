package io.opsconductor.chat.arrival;

import java.util.function.Supplier;

/** What is counted of arrivals. */
public interface ArrivalMeasures {
    /** A new one is on disk. */
    void stored(Arrival.Kind kind);

    /** One came that had been stored before. */
    void again();

    /** Shows how many wait or are worked on. */
    void waiting(Supplier<Number> waiting);
}
