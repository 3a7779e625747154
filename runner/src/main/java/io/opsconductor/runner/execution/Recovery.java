package io.opsconductor.runner.execution;

import io.opsconductor.plan.ExecutionEvent;
import io.opsconductor.plan.ExecutionStatus;
import io.opsconductor.plan.TargetResult;
import io.opsconductor.plan.TargetStatus;
import io.opsconductor.runner.audit.Audit;
import io.opsconductor.runner.audit.JournaledEnds;
import io.opsconductor.runner.instance.Lease;
import io.opsconductor.runner.store.ExecutionStore;
import io.opsconductor.runner.store.OfferStore;
import io.opsconductor.runner.store.Owned;
import io.opsconductor.runner.store.Spot;
import io.opsconductor.runner.store.StoredExecution;
import io.opsconductor.runner.store.TargetRun;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
    static final long SEQ_GAP = 1_000_000_000L;

    private final ExecutionStore store;
    private final OfferStore offers;
    private final Audit audit;
    private final Settling settling;
    private final InstantSource clock;
    private final Lease lease;

    /** @param lease under whose number they are settled */
    public Recovery(
            ExecutionStore store,
            OfferStore offers,
            Audit audit,
            JournaledEnds ends,
            InstantSource clock,
            Lease lease) {
        this.store = store;
        this.offers = offers;
        this.audit = audit;
        this.settling = new Settling(audit, ends);
        this.clock = clock;
        this.lease = lease;
    }

    /** Settles all of them, before anything runs here; answers how many there were. */
    public int settle() {
        return settle(Succession.NONE);
    }

    /**
     * Settles those that nobody runs, or lets them go on here; answers how many there were.
     *
     * @param succession says which of the two
     */
    int settle(Succession succession) {
        long epoch = lease.epoch();
        int settled = 0;
        for (ExecutionStore.Left left : store.left(epoch)) {
            if (!succession.runsHere(left.key()) && settle(left, epoch, succession)) {
                settled++;
            }
        }
        return settled;
    }

    private boolean settle(ExecutionStore.Left left, long epoch, Succession succession) {
        StoredExecution execution = store.find(left.key()).orElseThrow();
        switch (succession.of(execution, left.owner(), epoch)) {
            case Succession.Fate.Later() -> {
                return false;
            }
            case Succession.Fate.Ends(String because) -> {
                if (!store.take(left, epoch)) {
                    return false;
                }
                String from = store.instance(left.owner());
                if (!from.isEmpty() && !from.equals(lease.name())) {
                    audit.executionTaken(execution.subject(), from, left.owner());
                }
                if (othersRunSomeOf(execution, epoch)) {
                    store.askToStop(execution.key(), because);
                    return false;
                }
                settle(execution, epoch, because);
            }
            case Succession.Fate.GoesOn(var approved) -> {
                boolean taken = false;
                try {
                    taken = store.take(left, epoch);
                    if (taken) {
                        audit.executionContinued(
                                execution.subject(),
                                store.instance(left.owner()),
                                left.owner(),
                                execution.requester(),
                                approved.attestations(),
                                approved.approvers());
                    }
                } catch (RuntimeException e) {
                    taken = false;
                    throw e;
                } finally {
                    if (!taken) {
                        succession.notTaken();
                    }
                }
                if (!taken) {
                    return false;
                }
                succession.goOn(execution, approved, epoch);
            }
        }
        return true;
    }

    /** Whether others must come to their ends first; nobody begins with any more of it. */
    private boolean othersRunSomeOf(StoredExecution execution, long epoch) {
        offers.takeFromTheDead(epoch);
        return offers.close(new Owned(execution.key(), epoch)) > 0;
    }

    private void settle(StoredExecution execution, long epoch, String because) {
        Owned owned = new Owned(execution.key(), epoch);
        long seq = store.lastSeq(execution.key()) + SEQ_GAP;
        List<TargetRun> runs = store.runs(execution.key());
        Set<Spot> untold = new HashSet<>(offers.of(execution.key()));
        List<TargetResult> results = new ArrayList<>();
        int unknown = 0;
        int notStarted = 0;
        for (TargetRun run : runs) {
            TargetResult result;
            if (run.state() == TargetRun.State.PENDING) {
                notStarted++;
                result = TargetRunner.notRun(
                        run.step(), run.tool(), run.target(), TargetStatus.SKIPPED, "Not started: " + because);
            } else {
                Settling.End end = settling.of(execution, run);
                unknown += end.unknown() ? 1 : 0;
                result = end.result();
            }
            if (run.state() != TargetRun.State.ENDED) {
                ExecutionEvent.TargetFinished event = new ExecutionEvent.TargetFinished(seq++, clock.instant(), result);
                var _ = store.ended(owned, run.position(), event, store.kept(result))
                        .get();
            } else if (untold.contains(new Spot(execution.key(), run.step(), run.position()))) {
                var _ = offers.toldEnd(
                                owned,
                                run.position(),
                                new ExecutionEvent.TargetFinished(seq++, clock.instant(), result))
                        .get();
            }
            results.add(result);
        }
        finish(execution, owned, seq, outcome(execution, results, unknown, notStarted));
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
