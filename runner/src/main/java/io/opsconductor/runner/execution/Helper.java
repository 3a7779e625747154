package io.opsconductor.runner.execution;

import io.opsconductor.kit.log.LogContext;
import io.opsconductor.kit.trace.Span;
import io.opsconductor.plan.ExecutionEvent;
import io.opsconductor.plan.TargetResult;
import io.opsconductor.plan.TargetStatus;
import io.opsconductor.runner.audit.Audit;
import io.opsconductor.runner.execution.ApprovedAgain.Verdict;
import io.opsconductor.runner.preview.ResolvedStep;
import io.opsconductor.runner.step.Cancellation;
import io.opsconductor.runner.store.ExecutionKey;
import io.opsconductor.runner.store.NotOwnerException;
import io.opsconductor.runner.store.Owned;
import io.opsconductor.runner.store.Spot;
import io.opsconductor.runner.store.StoredExecution;
import io.opsconductor.runner.store.TargetRuns;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs targets of executions that other processes lead. A hint names one; what the store has of it is checked as if the execution had
 * been sent to this process, and whoever writes its number into the offer runs it. What this one cannot start it gives back.
 */
final class Helper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Helper.class);
    private static final Duration TAKING = Duration.ofSeconds(1);
    private static final Duration RELAYING = Duration.ofMillis(500);
    private static final Duration ENDING = Duration.ofSeconds(5);
    private static final Duration AGAIN = Duration.ofMillis(250);
    /** Who has much to do lets others take the next one first: so long for each target that runs here. */
    private static final long YIELD_MILLIS = 1;

    private static final int EXECUTIONS_KEPT = 16;
    /** After this it is looked at again whether what could not run here can. */
    private static final Duration UNSOUND_FOR = Duration.ofSeconds(10);

    private final Executions executions;
    private final ExecutionEngine engine;
    private final Spread spread;
    private final ApprovedAgain approvals;
    private final Audit audit;
    private final Spreading parts;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<Spot, LiveExecution> helping = new ConcurrentHashMap<>();
    private final Map<ExecutionKey, Checked> checked = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ExecutionKey, Checked> eldest) {
            return size() > EXECUTIONS_KEPT;
        }
    };
    private @Nullable Thread taking;

    private record Checked(StoredExecution execution, Verdict verdict, long nanos) {}

    Helper(
            Executions executions,
            ExecutionEngine engine,
            Spread spread,
            ApprovedAgain approvals,
            Audit audit,
            Spreading parts) {
        this.executions = executions;
        this.engine = engine;
        this.spread = spread;
        this.approvals = approvals;
        this.audit = audit;
        this.parts = parts;
    }

    /** Begins to take hints. */
    void start() {
        parts.signals().listen(text -> Word.read(text).ifPresent(this::heard));
        taking = Thread.ofVirtual().name("helper").start(this::take);
    }

    private void heard(Word word) {
        if (word.kind() == Word.Kind.STOP) {
            if (helping.containsKey(word.spot())) {
                var _ = threads.submit(this::stopAsAsked);
            }
        } else {
            spread.heard(word);
        }
    }

    private void take() {
        try {
            while (closed.getCount() > 0) {
                if (executions.isStopping()
                        || !parts.lease().holds()
                        || !parts.signals().isUp()) {
                    Thread.sleep(AGAIN);
                } else if (parts.places().tryAcquire(AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                    // Nobody keeps a place while there may be nothing to do: what this process leads may wait for it.
                    parts.places().release();
                    takeOne();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void takeOne() throws InterruptedException {
        try {
            Thread.sleep(YIELD_MILLIS * (parts.most() - parts.places().availablePermits()));
            Optional<String> hint = parts.signals().take(TAKING);
            Optional<Hint.Named> named = hint.flatMap(Hint::read);
            if (named.isPresent() && !taken(named.get())) {
                // The last place was gone: others may have one.
                boolean _ = parts.signals().offer(hint.get());
            }
        } catch (RuntimeException e) {
            LOG.warn("a target of another runner's was not taken: {}", e.getMessage());
        }
    }

    /** Takes what is named, or leaves it for good; answers false when there was no place to look at it. */
    private boolean taken(Hint.Named named) {
        if (!parts.places().tryAcquire()) {
            return false;
        }
        boolean used = false;
        try {
            used = tookIt(named);
        } finally {
            if (!used) {
                parts.places().release();
            }
        }
        return true;
    }

    private boolean tookIt(Hint.Named named) {
        Spot spot = named.spot();
        if (executions.runsHere(spot.execution())) {
            return spread.takeBack(spot);
        }
        Checked known = checked(spot.execution());
        if (known == null) {
            return false;
        }
        return switch (known.verdict()) {
            case Verdict.Unsound _ -> {
                // Its leader runs it then, and need not wait.
                if (parts.offers().withdraw(spot)) {
                    tell(Word.Kind.LOOK, spot);
                }
                yield false;
            }
            case Verdict.Sound sound -> begun(named, known.execution(), sound.steps());
        };
    }

    /** Null when there is no such execution, or none that runs. */
    private @Nullable Checked checked(ExecutionKey key) {
        Checked before = checked.get(key);
        if (before != null
                && (before.verdict() instanceof Verdict.Sound
                        || System.nanoTime() - before.nanos() < UNSOUND_FOR.toNanos())) {
            return before;
        }
        Optional<StoredExecution> execution = parts.store().find(key);
        if (execution.isEmpty() || !parts.store().isRunning(key)) {
            return null;
        }
        Checked now = new Checked(execution.get(), approvals.of(execution.get()), System.nanoTime());
        checked.put(key, now);
        if (now.verdict() instanceof Verdict.Unsound(String reason)) {
            LOG.warn("no target of execution {} is run here, because {}", key.id(), reason);
        }
        return now;
    }

    private boolean begun(Hint.Named named, StoredExecution execution, List<ResolvedStep> steps) {
        Spot spot = named.spot();
        long epoch = parts.lease().epoch();
        if (spot.step() >= steps.size()
                || spot.position() >= steps.get(spot.step()).targets().size()
                || executions.isStopping()
                || !parts.lease().holds()
                || !parts.offers().claim(spot, epoch)) {
            return false;
        }
        LiveExecution live =
                new LiveExecution(execution, epoch, steps, new ExecutionLog(), new Cancellation(), System.nanoTime());
        helping.put(spot, live);
        var _ = threads.submit(() -> {
            try (LogContext _ = LogContext.of(execution.conversation(), execution.id());
                    Span span = parts.tracing().under(named.trace(), "target elsewhere", Span.Kind.INTERNAL)) {
                help(spot, live, span);
            } finally {
                helping.remove(spot);
                parts.places().release();
                tell(Word.Kind.LOOK, spot);
            }
        });
        return true;
    }

    private void help(Spot spot, LiveExecution live, Span span) {
        ResolvedStep step = live.steps().get(spot.step());
        span.with("opsconductor.execution", live.id())
                .with(
                        "opsconductor.target",
                        step.targets().get(spot.position()).place().name())
                .with("opsconductor.step", spot.step() + 1)
                .with("opsconductor.tool", step.tool());
        var _ = threads.submit(() -> relay(spot, live));
        TargetRunner target = engine.forOthers(new Runs(live));
        try {
            TargetResult result = target.run(live, spot.step(), spot.position(), live.cancellation());
            span.outcome(result.status().word(), result.status() == TargetStatus.SUCCEEDED);
            parts.metrics().targetSpread("for_others");
        } catch (HandedBackException e) {
            span.outcome("given back", true);
            LOG.info("{} was given back to its leader", spot);
        } catch (NotOwnerException e) {
            LOG.error("{} is not this runner's any more", spot);
        } catch (RuntimeException e) {
            LOG.error("{} could not be carried through", spot, e);
            unknown(spot, live, target);
        } finally {
            live.log().giveUp();
        }
    }

    /** Whoever leads it waits for a result as long as this process counts, so that there must be one. */
    private void unknown(Spot spot, LiveExecution live, TargetRunner target) {
        ResolvedStep step = live.steps().get(spot.step());
        TargetResult result = TargetRunner.notRun(
                spot.step(),
                step.tool(),
                step.targets().get(spot.position()).place().name(),
                TargetStatus.INTERRUPTED,
                "The runner failed here and cannot say what became of it; its log has the cause.");
        try {
            while (closed.getCount() > 0) {
                try {
                    target.tell(live, spot.position(), result);
                    return;
                } catch (HandedBackException | NotOwnerException e) {
                    return;
                } catch (RuntimeException e) {
                    LOG.warn("that {} has no result cannot be stored now: {}", spot, e.getMessage());
                    Thread.sleep(AGAIN);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells whoever leads it what comes while it runs. */
    private void relay(Spot spot, LiveExecution live) {
        long last = 0;
        try {
            while (true) {
                boolean over = live.log().isGivenUp();
                for (ExecutionLog.Entry entry : live.log().after(last, RELAYING)) {
                    last = entry.seq();
                    if (entry instanceof ExecutionLog.Entry.Told(ExecutionEvent event)) {
                        parts.signals().tell(Word.of(spot, event).json());
                    }
                }
                if (over) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(Word.Kind kind, Spot spot) {
        parts.signals().tell(Word.of(kind, spot).json());
    }

    /** It did not start here, and its leader has it again. */
    private static final class HandedBackException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** What is stored of one target: what cannot start here is not skipped, but given back. */
    private final class Runs implements TargetRuns {
        private final LiveExecution live;

        Runs(LiveExecution live) {
            this.live = live;
        }

        @Override
        public Supplier<Long> started(Owned execution, int position, ExecutionEvent.TargetStarted event) {
            return parts.offers().started(execution, position, event);
        }

        @Override
        public void tried(Owned execution, int position, TargetResult result) {
            parts.offers().tried(execution, position, result);
        }

        @Override
        public void startedAgain(Owned execution, int step, int position) {
            parts.offers().startedAgain(execution, step, position);
        }

        @Override
        public String kept(TargetResult result) {
            return parts.offers().kept(result);
        }

        @Override
        public Supplier<Long> ended(Owned execution, int position, ExecutionEvent.TargetFinished event, String kept) {
            boolean cannot = live.cancellation().isCancelled() || audit.broken() != null;
            if (event.result().status() != TargetStatus.SKIPPED || !cannot) {
                return parts.offers().ended(execution, position, event, kept);
            }
            Spot spot = new Spot(execution.key(), event.result().step(), position);
            return () -> {
                if (parts.offers().handBack(spot, execution.epoch())) {
                    throw new HandedBackException();
                }
                throw new NotOwnerException(execution);
            };
        }
    }

    /** Stops what the leaders want stopped. */
    void stopAsAsked() {
        if (helping.isEmpty()) {
            return;
        }
        parts.offers().stopsAsked(parts.lease().epoch()).forEach((spot, stop) -> {
            LiveExecution live = helping.get(spot);
            if (live != null && stop.expired()) {
                live.cancellation().expire(stop.reason());
            } else if (live != null) {
                live.cancellation().cancel(stop.reason());
            }
        });
    }

    /** Stops all of them, because this process may not go on. */
    void stopAll(String reason) {
        helping.values().forEach(live -> live.cancellation().cancel(reason));
    }

    /** Gives up what runs under a number that counts no more. */
    void giveUp(long epoch) {
        helping.values().stream()
                .filter(live -> live.owner() == epoch)
                .forEach(live -> live.cancellation().cancel("the runner was taken for dead."));
    }

    /** Lets what runs go on for a while, then cancels it. Answers how many did not end even so. */
    int drain(Duration grace) throws InterruptedException {
        awaitNone(grace);
        stopAll("the runner was shut down.");
        awaitNone(ENDING);
        return helping.size();
    }

    private void awaitNone(Duration time) throws InterruptedException {
        long until = System.nanoTime() + time.toNanos();
        while (!helping.isEmpty() && System.nanoTime() < until) {
            Thread.sleep(Duration.ofMillis(10));
        }
    }

    @Override
    public void close() {
        closed.countDown();
        Thread thread = taking;
        if (thread != null) {
            thread.interrupt();
        }
        threads.shutdownNow();
    }
}
