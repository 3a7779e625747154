package io.opsconductor.runner.execution;

import io.opsconductor.plan.ExecutionEvent;
import io.opsconductor.plan.TargetResult;
import io.opsconductor.plan.TargetStatus;
import io.opsconductor.runner.preview.ResolvedStep;
import io.opsconductor.runner.signal.Signals;
import io.opsconductor.runner.step.Cancellation;
import io.opsconductor.runner.step.Place;
import io.opsconductor.runner.store.NotOwnerException;
import io.opsconductor.runner.store.OfferStore;
import io.opsconductor.runner.store.OfferStore.Standing;
import io.opsconductor.runner.store.Spot;
import io.opsconductor.runner.store.TargetRun;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The targets of executions that this process leads, some of which others run. Each is offered in the store, and hinted at; who has the
 * offer runs it, and this waits for the result and tells it. What nobody takes in time, or gives back, runs here; so does everything
 * while there is nobody to tell.
 */
final class Spread implements TargetWork, GoneOn.Following, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Spread.class);
    /** After this an offer that nobody took is run here, as soon as there is a place. */
    private static final Duration PATIENCE = Duration.ofMillis(300);
    /** How often the store is asked, without a word from anybody. */
    private static final Duration LOOKING = Duration.ofMillis(50);
    /** How soon after a look the next one comes at the earliest. */
    private static final Duration BREATH = Duration.ofMillis(5);

    private static final Duration COUNTING = Duration.ofSeconds(1);

    private final TargetRunner here;
    private final Spreading parts;
    private final Map<Spot, Watch> watches = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    // Guards what was seen last, and who is told of it.
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Condition poked = lock.newCondition();
    private boolean lookNow;
    private long begun;
    private Seen seen = new Seen(0, Map.of());

    private volatile long others;
    private @Nullable Thread looking;

    /** What was in the store when it was looked at for the so-manieth time. */
    private record Seen(long number, Map<Spot, Standing> offers) {}

    /** Somebody who waits for the end of one target. */
    private static final class Watch {
        final LiveExecution execution;
        final Spot spot;
        final AtomicBoolean decided = new AtomicBoolean();
        /** It runs here after all. */
        boolean back;
        /** A place is kept for it. */
        boolean placed;

        boolean toldStart;
        boolean stopAsked;

        Watch(LiveExecution execution, Spot spot) {
            this.execution = execution;
            this.spot = spot;
        }
    }

    Spread(TargetRunner here, Spreading parts) {
        this.here = here;
        this.parts = parts;
    }

    /** Begins to look. */
    void start() {
        looking = Thread.ofVirtual().name("spread").start(this::look);
    }

    /** How many processes share the work now, this one included. */
    int sharers() {
        return Math.clamp(parts.signals().isUp() ? others + 1 : 1, 1, 64);
    }

    @Override
    public TargetResult run(LiveExecution execution, int stepIndex, int position, Cancellation stop) {
        if (!maySpread(execution.steps().get(stepIndex)) || stop.isCancelled()) {
            return atAPlace(execution, stepIndex, position, stop);
        }
        parts.offers().offer(execution.owned(), stepIndex, position);
        return follow(execution, stepIndex, position, stop, true);
    }

    private boolean maySpread(ResolvedStep step) {
        return others > 0
                && parts.signals().isUp()
                && step.targets().size() > 1
                && step.targets().stream().noneMatch(target -> target.place() instanceof Place.OnRunner);
    }

    /** Here, as soon as there is a place. */
    private TargetResult atAPlace(LiveExecution execution, int stepIndex, int position, Cancellation stop) {
        if (parts.signals().equals(Signals.NONE)) {
            return here.run(execution, stepIndex, position, stop);
        }
        boolean placed = false;
        try {
            while (!placed && !stop.isCancelled()) {
                placed = parts.places().tryAcquire(LOOKING.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            parts.metrics().targetSpread("here");
            return here.run(execution, stepIndex, position, stop);
        } finally {
            if (placed) {
                parts.places().release();
            }
        }
    }

    @Override
    public TargetResult follow(LiveExecution execution, int stepIndex, int position, Cancellation stop) {
        return follow(execution, stepIndex, position, stop, false);
    }

    private TargetResult follow(
            LiveExecution execution, int stepIndex, int position, Cancellation stop, boolean offered) {
        Spot spot = new Spot(execution.key(), stepIndex, position);
        Watch watch = new Watch(execution, spot);
        watches.put(spot, watch);
        try (Cancellation.Registration _ = stop.onCancel(this::poke)) {
            long until = System.nanoTime() + PATIENCE.toNanos();
            if (offered
                    && !parts.signals()
                            .offer(Hint.of(spot, parts.tracing().current()).text())) {
                until = System.nanoTime();
            }
            watch.toldStart = !offered && parts.store().toldStart(spot);
            if (runsElsewhere(watch, stop, until)) {
                return ended(watch);
            }
            parts.metrics().targetSpread("here");
            return here.run(execution, stepIndex, position, stop);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("this process ends", e);
        } finally {
            if (forgotten(watch)) {
                parts.places().release();
            }
        }
    }

    /** Ends the wait; answers whether a place was kept for it. */
    private boolean forgotten(Watch watch) {
        lock.lock();
        try {
            watches.remove(watch.spot, watch);
            return watch.placed;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until it has ended elsewhere; answers false when it is to run here. */
    private boolean runsElsewhere(Watch watch, Cancellation stop, long until) throws InterruptedException {
        long after = looks();
        while (true) {
            Seen now = seen(after, watch);
            if (isBack(watch)) {
                return false;
            }
            if (watch.execution.log().isGivenUp()) {
                throw new NotOwnerException(watch.execution.owned());
            }
            if (now != null) {
                after = now.number();
                try {
                    switch (turn(watch, now.offers().get(watch.spot), stop, until)) {
                        case HERE -> {
                            return false;
                        }
                        case ENDED -> {
                            return true;
                        }
                        case WAITS -> {}
                    }
                } catch (NotOwnerException e) {
                    throw e;
                } catch (RuntimeException e) {
                    // Others may run it: whoever waits must not say that it ended, whatever the store does.
                    LOG.warn("how a target goes on elsewhere cannot be asked now: {}", e.getMessage());
                }
            }
        }
    }

    private enum Turn {
        WAITS,
        HERE,
        ENDED
    }

    private Turn turn(Watch watch, @Nullable Standing standing, Cancellation stop, long until) {
        if (standing == null || standing.epoch() == 0) {
            boolean hurry = standing == null
                    || stop.isCancelled()
                    || System.nanoTime() >= until
                    || !parts.signals().isUp();
            if (!hurry || !mayRunHere(watch, stop)) {
                return Turn.WAITS;
            }
            // Whoever had it may have begun, and be gone.
            return parts.store().run(watch.spot).state() == TargetRun.State.PENDING ? Turn.HERE : Turn.ENDED;
        }
        if (!watch.toldStart && hasStarted(standing)) {
            tellStart(watch);
        }
        if (standing.state() == TargetRun.State.ENDED) {
            return Turn.ENDED;
        }
        if (stop.isCancelled() && !watch.stopAsked) {
            OfferStore.Stop why = new OfferStore.Stop(Objects.requireNonNull(stop.reason()), stop.isExpired());
            parts.offers().stop(watch.execution.owned(), watch.spot.step(), watch.spot.position(), why);
            parts.signals().tell(Word.of(Word.Kind.STOP, watch.spot).json());
            watch.stopAsked = true;
        }
        return Turn.WAITS;
    }

    private boolean isBack(Watch watch) {
        lock.lock();
        try {
            return watch.back;
        } finally {
            lock.unlock();
        }
    }

    /** Takes the offer back, if it is still nobody's, once there is a place; what is stopped needs none, for it does not start. */
    private boolean mayRunHere(Watch watch, Cancellation stop) {
        if (!watch.decided.compareAndSet(false, true)) {
            return false;
        }
        boolean placed = parts.places().tryAcquire();
        boolean mine = false;
        try {
            mine = (placed || stop.isCancelled()) && parts.offers().withdraw(watch.spot);
            return mine;
        } finally {
            if (mine) {
                watch.placed = placed;
            } else {
                watch.decided.set(false);
                if (placed) {
                    parts.places().release();
                }
            }
        }
    }

    private static boolean hasStarted(Standing standing) {
        return standing.state() == TargetRun.State.STARTED || standing.state() == TargetRun.State.TRIED;
    }

    private void tellStart(Watch watch) {
        LiveExecution execution = watch.execution;
        ResolvedStep step = execution.steps().get(watch.spot.step());
        execution.log().addStored(seq -> {
            ExecutionEvent.TargetStarted started = new ExecutionEvent.TargetStarted(
                    seq,
                    parts.clock().instant(),
                    watch.spot.step(),
                    step.tool(),
                    step.targets().get(watch.spot.position()).place().name());
            return new ExecutionLog.Storing(
                    started, parts.offers().toldStart(execution.owned(), watch.spot.position(), started));
        });
        watch.toldStart = true;
    }

    /** Tells how it has ended elsewhere, or what became of it when whoever ran it is gone. */
    private TargetResult ended(Watch watch) {
        LiveExecution execution = watch.execution;
        TargetRun run = parts.store().run(watch.spot);
        TargetResult result = parts.settling().of(execution.stored(), run).result();
        if (result.status() != TargetStatus.SKIPPED && !watch.toldStart) {
            tellStart(watch);
        }
        if (run.state() != TargetRun.State.ENDED) {
            return here.tell(execution, watch.spot.position(), result);
        }
        execution.log().addStored(seq -> {
            ExecutionEvent.TargetFinished finished =
                    new ExecutionEvent.TargetFinished(seq, parts.clock().instant(), result);
            return new ExecutionLog.Storing(
                    finished, parts.offers().toldEnd(execution.owned(), watch.spot.position(), finished));
        });
        parts.metrics().targetSpread("elsewhere");
        return result;
    }

    /**
     * Has a target run here whose hint came back, at a place that is kept for it.
     *
     * @return false when it is not this process's to take back; then the place is not used
     */
    boolean takeBack(Spot spot) {
        Watch watch = watches.get(spot);
        if (watch == null || !watch.decided.compareAndSet(false, true)) {
            return false;
        }
        boolean back = false;
        try {
            back = parts.offers().withdraw(spot);
        } finally {
            if (!back) {
                watch.decided.set(false);
            }
        }
        lock.lock();
        try {
            back = back && watches.get(spot) == watch;
            if (back) {
                watch.back = true;
                watch.placed = true;
                news.signalAll();
            }
            return back;
        } finally {
            lock.unlock();
        }
    }

    /** Hears what others tell of targets that they run. */
    void heard(Word word) {
        Watch watch = watches.get(word.spot());
        if (watch == null) {
            return;
        }
        ResolvedStep step = watch.execution.steps().get(word.step());
        String target = step.targets().get(word.position()).place().name();
        switch (word.kind()) {
            case LOOK -> poke();
            case STOP -> {}
            case OUTPUT ->
                watch.execution
                        .log()
                        .add(seq -> new ExecutionEvent.Output(
                                seq, parts.clock().instant(), word.step(), target, word.stream(), word.text()));
            case WAITING -> here.waits(watch.execution, word.step(), target, word.text());
        }
    }

    private long looks() {
        lock.lock();
        try {
            return begun;
        } finally {
            lock.unlock();
        }
    }

    /** What a look saw that began after this one; null when there is none for a while, or the target runs here. */
    private @Nullable Seen seen(long after, Watch watch) throws InterruptedException {
        long nanos = COUNTING.toNanos();
        lock.lock();
        try {
            while (seen.number() <= after
                    && !watch.back
                    && !watch.execution.log().isGivenUp()
                    && nanos > 0) {
                nanos = news.awaitNanos(nanos);
            }
            return seen.number() > after ? seen : null;
        } finally {
            lock.unlock();
        }
    }

    private void poke() {
        lock.lock();
        try {
            lookNow = true;
            poked.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void look() {
        long counted = System.nanoTime() - COUNTING.toNanos();
        try {
            while (closed.getCount() > 0) {
                try {
                    if (System.nanoTime() - counted >= COUNTING.toNanos()) {
                        others = Math.max(0, parts.instances().live() - 1);
                        counted = System.nanoTime();
                    }
                    if (!watches.isEmpty()) {
                        lookOnce();
                    }
                } catch (RuntimeException e) {
                    LOG.warn("what others run could not be looked at now: {}", e.getMessage());
                }
                Thread.sleep(BREATH);
                rest();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookOnce() {
        long number;
        lock.lock();
        try {
            lookNow = false;
            number = ++begun;
        } finally {
            lock.unlock();
        }
        Map<Spot, Standing> offers = parts.offers().standing(parts.lease().epoch());
        lock.lock();
        try {
            seen = new Seen(number, offers);
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void rest() throws InterruptedException {
        long nanos = LOOKING.toNanos();
        lock.lock();
        try {
            while (!lookNow && nanos > 0) {
                nanos = poked.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public TargetResult skip(LiveExecution execution, int stepIndex, int position, String reason) {
        return here.skip(execution, stepIndex, position, reason);
    }

    @Override
    public TargetResult notNeeded(LiveExecution execution, int stepIndex, int position, String reason) {
        return here.notNeeded(execution, stepIndex, position, reason);
    }

    @Override
    public void waits(LiveExecution execution, int stepIndex, String target, String reason) {
        here.waits(execution, stepIndex, target, reason);
    }

    @Override
    public void close() {
        closed.countDown();
        Thread thread = looking;
        if (thread != null) {
            thread.interrupt();
        }
    }
}
