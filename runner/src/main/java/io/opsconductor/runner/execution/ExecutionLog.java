package io.opsconductor.runner.execution;

import io.opsconductor.plan.ExecutionEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The events of one execution while it runs. Readers each keep their own place, so that a slow one delays nobody. Output
 * beyond {@value #MAX_OUTPUT_CHARS} characters pushes the oldest output out; results beyond {@value #MAX_RESULT_CHARS} are
 * left in the store and only pointed at, the oldest first.
 */
final class ExecutionLog {
    private static final int MAX_OUTPUT_CHARS = 4 * 1024 * 1024;
    private static final int MAX_RESULT_CHARS = 1024 * 1024;

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
    private final Deque<ExecutionEvent.TargetFinished> results = new ArrayDeque<>();
    private long outputChars;
    private long resultChars;
    /** Numbers of events that are being stored. */
    private final NavigableSet<Long> open = new TreeSet<>();

    /** Up to this number events are another process's, and in the store alone. */
    private final long begins;

    private long lastSeq;
    private boolean ended;
    private boolean givenUp;

    ExecutionLog() {
        this(0);
    }

    /**
     * Of an execution that this process goes on with.
     *
     * @param begins a number that no event of it had before
     */
    ExecutionLog(long begins) {
        this.begins = begins;
        this.lastSeq = begins;
    }

    /** The number after which events are here. */
    long begins() {
        return begins;
    }

    /** An event that is being stored. */
    record Storing(ExecutionEvent event, Supplier<?> stored) {}

    /**
     * Adds an event under the next sequence number. The function makes it, and stores it where it must be kept; readers see
     * later events only after it, so that they never see a later number before an earlier one. When it throws, nothing is
     * added, and its number stays unused.
     */
    void add(LongFunction<ExecutionEvent> event) {
        long seq = reserve();
        ExecutionEvent added = null;
        try {
            added = event.apply(seq);
        } finally {
            settle(seq, added);
        }
    }

    /**
     * As {@link #add}, for an event that is stored in two parts: the function gives it its place among what is stored, at once and
     * in the order of the numbers, so that a reader of the store never sees a later number before an earlier one either; then it is waited for.
     */
    void addStored(LongFunction<Storing> event) {
        long seq = 0;
        ExecutionEvent added = null;
        try {
            Storing storing;
            lock.lock();
            try {
                seq = reserve();
                storing = event.apply(seq);
            } finally {
                lock.unlock();
            }
            var _ = storing.stored().get();
            added = storing.event();
        } finally {
            settle(seq, added);
        }
    }

    /** Nothing more is told here: it goes on, or has ended, elsewhere, and readers find the rest in the store. */
    void giveUp() {
        lock.lock();
        try {
            givenUp = true;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isGivenUp() {
        lock.lock();
        try {
            return givenUp;
        } finally {
            lock.unlock();
        }
    }

    private long reserve() {
        lock.lock();
        try {
            lastSeq++;
            open.add(lastSeq);
            return lastSeq;
        } finally {
            lock.unlock();
        }
    }

    private void settle(long seq, @Nullable ExecutionEvent added) {
        lock.lock();
        try {
            open.remove(seq);
            if (added != null) {
                entries.put(seq, new Entry.Told(added));
                bound(added);
            }
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void bound(ExecutionEvent event) {
        switch (event) {
            case ExecutionEvent.Output output -> keep(output);
            case ExecutionEvent.TargetFinished finished -> keep(finished);
            case ExecutionEvent.Finished _ -> ended = true;
            case ExecutionEvent.Accepted _, ExecutionEvent.TargetStarted _, ExecutionEvent.Waiting _ -> {}
        }
    }

    private void keep(ExecutionEvent.TargetFinished finished) {
        results.add(finished);
        resultChars += chars(finished);
        while (resultChars > MAX_RESULT_CHARS) {
            ExecutionEvent.TargetFinished oldest = results.remove();
            resultChars -= chars(oldest);
            entries.put(oldest.seq(), new Entry.InStore(oldest.seq()));
        }
    }

    private static long chars(ExecutionEvent.TargetFinished finished) {
        return (long) finished.result().stdout().length()
                + finished.result().stderr().length();
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
            while (visible(seq).isEmpty() && !ended && !givenUp && nanos > 0) {
                nanos = news.awaitNanos(nanos);
            }
            return new ArrayList<>(visible(seq).values());
        } finally {
            lock.unlock();
        }
    }

    private NavigableMap<Long, Entry> visible(long after) {
        NavigableMap<Long, Entry> later = entries.tailMap(after, false);
        Long stillOpen = open.higher(after);
        return stillOpen == null ? later : later.headMap(stillOpen, false);
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
            return ended && entries.tailMap(seq, false).isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the last event, or for its being given up; answers whether either came in time. */
    boolean awaitEnd(Duration wait) throws InterruptedException {
        long nanos = TimeUnit.NANOSECONDS.convert(wait);
        lock.lock();
        try {
            while (!ended && !givenUp && nanos > 0) {
                nanos = news.awaitNanos(nanos);
            }
            return ended || givenUp;
        } finally {
            lock.unlock();
        }
    }
}
