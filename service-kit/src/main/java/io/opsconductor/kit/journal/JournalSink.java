package io.opsconductor.kit.journal;

/** Told of each durable entry of a journal, in order. */
@FunctionalInterface
public interface JournalSink {
    void accept(JournalEntry entry);

    /** The number up to which it knows the entries already: older ones need not be read for it. */
    default long has() {
        return 0;
    }
}
