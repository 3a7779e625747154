package io.opsconductor.runner.execution;

import io.opsconductor.runner.instance.Lease;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a runner does for others with which it shares its store: it settles what they left, stops what they were asked to stop,
 * and gives up its own when its lease is gone.
 */
public final class SharedWork implements Lease.Holder, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SharedWork.class);
    private static final Duration EVERY = Duration.ofMillis(250);

    private final Executions executions;
    private final Recovery recovery;
    private final TargetLocks locks;
    private final Lease lease;
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable Thread working;

    public SharedWork(Executions executions, Recovery recovery, TargetLocks locks, Lease lease) {
        this.executions = executions;
        this.recovery = recovery;
        this.locks = locks;
        this.lease = lease;
    }

    /** Begins, where the store is shared. */
    public void start() {
        lease.keep(this);
        if (lease.isShared()) {
            working = Thread.ofVirtual().name("shared-work").start(this::run);
        }
    }

    private void run() {
        try {
            while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                once();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void once() {
        if (!lease.holds()) {
            return;
        }
        try {
            executions.stopAsAsked();
            recovery.settle(executions::runsHere);
            locks.releaseWhatIsLeft();
        } catch (RuntimeException e) {
            LOG.warn("what others left could not be looked at now: {}", e.getMessage());
        }
    }

    @Override
    public void lapsed() {
        executions.stopAll("the runner could not renew its lease: its store did not answer in time.");
    }

    @Override
    public void lost(long epoch) {
        executions.giveUp(epoch);
    }

    @Override
    public void close() {
        closed.countDown();
        Thread thread = working;
        if (thread != null) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
