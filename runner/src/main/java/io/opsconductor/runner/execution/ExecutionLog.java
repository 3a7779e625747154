package io.opsconductor.runner.execution;

import io.opsconductor.plan.ExecutionEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;

/**
 * The events of one execution while it runs. Readers each keep their own place, so that a slow one delays nobody. Output
 * beyond {@value #MAX_OUTPUT_CHARS} characters pushes the oldest output out; results are left in the store and only
 * pointed at.
 */
final class ExecutionLog {
    private static final int MAX_OUTPUT_CHARS = 4 * 1024 * 1024;

    /** What the log holds for one sequence number. */
    sealed interface Entry {
        long seq();

        /** An event. */
        record Told(ExecutionEvent event) implements Entry {
            @Override
            public long seq() {
                return event.seq();
            }
        }

        /** An event whose result may be large: the store has it. */
        record InStore(long seq) implements Entry {}
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final TreeMap<Long, Entry> entries = new TreeMap<>();
    private final Deque<ExecutionEvent.Output> outputs = new ArrayDeque<>();
    private long outputChars;
    private long lastSeq;
    private boolean ended;

    /**
     * Adds an event under the next sequence number. The function makes it, and stores it where it must be kept; other events
     * wait meanwhile, so that readers never see a later number before an earlier one. When it throws, nothing is added.
     */
    void add(LongFunction<ExecutionEvent> event) {
        lock.lock();
        try {
            ExecutionEvent added = event.apply(lastSeq + 1);
            lastSeq = added.seq();
            entries.put(lastSeq, entry(added));
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private Entry entry(ExecutionEvent event) {
        return switch (event) {
            case ExecutionEvent.Output output -> {
                keep(output);
                yield new Entry.Told(output);
            }
            case ExecutionEvent.TargetFinished finished -> new Entry.InStore(finished.seq());
            case ExecutionEvent.Finished finished -> {
                ended = true;
                yield new Entry.Told(finished);
            }
            case ExecutionEvent.Accepted accepted -> new Entry.Told(accepted);
            case ExecutionEvent.TargetStarted started -> new Entry.Told(started);
            case ExecutionEvent.Waiting waiting -> new Entry.Told(waiting);
        };
    }

    private void keep(ExecutionEvent.Output output) {
        outputs.add(output);
        outputChars += output.text().length();
        while (outputChars > MAX_OUTPUT_CHARS && outputs.size() > 1) {
            ExecutionEvent.Output oldest = outputs.remove();
            outputChars -= oldest.text().length();
            entries.remove(oldest.seq());
        }
    }

    /** Entries after a sequence number; waits for the first of them, and answers none when the time is up or all is said. */
    List<Entry> after(long seq, Duration wait) throws InterruptedException {
        long nanos = wait.toNanos();
        lock.lock();
        try {
            while (lastSeq <= seq && !ended && nanos > 0) {
                nanos = news.awaitNanos(nanos);
            }
            return new ArrayList<>(entries.tailMap(seq, false).values());
        } finally {
            lock.unlock();
        }
    }

    boolean hasEnded() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing comes after this sequence number. */
    boolean isLast(long seq) {
        lock.lock();
        try {
            return ended && seq >= lastSeq;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the last event; answers whether it came in time. */
    boolean awaitEnd(Duration wait) throws InterruptedException {
        long nanos = TimeUnit.NANOSECONDS.convert(wait);
        lock.lock();
        try {
            while (!ended && nanos > 0) {
                nanos = news.awaitNanos(nanos);
            }
            return ended;
        } finally {
            lock.unlock();
        }
    }
}
