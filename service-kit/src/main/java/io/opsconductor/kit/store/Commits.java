package io.opsconductor.kit.store;

import io.helidon.dbclient.DbExecute;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Puts the work of many into one transaction: what comes while one is committed waits for the next, all of it together. A disk
 * takes milliseconds to keep a transaction, however much is in it.
 */
final class Commits implements AutoCloseable {
    private static final int MOST = 200;

    private final Database database;
    private final LinkedBlockingQueue<Waiting<?>> queue = new LinkedBlockingQueue<>();
    // A platform thread: committing blocks in native code, which would take a carrier from the virtual threads.
    private final ExecutorService committing = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("store-commits").factory());

    Commits(Database database) {
        this.database = database;
    }

    private record Waiting<T>(Function<DbExecute, T> work, CompletableFuture<T> result) {
        /** Does the work; what it is told waits for the commit. */
        Runnable applied(DbExecute tx) {
            T value = work.apply(tx);
            return () -> result.complete(value);
        }

        void alone(Database database) {
            try {
                result.complete(database.transaction(work));
            } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
            }
        }
    }

    /**
     * Takes a place for the work. What is answered waits until it is committed; it throws what the work threw, and then nothing
     * of it is kept.
     */
    <T> Supplier<T> queued(Function<DbExecute, T> work) {
        Waiting<T> waiting = new Waiting<>(work, new CompletableFuture<>());
        queue.add(waiting);
        try {
            committing.execute(this::commitSome);
        } catch (RejectedExecutionException e) {
            throw new StoreException("the store is closed", e);
        }
        return () -> committed(waiting);
    }

    private static <T> T committed(Waiting<T> waiting) {
        try {
            return waiting.result().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private void commitSome() {
        List<Waiting<?>> some = new ArrayList<>();
        queue.drainTo(some, MOST);
        if (some.isEmpty()) {
            return;
        }
        List<Runnable> told = new ArrayList<>();
        try {
            database.transaction(tx -> {
                some.forEach(waiting -> told.add(waiting.applied(tx)));
                return told;
            });
        } catch (RuntimeException | Error e) {
            // Of whom it is the fault, nobody can say: each by itself, then.
            some.forEach(waiting -> waiting.alone(database));
            return;
        }
        told.forEach(Runnable::run);
    }

    @Override
    public void close() {
        committing.close();
    }
}
