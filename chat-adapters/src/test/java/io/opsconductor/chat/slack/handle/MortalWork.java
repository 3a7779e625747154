package io.opsconductor.chat.slack.handle;

import io.opsconductor.chat.arrival.Arrival;
import io.opsconductor.chat.arrival.ArrivalWork;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Work on arrivals that can end as a killed process ends it: all of it is done, and nobody is told that it is. */
final class MortalWork implements ArrivalWork {
    private static final long PATIENCE_SECONDS = 20;

    private final ArrivalWork work;
    private final CountDownLatch dead = new CountDownLatch(1);
    private final CountDownLatch never = new CountDownLatch(1);
    private final Map<Arrival.Kind, Integer> done = new EnumMap<>(Arrival.Kind.class);
    private volatile Arrival.@Nullable Kind last;

    MortalWork(ArrivalWork work) {
        this.work = work;
    }

    /** The next arrival of this kind is the last that is worked on. */
    void dieAfter(Arrival.Kind kind) {
        last = kind;
    }

    void awaitDeath() throws InterruptedException {
        if (!dead.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("no " + last + " was worked on within " + PATIENCE_SECONDS + " s");
        }
    }

    /** How many arrivals of a kind were worked on to the end. */
    synchronized int done(Arrival.Kind kind) {
        return done.getOrDefault(kind, 0);
    }

    @Override
    public void handle(Arrival arrival) throws InterruptedException {
        work.handle(arrival);
        if (arrival.kind() == last) {
            dead.countDown();
            never.await();
        }
        synchronized (this) {
            done.merge(arrival.kind(), 1, Integer::sum);
        }
    }

    @Override
    public Map<String, String> mistakes(Arrival submission) {
        return work.mistakes(submission);
    }
}
