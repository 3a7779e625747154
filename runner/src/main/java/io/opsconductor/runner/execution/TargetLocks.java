package io.opsconductor.runner.execution;

import io.opsconductor.plan.Tenant;
import io.opsconductor.runner.step.Cancellation;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps two changes off one machine. The same address is another machine to another tenant, who is neither made to wait nor told
 * of the other. Who waits holds nothing: all machines of a command are taken together, so that commands
 * which share several of them never wait for one another in a circle.
 */
final class TargetLocks {
    private final Duration longestWait;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition released = lock.newCondition();
    private final Map<Machine, String> holders = new HashMap<>();

    /** @param longestWait how long a change waits for another one to end */
    TargetLocks(Duration longestWait) {
        this.longestWait = longestWait;
    }

    private record Machine(Tenant tenant, String address) {}

    /** What came of {@link #take}. */
    sealed interface Taken {
        /** The machines are held until this is closed. */
        record Held(Runnable release) implements Taken, AutoCloseable {
            @Override
            public void close() {
                release.run();
            }
        }

        /**
         * They are not held, and nothing may be changed.
         *
         * @param reason a sentence; empty when the wait was cancelled
         */
        record GivenUp(String reason) implements Taken {}
    }

    /**
     * Waits until nobody else holds any of the machines, and takes them.
     *
     * @param tenant whose machines they are
     * @param who holds them, for those who will wait, such as {@code restart_service of execution e-1}
     * @param stop ends the wait
     * @param waiting told once, in a sentence, when it has to wait
     */
    Taken take(Tenant tenant, Set<String> addresses, String who, Cancellation stop, Consumer<String> waiting) {
        if (addresses.isEmpty()) {
            return new Taken.Held(() -> {});
        }
        Set<Machine> machines =
                addresses.stream().map(address -> new Machine(tenant, address)).collect(Collectors.toUnmodifiableSet());
        String holder = tried(machines, who);
        if (holder == null) {
            return held(machines);
        }
        waiting.accept("Waits, because " + holder + " changes the same machine.");
        try (Cancellation.Registration _ = stop.onCancel(this::wake)) {
            holder = awaited(machines, who, stop);
        }
        if (holder == null) {
            return held(machines);
        }
        return new Taken.GivenUp(
                stop.isCancelled()
                        ? ""
                        : "Not started: " + holder + " was still changing the same machine after "
                                + longestWait.toSeconds() + " s.");
    }

    private Taken held(Set<Machine> machines) {
        return new Taken.Held(() -> release(machines));
    }

    /** Who holds one of them; null when they are taken now. */
    private @Nullable String tried(Set<Machine> machines, String who) {
        lock.lock();
        try {
            for (Machine machine : machines) {
                String holder = holders.get(machine);
                if (holder != null) {
                    return holder;
                }
            }
            machines.forEach(machine -> holders.put(machine, who));
            return null;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable String awaited(Set<Machine> machines, String who, Cancellation stop) {
        long nanos = longestWait.toNanos();
        boolean interrupted = false;
        lock.lock();
        try {
            String holder = tried(machines, who);
            while (holder != null && nanos > 0 && !stop.isCancelled()) {
                try {
                    nanos = released.awaitNanos(nanos);
                } catch (InterruptedException e) {
                    // The executions end before the threads are interrupted, by their cancellations.
                    interrupted = true;
                }
                holder = tried(machines, who);
            }
            return holder;
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void release(Set<Machine> machines) {
        lock.lock();
        try {
            machines.forEach(holders::remove);
            released.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        lock.lock();
        try {
            released.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
