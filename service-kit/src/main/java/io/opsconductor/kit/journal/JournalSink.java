package io.opsconductor.kit.journal;

/** Told of each durable entry of a journal, in order. */
@FunctionalInterface
public interface JournalSink {
    void accept(JournalEntry entry);

    /**
     * As {@link #accept(JournalEntry)}, for who can use the text.
     *
     * @param line the entry as it stands in the file, without the end of the line
     */
    default void accept(JournalEntry entry, String line) {
        accept(entry);
    }

    /** The number up to which it knows the entries already: older ones need not be read for it. */
    default long has() {
        return 0;
    }
}
