package io.opsconductor.brain.revision;

import io.opsconductor.brain.Measures;
import io.opsconductor.brain.Measures.Stage;
import io.opsconductor.brain.Refusal;
import io.opsconductor.brain.approval.ApprovalRequest;
import io.opsconductor.brain.approval.Approvals;
import io.opsconductor.brain.approval.Own;
import io.opsconductor.brain.approval.Previewed;
import io.opsconductor.brain.approval.Previews;
import io.opsconductor.brain.audit.Audit;
import io.opsconductor.brain.planning.Planning;
import io.opsconductor.brain.planning.Wording;
import io.opsconductor.kit.journal.JournalUnavailableException;
import io.opsconductor.plan.Failures;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.Step;
import io.opsconductor.plan.StepOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checks of a plan that waits for its decision, as a plan of their own that only looks. The plan itself goes on waiting;
 * the policy says who must approve the checks, as for any plan.
 */
public final class DryRun {
    private static final Logger LOG = LoggerFactory.getLogger(DryRun.class);
    // One check that fails says nothing against the others.
    private static final StepOptions CHECK =
            StepOptions.USUAL.checking().with(new Failures(null, Failures.Then.CONTINUE));

    private final Approvals approvals;
    private final Previews previews;
    private final Wording wording;
    private final Measures measures;

    public DryRun(Approvals approvals, Previews previews, Wording wording, Measures measures) {
        this.approvals = approvals;
        this.previews = previews;
        this.wording = wording;
        this.measures = measures;
    }

    /**
     * Somebody presses the button.
     *
     * @param asker platform-qualified identity, who becomes the requester of the checks
     * @param act names the act, the same each time that it is brought, so that it leads to one plan; empty when nothing
     *     brings it again
     */
    public DryRunning of(String approval, String asker, String act) {
        return approvals
                .shownFor(act, asker)
                .<DryRunning>map(before -> new DryRunning.Shown(before.id(), before.conversation()))
                .orElseGet(() -> switch (approvals.pending(approval, asker)) {
                    case Own.Refused(Refusal refusal) -> new DryRunning.Refused(refusal);
                    case Own.Pending(ApprovalRequest request) -> of(request, asker, act);
                });
    }

    /** The checks of a plan; empty when none of its tools has one. */
    public Optional<Planning.Planned> checksOf(ApprovalRequest request) {
        List<Step> checks = new ArrayList<>();
        for (int at = 0; at < request.plan().steps().size(); at++) {
            if (request.preview().steps().get(at).checkable()) {
                checks.add(request.plan().steps().get(at).with(CHECK));
            }
        }
        return checks.isEmpty()
                ? Optional.empty()
                : Optional.of(new Planning.Planned(new Plan(checks), wording.summary(checks, List.of())));
    }

    /** Why there is no dry run of it. */
    public static Refusal none(String summary) {
        return Refusal.of(
                409,
                "no_check",
                "no tool of \"" + summary + "\" has a check",
                "its commands are on its card, as they would run; nothing was run");
    }

    private DryRunning of(ApprovalRequest request, String asker, String act) {
        Optional<Planning.Planned> checks = checksOf(request);
        if (checks.isEmpty()) {
            return new DryRunning.Refused(none(request.summary()));
        }
        Previewed previewed =
                measures.timed(Stage.PREVIEW, () -> previews.of(asker, request.conversation(), checks.get()));
        return switch (previewed) {
            case Previewed.Refused(Refusal refusal) -> new DryRunning.Refused(refusal);
            case Previewed.Shown(ApprovalRequest shown) -> posted(request, shown, asker, act);
        };
    }

    private DryRunning posted(ApprovalRequest request, ApprovalRequest shown, String asker, String act) {
        try {
            if (!approvals.post(shown, act)) {
                return of(request.id(), asker, act);
            }
        } catch (JournalUnavailableException e) {
            LOG.error("the checks of {} are not shown, because that could not be recorded", request.id(), e);
            return new DryRunning.Refused(Audit.unavailable("nothing was planned"));
        }
        measures.planGenerated();
        return new DryRunning.Shown(shown.id(), shown.conversation());
    }
}
