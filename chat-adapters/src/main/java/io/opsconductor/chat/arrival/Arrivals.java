package io.opsconductor.chat.arrival;

import io.opsconductor.kit.http.Edge;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.work.Lanes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a platform sent: stored once per id, then acknowledged, then worked off; what is said in one lane in order, and what
 * is pressed in one lane in order. What a stop or a crash left is worked off after the start.
 */
public final class Arrivals implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);
    /** They wait for the platform now and then. */
    private static final int AT_ONCE = 8;

    private static final int MAX_WAITING = 50_000;
    private static final int ATTEMPTS = 3;
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(1);

    /** Below the three seconds after which Slack gives up waiting. */
    private static final Duration PATIENCE = Duration.ofMillis(2_500);
    /** How much of it looking through a form may take. */
    private static final Duration LOOK_PATIENCE = Duration.ofSeconds(1);

    /** Platforms repeat a delivery for about an hour at most; ids are remembered much longer. */
    private static final Duration REMEMBERED = Duration.ofDays(7);

    private static final Duration BETWEEN_FORGETTING = Duration.ofHours(1);

    /** What became of something that came. */
    public enum Taken {
        /** It is on disk, and is worked on. */
        STORED,
        /** It was stored before. */
        AGAIN,
        /** It could not be stored, or too much waits; the platform sends it again. */
        NOT_NOW
    }

    private final Platform platform;
    private final ArrivalStore store;
    private final ArrivalWork work;
    private final ArrivalMeasures measures;
    private final BooleanSupplier recordable;
    private final InstantSource clock;
    /** What people say; the brain may have it wait. */
    private final Lanes<Long> words;
    /** What people press, which waits behind nothing that is said. */
    private final Lanes<Long> presses;

    private final List<ArrivalStore.Waiting> held = new ArrayList<>();
    private final Thread forgetting;
    private boolean resumed;

    /**
     * Takes arrivals at once; they are worked on after {@link #resume()}.
     *
     * @param recordable whether the audit journal can be written, without which nothing is taken
     */
    public Arrivals(
            Platform platform,
            Database database,
            ArrivalWork work,
            ArrivalMeasures measures,
            BooleanSupplier recordable,
            InstantSource clock) {
        this.platform = platform;
        this.work = work;
        this.measures = measures;
        this.recordable = recordable;
        this.clock = clock;
        this.words = new Lanes<>(AT_ONCE, MAX_WAITING, this::workOff);
        this.presses = new Lanes<>(AT_ONCE, MAX_WAITING, this::workOff);
        this.store = new ArrivalStore(platform, database, this::stored);
        this.forgetting =
                Thread.ofVirtual().name(platform.word() + "-forgetting").unstarted(this::forget);
        measures.waiting(() -> words.size() + presses.size());
    }

    /** Begins to work, with what the last process left. */
    public synchronized void resume() {
        List<ArrivalStore.Waiting> left = store.left();
        if (!left.isEmpty()) {
            LOG.info(
                    "{} arrivals from {} were not worked off before the last stop and are now",
                    left.size(),
                    platform.title());
        }
        left.forEach(this::workOn);
        held.forEach(this::workOn);
        held.clear();
        resumed = true;
        forgetting.start();
    }

    /** Stores it; it does not wait for the work. */
    public Taken take(Arrival arrival) {
        if (lanes(arrival.kind()).isFull() || !recordable.getAsBoolean()) {
            return Taken.NOT_NOW;
        }
        try {
            Duration patience = arrival.kind() == Arrival.Kind.SUBMISSION ? PATIENCE.minus(LOOK_PATIENCE) : PATIENCE;
            boolean isNew = store.store(arrival).get(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (!isNew) {
                measures.again();
            }
            return isNew ? Taken.STORED : Taken.AGAIN;
        } catch (ExecutionException | TimeoutException e) {
            LOG.error(
                    "an arrival from {} was not stored; it is sent again: {}",
                    platform.title(),
                    String.valueOf(e.getMessage()));
            return Taken.NOT_NOW;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Taken.NOT_NOW;
        }
    }

    /** What is wrong with a form, by the id of its block, as far as that is found in time. */
    public Map<String, String> mistakes(Arrival submission) {
        CompletableFuture<Map<String, String>> found = new CompletableFuture<>();
        Thread looking = Thread.ofVirtual().name(platform.word() + "-form").start(() -> {
            try {
                found.complete(work.mistakes(submission));
            } catch (RuntimeException e) {
                found.completeExceptionally(e);
            }
        });
        try {
            return found.get(LOOK_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            LOG.error("a form could not be looked through; it is taken as it is", e);
        } catch (TimeoutException e) {
            LOG.warn("a form was not looked through within {}; it is taken as it is", LOOK_PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        looking.interrupt();
        return Map.of();
    }

    private synchronized void stored(long number, Arrival arrival) {
        measures.stored(arrival.kind());
        ArrivalStore.Waiting waiting =
                new ArrivalStore.Waiting(number, arrival.kind(), ArrivalStore.lane(arrival.team(), arrival.lane()));
        if (resumed) {
            workOn(waiting);
        } else {
            held.add(waiting);
        }
    }

    private void workOn(ArrivalStore.Waiting waiting) {
        lanes(waiting.kind()).add(waiting.lane(), waiting.number());
    }

    private Lanes<Long> lanes(Arrival.Kind kind) {
        return switch (kind) {
            case EVENT, COMMAND, SHORTCUT -> words;
            case ACTION, SUBMISSION -> presses;
        };
    }

    private void workOff(long number) throws InterruptedException {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            if (workedOff(number, attempt == ATTEMPTS)) {
                return;
            }
            Thread.sleep(BETWEEN_ATTEMPTS);
        }
    }

    private boolean workedOff(long number, boolean last) throws InterruptedException {
        try {
            Optional<Arrival> arrival = store.unhandled(number);
            if (arrival.isPresent()) {
                work.handle(arrival.get());
                store.handled(number);
            }
            return true;
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                LOG.info("stopped while working on arrival {}; it is worked on after the restart", number);
                return true;
            }
            LOG.error(
                    "arrival {} from {} could not be worked on, reference {}",
                    number,
                    platform.title(),
                    Edge.reference(),
                    e);
            if (last) {
                store.handled(number);
            }
            return last;
        }
    }

    private void forget() {
        try {
            while (true) {
                try {
                    store.forget(clock.instant().minus(REMEMBERED));
                } catch (RuntimeException e) {
                    LOG.warn(
                            "old arrivals from {} were not deleted; that is tried again in {}",
                            platform.title(),
                            BETWEEN_FORGETTING,
                            e);
                }
                Thread.sleep(BETWEEN_FORGETTING);
            }
        } catch (InterruptedException e) {
            // The end.
            Thread.currentThread().interrupt();
        }
    }

    /** Takes nothing more, lets what is worked on end, and leaves the rest for the next start. */
    @Override
    public void close() {
        forgetting.interrupt();
        presses.close();
        words.close();
        store.close();
    }
}
