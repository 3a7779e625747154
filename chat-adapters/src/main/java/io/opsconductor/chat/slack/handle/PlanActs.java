package io.opsconductor.chat.slack.handle;

import io.opsconductor.brain.Acts;
import io.opsconductor.brain.Refusal;
import io.opsconductor.brain.approval.ApprovalRequest;
import io.opsconductor.brain.approval.Decided;
import io.opsconductor.brain.approval.Own;
import io.opsconductor.brain.approval.Vote;
import io.opsconductor.brain.approval.Withdrawn;
import io.opsconductor.brain.revision.BreakGlass;
import io.opsconductor.brain.revision.BreakingGlass;
import io.opsconductor.brain.revision.DryRunning;
import io.opsconductor.brain.revision.EditForm;
import io.opsconductor.brain.revision.FormAnswer;
import io.opsconductor.brain.revision.Refresh;
import io.opsconductor.brain.revision.Refreshing;
import io.opsconductor.chat.act.Act;
import io.opsconductor.chat.slack.card.Words;
import io.opsconductor.plan.Attestation.Decision;
import io.opsconductor.plan.PlanCode;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Acts on a plan that waits. What became of it is shown by its card, for everybody; whoever may not, or comes too late, is
 * told in private, and a card that was out of date is brought up to date.
 */
final class PlanActs {
    static final String NOT_HERE =
            "This button does not belong to a plan of this conversation, so nothing was done. Ask again in words.";

    private static final Logger LOG = LoggerFactory.getLogger(PlanActs.class);

    private final Acts acts;
    private final StaleCards cards;
    private final Dialogs dialogs;
    private final PrivateWords words;

    PlanActs(Acts acts, StaleCards cards, Dialogs dialogs, PrivateWords words) {
        this.acts = acts;
        this.cards = cards;
        this.dialogs = dialogs;
        this.words = words;
    }

    /** Approves what the person saw: its digest came with the button of the card. */
    void approve(Press press, String identity, Act.Approve approve) throws InterruptedException {
        if (press.where().isEmpty()) {
            words.tell(press.to(), "Open the conversation and approve there, where the whole plan is shown.");
            return;
        }
        if (!isHere(press, approve.approval())) {
            return;
        }
        Optional<ApprovalRequest> typed = acts.approvals()
                .find(approve.approval(), press.origin())
                .filter(request -> PlanCode.isAskedFor(request.preview()));
        if (typed.isPresent()) {
            askForCode(press, approve);
            return;
        }
        settle(
                approve.approval(),
                acts.decisions()
                        .decide(Vote.of(approve.approval(), identity, Decision.APPROVE, approve.digest())
                                .in(press.where().get().conversation())),
                press.to());
    }

    /** Opens the form for the code of what cannot be undone. */
    private void askForCode(Press press, Act.Approve approve) throws InterruptedException {
        switch (acts.approvals().pending(approve.approval(), press.origin())) {
            case Own.Pending(ApprovalRequest request) -> dialogs.askForCode(press, request, approve.digest());
            case Own.Refused(Refusal refusal) -> refused(approve.approval(), refusal, press.to());
        }
    }

    /** Shows the plan as it would run now, in place of the one that changed. */
    void fresh(Press press, String identity, Act.Fresh fresh) throws InterruptedException {
        if (!isHere(press, fresh.approval())) {
            return;
        }
        switch (acts.refresh().of(fresh.approval(), identity, press.act())) {
            case Refreshing.Shown _ -> {}
            case Refreshing.Refused(Refusal refusal) -> refused(fresh.approval(), refusal, press.to());
        }
    }

    /** Opens the form for the reason of a denial. */
    void askForReason(Press press, Act.Deny deny) throws InterruptedException {
        if (!isHere(press, deny.approval())) {
            return;
        }
        switch (acts.approvals().pending(deny.approval(), press.origin())) {
            case Own.Pending(ApprovalRequest request) -> dialogs.askForReason(press, request, deny.digest());
            case Own.Refused(Refusal refusal) -> refused(deny.approval(), refusal, press.to());
        }
    }

    /** Opens the form for other values, which only the requester may give. */
    void askForValues(Press press, String identity, Act.Edit edit) throws InterruptedException {
        if (!isHere(press, edit.approval())) {
            return;
        }
        switch (acts.approvals().own(edit.approval(), identity, "edit")) {
            case Own.Refused(Refusal refusal) -> refused(edit.approval(), refusal, press.to());
            case Own.Pending _ -> {
                switch (acts.editing().form(edit.approval(), identity)) {
                    case FormAnswer.Shown(EditForm form) -> dialogs.askForValues(press, form);
                    case FormAnswer.Refused(Refusal refusal) -> refused(edit.approval(), refusal, press.to());
                }
            }
        }
    }

    /** Opens the form for the reason why it cannot wait for others, which only the requester may give. */
    void askForEmergency(Press press, String identity, Act.BreakGlass glass) throws InterruptedException {
        if (!isHere(press, glass.approval())) {
            return;
        }
        switch (acts.approvals().own(glass.approval(), identity, BreakGlass.DOING)) {
            case Own.Refused(Refusal refusal) -> refused(glass.approval(), refusal, press.to());
            case Own.Pending(ApprovalRequest request) -> dialogs.askForEmergency(press, request);
        }
    }

    /** Shows the plan for its requester alone to approve, in place of the one that waits for others. */
    void breakGlass(String approval, String identity, String reason, String act, PrivateWords.To to)
            throws InterruptedException {
        switch (acts.breakGlass().of(approval, identity, reason, act)) {
            case BreakingGlass.Shown _ -> {}
            case BreakingGlass.Refused(Refusal refusal) -> refused(approval, refusal, to);
        }
    }

    void withdraw(Press press, String identity, Act.Withdraw withdraw) throws InterruptedException {
        if (!isHere(press, withdraw.approval())) {
            return;
        }
        switch (acts.approvals().withdraw(withdraw.approval(), identity)) {
            case Withdrawn.Done _ -> {}
            case Withdrawn.Refused(Refusal refusal) -> refused(withdraw.approval(), refusal, press.to());
        }
    }

    /** Shows the checks of the plan as a plan of their own; anybody may ask for them. */
    void dryRun(Press press, String identity, Act.DryRun dryRun) throws InterruptedException {
        if (!isHere(press, dryRun.approval())) {
            return;
        }
        switch (acts.dryRun().of(dryRun.approval(), identity, press.act())) {
            case DryRunning.Shown _ -> {}
            case DryRunning.Refused(Refusal refusal) -> refused(dryRun.approval(), refusal, press.to());
        }
    }

    /** Tells whoever decided when the decision did not count. */
    void settle(String approval, Decided decided, PrivateWords.To to) throws InterruptedException {
        switch (decided) {
            case Decided.Counted _ -> {}
            case Decided.Refused(Refusal refusal) -> refused(approval, refusal, to);
        }
    }

    void refused(String approval, Refusal refusal, PrivateWords.To to) throws InterruptedException {
        words.tell(
                to, refusal.code().equals(Refresh.CHANGED) ? Words.changed(refusal, approval) : Words.refusal(refusal));
        if (refusal.status() == 409 || refusal.status() == 410) {
            cards.refresh(approval);
        }
    }

    private boolean isHere(Press press, String approval) throws InterruptedException {
        Optional<ApprovalRequest> request = acts.approvals().find(approval, press.origin());
        boolean here = request.map(found -> press.where()
                        .map(place -> acts.places().isShownIn(found, place.conversation()))
                        .orElse(true))
                .orElse(false);
        if (!here) {
            LOG.warn("{} pressed a button for {}, which does not belong there", press.user(), approval);
            words.tell(press.to(), NOT_HERE);
        }
        return here;
    }
}
