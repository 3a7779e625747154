package io.opsconductor.runner;

import io.opsconductor.runner.audit.Audit;
import io.opsconductor.runner.store.ExecutionStore;
import io.opsconductor.runner.store.PreviewStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets previews a day after they expired; until then their use is answered with "expired". Forgets outputs when they have been
 * kept for as long as they should, which the journal says first; it has only their digests and stays whole.
 */
final class Housekeeping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration KEPT = Duration.ofDays(1);
    private static final long EVERY_MINUTES = 30;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final PreviewStore previews;
    private final ExecutionStore executions;
    private final LongSupplier epoch;
    private final Audit audit;
    private final Duration keptOutputs;
    private final InstantSource clock;

    Housekeeping(
            PreviewStore previews,
            ExecutionStore executions,
            LongSupplier epoch,
            Audit audit,
            Duration keptOutputs,
            InstantSource clock) {
        this.previews = previews;
        this.executions = executions;
        this.epoch = epoch;
        this.audit = audit;
        this.keptOutputs = keptOutputs;
        this.clock = clock;
        Thread.ofVirtual().name("housekeeping").start(this::run);
    }

    private void run() {
        try {
            do {
                clean();
            } while (!closed.await(EVERY_MINUTES, TimeUnit.MINUTES));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void clean() {
        try {
            long forgotten = previews.forgetExpiredBefore(clock.instant().minus(KEPT));
            LOG.debug("{} expired previews forgotten", forgotten);
        } catch (RuntimeException e) {
            LOG.warn("expired previews could not be forgotten now", e);
        }
        try {
            long forgotten = executions.forgetOutputsBefore(
                    clock.instant().minus(keptOutputs),
                    epoch.getAsLong(),
                    execution -> audit.outputsRemoved(execution.subject(), keptOutputs));
            LOG.debug("outputs of {} executions forgotten", forgotten);
        } catch (RuntimeException e) {
            LOG.warn("old outputs could not be forgotten now", e);
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
