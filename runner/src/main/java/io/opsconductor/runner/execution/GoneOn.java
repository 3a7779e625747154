package io.opsconductor.runner.execution;

import io.opsconductor.plan.TargetResult;
import io.opsconductor.runner.step.Cancellation;
import io.opsconductor.runner.store.Spot;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * The targets of an execution that a process before this one led: what has ended stands, what others run is waited for, and the
 * rest is as of any other execution.
 */
final class GoneOn implements TargetWork {
    private final TargetWork work;
    private final Map<Spot, TargetResult> ended;
    private final Set<Spot> elsewhere;
    private final Map<Integer, Duration> ran;
    private final Following following;

    /** How one waits for a target that another process may run. */
    @FunctionalInterface
    interface Following {
        TargetResult follow(LiveExecution execution, int stepIndex, int position, Cancellation stop);
    }

    /**
     * What there is of it.
     *
     * @param work for what has not begun
     * @param ended results that are stored and told
     * @param elsewhere what is offered, or run by others
     * @param ran for how long its steps had run
     * @param following waits for those
     */
    GoneOn(
            TargetWork work,
            Map<Spot, TargetResult> ended,
            Set<Spot> elsewhere,
            Map<Integer, Duration> ran,
            Following following) {
        this.work = work;
        this.ended = Map.copyOf(ended);
        this.elsewhere = Set.copyOf(elsewhere);
        this.ran = Map.copyOf(ran);
        this.following = following;
    }

    private interface New {
        TargetResult result();
    }

    private TargetResult of(LiveExecution execution, int stepIndex, int position, Cancellation stop, New otherwise) {
        Spot spot = new Spot(execution.key(), stepIndex, position);
        TargetResult known = ended.get(spot);
        if (known != null) {
            return known;
        }
        return elsewhere.contains(spot) ? following.follow(execution, stepIndex, position, stop) : otherwise.result();
    }

    @Override
    public TargetResult run(LiveExecution execution, int stepIndex, int position, Cancellation stop) {
        return of(execution, stepIndex, position, stop, () -> work.run(execution, stepIndex, position, stop));
    }

    @Override
    public TargetResult skip(LiveExecution execution, int stepIndex, int position, String reason) {
        return leftOut(execution, stepIndex, position, reason, () -> work.skip(execution, stepIndex, position, reason));
    }

    @Override
    public TargetResult notNeeded(LiveExecution execution, int stepIndex, int position, String reason) {
        return leftOut(
                execution, stepIndex, position, reason, () -> work.notNeeded(execution, stepIndex, position, reason));
    }

    /** What shall not start any more is stopped where others have it. */
    private TargetResult leftOut(LiveExecution execution, int stepIndex, int position, String reason, New otherwise) {
        Cancellation stop = new Cancellation();
        stop.cancel(reason);
        return of(execution, stepIndex, position, stop, otherwise);
    }

    @Override
    public void waits(LiveExecution execution, int stepIndex, String target, String reason) {
        work.waits(execution, stepIndex, target, reason);
    }

    @Override
    public Duration ran(LiveExecution execution, int stepIndex) {
        return ran.getOrDefault(stepIndex, Duration.ZERO);
    }

    @Override
    public boolean hasBegun(LiveExecution execution, int stepIndex, int position) {
        Spot spot = new Spot(execution.key(), stepIndex, position);
        return ended.containsKey(spot) || elsewhere.contains(spot);
    }
}
