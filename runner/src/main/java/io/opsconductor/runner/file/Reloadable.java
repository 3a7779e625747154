package io.opsconductor.runner.file;

import io.opsconductor.yaml.Finding;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A value read from files that follows their changes. A change that cannot be used is reported and leaves the last good
 * value in force. Files are compared by their {@link FileStamp}s.
 */
public final class Reloadable<T> implements AutoCloseable {
    private final Supplier<Reading<T>> reader;
    private final Consumer<Reading<T>> observer;
    private final ReentrantLock checking = new ReentrantLock();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile State<T> state;

    private record State<T>(
            T value, List<Finding> problems, List<Finding> warnings, List<Path> files, Map<Path, FileStamp> stamps) {}

    private Reloadable(Supplier<Reading<T>> reader, Consumer<Reading<T>> observer, State<T> state) {
        this.reader = reader;
        this.observer = observer;
        this.state = state;
    }

    /**
     * Starts to follow files that have been read once.
     *
     * @param before how the files looked before they were read; when the reading used others as well, which only reading
     *     tells, the first check reads once more
     * @param first the reading that the value starts with
     * @param reader reads the files again
     * @param observer told about each later reading, good or bad, for logs; it must not throw
     */
    public static <T> Reloadable<T> following(
            Map<Path, FileStamp> before,
            Reading.Good<T> first,
            Supplier<Reading<T>> reader,
            Consumer<Reading<T>> observer) {
        return new Reloadable<>(
                reader, observer, new State<>(first.value(), List.of(), first.warnings(), first.files(), before));
    }

    /** A value that never changes. */
    public static <T> Reloadable<T> fixed(T value) {
        Reading.Good<T> good = new Reading.Good<>(value, List.of(), List.of());
        return following(Map.of(), good, () -> good, reading -> {});
    }

    /** The last good value. */
    public T current() {
        return state.value();
    }

    /** Looks at the files now, reads them again if they changed, and answers the last good value. */
    public T fresh() {
        check();
        return current();
    }

    /** Why the files as they are now cannot be used; empty while the value is up to date. */
    public List<Finding> problems() {
        return state.problems();
    }

    /** What should be looked at although the value is in force. */
    public List<Finding> warnings() {
        return state.warnings();
    }

    /** Looks at the files now and reads them again if they changed. */
    public void check() {
        checking.lock();
        try {
            State<T> before = state;
            Map<Path, FileStamp> stamps = FileStamp.of(before.files());
            if (stamps.equals(before.stamps())) {
                return;
            }
            Reading<T> reading = reader.get();
            // The stamps are older than the reading, so a change between the two is seen at the next check.
            state = switch (reading) {
                case Reading.Good<T> good ->
                    new State<>(good.value(), List.of(), good.warnings(), good.files(), stamps);
                case Reading.Bad<T> bad ->
                    new State<>(before.value(), bad.problems(), before.warnings(), bad.files(), stamps);
            };
            observer.accept(reading);
        } finally {
            checking.unlock();
        }
    }

    /** Checks again and again on a virtual thread until {@link #close()}. */
    public void poll(Duration every) {
        Thread.ofVirtual().name("reload").start(() -> {
            try {
                while (!closed.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
                    check();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
