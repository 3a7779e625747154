package io.opsconductor.brain.conversation;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** One conversation in memory: its last number, its recent events, and whoever waits for the next. */
final class LiveThread {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final RecentEvents recent;
    // Changed under the lock alone.
    private volatile long last;
    private long reserved;

    /** How many calls use it now; guarded by the lock of {@link Conversations}. */
    int users;

    LiveThread(long last) {
        this.last = last;
        this.reserved = last;
        this.recent = new RecentEvents(last);
    }

    /**
     * What a reader needs at one instant.
     *
     * @param complete whether {@code events} holds everything after the number asked for
     * @param output the unstored events after it
     * @param last the last number
     */
    record View(boolean complete, List<PostedEvent> events, List<PostedEvent> output, long last) {}

    <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** Whether anything was ever said in it; does not wait for whoever writes. */
    boolean hasEvents() {
        return last > 0;
    }

    /** Caller holds the lock, here and in the next three. */
    long last() {
        return last;
    }

    long reserved() {
        return reserved;
    }

    void reserved(long seq) {
        reserved = seq;
    }

    void publish(List<PostedEvent> events, boolean stored) {
        for (PostedEvent event : events) {
            last = event.seq();
            recent.add(event, stored);
        }
        grown.signalAll();
    }

    View view(long after) {
        return locked(() -> recent.isCompleteAfter(after)
                ? new View(true, recent.after(after), List.of(), last)
                : new View(false, List.of(), recent.outputAfter(after), last));
    }

    boolean awaitAfter(long seq, Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long nanos = atMost.toNanos();
            while (last <= seq) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = grown.awaitNanos(Math.min(nanos, TimeUnit.HOURS.toNanos(1)));
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
