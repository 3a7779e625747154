package io.opsconductor.chat.arrival;

import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbRow;
import io.opsconductor.json.Json;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table of arrivals. One thread writes it, and takes all that waits into one transaction: a commit to disk each would
 * not keep up with a busy workspace while the brain commits too.
 */
final class ArrivalStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ArrivalStore.class);
    private static final int MAX_WAITING = 10_000;
    private static final int MAX_BATCH = 500;
    private static final int MAX_DELETED_AT_ONCE = 500;
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

    /** An arrival that is stored and waits for its work. */
    record Waiting(long number, Arrival.Kind kind, String lane) {}

    private sealed interface Write {
        record Insert(Arrival arrival, CompletableFuture<Boolean> stored) implements Write {}

        record Handled(long number) implements Write {}

        record Stop() implements Write {}
    }

    private final Database database;
    private final BiConsumer<Long, Arrival> onStored;
    private final BlockingQueue<Write> queue = new ArrayBlockingQueue<>(MAX_WAITING);
    private final String table;
    private final Thread writer;
    private final List<Waiting> left;
    private final List<Write> owed = new ArrayList<>();
    private long last;

    /** @param onStored told of each new arrival once it is on disk, in order, with its number */
    ArrivalStore(Platform platform, Database database, BiConsumer<Long, Arrival> onStored) {
        this.database = database;
        this.onStored = onStored;
        this.table = platform.word() + "_arrival";
        this.writer =
                Thread.ofPlatform().daemon().name(platform.word() + "-arrivals").unstarted(this::write);
        this.last = database.one(
                        "select coalesce(max(arrival), 0) as last from " + table, row -> Rows.number(row, "last"))
                .orElse(0L);
        this.left = database.query(
                "select arrival, kind, team, lane from " + table + " where status = 'received' order by arrival",
                row -> new Waiting(
                        Rows.number(row, "arrival"),
                        kind(Rows.text(row, "kind")),
                        lane(Rows.text(row, "team"), Rows.text(row, "lane"))));
        writer.start();
    }

    /** Completes when the arrival is on disk: true when it is new. Fails when it cannot be stored. */
    CompletableFuture<Boolean> store(Arrival arrival) {
        CompletableFuture<Boolean> stored = new CompletableFuture<>();
        if (!writer.isAlive() || !queue.offer(new Write.Insert(arrival, stored))) {
            stored.completeExceptionally(new IllegalStateException("too many arrivals wait to be stored"));
        }
        return stored;
    }

    /** Marks one as worked off, soon; what is lost of that in a crash is worked on again. */
    void handled(long number) throws InterruptedException {
        queue.put(new Write.Handled(number));
    }

    private void write() {
        List<Write> batch = new ArrayList<>();
        boolean stopped = false;
        while (!stopped) {
            try {
                batch.add(queue.take());
            } catch (InterruptedException e) {
                // Nobody interrupts this thread; it ends by Stop.
                LOG.warn("the writer of arrivals was interrupted and goes on");
                continue;
            }
            queue.drainTo(batch, MAX_BATCH - 1);
            stopped = batch.stream().anyMatch(Write.Stop.class::isInstance);
            batch.addAll(0, owed);
            owed.clear();
            commit(batch);
            batch.clear();
        }
        queue.drainTo(batch);
        batch.forEach(write -> fail(write, new IllegalStateException("the chatbot stops")));
    }

    private record Inserted(Write.Insert insert, long number, boolean isNew) {}

    private void commit(List<Write> batch) {
        if (batch.stream().allMatch(Write.Stop.class::isInstance)) {
            return;
        }
        List<Inserted> inserted;
        try {
            inserted = database.urgent(tx -> {
                List<Inserted> done = new ArrayList<>();
                long number = last;
                for (Write write : batch) {
                    switch (write) {
                        case Write.Insert insert -> {
                            boolean isNew = insert(tx, number + 1, insert.arrival());
                            number += isNew ? 1 : 0;
                            done.add(new Inserted(insert, number, isNew));
                        }
                        case Write.Handled handled ->
                            tx.dml(
                                    "update " + table + " set status = 'handled', body = '' where arrival = ?",
                                    handled.number());
                        case Write.Stop stop -> {}
                    }
                }
                last = number;
                return done;
            });
        } catch (RuntimeException e) {
            LOG.error("{} arrivals could not be stored", batch.size(), e);
            batch.forEach(write -> fail(write, e));
            batch.stream().filter(Write.Handled.class::isInstance).forEach(owed::add);
            return;
        }
        for (Inserted done : inserted) {
            if (done.isNew()) {
                onStored.accept(done.number(), done.insert().arrival());
            }
            done.insert().stored().complete(done.isNew());
        }
    }

    private boolean insert(DbExecute tx, long number, Arrival arrival) {
        return tx.dml(
                        "insert into " + table + " (arrival, id, kind, team, lane, body, at, status)"
                                + " values (?, ?, ?, ?, ?, ?, ?, 'received') on conflict (id) do nothing",
                        number,
                        arrival.id(),
                        arrival.kind().name().toLowerCase(Locale.ROOT),
                        arrival.team(),
                        arrival.lane(),
                        Json.write(arrival.body()),
                        arrival.at().toString())
                == 1;
    }

    private static Arrival.Kind kind(String stored) {
        return Arrival.Kind.valueOf(stored.toUpperCase(Locale.ROOT));
    }

    private static void fail(Write write, RuntimeException reason) {
        if (write instanceof Write.Insert insert) {
            insert.stored().completeExceptionally(reason);
        }
    }

    /** What was not worked off when this began, in order of arrival. */
    List<Waiting> left() {
        return left;
    }

    static String lane(String team, String lane) {
        return team + ":" + lane;
    }

    /** The arrival of that number, unless it is worked off. */
    Optional<Arrival> unhandled(long number) {
        return database.one(
                "select * from " + table + " where arrival = ? and status = 'received'", ArrivalStore::read, number);
    }

    private static Arrival read(DbRow row) {
        return new Arrival(
                Rows.text(row, "id"),
                kind(Rows.text(row, "kind")),
                Rows.text(row, "team"),
                Rows.text(row, "lane"),
                Json.tree(Rows.text(row, "body")),
                Rows.instant(row, "at"));
    }

    /** Deletes what was worked off and came before that time; a little at once, for others write too. */
    void forget(Instant before) {
        long deleted;
        do {
            // The oldest come first, so that this looks at no more rows than it deletes.
            deleted = database.change(
                    "delete from " + table + " where arrival in (select arrival from (select arrival, status, at from "
                            + table + " order by arrival limit ?) as oldest where status = 'handled' and at < ?)",
                    MAX_DELETED_AT_ONCE,
                    before.toString());
        } while (deleted > 0);
    }

    /** Stores what waits, and ends. */
    @Override
    public void close() {
        try {
            queue.put(new Write.Stop());
            if (!writer.join(STOP_PATIENCE)) {
                LOG.warn("the writer of arrivals did not end within {}", STOP_PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
