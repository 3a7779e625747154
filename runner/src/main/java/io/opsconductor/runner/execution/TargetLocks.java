package io.opsconductor.runner.execution;

import io.opsconductor.plan.Tenant;
import io.opsconductor.runner.step.Cancellation;
import io.opsconductor.runner.store.MachineLocks;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps two changes off one machine, also where the other change is another process's with which the store is shared. The same address is another machine to another tenant, who is neither made to wait nor told
 * of the other. Who waits holds nothing: all machines of a command are taken together, so that commands
 * which share several of them never wait for one another in a circle.
 */
public final class TargetLocks {
    private static final Logger LOG = LoggerFactory.getLogger(TargetLocks.class);
    /** How often the store is asked for a machine that another process holds. */
    private static final Duration LOOKING = Duration.ofMillis(200);

    private final Duration longestWait;
    private final @Nullable MachineLocks others;
    private final LongSupplier epoch;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition released = lock.newCondition();
    private final Map<Machine, String> holders = new HashMap<>();
    /** What could not be given back when its change had ended, because the store was away. */
    private final Queue<Shared> left = new ConcurrentLinkedQueue<>();

    private record Shared(Tenant tenant, Set<String> addresses, long epoch) {}

    private TargetLocks(Duration longestWait, @Nullable MachineLocks others, LongSupplier epoch) {
        this.longestWait = longestWait;
        this.others = others;
        this.epoch = epoch;
    }

    /**
     * Locks of a process whose machines nobody else changes.
     *
     * @param longestWait how long a change waits for another one to end
     */
    public static TargetLocks alone(Duration longestWait) {
        return new TargetLocks(longestWait, null, () -> 0);
    }

    /**
     * Locks of one of several processes.
     *
     * @param others those of all of them
     * @param epoch the number under which this process holds them
     */
    public static TargetLocks shared(Duration longestWait, MachineLocks others, LongSupplier epoch) {
        return new TargetLocks(longestWait, others, epoch);
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
        long until = System.nanoTime() + longestWait.toNanos();
        String holder = tried(machines, who);
        boolean told = holder != null;
        if (holder != null) {
            waiting.accept(waits(holder));
            try (Cancellation.Registration _ = stop.onCancel(this::wake)) {
                holder = awaited(machines, who, stop);
            }
        }
        if (holder != null) {
            return givenUp(holder, stop);
        }
        MachineLocks shared = others;
        return shared == null
                ? held(machines)
                : fromOthers(shared, tenant, addresses, machines, who, stop, told ? _ -> {} : waiting, until);
    }

    private static String waits(String holder) {
        return "Waits, because " + holder + " changes the same machine.";
    }

    private Taken givenUp(String holder, Cancellation stop) {
        return new Taken.GivenUp(
                stop.isCancelled()
                        ? ""
                        : "Not started: " + holder + " was still changing the same machine after "
                                + longestWait.toSeconds() + " s.");
    }

    /** Whoever holds them among all processes never waits for more, so that this wait has an end. */
    private Taken fromOthers(
            MachineLocks shared,
            Tenant tenant,
            Set<String> addresses,
            Set<Machine> machines,
            String who,
            Cancellation stop,
            Consumer<String> waiting,
            long until) {
        Taken taken = new Taken.GivenUp("");
        long number = epoch.getAsLong();
        try {
            Optional<String> holder = shared.take(tenant, addresses, number, who);
            holder.ifPresent(other -> waiting.accept(waits(other)));
            while (holder.isPresent() && System.nanoTime() < until && !stop.await(LOOKING)) {
                holder = shared.take(tenant, addresses, number, who);
            }
            taken = holder.isPresent()
                    ? givenUp(holder.get(), stop)
                    : new Taken.Held(() -> {
                        release(machines);
                        releaseShared(shared, new Shared(tenant, addresses, number));
                    });
            return taken;
        } finally {
            if (!(taken instanceof Taken.Held)) {
                release(machines);
            }
        }
    }

    private void releaseShared(MachineLocks shared, Shared what) {
        try {
            shared.release(what.tenant(), what.addresses(), what.epoch());
        } catch (RuntimeException e) {
            LOG.warn("{} are not given back now: {}", what.addresses(), e.getMessage());
            left.add(what);
        }
    }

    /** Gives back what could not be given back before. */
    void releaseWhatIsLeft() {
        MachineLocks shared = others;
        if (shared != null) {
            for (int i = left.size(); i > 0; i--) {
                Shared what = left.poll();
                if (what != null) {
                    releaseShared(shared, what);
                }
            }
        }
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
