package io.opsconductor.kit.store;

import io.helidon.dbclient.DbExecute;
import java.util.function.BooleanSupplier;

/** What lets a process write to its store. */
interface Ownership extends AutoCloseable {
    /**
     * Called once, before the store is brought up to date.
     *
     * @param changes whether there is anything to be done, which nobody else's statements may meet in the middle
     * @throws StoreException when others who share the store do not end in time
     */
    void migrating(BooleanSupplier changes);

    /** Called once, when the store is up to date and before anything is written. */
    void migrated();

    /**
     * The first thing in each transaction that writes: waits for the one before it to end.
     *
     * @throws StoreException when the store is not this process's any more
     */
    void begin(DbExecute tx);

    /**
     * What to do when it is found out that the store is not this process's any more; once, on any thread, and it must return at once.
     */
    default void whenLost(Runnable told) {}

    /** @throws StoreException when the store is not this process's any more */
    void check();

    @Override
    void close();
}
