package io.opsconductor.runner.execution;

import io.opsconductor.kit.journal.JournalUnavailableException;
import io.opsconductor.plan.ExecutionEvent;
import io.opsconductor.plan.TargetResult;
import io.opsconductor.plan.TargetStatus;
import io.opsconductor.runner.audit.Audit;
import io.opsconductor.runner.metrics.RunnerMetrics;
import io.opsconductor.runner.preview.ResolvedStep;
import io.opsconductor.runner.preview.ResolvedStep.ResolvedTarget;
import io.opsconductor.runner.step.StepCommand;
import io.opsconductor.runner.step.TargetOutcome;
import io.opsconductor.runner.store.ExecutionStore;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One target of one step, from the journal's record that it starts to the stored result. */
final class TargetRunner {
    private static final Logger LOG = LoggerFactory.getLogger(TargetRunner.class);

    private final StepExecutors executors;
    private final ExecutionStore store;
    private final Audit audit;
    private final RunnerMetrics metrics;
    private final InstantSource clock;
    private final ScheduledExecutorService timer;

    TargetRunner(
            StepExecutors executors,
            ExecutionStore store,
            Audit audit,
            RunnerMetrics metrics,
            InstantSource clock,
            ScheduledExecutorService timer) {
        this.executors = executors;
        this.store = store;
        this.audit = audit;
        this.metrics = metrics;
        this.clock = clock;
        this.timer = timer;
    }

    /** Runs it and answers the result, which is stored and told already. */
    TargetResult run(LiveExecution execution, int stepIndex, int position) {
        ResolvedStep step = execution.steps().get(stepIndex);
        ResolvedTarget target = step.targets().get(position);
        String cancelled = execution.cancellation().reason();
        if (cancelled != null) {
            return skip(execution, stepIndex, position, "Not started: " + cancelled);
        }
        try {
            audit.stepStarted(
                    execution.stored().subject(),
                    stepIndex,
                    step.tool(),
                    target.place().name());
        } catch (JournalUnavailableException e) {
            LOG.error("{} was not started: {}", target.place().name(), e.getMessage());
            return skip(execution, stepIndex, position, notRecorded(e));
        }
        execution.log().add(seq -> {
            ExecutionEvent.TargetStarted started = new ExecutionEvent.TargetStarted(
                    seq, clock.instant(), stepIndex, step.tool(), target.place().name());
            store.started(execution.id(), position, started);
            return started;
        });
        TargetOutcome outcome = execute(execution, stepIndex, step, target);
        TargetResult result =
                outcome.result(stepIndex, step.tool(), target.place().name());
        metrics.commandEnded(target.command(), step.effect(), result.status());
        end(execution, position, result);
        return result;
    }

    private TargetOutcome execute(LiveExecution execution, int stepIndex, ResolvedStep step, ResolvedTarget target) {
        StepCommand command = new StepCommand(
                execution.id(), target.command(), target.place(), step.timeout(), step.outputLimitBytes());
        try (OutputCoalescer output = new OutputCoalescer(
                (channel, text) -> execution
                        .log()
                        .add(seq -> new ExecutionEvent.Output(
                                seq, clock.instant(), stepIndex, target.place().name(), channel.word(), text)),
                timer)) {
            return executors.of(target.command()).run(command, output, execution.cancellation());
        }
    }

    /** Records that a target is not started at all. */
    TargetResult skip(LiveExecution execution, int stepIndex, int position, String reason) {
        ResolvedStep step = execution.steps().get(stepIndex);
        TargetResult result = notRun(
                stepIndex, step.tool(), step.targets().get(position).place().name(), TargetStatus.SKIPPED, reason);
        tell(execution, position, result);
        return result;
    }

    static TargetResult notRun(int step, String tool, String target, TargetStatus status, String reason) {
        return new TargetResult(step, tool, target, status, null, "", "", false, false, 0, reason);
    }

    static String notRecorded(JournalUnavailableException e) {
        return "Not started, because it could not be recorded: " + e.getMessage() + ".";
    }

    private void end(LiveExecution execution, int position, TargetResult result) {
        try {
            audit.stepFinished(execution.stored().subject(), result);
        } catch (JournalUnavailableException e) {
            // It has run: the result is true and is told; what comes after it will not start.
            LOG.error("the end of {} is not in the journal: {}", result.target(), e.getMessage());
        }
        tell(execution, position, result);
    }

    private void tell(LiveExecution execution, int position, TargetResult result) {
        execution.log().add(seq -> {
            ExecutionEvent.TargetFinished finished = new ExecutionEvent.TargetFinished(seq, clock.instant(), result);
            store.ended(execution.id(), position, finished);
            return finished;
        });
    }
}
