package io.opsconductor.runner.execution;

import io.opsconductor.plan.ExecutionEvent;
import io.opsconductor.plan.ExecutionStatus;
import io.opsconductor.plan.TargetResult;
import io.opsconductor.plan.TargetStatus;
import io.opsconductor.runner.audit.Audit;
import io.opsconductor.runner.audit.JournaledEnds;
import io.opsconductor.runner.instance.Lease;
import io.opsconductor.runner.store.ExecutionKey;
import io.opsconductor.runner.store.ExecutionStore;
import io.opsconductor.runner.store.Owned;
import io.opsconductor.runner.store.StoredExecution;
import io.opsconductor.runner.store.TargetRun;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles the executions that a process left without an end which counts no more: at start those of the one before, and where
 * several share the store those of any, by whoever notices first. What was started and has an end in the
 * journal alone is given that one, what has none at all is called interrupted, what was not started is called skipped, and
 * nothing is run again.
 */
public final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    // Output events are numbered and not kept: numbers go on beyond any that a reader can have seen.
    private static final long SEQ_GAP = 1_000_000_000L;

    private final ExecutionStore store;
    private final Audit audit;
    private final JournaledEnds ends;
    private final InstantSource clock;
    private final Lease lease;

    /** @param lease under whose number they are settled */
    public Recovery(ExecutionStore store, Audit audit, JournaledEnds ends, InstantSource clock, Lease lease) {
        this.store = store;
        this.audit = audit;
        this.ends = ends;
        this.clock = clock;
        this.lease = lease;
    }

    /** Settles all of them, before anything runs here; answers how many there were. */
    public int settle() {
        return settle(_ -> false);
    }

    /**
     * Settles those that nobody runs; answers how many there were.
     *
     * @param runsHere whether this very process runs it
     */
    public int settle(Predicate<ExecutionKey> runsHere) {
        long epoch = lease.epoch();
        int settled = 0;
        for (ExecutionStore.Left left : store.left(epoch)) {
            if (!runsHere.test(left.key()) && store.take(left, epoch)) {
                settle(store.find(left.key()).orElseThrow(), left.owner(), epoch);
                settled++;
            }
        }
        return settled;
    }

    private void settle(StoredExecution execution, long owner, long epoch) {
        Owned owned = new Owned(execution.key(), epoch);
        String from = store.instance(owner);
        if (!from.isEmpty() && !from.equals(lease.name())) {
            audit.executionTaken(execution.subject(), from, owner);
        }

        long seq = store.lastSeq(execution.key()) + SEQ_GAP;
        List<TargetRun> runs = store.runs(execution.key());
        List<TargetResult> results = new ArrayList<>();
        int unknown = 0;
        int notStarted = 0;
        for (TargetRun run : runs) {
            Optional<TargetResult> journaled = journaled(execution, run);
            TargetResult result = journaled.orElseGet(() -> settled(run));
            if (run.state() != TargetRun.State.ENDED) {
                if (run.state() == TargetRun.State.STARTED && journaled.isEmpty()) {
                    unknown++;
                    audit.stepFinished(execution.subject(), result);
                } else if (run.state() == TargetRun.State.PENDING) {
                    notStarted++;
                }
                ExecutionEvent.TargetFinished event = new ExecutionEvent.TargetFinished(seq++, clock.instant(), result);
                var _ = store.ended(owned, run.position(), event, store.kept(result))
                        .get();
            }
            results.add(result);
        }
        finish(execution, owned, seq, outcome(execution, results, unknown, notStarted));
    }

    /** How a command that was started has ended, by the journal. */
    private Optional<TargetResult> journaled(StoredExecution execution, TargetRun run) {
        return run.state() == TargetRun.State.STARTED
                ? ends.of(execution.subject(), run.step(), run.tool(), run.target())
                : Optional.empty();
    }

    private static TargetResult settled(TargetRun run) {
        return switch (run.state()) {
            case STARTED ->
                TargetRunner.notRun(
                        run.step(),
                        run.tool(),
                        run.target(),
                        TargetStatus.INTERRUPTED,
                        "The runner stopped while this was running: whether it took effect is unknown.");
            case PENDING ->
                TargetRunner.notRun(
                        run.step(),
                        run.tool(),
                        run.target(),
                        TargetStatus.SKIPPED,
                        "Not started: the runner stopped before.");
            case TRIED ->
                TargetRunner.because(
                        result(run), result(run).reason() + " It was not tried again: the runner stopped before.");
            case ENDED -> result(run);
        };
    }

    private static TargetResult result(TargetRun run) {
        return Objects.requireNonNull(run.result(), "a target that has ended has a result");
    }

    private Outcome outcome(StoredExecution execution, List<TargetResult> results, int unknown, int notStarted) {
        Duration sinceAcceptance = Duration.between(execution.acceptedAt(), clock.instant());
        if (unknown == 0 && notStarted == 0) {
            return Outcome.of(results, false, sinceAcceptance, "");
        }
        String message;
        if (notStarted == results.size()) {
            message = "The runner stopped before anything was started: nothing was run.";
        } else if (unknown == 0) {
            message = "The runner stopped in between: what was started had ended, the rest was not started.";
        } else if (results.size() == 1) {
            message = "The runner stopped while it was running: whether it took effect is unknown.";
        } else {
            message = "The runner stopped while it was running: of " + results.size() + " runs, " + unknown
                    + (unknown == 1 ? " has an unknown outcome, " : " have an unknown outcome, ") + notStarted
                    + (notStarted == 1 ? " was not started." : " were not started.");
        }
        return Outcome.of(ExecutionStatus.INTERRUPTED, results, sinceAcceptance, message);
    }

    private void finish(StoredExecution execution, Owned owned, long seq, Outcome outcome) {
        audit.executionFinished(
                execution.subject(), outcome.status(), outcome.summary().message());
        store.finished(owned, new ExecutionEvent.Finished(seq, clock.instant(), outcome.status(), outcome.summary()));
        LOG.warn(
                "execution {} was left unfinished: {}",
                execution.id(),
                outcome.summary().message());
    }
}
