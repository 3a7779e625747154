package io.opsconductor.kit.journal;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs a journal's end in the background: when lines have waited for as long as they may, when there are
 * {@value #MOST_LINES} of them, and at the end. It also tries to write again while the journal cannot be written. Nothing
 * that runs ever waits for it.
 */
public final class Checkpointing implements AutoCloseable {
    /** So many lines do not wait for the interval to be over. */
    public static final int MOST_LINES = 500;

    private static final Logger LOG = LoggerFactory.getLogger(Checkpointing.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final Journal journal;
    private final Checkpoints checkpoints;
    private final Duration interval;
    private final InstantSource clock;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private @Nullable Instant unsignedSince;
    private volatile @Nullable String problem;

    /**
     * Starts it. What an earlier process left unsigned is signed at once.
     *
     * @param interval for how long a line may be without a signature
     */
    public Checkpointing(Journal journal, Checkpoints checkpoints, Duration interval, InstantSource clock) {
        this.journal = journal;
        this.checkpoints = checkpoints;
        this.interval = interval;
        this.clock = clock;
        // What an earlier process left has waited for long enough.
        this.unsignedSince = unsigned() > 0 ? Instant.MIN : null;
        // A platform thread: waiting for the disk would take a carrier from the virtual threads.
        this.thread = Thread.ofPlatform().name("checkpoints").daemon().start(this::run);
    }

    /** Why the journal's end is not signed although it is due; null while all is well. */
    public @Nullable String problem() {
        return problem;
    }

    private void run() {
        try {
            do {
                goOn();
            } while (!closed.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void goOn() {
        try {
            journal.recover();
        } catch (JournalUnavailableException e) {
            LOG.debug("the journal still cannot be written: {}", e.getMessage());
        }
        long unsigned = unsigned();
        if (unsigned <= 0) {
            unsignedSince = null;
        } else if (unsignedSince == null) {
            unsignedSince = clock.instant();
        }
        if (unsigned >= MOST_LINES || hasWaited()) {
            sign();
        }
    }

    private long unsigned() {
        return journal.lastSaid() - checkpoints.signed().map(JournalHead::seq).orElse(0L);
    }

    private boolean hasWaited() {
        Instant since = unsignedSince;
        return since != null && !clock.instant().isBefore(since.plus(interval));
    }

    private void sign() {
        try {
            checkpoints.add(journal.durableHead());
            unsignedSince = null;
            problem = null;
        } catch (IOException | RuntimeException e) {
            if (problem == null) {
                LOG.error("the end of the journal could not be signed; it is tried again", e);
            }
            problem = "its end cannot be signed: " + e.getMessage();
        }
    }

    /** Signs the end; to be closed before the journal. */
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (unsigned() > 0) {
            sign();
        }
        checkpoints.close();
    }
}
