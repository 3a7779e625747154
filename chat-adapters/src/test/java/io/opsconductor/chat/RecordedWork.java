package io.opsconductor.chat;

import io.opsconductor.chat.arrival.Arrival;
import io.opsconductor.chat.arrival.ArrivalWork;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Remembers what it was given; it can be made to block, as a busy brain does. */
final class RecordedWork implements ArrivalWork {
    private static final long PATIENCE_SECONDS = 10;

    private final List<Arrival> handled = new ArrayList<>();
    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile CountDownLatch looking = new CountDownLatch(0);
    private volatile Map<String, String> mistakes = Map.of();

    @Override
    public void handle(Arrival arrival) throws InterruptedException {
        gate.await();
        if (failing.remove(arrival.id())) {
            throw new IllegalStateException("asked to fail once");
        }
        synchronized (this) {
            handled.add(arrival);
            notifyAll();
        }
    }

    @Override
    public Map<String, String> mistakes(Arrival submission) {
        try {
            looking.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return mistakes;
    }

    void failOnceFor(String id) {
        failing.add(id);
    }

    void findMistakes(Map<String, String> found) {
        mistakes = found;
    }

    /** Looking through forms takes longer than anybody waits. */
    void lookForEver() {
        looking = new CountDownLatch(1);
    }

    void lookAtOnce() {
        looking.countDown();
    }

    void block() {
        gate = new CountDownLatch(1);
    }

    void unblock() {
        gate.countDown();
    }

    synchronized List<Arrival> handled() {
        return List.copyOf(handled);
    }

    synchronized Arrival await(Predicate<Arrival> wanted) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        try {
            while (handled.stream().noneMatch(wanted)) {
                if (System.nanoTime() > end) {
                    throw new AssertionError("not handled within " + PATIENCE_SECONDS + " s; handled: "
                            + handled.stream().map(Arrival::id).toList());
                }
                wait(100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
        return handled.stream().filter(wanted).findFirst().orElseThrow();
    }

    Arrival await(String id) {
        return await(arrival -> arrival.id().equals(id));
    }

    synchronized long count(String id) {
        return handled.stream().filter(arrival -> arrival.id().equals(id)).count();
    }
}
