package io.opsconductor.runner.execution;

import io.opsconductor.plan.ExecutionEvent;
import io.opsconductor.plan.TargetResult;
import io.opsconductor.runner.execution.ApprovedAgain.Verdict;
import io.opsconductor.runner.step.Cancellation;
import io.opsconductor.runner.store.ExecutionKey;
import io.opsconductor.runner.store.ExecutionStore;
import io.opsconductor.runner.store.OfferStore;
import io.opsconductor.runner.store.Spot;
import io.opsconductor.runner.store.StoredExecution;
import io.opsconductor.runner.store.TargetRun;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes on with executions whose leader counts no more, from what the store has of them. What had ended stands, what the leader ran
 * itself is settled, what others run is waited for, and the rest begins here; only where its approvals hold and what was shown is what
 * this process would run, nobody stopped it, and not long after its leader was gone.
 */
public final class Successor implements Succession {
    private static final Logger LOG = LoggerFactory.getLogger(Successor.class);

    /** After this long nobody expects any more that it goes on. */
    private static final Duration LONGEST_GAP = Duration.ofMinutes(5);

    private final Executions executions;
    private final ExecutionEngine engine;
    private final ExecutionStore store;
    private final OfferStore offers;
    private final ApprovedAgain approvals;
    private final Settling settling;
    private final GoneOn.Following following;
    private final InstantSource clock;

    Successor(
            Executions executions,
            ExecutionEngine engine,
            ExecutionStore store,
            OfferStore offers,
            ApprovedAgain approvals,
            Settling settling,
            GoneOn.Following following,
            InstantSource clock) {
        this.executions = executions;
        this.engine = engine;
        this.store = store;
        this.offers = offers;
        this.approvals = approvals;
        this.settling = settling;
        this.following = following;
        this.clock = clock;
    }

    @Override
    public boolean runsHere(ExecutionKey execution) {
        return executions.runsHere(execution);
    }

    @Override
    public Fate of(StoredExecution execution, long owner, long epoch) {
        if (executions.isStopping()) {
            return new Fate.Later();
        }
        String stop = store.stopAsked(execution.key());
        if (!stop.isEmpty()) {
            return new Fate.Ends(stop);
        }
        if (owner == epoch) {
            // It came to its end here, which could not be stored.
            return new Fate.Ends(STOPPED);
        }
        if (store.gone(owner).compareTo(LONGEST_GAP) > 0) {
            return new Fate.Ends("the runner that led it was away for more than " + LONGEST_GAP.toMinutes()
                    + " minutes before another one could go on.");
        }
        int deadline = execution.preview().deadlineSeconds();
        if (deadline > 0 && !clock.instant().isBefore(execution.acceptedAt().plusSeconds(deadline))) {
            return new Fate.Ends("the deadline of the whole plan, " + deadline + " s, had passed.");
        }
        if (!executions.reserve()) {
            return new Fate.Later();
        }
        boolean sound = false;
        try {
            Verdict verdict = approvals.of(execution);
            sound = verdict instanceof Verdict.Sound;
            return switch (verdict) {
                case Verdict.Unsound(String reason) ->
                    new Fate.Ends(
                            "the runner that led it stopped, and this one does not go on, because " + reason + ".");
                case Verdict.Sound approved -> new Fate.GoesOn(approved);
            };
        } finally {
            if (!sound) {
                executions.giveRoomBack();
            }
        }
    }

    @Override
    public void notTaken() {
        executions.giveRoomBack();
    }

    @Override
    public void goOn(StoredExecution execution, Verdict.Sound approved, long epoch) {
        boolean going = false;
        try {
            Duration since = Duration.between(execution.acceptedAt(), clock.instant());
            LiveExecution live = new LiveExecution(
                    execution,
                    epoch,
                    approved.steps(),
                    new ExecutionLog(store.lastSeq(execution.key()) + Recovery.SEQ_GAP),
                    new Cancellation(),
                    System.nanoTime() - since.toNanos());
            GoneOn before = before(live);
            LOG.warn("execution {} goes on here: the runner that led it is gone", execution.id());
            executions.goOn(live, before);
            going = true;
        } finally {
            if (!going) {
                executions.giveRoomBack();
            }
        }
    }

    private GoneOn before(LiveExecution live) {
        offers.takeFromTheDead(live.owner());
        Set<Spot> elsewhere = new HashSet<>(offers.of(live.key()));
        Map<Spot, TargetResult> ended = new HashMap<>();
        for (TargetRun run : store.runs(live.key())) {
            Spot spot = new Spot(live.key(), run.step(), run.position());
            if (run.state() == TargetRun.State.PENDING || elsewhere.contains(spot)) {
                continue;
            }
            TargetResult result = settling.of(live.stored(), run).result();
            if (run.state() != TargetRun.State.ENDED) {
                told(live, run.position(), result);
            }
            ended.put(spot, result);
        }
        Map<Integer, Duration> ran = new HashMap<>();
        Instant now = clock.instant();
        for (int step = 0; step < live.steps().size(); step++) {
            int index = step;
            store.begun(live.key(), step).ifPresent(begun -> ran.put(index, Duration.between(begun, now)));
        }
        return new GoneOn(engine.work(), ended, elsewhere, ran, following);
    }

    private void told(LiveExecution live, int position, TargetResult result) {
        String kept = store.kept(result);
        live.log().addStored(seq -> {
            ExecutionEvent.TargetFinished finished = new ExecutionEvent.TargetFinished(seq, clock.instant(), result);
            return new ExecutionLog.Storing(finished, store.ended(live.owned(), position, finished, kept));
        });
    }
}
