package io.opsconductor.kit.journal;

import io.helidon.dbclient.DbExecute;
import io.opsconductor.json.Json;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the journal into the table {@code journal} for queries, in the background and in batches. The file is the
 * evidence and the table a copy: whatever is missing after a crash is copied when the journal is opened again.
 */
public final class JournalMirror implements JournalSink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JournalMirror.class);
    private static final int BATCH = 500;
    /** Lines come in bursts, while people wait: they are copied afterwards, together. */
    private static final Duration GATHERING = Duration.ofMillis(250);

    private final Database database;
    private final LinkedBlockingQueue<JournalEntry> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private final long copied;
    private final AtomicLong told = new AtomicLong();
    private long dealtWith;

    public JournalMirror(Database database) {
        this.database = database;
        this.copied = database.one("select coalesce(max(seq), 0) as last from journal", row -> Rows.number(row, "last"))
                .orElse(0L);
        // A platform thread: committing blocks in native code, which would take a carrier from the virtual threads.
        this.thread = Thread.ofPlatform().name("journal-mirror").daemon().start(this::copy);
    }

    @Override
    public void accept(JournalEntry entry) {
        if (entry.seq() > copied) {
            told.incrementAndGet();
            queue.add(entry);
        }
    }

    @Override
    public long has() {
        return copied;
    }

    private void copy() {
        boolean closing = false;
        while (!closing) {
            List<JournalEntry> batch = new ArrayList<>();
            try {
                batch.add(queue.take());
                if (queue.size() < BATCH) {
                    Thread.sleep(GATHERING);
                }
            } catch (InterruptedException e) {
                closing = true;
            }
            queue.drainTo(batch, closing ? Integer.MAX_VALUE : BATCH);
            write(batch);
            dealtWith(batch.size());
        }
    }

    private synchronized void dealtWith(int lines) {
        dealtWith += lines;
        notifyAll();
    }

    /** Waits until every line that it was told of before is in the table, but for those that could not be written. */
    public synchronized void catchUp() throws InterruptedException {
        long all = told.get();
        while (dealtWith < all) {
            wait();
        }
    }

    private void write(List<JournalEntry> batch) {
        if (batch.isEmpty()) {
            return;
        }
        try {
            database.transaction(tx -> {
                batch.forEach(entry -> insert(tx, entry));
                return batch.size();
            });
        } catch (RuntimeException e) {
            LOG.warn("{} journal lines were not mirrored now; they will be at the next start", batch.size(), e);
        }
    }

    private static void insert(DbExecute tx, JournalEntry entry) {
        tx.dml(
                "insert into journal (seq, at, type, conversation, execution, digest, hash, line)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (seq) do nothing",
                entry.seq(),
                entry.at().toString(),
                entry.type(),
                entry.conversation(),
                entry.execution(),
                entry.digest(),
                entry.hash(),
                Json.write(entry));
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
