package io.opsconductor.runner.execution;

import io.opsconductor.plan.TargetResult;
import io.opsconductor.plan.TargetStatus;
import io.opsconductor.runner.audit.Audit;
import io.opsconductor.runner.audit.JournaledEnds;
import io.opsconductor.runner.store.StoredExecution;
import io.opsconductor.runner.store.TargetRun;
import java.util.Objects;
import java.util.Optional;

/** Says what became of a target that somebody ran who counts no more. */
public final class Settling {
    private final Audit audit;
    private final JournaledEnds ends;

    /** @param ends what the journals know of it */
    Settling(Audit audit, JournaledEnds ends) {
        this.audit = audit;
        this.ends = ends;
    }

    /**
     * What became of a target.
     *
     * @param result what is known
     * @param unknown whether it was started, and nobody knows how it ended
     */
    record End(TargetResult result, boolean unknown) {}

    /**
     * How a target ended that was started. That an outcome is unknown is recorded.
     *
     * @param run one that is not pending
     */
    End of(StoredExecution execution, TargetRun run) {
        return switch (run.state()) {
            case PENDING -> throw new IllegalArgumentException(run.target() + " was not started");
            case TRIED ->
                new End(
                        TargetRunner.because(
                                result(run),
                                result(run).reason() + " It was not tried again: the runner stopped before."),
                        false);
            case ENDED -> new End(result(run), false);
            case STARTED -> {
                Optional<TargetResult> journaled = ends.of(execution.subject(), run.step(), run.tool(), run.target());
                if (journaled.isPresent()) {
                    yield new End(journaled.get(), false);
                }
                TargetResult unknown = TargetRunner.notRun(
                        run.step(),
                        run.tool(),
                        run.target(),
                        TargetStatus.INTERRUPTED,
                        "The runner stopped while this was running: whether it took effect is unknown.");
                audit.stepFinished(execution.subject(), unknown);
                yield new End(unknown, true);
            }
        };
    }

    private static TargetResult result(TargetRun run) {
        return Objects.requireNonNull(run.result(), "a target that has ended has a result");
    }
}
