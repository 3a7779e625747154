package io.opsconductor.runner.execution;

import io.opsconductor.kit.journal.JournalUnavailableException;
import io.opsconductor.plan.ExecutionEvent;
import io.opsconductor.plan.Retry;
import io.opsconductor.plan.TargetResult;
import io.opsconductor.plan.TargetStatus;
import io.opsconductor.plan.Tenant;
import io.opsconductor.runner.audit.Audit;
import io.opsconductor.runner.metrics.RunnerMetrics;
import io.opsconductor.runner.preview.ResolvedStep;
import io.opsconductor.runner.preview.ResolvedStep.ResolvedTarget;
import io.opsconductor.runner.step.Cancellation;
import io.opsconductor.runner.step.Captured;
import io.opsconductor.runner.step.StepCommand;
import io.opsconductor.runner.step.TargetOutcome;
import io.opsconductor.runner.store.TargetRuns;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One target of one step, from the journal's record that it starts to the stored result. */
final class TargetRunner implements TargetWork {
    private static final Logger LOG = LoggerFactory.getLogger(TargetRunner.class);
    private static final String NO_LEASE = "It was not started: the runner had lost its lease.";

    private final Function<Tenant, StepExecutors> executors;
    private final TargetLocks locks;
    private final TargetRuns store;
    private final Audit audit;
    private final RunnerMetrics metrics;
    private final InstantSource clock;
    private final ScheduledExecutorService timer;
    private final BooleanSupplier mayStart;

    TargetRunner(
            Function<Tenant, StepExecutors> executors,
            TargetLocks locks,
            TargetRuns store,
            Audit audit,
            RunnerMetrics metrics,
            InstantSource clock,
            ScheduledExecutorService timer,
            BooleanSupplier mayStart) {
        this.executors = executors;
        this.locks = locks;
        this.store = store;
        this.audit = audit;
        this.metrics = metrics;
        this.clock = clock;
        this.timer = timer;
        this.mayStart = mayStart;
    }

    @Override
    public TargetResult run(LiveExecution execution, int stepIndex, int position, Cancellation stop) {
        ResolvedStep step = execution.steps().get(stepIndex);
        ResolvedTarget target = step.targets().get(position);
        if (stop.isCancelled()) {
            return skip(execution, stepIndex, position, notStarted(stop));
        }
        String who = step.tool() + " of execution " + execution.id();
        TargetLocks.Taken taken = locks.take(
                execution.key().tenant(),
                target.machines(),
                who,
                stop,
                sentence -> waits(execution, stepIndex, target.place().name(), sentence));
        return switch (taken) {
            case TargetLocks.Taken.GivenUp(String reason) ->
                skip(execution, stepIndex, position, reason.isEmpty() ? notStarted(stop) : reason);
            case TargetLocks.Taken.Held held -> {
                try (held) {
                    // What cancelled it may have come while it waited.
                    yield stop.isCancelled()
                            ? skip(execution, stepIndex, position, notStarted(stop))
                            : tries(execution, stepIndex, position, stop);
                }
            }
        };
    }

    private TargetResult tries(LiveExecution execution, int stepIndex, int position, Cancellation stop) {
        ResolvedStep step = execution.steps().get(stepIndex);
        ResolvedTarget target = step.targets().get(position);
        String name = target.place().name();
        Retry retry = step.options().retry();
        TargetResult last = null;
        for (int tried = 1; ; tried++) {
            try {
                audit.stepStarted(execution.stored().subject(), stepIndex, step.tool(), name, tried);
            } catch (JournalUnavailableException e) {
                LOG.error("{} was not started: {}", name, e.getMessage());
                return last == null
                        ? skip(execution, stepIndex, position, notRecorded(e))
                        : tell(execution, position, because(last, last.reason() + " " + notRecorded(e)));
            }
            started(execution, stepIndex, position, tried);
            last = tried(execution, stepIndex, position, stop);
            if (last.status() == TargetStatus.SUCCEEDED || tried > retry.times() || stop.isCancelled()) {
                return tell(execution, position, tried == 1 ? last : because(last, afterTries(last, tried)));
            }
            store.tried(execution.owned(), position, last);
            Duration backoff = retry.backoffAfter(tried);
            waits(
                    execution,
                    stepIndex,
                    name,
                    last.reason() + " Tries again in " + backoff.toSeconds() + " s, for the " + ordinal(tried + 1)
                            + " of " + (retry.times() + 1) + " times.");
            if (stop.await(backoff)) {
                return tell(execution, position, because(last, afterTries(last, tried)));
            }
        }
    }

    private static String afterTries(TargetResult result, int tried) {
        return result.status() == TargetStatus.SUCCEEDED
                ? ""
                : result.reason() + (tried == 1 ? " It was tried once." : " It was tried " + tried + " times.");
    }

    private static String ordinal(int number) {
        return switch (number) {
            case 2 -> "2nd";
            case 3 -> "3rd";
            default -> number + "th";
        };
    }

    private void started(LiveExecution execution, int stepIndex, int position, int tried) {
        if (tried > 1) {
            store.startedAgain(execution.owned(), stepIndex, position);
            return;
        }
        ResolvedStep step = execution.steps().get(stepIndex);
        execution.log().addStored(seq -> {
            ExecutionEvent.TargetStarted started = new ExecutionEvent.TargetStarted(
                    seq,
                    clock.instant(),
                    stepIndex,
                    step.tool(),
                    step.targets().get(position).place().name());
            return new ExecutionLog.Storing(started, store.started(execution.owned(), position, started));
        });
    }

    private TargetResult tried(LiveExecution execution, int stepIndex, int position, Cancellation stop) {
        ResolvedStep step = execution.steps().get(stepIndex);
        ResolvedTarget target = step.targets().get(position);
        // Its start is stored; had this process stood still since, others may have the execution by now.
        TargetOutcome outcome = mayStart.getAsBoolean()
                ? execute(execution, stepIndex, step, target, stop)
                : new TargetOutcome.Cancelled(Captured.NOTHING, Captured.NOTHING, Duration.ZERO, NO_LEASE);
        if (outcome instanceof TargetOutcome.Cancelled cancelled && stop.isExpired()) {
            outcome = new TargetOutcome.TimedOut(
                    cancelled.stdout(), cancelled.stderr(), cancelled.duration(), cancelled.reason());
        }
        TargetResult result =
                outcome.result(stepIndex, step.tool(), target.place().name());
        metrics.commandEnded(target.command(), step.effect(), result.status(), Duration.ofMillis(result.durationMs()));
        try {
            audit.stepFinished(execution.stored().subject(), result);
        } catch (JournalUnavailableException e) {
            // It has run: the result is true and is told; what comes after it will not start.
            LOG.error("the end of {} is not in the journal: {}", result.target(), e.getMessage());
        }
        return result;
    }

    @Override
    public void waits(LiveExecution execution, int stepIndex, String target, String reason) {
        execution
                .log()
                .add(seq -> new ExecutionEvent.Waiting(
                        seq,
                        clock.instant(),
                        stepIndex,
                        execution.steps().get(stepIndex).tool(),
                        target,
                        reason));
    }

    /** Why something that was stopped did not start. */
    static String notStarted(Cancellation stop) {
        String reason = Objects.requireNonNull(stop.reason(), "it was stopped");
        if (reason.startsWith("Not started")) {
            return reason;
        }
        return "Not started: "
                + (stop.isExpired() ? reason.substring(0, 1).toLowerCase(Locale.ROOT) + reason.substring(1) : reason);
    }

    private TargetOutcome execute(
            LiveExecution execution, int stepIndex, ResolvedStep step, ResolvedTarget target, Cancellation stop) {
        StepCommand command = new StepCommand(
                execution.id(), target.command(), target.place(), step.timeout(), step.outputLimitBytes());
        try (OutputCoalescer output = new OutputCoalescer(
                (channel, text) -> execution
                        .log()
                        .add(seq -> new ExecutionEvent.Output(
                                seq, clock.instant(), stepIndex, target.place().name(), channel.word(), text)),
                timer)) {
            return executors
                    .apply(execution.key().tenant())
                    .of(target.command())
                    .run(command, output, stop);
        }
    }

    @Override
    public TargetResult skip(LiveExecution execution, int stepIndex, int position, String reason) {
        return leftOut(execution, stepIndex, position, TargetStatus.SKIPPED, reason);
    }

    @Override
    public TargetResult notNeeded(LiveExecution execution, int stepIndex, int position, String reason) {
        return leftOut(execution, stepIndex, position, TargetStatus.NOT_NEEDED, reason);
    }

    private TargetResult leftOut(
            LiveExecution execution, int stepIndex, int position, TargetStatus status, String reason) {
        ResolvedStep step = execution.steps().get(stepIndex);
        String target = step.targets().get(position).place().name();
        return tell(execution, position, notRun(stepIndex, step.tool(), target, status, reason));
    }

    static TargetResult notRun(int step, String tool, String target, TargetStatus status, String reason) {
        return new TargetResult(step, tool, target, status, null, "", "", false, false, 0, reason);
    }

    /** The same result with another reason. */
    static TargetResult because(TargetResult result, String reason) {
        return new TargetResult(
                result.step(),
                result.tool(),
                result.target(),
                result.status(),
                result.exitCode(),
                result.stdout(),
                result.stderr(),
                result.stdoutTruncated(),
                result.stderrTruncated(),
                result.durationMs(),
                reason);
    }

    static String notRecorded(JournalUnavailableException e) {
        return "Not started, because it could not be recorded: " + e.getMessage() + ".";
    }

    /** Stores and tells how it ended. */
    TargetResult tell(LiveExecution execution, int position, TargetResult result) {
        String kept = store.kept(result);
        execution.log().addStored(seq -> {
            ExecutionEvent.TargetFinished finished = new ExecutionEvent.TargetFinished(seq, clock.instant(), result);
            return new ExecutionLog.Storing(finished, store.ended(execution.owned(), position, finished, kept));
        });
        return result;
    }
}
