package io.opsconductor.brain.revision;

import io.opsconductor.brain.Measures;
import io.opsconductor.brain.Measures.Stage;
import io.opsconductor.brain.Refusal;
import io.opsconductor.brain.approval.ApprovalRequest;
import io.opsconductor.brain.approval.Approvals;
import io.opsconductor.brain.approval.Previewed;
import io.opsconductor.brain.approval.Previews;
import io.opsconductor.brain.audit.Audit;
import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.conversation.Conversations;
import io.opsconductor.brain.planning.Planning;
import io.opsconductor.brain.planning.Wording;
import io.opsconductor.kit.journal.JournalUnavailableException;
import io.opsconductor.kit.store.Database;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.Step;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A plan that ran, again: all of it, or each step where it did not succeed. Whoever asks becomes its requester, and the
 * runner previews it as it stands now; nothing of the earlier approval counts.
 */
public final class Rerun {
    private static final Logger LOG = LoggerFactory.getLogger(Rerun.class);

    private final RanPlans ranPlans;
    private final Approvals approvals;
    private final Previews previews;
    private final Wording wording;
    private final Audit audit;
    private final Measures measures;

    public Rerun(
            Database database,
            Conversations conversations,
            Approvals approvals,
            Previews previews,
            Wording wording,
            Audit audit,
            Measures measures) {
        this.ranPlans = new RanPlans(database, conversations);
        this.approvals = approvals;
        this.previews = previews;
        this.wording = wording;
        this.audit = audit;
        this.measures = measures;
    }

    /**
     * Somebody asks to run it again.
     *
     * @param execution the id of what ran
     * @param asker platform-qualified identity
     * @param where the conversation in which they ask, where the new plan is shown; empty for that of what ran
     * @param act names the act, the same each time that it is brought, so that it leads to one plan; empty when nothing
     *     brings it again
     */
    public Rerunning again(String execution, String asker, Optional<String> where, RerunTargets targets, String act) {
        return approvals
                .shownFor(act, asker)
                .<Rerunning>map(before -> new Rerunning.Shown(before.id(), before.conversation()))
                .orElseGet(() -> again(execution, new Wish(asker, where, targets, act)));
    }

    /** Who wants what run again. */
    private record Wish(String asker, Optional<String> where, RerunTargets targets, String act) {}

    private Rerunning again(String execution, Wish wish) {
        Optional<RanPlans.Ran> found =
                approvals.tenancy().of(wish.asker()).flatMap(tenant -> ranPlans.find(tenant, execution));
        Optional<ApprovalRequest> approved = found.flatMap(ran -> approvals.find(ran.approval(), wish.asker()));
        if (found.isEmpty() || approved.isEmpty()) {
            return refused(
                    404,
                    "unknown_execution",
                    "there is no execution " + execution,
                    "use the buttons of a result, or ask for it in words");
        }
        RanPlans.Ran ran = found.get();
        if (ran.isOpen()) {
            return refused(
                    409,
                    "still_running",
                    "\"" + approved.get().summary() + "\" is still running",
                    "wait for its result, or cancel it first");
        }
        return switch (wish.targets()) {
            case ALL -> proposed(ran, approved.get().plan(), wish);
            case FAILED -> failed(ran, approved.get(), wish);
        };
    }

    private Rerunning failed(RanPlans.Ran ran, ApprovalRequest approved, Wish wish) {
        Optional<ChatEvent.Result> result = ranPlans.result(ran);
        if (result.isEmpty()) {
            return refused(
                    409,
                    "no_result",
                    "there is no result of \"" + approved.summary() + "\" to see what failed",
                    "run all of it again");
        }
        boolean interrupted = result.get().status().equals("interrupted");
        return switch (Unsuccessful.of(approved, result.get().stepResults(), interrupted)) {
            case Unsuccessful.Unknown(String tool, List<String> targets) ->
                refused(
                        409,
                        "outcome_unknown",
                        "whether " + tool + " took effect on " + String.join(", ", targets)
                                + " is unknown, and running it twice is not the same as running it once",
                        "look at the target first, then ask for what is missing, or run all of it again");
            case Unsuccessful.Steps(List<Step> steps) ->
                steps.isEmpty()
                        ? refused(
                                409,
                                "nothing_failed",
                                "everything of \"" + approved.summary() + "\" succeeded",
                                "run all of it again, if that is meant")
                        : proposed(ran, new Plan(steps, approved.plan().deadlineSeconds()), wish);
        };
    }

    private Rerunning proposed(RanPlans.Ran ran, Plan plan, Wish wish) {
        Planning.Planned planned = new Planning.Planned(plan, wording.summary(plan.steps(), List.of("again")));
        String where = wish.where().orElse(ran.conversation());
        Previewed previewed = measures.timed(Stage.PREVIEW, () -> previews.of(wish.asker(), where, planned));
        return switch (previewed) {
            case Previewed.Refused(Refusal refusal) -> new Rerunning.Refused(refusal);
            case Previewed.Shown(ApprovalRequest request) -> shown(ran, request, wish);
        };
    }

    private Rerunning shown(RanPlans.Ran ran, ApprovalRequest request, Wish wish) {
        try {
            boolean shown = approvals.post(
                    request,
                    wish.act(),
                    () -> audit.rerunAsked(
                            request.conversation(),
                            ran.execution(),
                            request.digest(),
                            request.requester(),
                            wish.targets().word()));
            if (!shown) {
                return again(ran.execution(), wish.asker(), wish.where(), wish.targets(), wish.act());
            }
        } catch (JournalUnavailableException e) {
            LOG.error("{} is not run again, because it could not be recorded", ran.execution(), e);
            return new Rerunning.Refused(Audit.unavailable("nothing was planned"));
        }
        measures.planGenerated();
        return new Rerunning.Shown(request.id(), request.conversation());
    }

    private static Rerunning refused(int status, String code, String message, String hint) {
        return new Rerunning.Refused(Refusal.of(status, code, message, hint));
    }
}
