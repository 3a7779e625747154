package io.opsconductor.kit.work;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works off jobs in lanes: in order within a lane, side by side between lanes, at most so many at once. The workers are
 * platform threads of the lowest priority: a job may compute for long, and must not keep a processor from those who only
 * acknowledge what comes. The operating system sees to that, where the JVM is told to pass priorities on to it ({@code
 * -XX:ThreadPriorityPolicy=1}); without it, jobs get an equal share.
 */
public final class Lanes<T> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(2);

    /** What is done with a job; its exceptions end the job and not the lane. */
    public interface Work<T> {
        void on(T job) throws InterruptedException;
    }

    private final int atOnce;
    private final int maxWaiting;
    private final Work<T> work;
    /** The lanes in which a job waits or is worked on. */
    private final Map<String, Lane<T>> lanes = new HashMap<>();
    /** Those that have a job and no worker, in the order in which they came to wait. */
    private final Queue<Lane<T>> ready = new ArrayDeque<>();

    private final Set<Thread> workers = new HashSet<>();
    private int idle;
    private int jobs;
    private boolean closed;

    /**
     * Lanes without a job.
     *
     * @param atOnce how many jobs are worked on at once: few where they compute, more where they wait for others
     * @param maxWaiting how many jobs may wait or be worked on before it {@link #isFull()}; nothing is refused for it
     */
    public Lanes(int atOnce, int maxWaiting, Work<T> work) {
        this.atOnce = atOnce;
        this.maxWaiting = maxWaiting;
        this.work = work;
    }

    /** Whether so much waits that nothing more should be taken. */
    public synchronized boolean isFull() {
        return jobs >= maxWaiting;
    }

    /** Waits until something can be taken again, or everything ends. */
    public synchronized void awaitRoom() throws InterruptedException {
        while (isFull() && !closed) {
            wait();
        }
    }

    /** How many jobs wait or are worked on. */
    public synchronized int size() {
        return jobs;
    }

    /** Adds a job at the end of its lane; after {@link #close()} it is left out. */
    @SuppressWarnings("ThreadPriorityCheck") // Nothing is right or wrong by it, only sooner or later.
    public synchronized void add(String lane, T job) {
        if (closed) {
            return;
        }
        jobs++;
        Lane<T> there = lanes.get(lane);
        if (there != null) {
            there.jobs().add(job);
            return;
        }
        Lane<T> begun = new Lane<>(lane, new ArrayDeque<>());
        begun.jobs().add(job);
        lanes.put(lane, begun);
        ready.add(begun);
        if (idle > 0) {
            notifyAll();
        } else if (workers.size() < atOnce) {
            Thread worker = Thread.ofPlatform()
                    .daemon()
                    .priority(Thread.MIN_PRIORITY)
                    .name("lane-worker-" + (workers.size() + 1))
                    .unstarted(this::run);
            workers.add(worker);
            worker.start();
        }
    }

    /** @param jobs those that wait; the one that is worked on is not among them */
    private record Lane<T>(String name, Queue<T> jobs) {}

    private record Taken<T>(Lane<T> lane, T job) {}

    private void run() {
        try {
            for (Taken<T> next = next(); next != null; next = next()) {
                try {
                    work.on(next.job());
                } catch (RuntimeException e) {
                    LOG.error("a job of lane {} failed", next.lane().name(), e);
                } finally {
                    done(next.lane());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended();
        }
    }

    private synchronized @Nullable Taken<T> next() throws InterruptedException {
        idle++;
        try {
            while (ready.isEmpty() && !closed) {
                wait();
            }
        } finally {
            idle--;
        }
        if (closed) {
            return null;
        }
        Lane<T> lane = ready.remove();
        return new Taken<>(lane, lane.jobs().remove());
    }

    private synchronized void done(Lane<T> lane) {
        if (jobs-- == maxWaiting) {
            notifyAll();
        }
        if (lane.jobs().isEmpty()) {
            lanes.remove(lane.name());
        } else {
            ready.add(lane);
            if (idle > 0) {
                notifyAll();
            }
        }
    }

    private synchronized void ended() {
        workers.remove(Thread.currentThread());
        notifyAll();
    }

    /** Takes nothing more, waits for running jobs a short while, then interrupts them and waits a little more. */
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
        try {
            awaitEnd(GRACE);
            workers.forEach(Thread::interrupt);
            awaitEnd(AFTER_INTERRUPT);
        } catch (InterruptedException e) {
            workers.forEach(Thread::interrupt);
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void awaitEnd(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (!workers.isEmpty() && System.nanoTime() < end) {
            wait(100);
        }
    }
}
