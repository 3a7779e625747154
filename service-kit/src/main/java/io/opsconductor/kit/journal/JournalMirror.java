package io.opsconductor.kit.journal;

import io.helidon.dbclient.DbExecute;
import io.opsconductor.kit.store.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
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

    private record Line(JournalEntry entry, String text) {}

    private final Database database;
    private final CopyOf whose;
    private final LinkedBlockingQueue<Line> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private final long copied;
    private final AtomicLong told = new AtomicLong();
    private final Semaphore hurry = new Semaphore(0);
    private long dealtWith;

    public JournalMirror(Database database) {
        this(database, CopyOf.THE_ONLY);
    }

    /** @param whose journal it copies */
    public JournalMirror(Database database, CopyOf whose) {
        this.database = database;
        this.whose = whose;
        this.copied = whose.last(database, "journal", "seq");
        // A platform thread: committing blocks in native code, which would take a carrier from the virtual threads.
        this.thread = Thread.ofPlatform().name("journal-mirror").daemon().start(this::copy);
    }

    @Override
    public void accept(JournalEntry entry) {
        accept(entry, entry.line());
    }

    @Override
    public void accept(JournalEntry entry, String line) {
        if (entry.seq() > copied) {
            told.incrementAndGet();
            queue.add(new Line(entry, line));
        }
    }

    @Override
    public long has() {
        return copied;
    }

    private void copy() {
        boolean closing = false;
        while (!closing) {
            List<Line> batch = new ArrayList<>();
            try {
                batch.add(queue.take());
                if (queue.size() < BATCH) {
                    var _ = hurry.tryAcquire(GATHERING.toMillis(), TimeUnit.MILLISECONDS);
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
        hurry.release();
        while (dealtWith < all) {
            wait();
        }
    }

    /** How many lines it was told of and has not dealt with yet. */
    public synchronized long behind() {
        return told.get() - dealtWith;
    }

    private void write(List<Line> batch) {
        if (batch.isEmpty()) {
            return;
        }
        try {
            database.transaction(tx -> {
                batch.forEach(line -> insert(tx, line));
                return batch.size();
            });
        } catch (RuntimeException e) {
            LOG.warn("{} journal lines were not mirrored now; they will be at the next start", batch.size(), e);
        }
    }

    private void insert(DbExecute tx, Line line) {
        JournalEntry entry = line.entry();
        tx.dml(
                whose.insert("journal", "seq, at, type, conversation, execution, digest, hash, line"),
                whose.values(
                        entry.seq(),
                        entry.at().toString(),
                        entry.type(),
                        entry.conversation(),
                        entry.execution(),
                        entry.digest(),
                        entry.hash(),
                        line.text()));
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
