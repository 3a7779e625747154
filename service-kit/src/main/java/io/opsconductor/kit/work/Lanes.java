package io.opsconductor.kit.work;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works off jobs in lanes: in order within a lane, side by side between lanes, on virtual threads, at most
 * {@value #AT_ONCE} at once.
 */
public final class Lanes<T> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);
    private static final int AT_ONCE = 16;
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(2);

    /** What is done with a job; its exceptions end the job and not the lane. */
    public interface Work<T> {
        void on(T job) throws InterruptedException;
    }

    private final int maxWaiting;
    private final Work<T> work;
    private final Map<String, ArrayDeque<T>> waiting = new HashMap<>();
    private final Set<Thread> threads = new HashSet<>();
    private final Semaphore permits = new Semaphore(AT_ONCE, true);
    private int jobs;
    private boolean closed;

    /** @param maxWaiting how many jobs may wait or be worked on before it {@link #isFull()}; nothing is refused for it */
    public Lanes(int maxWaiting, Work<T> work) {
        this.maxWaiting = maxWaiting;
        this.work = work;
    }

    /** Whether so much waits that nothing more should be taken. */
    public synchronized boolean isFull() {
        return jobs >= maxWaiting;
    }

    /** How many jobs wait or are worked on. */
    public synchronized int size() {
        return jobs;
    }

    /** Adds a job at the end of its lane; after {@link #close()} it is left out. */
    public synchronized void add(String lane, T job) {
        if (closed) {
            return;
        }
        jobs++;
        ArrayDeque<T> queue = waiting.get(lane);
        if (queue != null) {
            queue.add(job);
            return;
        }
        waiting.put(lane, new ArrayDeque<>());
        Thread thread = Thread.ofVirtual().name("lane-" + lane).unstarted(() -> run(lane, job));
        threads.add(thread);
        thread.start();
    }

    private void run(String lane, T first) {
        T job = first;
        while (job != null) {
            try {
                permits.acquire();
                try {
                    work.on(job);
                } finally {
                    permits.release();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            } catch (RuntimeException e) {
                LOG.error("a job of lane {} failed", lane, e);
            }
            job = next(lane);
        }
        synchronized (this) {
            threads.remove(Thread.currentThread());
            notifyAll();
        }
    }

    private synchronized @Nullable T next(String lane) {
        jobs--;
        ArrayDeque<T> queue = waiting.get(lane);
        T job = closed || queue == null ? null : queue.poll();
        if (job == null) {
            waiting.remove(lane);
        }
        return job;
    }

    /** Takes nothing more, waits for running jobs a short while, then interrupts them and waits a little more. */
    @Override
    public synchronized void close() {
        closed = true;
        try {
            awaitEnd(GRACE);
            threads.forEach(Thread::interrupt);
            awaitEnd(AFTER_INTERRUPT);
        } catch (InterruptedException e) {
            threads.forEach(Thread::interrupt);
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void awaitEnd(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (!threads.isEmpty() && System.nanoTime() < end) {
            wait(100);
        }
    }
}
