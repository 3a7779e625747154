package io.opsconductor.counterpart.slack;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * All that there is: workspaces, apps, people, channels, and the one lock that guards them. Nothing is sent to an app
 * while the lock is held.
 */
final class World {
    private static final long ID_STEP = 7_919;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Workspace> workspaces = new LinkedHashMap<>();
    private final Map<String, Channel> channels = new LinkedHashMap<>();
    private final Map<String, Person> people = new LinkedHashMap<>();
    private final List<SlackApp> apps = new ArrayList<>();
    private final List<Installation> installations = new ArrayList<>();
    private long lastId = 100_000;
    private long lastTsMicros;
    private volatile Duration patience = Duration.ofSeconds(10);
    private volatile boolean closed;

    World(Clock clock) {
        this.clock = clock;
    }

    /** Looks or changes under the lock, and wakes those who wait for a condition. */
    <T> T get(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            changed.signalAll();
            lock.unlock();
        }
    }

    void run(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            changed.signalAll();
            lock.unlock();
        }
    }

    /**
     * Waits until the look finds something.
     *
     * @throws AssertionError after the deadline, with what was expected and what there is
     */
    <T> T await(String expected, Duration deadline, Supplier<Optional<T>> look, Supplier<String> dump) {
        long left = deadline.toNanos();
        lock.lock();
        try {
            while (true) {
                Optional<T> found = look.get();
                if (found.isPresent()) {
                    return found.get();
                }
                if (left <= 0) {
                    throw new AssertionError("Within " + deadline + " there was no " + expected + ". There is:\n"
                            + dump.get().indent(2));
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for " + expected, e);
        } finally {
            lock.unlock();
        }
    }

    /** Waits as long as a test's author would. */
    <T> T await(String expected, Supplier<Optional<T>> look, Supplier<String> dump) {
        return await(expected, patience, look, dump);
    }

    Duration patience() {
        return patience;
    }

    void patience(Duration time) {
        patience = time;
    }

    /** Waits up to the given time for the condition; false when it did not come true. */
    boolean pauseUntil(Supplier<Boolean> condition, Duration longest) throws InterruptedException {
        long left = longest.toNanos();
        if (!lock.tryLock(left, TimeUnit.NANOSECONDS)) {
            return false;
        }
        try {
            while (!condition.get()) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Ends every wait that a closed counterpart would prolong. */
    void close() {
        run(() -> closed = true);
    }

    boolean closed() {
        return closed;
    }

    Clock clock() {
        return clock;
    }

    Instant now() {
        return clock.instant();
    }

    /** Seconds since 1970, as most times on Slack's wire are. */
    long seconds() {
        return clock.instant().getEpochSecond();
    }

    /** A new message id: {@code seconds.micros}, unique and increasing. */
    String nextTs() {
        return get(() -> {
            Instant now = clock.instant();
            long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
            lastTsMicros = Math.max(lastTsMicros + 1, micros);
            return String.format(Locale.ROOT, "%d.%06d", lastTsMicros / 1_000_000, lastTsMicros % 1_000_000);
        });
    }

    /** A new id of Slack's look, such as {@code U0000002PQ5}. */
    String nextId(String prefix) {
        return get(() -> {
            lastId += ID_STEP;
            String digits = Long.toString(lastId, 36).toUpperCase(Locale.ROOT);
            return prefix + "0".repeat(Math.max(1, 10 - digits.length())) + digits;
        });
    }

    static String secret(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    void add(Workspace workspace) {
        run(() -> workspaces.put(workspace.id(), workspace));
    }

    void add(Channel channel) {
        run(() -> channels.put(channel.id(), channel));
    }

    void add(Person person) {
        run(() -> people.put(person.id(), person));
    }

    void add(SlackApp app) {
        run(() -> apps.add(app));
    }

    void add(Installation installation) {
        run(() -> installations.add(installation));
    }

    Optional<Workspace> workspace(String id) {
        return get(() -> Optional.ofNullable(workspaces.get(id)));
    }

    Optional<Channel> channel(String id) {
        return get(() -> Optional.ofNullable(channels.get(id)));
    }

    Optional<Person> person(String id) {
        return get(() -> Optional.ofNullable(people.get(id)));
    }

    List<Workspace> workspaces() {
        return get(() -> List.copyOf(workspaces.values()));
    }

    List<Channel> channels() {
        return get(() -> List.copyOf(channels.values()));
    }

    List<Person> people() {
        return get(() -> List.copyOf(people.values()));
    }

    List<SlackApp> apps() {
        return get(() -> List.copyOf(apps));
    }

    List<Installation> installations() {
        return get(() -> List.copyOf(installations));
    }
}
