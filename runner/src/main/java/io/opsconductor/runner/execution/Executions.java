package io.opsconductor.runner.execution;

import io.opsconductor.kit.journal.JournalUnavailableException;
import io.opsconductor.plan.Attestation;
import io.opsconductor.plan.ExecutionAnswer;
import io.opsconductor.plan.ExecutionEvent;
import io.opsconductor.plan.Tenant;
import io.opsconductor.runner.audit.Audit;
import io.opsconductor.runner.instance.Lease;
import io.opsconductor.runner.preview.ResolvedStep;
import io.opsconductor.runner.step.Cancellation;
import io.opsconductor.runner.store.ExecutionKey;
import io.opsconductor.runner.store.ExecutionQuery;
import io.opsconductor.runner.store.ExecutionStore;
import io.opsconductor.runner.store.NotOwnerException;
import io.opsconductor.runner.store.StoredExecution;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All executions: those that run, those that ended a moment ago with their output, and the stored ones without it. */
public final class Executions {
    private static final Logger LOG = LoggerFactory.getLogger(Executions.class);
    private static final int ENDED_KEPT_WITH_OUTPUT = 16;
    private static final Duration ENDING = Duration.ofSeconds(5);
    /** How often the store is asked about what runs in another process. */
    private static final Duration LOOKING = Duration.ofMillis(150);

    private final ExecutionStore store;
    private final ExecutionEngine engine;
    private final Audit audit;
    private final InstantSource clock;
    private final Lease lease;
    private final Semaphore room;
    private final int maxRunning;

    // Guards the two maps, and the moment between an id's use in the store and its appearance here.
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<ExecutionKey, LiveExecution> running = new LinkedHashMap<>();
    private final Map<ExecutionKey, LiveExecution> ended = new LinkedHashMap<>();
    private boolean closing;

    /**
     * Those of this process and, where the store is shared, of others.
     *
     * @param maxRunning how many executions run here at once
     * @param lease under whose number they run
     */
    public Executions(
            ExecutionStore store,
            ExecutionEngine engine,
            Audit audit,
            InstantSource clock,
            int maxRunning,
            Lease lease) {
        this.store = store;
        this.engine = engine;
        this.audit = audit;
        this.clock = clock;
        this.maxRunning = maxRunning;
        this.lease = lease;
        this.room = new Semaphore(maxRunning);
    }

    /** What came of {@link #start}. */
    enum Start {
        STARTED,
        /** The id or the digest was used before. */
        USED,
        /** As many run as may. */
        NO_ROOM,
        /** The runner is about to stop. */
        STOPPING,
        /** The runner has lost its lease on the store, for the moment. */
        NO_LEASE
    }

    /** Uses up the id and the digest, and starts; the journal has it before anything runs. */
    Start start(
            StoredExecution execution,
            List<ResolvedStep> steps,
            List<Attestation> attestations,
            List<String> approvers) {
        if (!lease.holds()) {
            return Start.NO_LEASE;
        }
        if (!room.tryAcquire()) {
            return isStopping() ? Start.STOPPING : Start.NO_ROOM;
        }
        LiveExecution live = new LiveExecution(
                execution, lease.epoch(), steps, new ExecutionLog(), new Cancellation(), System.nanoTime());
        Start start = Start.USED;
        try {
            start = consume(live, lease.isShared() ? attestations : List.of());
        } finally {
            if (start != Start.STARTED) {
                room.release();
            }
        }
        if (start == Start.STARTED) {
            startConsumed(live, attestations, approvers);
        }
        return start;
    }

    private Start consume(LiveExecution live, List<Attestation> attestations) {
        lock.lock();
        try {
            if (closing) {
                return Start.STOPPING;
            }
            ExecutionEvent.Accepted accepted = new ExecutionEvent.Accepted(1, clock.instant(), live.id());
            if (!store.consume(live.stored(), accepted, attestations, live.owner())) {
                return Start.USED;
            }
            live.log().add(seq -> accepted);
            running.put(live.key(), live);
            return Start.STARTED;
        } catch (NotOwnerException e) {
            return Start.NO_LEASE;
        } finally {
            lock.unlock();
        }
    }

    private void startConsumed(LiveExecution live, List<Attestation> attestations, List<String> approvers) {
        try {
            audit.executionAccepted(live.stored().subject(), live.stored().requester(), attestations, approvers);
            String breakGlass = live.stored().preview().breakGlass();
            if (!breakGlass.isEmpty()) {
                audit.glassBroken(live.stored().subject(), live.stored().requester(), breakGlass);
            }
        } catch (JournalUnavailableException e) {
            LOG.error("execution {} was not started: {}", live.id(), e.getMessage());
            engine.abandon(live, TargetRunner.notRecorded(e));
            ended(live);
            return;
        }
        engine.start(live, () -> ended(live));
    }

    /** Keeps room for one that another process led; to be given back, or used by {@link #goOn}. */
    boolean reserve() {
        return !isStopping() && room.tryAcquire();
    }

    /** Gives back room that was kept. */
    void giveRoomBack() {
        room.release();
    }

    /** Goes on with one that another process led, for which there is room. */
    void goOn(LiveExecution live, GoneOn before) {
        lock.lock();
        try {
            running.put(live.key(), live);
        } finally {
            lock.unlock();
        }
        engine.goOn(live, before, () -> ended(live));
    }

    private void ended(LiveExecution live) {
        lock.lock();
        try {
            running.remove(live.key(), live);
            if (!live.log().isGivenUp()) {
                ended.put(live.key(), live);
            }
            if (ended.size() > ENDED_KEPT_WITH_OUTPUT) {
                ended.remove(ended.keySet().iterator().next());
            }
        } finally {
            lock.unlock();
        }
        room.release();
    }

    public Optional<StoredExecution> find(ExecutionKey key) {
        lock.lock();
        try {
            return store.find(key);
        } finally {
            lock.unlock();
        }
    }

    /** Id of the tenant's execution that used up a digest. */
    public Optional<String> idByDigest(Tenant tenant, String digest) {
        return store.idByDigest(tenant, digest);
    }

    /** The executions that are looked for, newest first. */
    public List<StoredExecution> list(ExecutionQuery query) {
        return store.list(query);
    }

    public Optional<ExecutionAnswer> answer(ExecutionKey key) {
        return store.answer(key, clock.instant());
    }

    /** How many run now. */
    public int running() {
        return maxRunning - room.availablePermits();
    }

    /** Waits until an execution has ended, wherever it runs. */
    public void awaitEnd(ExecutionKey key) throws InterruptedException {
        LiveExecution live = live(key);
        if (live != null) {
            while (!live.log().awaitEnd(Duration.ofMinutes(1))) {
                LOG.debug("still waiting for the end of {}", key.id());
            }
            if (!live.log().isGivenUp()) {
                return;
            }
        }
        while (store.isRunning(key)) {
            Thread.sleep(LOOKING);
        }
    }

    /**
     * Events after a sequence number. For one that runs it waits for the first of them, and answers none when the time is
     * up; the last event of all is always a {@link ExecutionEvent.Finished}.
     */
    public List<ExecutionEvent> events(ExecutionKey key, long after, Duration wait) throws InterruptedException {
        LiveExecution live = live(key);
        if (live == null || live.log().isGivenUp()) {
            return elsewhere(key, after, wait);
        }
        if (after < live.log().begins()) {
            List<ExecutionEvent> earlier = store.events(key, after).stream()
                    .filter(event -> event.seq() <= live.log().begins())
                    .toList();
            if (!earlier.isEmpty()) {
                return earlier;
            }
        }
        List<ExecutionLog.Entry> entries = live.log().after(after, wait);
        if (entries.stream().noneMatch(ExecutionLog.Entry.InStore.class::isInstance)) {
            return entries.stream().map(entry -> told(entry, Map.of())).toList();
        }
        // Those in the store are the oldest: a reader this far behind reads all of them at once.
        Map<Long, ExecutionEvent> stored =
                store.events(key, after).stream().collect(Collectors.toMap(ExecutionEvent::seq, event -> event));
        return entries.stream().map(entry -> told(entry, stored)).toList();
    }

    /** What another process stores of it, which leaves out its output. */
    private List<ExecutionEvent> elsewhere(ExecutionKey key, long after, Duration wait) throws InterruptedException {
        long until = System.nanoTime() + wait.toNanos();
        while (store.lastSeq(key) <= after && System.nanoTime() < until && store.isRunning(key)) {
            Thread.sleep(LOOKING);
        }
        return store.events(key, after);
    }

    /** Whether more events will come after this one: it runs, or has just ended and not everything was read. */
    public boolean runs(ExecutionKey key, long after) {
        LiveExecution live = live(key);
        return (live == null || live.log().isGivenUp())
                ? store.isRunning(key) || store.lastSeq(key) > after
                : !live.log().isLast(after);
    }

    private static ExecutionEvent told(ExecutionLog.Entry entry, Map<Long, ExecutionEvent> stored) {
        return switch (entry) {
            case ExecutionLog.Entry.Told(ExecutionEvent event) -> event;
            case ExecutionLog.Entry.InStore(long seq) -> {
                ExecutionEvent event = stored.get(seq);
                if (event == null) {
                    throw new IllegalStateException("event " + seq + " is not in the store");
                }
                yield event;
            }
        };
    }

    /** Tells a running execution to stop, wherever it runs; answers false when it has ended. */
    public boolean cancel(ExecutionKey key, String reason) {
        LiveExecution live = live(key);
        if (live == null || live.log().isGivenUp()) {
            return store.askToStop(key, reason);
        }
        if (live.log().hasEnded()) {
            return false;
        }
        live.cancellation().cancel(reason);
        if (lease.isShared()) {
            // Whoever goes on with it, were this process to end now, must not go on with what somebody stopped.
            var _ = store.askToStop(key, reason);
        }
        return true;
    }

    /** Stops those of this process that another one was asked to stop. */
    void stopAsAsked() {
        if (running() > 0) {
            store.stopsAsked(lease.epoch()).forEach((key, reason) -> {
                LiveExecution live = live(key);
                if (live != null) {
                    live.cancellation().cancel(reason);
                }
            });
        }
    }

    /** Whether this process runs it. */
    boolean runsHere(ExecutionKey key) {
        lock.lock();
        try {
            return running.containsKey(key);
        } finally {
            lock.unlock();
        }
    }

    /** Stops all of them, because this process may not go on. */
    void stopAll(String reason) {
        all().forEach(live -> live.cancellation().cancel(reason));
    }

    /** Gives up those that ran under a number that counts no more: others say how they ended. */
    void giveUp(long epoch) {
        all().stream().filter(live -> live.owner() == epoch).forEach(live -> {
            live.log().giveUp();
            live.cancellation().cancel("the runner was taken for dead.");
        });
    }

    private List<LiveExecution> all() {
        lock.lock();
        try {
            return new ArrayList<>(running.values());
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing new is taken, because the process is about to end. */
    public boolean isStopping() {
        lock.lock();
        try {
            return closing;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable LiveExecution live(ExecutionKey key) {
        lock.lock();
        try {
            LiveExecution live = running.get(key);
            return live != null ? live : ended.get(key);
        } finally {
            lock.unlock();
        }
    }

    /** Accepts nothing more, lets what runs go on for a while, then cancels it. Answers how many did not end even so. */
    public int drain(Duration grace) throws InterruptedException {
        List<LiveExecution> left = closed();
        long until = System.nanoTime() + grace.toNanos();
        for (LiveExecution live : left) {
            live.log().awaitEnd(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
        }
        left.forEach(live -> live.cancellation().cancel("the runner was shut down."));
        int open = 0;
        long last = System.nanoTime() + ENDING.toNanos();
        for (LiveExecution live : left) {
            if (!live.log().awaitEnd(Duration.ofNanos(Math.max(0, last - System.nanoTime())))) {
                open++;
            }
        }
        return open;
    }

    private List<LiveExecution> closed() {
        lock.lock();
        try {
            closing = true;
            return new ArrayList<>(running.values());
        } finally {
            lock.unlock();
        }
    }
}
