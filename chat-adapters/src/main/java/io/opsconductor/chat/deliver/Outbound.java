package io.opsconductor.chat.deliver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lane for each channel that has something to be told: one virtual thread that looks at the channel's conversations one
 * after the other, so that a channel's posts stay in order and a channel that waits holds up no other. Lanes hold ids of
 * conversations and nothing of what is to be told; that is in the store.
 */
public final class Outbound implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Outbound.class);
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(2);

    /** Tells what is new in a conversation. */
    public interface Work {
        Turn on(String conversation) throws InterruptedException;
    }

    /**
     * A conversation that waits.
     *
     * @param soonest nothing that happens brings it before this
     */
    private record Entry(long due, long soonest) {
        Entry sooner(long now) {
            return new Entry(soonest - now > 0 ? soonest : now, soonest);
        }
    }

    private final String word;
    private final Work work;
    private final Tempo tempo;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private final Map<String, Lane> lanes = new HashMap<>();
    private volatile boolean closed;

    /** @param word begins the names of its threads */
    public Outbound(String word, Work work, Tempo tempo) {
        this.word = word;
        this.work = work;
        this.tempo = tempo;
    }

    public boolean isClosed() {
        return closed;
    }

    /** Has a conversation looked at soon; it returns at once. */
    public void wake(String channel, String conversation) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            Lane lane = lanes.get(channel);
            if (lane == null) {
                lane = new Lane(channel);
                lanes.put(channel, lane);
                lane.thread.start();
            }
            lane.wake(conversation);
        } finally {
            lock.unlock();
        }
    }

    /** Ends what is being told at the next border, or interrupts it; what is not told is told after the next start. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            lanes.values().forEach(lane -> lane.grown.signalAll());
            awaitEnd(GRACE);
            List<Lane> left = new ArrayList<>(lanes.values());
            left.forEach(lane -> lane.thread.interrupt());
            awaitEnd(AFTER_INTERRUPT);
        } catch (InterruptedException e) {
            lanes.values().forEach(lane -> lane.thread.interrupt());
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void awaitEnd(Duration atMost) throws InterruptedException {
        long nanos = atMost.toNanos();
        while (!lanes.isEmpty() && nanos > 0) {
            nanos = ended.awaitNanos(nanos);
        }
    }

    /** One channel; its fields are guarded by the lock. */
    private final class Lane {
        private final String channel;
        private final Condition grown = lock.newCondition();
        private final LinkedHashMap<String, Entry> waiting = new LinkedHashMap<>();
        /** Woken while it is looked at. */
        private boolean wokenMeanwhile;

        private String current = "";
        private final Thread thread;

        Lane(String channel) {
            this.channel = channel;
            this.thread = Thread.ofVirtual().name(word + "-" + channel).unstarted(this::run);
        }

        void wake(String conversation) {
            if (conversation.equals(current)) {
                wokenMeanwhile = true;
                return;
            }
            long now = System.nanoTime();
            Entry entry = waiting.getOrDefault(conversation, new Entry(now, now));
            waiting.put(conversation, entry.sooner(now));
            grown.signalAll();
        }

        private void run() {
            try {
                for (Optional<String> next = next(); next.isPresent(); next = next()) {
                    took(next.get(), look(next.get()));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                over();
            }
        }

        private Turn look(String conversation) throws InterruptedException {
            try {
                return work.on(conversation);
            } catch (RuntimeException e) {
                if (closed) {
                    return new Turn.Done();
                }
                LOG.error("what is new in {} could not be told; it is tried again", conversation, e);
                return new Turn.Blocked(tempo.retryLast());
            }
        }

        /** Waits for the next conversation that is due; empty when there is none left or everything ends. */
        private Optional<String> next() throws InterruptedException {
            lock.lockInterruptibly();
            try {
                while (!closed && !waiting.isEmpty()) {
                    long now = System.nanoTime();
                    long wait = Long.MAX_VALUE;
                    for (Map.Entry<String, Entry> one : waiting.entrySet()) {
                        long left = one.getValue().due() - now;
                        if (left <= 0) {
                            current = one.getKey();
                            wokenMeanwhile = false;
                            waiting.remove(current);
                            return Optional.of(current);
                        }
                        wait = Math.min(wait, left);
                    }
                    grown.await(wait, TimeUnit.NANOSECONDS);
                }
                over();
                return Optional.empty();
            } finally {
                lock.unlock();
            }
        }

        private void took(String conversation, Turn turn) {
            lock.lock();
            try {
                current = "";
                long now = System.nanoTime();
                long soonest = now + tempo.turnGap().toNanos();
                switch (turn) {
                    case Turn.Done() -> {
                        if (wokenMeanwhile) {
                            waiting.put(conversation, new Entry(soonest, soonest));
                        }
                    }
                    case Turn.Again(Duration after) -> {
                        long due = now + after.toNanos();
                        waiting.put(
                                conversation, new Entry(wokenMeanwhile && due - soonest > 0 ? soonest : due, soonest));
                    }
                    case Turn.Blocked(Duration after) -> {
                        long due = now + after.toNanos();
                        waiting.put(conversation, new Entry(due, due));
                    }
                }
            } finally {
                lock.unlock();
            }
        }

        private void over() {
            lock.lock();
            try {
                lanes.remove(channel, this);
                ended.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
