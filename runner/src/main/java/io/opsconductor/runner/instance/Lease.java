package io.opsconductor.runner.instance;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right of this process to start things and to say how they ended. Where the store is shared it is renewed in the background.
 * When that does not succeed for four fifths of its time, nothing more is started and what runs is cancelled, so that it has ended
 * when others may take it for dead; when others have done so, all that ran is given up and it begins again under a new number.
 */
public final class Lease implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);
    private static final int RENEWALS = 5;
    private static final int LOOKS = 20;

    /** Who must stop when the lease does. */
    public interface Holder {
        /** It may have ended: whatever runs must end, and whatever is known of it may still be stored. */
        void lapsed();

        /**
         * Others have taken over what this number had.
         *
         * @param epoch the number
         */
        void lost(long epoch);
    }

    private final Instances instances;
    private final String name;
    private final @Nullable Duration length;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile long epoch;
    private volatile long endsNanos;
    private volatile boolean lapsed;
    private volatile boolean replaced;
    private @Nullable Thread renewing;
    private @Nullable Thread watching;

    private Lease(Instances instances, String name, @Nullable Duration length) {
        this.instances = instances;
        this.name = name;
        this.length = length;
    }

    /** Of the process that has the store for itself. */
    public static Lease alone(Instances instances, String name) {
        Lease lease = new Lease(instances, name, null);
        lease.epoch = instances.enterAlone(name);
        return lease;
    }

    /**
     * Of one of several.
     *
     * @param length for how long it counts without being renewed, by the database's clock
     */
    public static Lease shared(Instances instances, String name, Duration length) {
        Lease lease = new Lease(instances, name, length);
        long begun = System.nanoTime();
        lease.epoch = instances.enter(name, length);
        lease.endsNanos = begun + usable(length);
        return lease;
    }

    /** Less than the database gives: what runs needs time to end before others take over. */
    private static long usable(Duration length) {
        return length.toNanos() / RENEWALS * (RENEWALS - 1);
    }

    /** Begins to renew it, and to tell when that fails; to be called once. Does nothing where the store is not shared. */
    public void keep(Holder holder) {
        Duration every = length;
        if (every != null) {
            renewing = Thread.ofVirtual().name("lease").start(() -> renew(every, holder));
            watching = Thread.ofVirtual().name("lease-watch").start(() -> watch(every, holder));
        }
    }

    /** What this process is called. */
    public String name() {
        return name;
    }

    /** The number under which this process acts now. */
    public long epoch() {
        return epoch;
    }

    /** Whether anything may be started. */
    public boolean holds() {
        return !replaced && (length == null || System.nanoTime() - endsNanos < 0);
    }

    /** Whether others may act on the store as well. */
    public boolean isShared() {
        return length != null;
    }

    /** In words, for health. */
    public String described() {
        if (replaced) {
            throw new IllegalStateException("another runner has the name " + name
                    + ", which is in this one's home: give each a home of its own," + " and start this one again");
        }
        if (!holds()) {
            throw new IllegalStateException(
                    "the store could not be reached to renew the lease of this runner: nothing is"
                            + " started, and what ran was cancelled");
        }
        return length == null ? "the only one" : name + ", number " + epoch + ", " + instances.live() + " live";
    }

    private void renew(Duration length, Holder holder) {
        long every = length.toNanos() / RENEWALS;
        long last = System.nanoTime();
        try {
            // One that took long has used up much of what it gives, so that the next one comes at once.
            while (!replaced && !closed.await(last + every - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                last = System.nanoTime();
                try {
                    renewOnce(length, holder);
                } catch (RuntimeException e) {
                    LOG.warn("the lease was not renewed now: {}", e.getMessage());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void renewOnce(Duration length, Holder holder) {
        long begun = System.nanoTime();
        if (!instances.renew(epoch, length)) {
            long before = epoch;
            LOG.error("this runner was taken for dead as number {}: what it ran is others' now", before);
            holder.lost(before);
            OptionalLong again = instances.enterAgain(name, before, length);
            if (again.isEmpty()) {
                replaced = true;
                LOG.error("another runner has the name {}: this one does nothing any more", name);
                return;
            }
            epoch = again.getAsLong();
        }
        endsNanos = begun + usable(length);
        lapsed = false;
    }

    private void watch(Duration length, Holder holder) {
        try {
            while (!closed.await(Math.max(1, length.toMillis() / LOOKS), TimeUnit.MILLISECONDS)) {
                if (!holds() && !lapsed) {
                    lapsed = true;
                    LOG.error("the lease could not be renewed in time: nothing is started, and what runs is cancelled");
                    holder.lapsed();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Gives it back; what is still open then is anybody's. */
    @Override
    public void close() {
        closed.countDown();
        joined(renewing);
        joined(watching);
        try {
            instances.leave(epoch);
        } catch (RuntimeException e) {
            LOG.warn("the lease was not given back; it ends by itself: {}", e.getMessage());
        }
    }

    private static void joined(@Nullable Thread thread) {
        if (thread == null) {
            return;
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
