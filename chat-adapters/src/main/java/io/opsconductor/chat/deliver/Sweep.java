package io.opsconductor.chat.deliver;

import io.opsconductor.chat.arrival.Platform;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks now and then, in a thread of its own, for what nobody told a platform's delivery of, and knows how long that waits. */
public final class Sweep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
    private static final Duration STUCK = Duration.ofMinutes(5);

    private final Platform platform;
    private final Runnable look;
    private final Supplier<Optional<Instant>> oldest;
    private final DeliveryMeasures measures;
    private final Tempo tempo;
    private final Clock clock;
    private final Thread thread;
    private volatile boolean closed;

    /**
     * It does nothing before {@link #start()}.
     *
     * @param look has told whatever is untold
     * @param oldest since when the oldest event that is not told waits; empty when none does
     */
    public Sweep(
            Platform platform,
            Runnable look,
            Supplier<Optional<Instant>> oldest,
            DeliveryMeasures measures,
            Tempo tempo,
            Clock clock) {
        this.platform = platform;
        this.look = look;
        this.oldest = oldest;
        this.measures = measures;
        this.tempo = tempo;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name(platform.word() + "-sweep").unstarted(this::sweeping);
    }

    /** Looks at once, and from then on again and again. */
    public void start() {
        thread.start();
    }

    private void sweeping() {
        try {
            while (!closed) {
                try {
                    look.run();
                    measures.oldestUntold(oldest.get()
                            .map(at -> Duration.between(at, clock.instant()))
                            .filter(Duration::isPositive)
                            .orElse(Duration.ZERO));
                } catch (RuntimeException e) {
                    if (!closed) {
                        LOG.error("the look for what is not told in {} failed; it is tried again", platform.title(), e);
                    }
                }
                Thread.sleep(tempo.sweep());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * For the health of the process: a few words when what happens is told.
     *
     * @throws IllegalStateException when something was not told for more than five minutes
     */
    public String check() {
        Duration waits = measures.oldestUntold();
        if (waits.compareTo(STUCK) > 0) {
            throw new IllegalStateException("something was not told in " + platform.title() + " for "
                    + waits.toMinutes() + " minutes; the log names the conversation and what " + platform.title()
                    + " says");
        }
        return "tells what happens";
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
