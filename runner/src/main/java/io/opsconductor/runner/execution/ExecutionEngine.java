package io.opsconductor.runner.execution;

import io.opsconductor.kit.journal.JournalUnavailableException;
import io.opsconductor.kit.log.LogContext;
import io.opsconductor.plan.ExecutionEvent;
import io.opsconductor.plan.ExecutionStatus;
import io.opsconductor.plan.TargetResult;
import io.opsconductor.plan.TargetStatus;
import io.opsconductor.runner.audit.Audit;
import io.opsconductor.runner.metrics.RunnerMetrics;
import io.opsconductor.runner.preview.ResolvedStep;
import io.opsconductor.runner.store.ExecutionStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs accepted executions: steps one after another, the targets of a step side by side. A step that did not succeed
 * everywhere keeps the later ones from starting.
 */
public final class ExecutionEngine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ExecutionEngine.class);

    private final TargetRunner targets;
    private final ExecutionStore store;
    private final Audit audit;
    private final RunnerMetrics metrics;
    private final InstantSource clock;
    private final int parallelTargets;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("output-timer").factory());

    /** @param parallelTargets how many targets of one step run at once */
    public ExecutionEngine(
            StepExecutors executors,
            ExecutionStore store,
            Audit audit,
            RunnerMetrics metrics,
            InstantSource clock,
            int parallelTargets) {
        this.targets = new TargetRunner(executors, store, audit, metrics, clock, timer);
        this.store = store;
        this.audit = audit;
        this.metrics = metrics;
        this.clock = clock;
        this.parallelTargets = parallelTargets;
    }

    /** Starts it on a thread of its own; {@code afterwards} runs when it has ended, however it ended. */
    void start(LiveExecution execution, Runnable afterwards) {
        var _ = threads.submit(() -> {
            try (LogContext _ = LogContext.of(execution.stored().conversation(), execution.id())) {
                run(execution);
            } finally {
                afterwards.run();
            }
        });
    }

    private void run(LiveExecution execution) {
        LOG.info("execution starts: {} steps", execution.steps().size());
        List<TargetResult> results = new ArrayList<>();
        String trouble = "";
        try {
            results.addAll(steps(execution));
        } catch (RuntimeException e) {
            LOG.error("the execution could not be carried through", e);
            trouble = "The runner could not carry it through; its log has the cause.";
        }
        finish(execution, results, trouble);
    }

    /** Ends an execution none of whose targets was started. */
    void abandon(LiveExecution execution, String reason) {
        List<TargetResult> results = new ArrayList<>();
        for (int step = 0; step < execution.steps().size(); step++) {
            results.addAll(skip(execution, step, reason));
        }
        finish(execution, results, "");
    }

    private List<TargetResult> steps(LiveExecution execution) {
        List<TargetResult> results = new ArrayList<>();
        String stop = null;
        for (int step = 0; step < execution.steps().size(); step++) {
            List<TargetResult> ofStep = stop == null ? run(execution, step) : skip(execution, step, stop);
            results.addAll(ofStep);
            if (stop == null && ofStep.stream().anyMatch(r -> r.status() != TargetStatus.SUCCEEDED)) {
                String cancelled = execution.cancellation().reason();
                stop = cancelled == null
                        ? "Not started, because step " + (step + 1) + " ("
                                + execution.steps().get(step).tool() + ") did not succeed everywhere."
                        : "Not started: " + cancelled;
            }
        }
        return results;
    }

    private List<TargetResult> run(LiveExecution execution, int step) {
        Semaphore room = new Semaphore(parallelTargets);
        List<Future<TargetResult>> running = new ArrayList<>();
        for (int i = 0; i < execution.steps().get(step).targets().size(); i++) {
            int position = i;
            room.acquireUninterruptibly();
            running.add(threads.submit(() -> {
                try {
                    return runOne(execution, step, position);
                } finally {
                    room.release();
                }
            }));
        }
        return running.stream().map(ExecutionEngine::ended).toList();
    }

    private TargetResult runOne(LiveExecution execution, int step, int position) {
        try (LogContext _ = LogContext.of(execution.stored().conversation(), execution.id())) {
            return targets.run(execution, step, position);
        } catch (RuntimeException e) {
            ResolvedStep resolved = execution.steps().get(step);
            String target = resolved.targets().get(position).place().name();
            LOG.error("{} could not be carried through on {}", resolved.tool(), target, e);
            return TargetRunner.notRun(
                    step,
                    resolved.tool(),
                    target,
                    TargetStatus.INTERRUPTED,
                    "The runner failed here and cannot say what became of it; its log has the cause.");
        }
    }

    private List<TargetResult> skip(LiveExecution execution, int step, String reason) {
        List<TargetResult> results = new ArrayList<>();
        for (int i = 0; i < execution.steps().get(step).targets().size(); i++) {
            results.add(targets.skip(execution, step, i, reason));
        }
        return results;
    }

    private static TargetResult ended(Future<TargetResult> future) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException e) {
                    // What was started must be waited for: only its end says what became of it.
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw new IllegalStateException("a target's thread died", e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void finish(LiveExecution execution, List<TargetResult> results, String trouble) {
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
        execution.log().add(seq -> {
            ExecutionEvent.Finished finished =
                    new ExecutionEvent.Finished(seq, clock.instant(), outcome.status(), outcome.summary());
            keep(execution, finished);
            return finished;
        });
        LOG.info("execution ended: {} after {} ms", outcome.status().word(), took.toMillis());
    }

    private void keep(LiveExecution execution, ExecutionEvent.Finished finished) {
        try {
            store.finished(execution.id(), finished);
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
