package io.opsconductor.runner.execution;

import io.opsconductor.runner.audit.Audit;
import io.opsconductor.runner.instance.Lease;
import io.opsconductor.runner.store.OfferStore;
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
    private final @Nullable Others others;
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable Thread working;

    /** What is done for others, or by them. */
    private record Others(OfferStore offers, Spread spread, Helper helper, Succession succession) {}

    private SharedWork(
            Executions executions, Recovery recovery, TargetLocks locks, Lease lease, @Nullable Others others) {
        this.executions = executions;
        this.recovery = recovery;
        this.locks = locks;
        this.lease = lease;
        this.others = others;
    }

    /**
     * That of a process.
     *
     * @param engine with others, where there are some
     * @param approvals checks what others accepted
     * @param parts what is needed to run for others and to let them run; null where the store is not shared
     */
    public static SharedWork of(
            Executions executions,
            ExecutionEngine engine,
            Recovery recovery,
            TargetLocks locks,
            Lease lease,
            ApprovedAgain approvals,
            Audit audit,
            @Nullable Spreading parts) {
        Spread spread = engine.spread();
        if (parts == null || spread == null) {
            return new SharedWork(executions, recovery, locks, lease, null);
        }
        Helper helper = new Helper(executions, engine, spread, approvals, audit, parts);
        Successor successor = new Successor(
                executions, engine, parts.store(), parts.offers(), approvals, parts.settling(), spread, parts.clock());
        return new SharedWork(
                executions, recovery, locks, lease, new Others(parts.offers(), spread, helper, successor));
    }

    /** Begins, where the store is shared. */
    public void start() {
        lease.keep(this);
        if (others != null) {
            others.spread().start();
            others.helper().start();
            working = Thread.ofVirtual().name("shared-work").start(() -> run(others));
        }
    }

    private void run(Others others) {
        try {
            do {
                once(others);
            } while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void once(Others others) {
        if (!lease.holds()) {
            return;
        }
        try {
            executions.stopAsAsked();
            others.helper().stopAsAsked();
            recovery.settle(others.succession());
            if (executions.running() > 0) {
                others.offers().takeFromTheDead(lease.epoch());
            }
            locks.releaseWhatIsLeft();
        } catch (RuntimeException e) {
            LOG.warn("what others left could not be looked at now: {}", e.getMessage());
        }
    }

    @Override
    public void lapsed() {
        String reason = "the runner could not renew its lease: its store did not answer in time.";
        executions.stopAll(reason);
        if (others != null) {
            others.helper().stopAll(reason);
        }
    }

    @Override
    public void lost(long epoch) {
        executions.giveUp(epoch);
        if (others != null) {
            others.helper().giveUp(epoch);
        }
    }

    /** Lets what runs for others go on for a while, then cancels it. Answers how many targets did not end even so. */
    public int drain(Duration grace) throws InterruptedException {
        return others == null ? 0 : others.helper().drain(grace);
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
        if (others != null) {
            others.helper().close();
            others.spread().close();
        }
    }
}
