package io.opsconductor.runner.execution;

import io.opsconductor.kit.journal.JournalUnavailableException;
import io.opsconductor.kit.log.LogContext;
import io.opsconductor.kit.trace.Span;
import io.opsconductor.kit.trace.Tracing;
import io.opsconductor.plan.ExecutionEvent;
import io.opsconductor.plan.ExecutionStatus;
import io.opsconductor.plan.TargetResult;
import io.opsconductor.plan.Tenant;
import io.opsconductor.runner.audit.Audit;
import io.opsconductor.runner.instance.Lease;
import io.opsconductor.runner.metrics.RunnerMetrics;
import io.opsconductor.runner.store.ExecutionStore;
import io.opsconductor.runner.store.NotOwnerException;
import io.opsconductor.runner.store.TargetRuns;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs accepted executions, each on threads of its own, and records how they end. */
public final class ExecutionEngine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ExecutionEngine.class);

    private final Function<TargetRuns, TargetRunner> runners;
    private final TargetRunner targets;
    private final ExecutionStore store;
    private final Audit audit;
    private final RunnerMetrics metrics;
    private final InstantSource clock;
    private final Tracing tracing;
    private final int parallelTargets;
    private final @Nullable Spread spread;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("output-timer").factory());

    /**
     * An engine.
     *
     * @param executors those that hold a tenant's credentials and connections, and no other's
     * @param parallelTargets how many targets of one execution run at once
     * @param locks keep two changes off one machine
     * @param lease without which nothing is started
     * @param spreading how targets come to other processes that share the store; null where none do
     * @param tracing what runs is within what starts it
     */
    public ExecutionEngine(
            Function<Tenant, StepExecutors> executors,
            ExecutionStore store,
            Audit audit,
            RunnerMetrics metrics,
            InstantSource clock,
            int parallelTargets,
            TargetLocks locks,
            Lease lease,
            @Nullable Spreading spreading,
            Tracing tracing) {
        this.runners = runs -> new TargetRunner(executors, locks, runs, audit, metrics, clock, timer, lease::holds);
        this.targets = runners.apply(store);
        this.spread = spreading == null ? null : new Spread(targets, spreading);
        this.store = store;
        this.audit = audit;
        this.metrics = metrics;
        this.clock = clock;
        this.tracing = tracing;
        this.parallelTargets = parallelTargets;
    }

    /** Starts it on a thread of its own; {@code afterwards} runs when it has ended, however it ended. */
    void start(LiveExecution execution, Runnable afterwards) {
        start(execution, work(), afterwards);
    }

    /** As {@link #start(LiveExecution, Runnable)}, with what is known of its targets from a process before this one. */
    void goOn(LiveExecution execution, GoneOn before, Runnable afterwards) {
        start(execution, before, afterwards);
    }

    private void start(LiveExecution execution, TargetWork work, Runnable afterwards) {
        var _ = threads.submit(tracing.carried(() -> {
            try (LogContext _ = LogContext.of(execution.stored().conversation(), execution.id());
                    Span span = tracing.within("execution", Span.Kind.INTERNAL)) {
                span.with("opsconductor.execution", execution.id());
                run(execution, work, span);
            } finally {
                afterwards.run();
            }
        }));
    }

    private void run(LiveExecution execution, TargetWork work, Span span) {
        LOG.info("execution starts: {} steps", execution.steps().size());
        List<TargetResult> results = new ArrayList<>();
        String trouble = "";
        try {
            int room = parallelTargets * (spread == null ? 1 : spread.sharers());
            results.addAll(new PlanRun(execution, work, threads, timer, room, tracing).run());
        } catch (RuntimeException e) {
            LOG.error("the execution could not be carried through", e);
            trouble = "The runner could not carry it through; its log has the cause.";
        }
        finish(execution, results, trouble, span);
    }

    /** Runs targets of executions that other processes lead; what becomes of them is said there. */
    TargetRunner forOthers(TargetRuns runs) {
        return runners.apply(runs);
    }

    /** What is done for the targets of an execution that began here. */
    TargetWork work() {
        return spread == null ? targets : spread;
    }

    /** Lets others run targets; null where nobody does. */
    @Nullable
    Spread spread() {
        return spread;
    }

    /** Ends an execution none of whose targets was started. */
    void abandon(LiveExecution execution, String reason) {
        List<TargetResult> results = new ArrayList<>();
        for (int step = 0; step < execution.steps().size(); step++) {
            for (int i = 0; i < execution.steps().get(step).targets().size(); i++) {
                results.add(targets.skip(execution, step, i, reason));
            }
        }
        finish(execution, results, "", Span.NONE);
    }

    private void finish(LiveExecution execution, List<TargetResult> results, String trouble, Span span) {
        if (isOthers(execution)) {
            span.outcome("lost", false);
            giveUp(execution);
            return;
        }
        Duration took = Duration.ofNanos(System.nanoTime() - execution.beganNanos());
        Outcome outcome = trouble.isEmpty()
                ? Outcome.of(results, execution.cancellation().isCancelled(), took, trouble)
                : Outcome.of(ExecutionStatus.INTERRUPTED, results, took, trouble);
        try {
            audit.executionFinished(
                    execution.stored().subject(),
                    outcome.status(),
                    outcome.summary().message());
        } catch (JournalUnavailableException e) {
            LOG.error("the end of the execution is not in the journal: {}", e.getMessage());
        }
        metrics.executionEnded(outcome.status(), took);
        span.outcome(outcome.status().word(), outcome.status() == ExecutionStatus.SUCCEEDED);
        try {
            execution.log().add(seq -> {
                ExecutionEvent.Finished finished =
                        new ExecutionEvent.Finished(seq, clock.instant(), outcome.status(), outcome.summary());
                keep(execution, finished);
                return finished;
            });
            LOG.info("execution ended: {} after {} ms", outcome.status().word(), took.toMillis());
        } catch (NotOwnerException e) {
            giveUp(execution);
        }
    }

    private boolean isOthers(LiveExecution execution) {
        try {
            return execution.log().isGivenUp() || !store.isOwner(execution.owned());
        } catch (RuntimeException e) {
            LOG.warn("whether the execution is still this runner's cannot be asked now: {}", e.getMessage());
            return false;
        }
    }

    /** Another runner says how it ended. */
    private void giveUp(LiveExecution execution) {
        LOG.error("the execution is another runner's by now, which says how it ended");
        execution.log().giveUp();
        try {
            audit.executionLost(execution.stored().subject(), execution.owner());
        } catch (JournalUnavailableException e) {
            LOG.error("that it was lost is not in the journal: {}", e.getMessage());
        }
    }

    private void keep(LiveExecution execution, ExecutionEvent.Finished finished) {
        try {
            store.finished(execution.owned(), finished);
        } catch (NotOwnerException e) {
            throw e;
        } catch (RuntimeException e) {
            // Readers must not wait for ever; the next start finds it unfinished and settles it.
            LOG.error("the end of the execution could not be stored", e);
        }
    }

    /** Stops the threads; executions must have ended before. */
    @Override
    public void close() {
        threads.shutdownNow();
        timer.shutdownNow();
    }
}
