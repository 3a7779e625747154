package io.opsconductor.chat.teams.handle;

import io.opsconductor.brain.Acts;
import io.opsconductor.brain.Refusal;
import io.opsconductor.brain.approval.Decided;
import io.opsconductor.brain.approval.Vote;
import io.opsconductor.brain.approval.Withdrawn;
import io.opsconductor.brain.conversation.Conversations;
import io.opsconductor.brain.conversation.Receipt;
import io.opsconductor.brain.revision.DryRunning;
import io.opsconductor.brain.revision.Refresh;
import io.opsconductor.brain.revision.Refreshing;
import io.opsconductor.brain.revision.RerunTargets;
import io.opsconductor.brain.revision.Rerunning;
import io.opsconductor.chat.act.Act;
import io.opsconductor.chat.call.Answer;
import io.opsconductor.chat.teams.card.FileCards;
import io.opsconductor.chat.teams.card.Outputs;
import io.opsconductor.chat.teams.card.PlanCards;
import io.opsconductor.chat.teams.card.TeamsMessage;
import io.opsconductor.chat.teams.card.Words;
import io.opsconductor.chat.teams.deliver.TeamsPosts;
import io.opsconductor.chat.teams.thread.TeamsPlace;
import io.opsconductor.plan.Attestation.Decision;
import io.opsconductor.plan.TargetResult;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what a button asks for. Whether the person may, and whether the plan still stands so, is decided by the brain. */
final class Acting {
    static final String NOT_HERE =
            "This button does not belong to a plan of this conversation, so nothing was done. Ask again in words.";
    static final int REASON = 500;
    static final int TYPED = 40;
    private static final int CHOSEN = 300;
    private static final Logger LOG = LoggerFactory.getLogger(Acting.class);

    private final Acts acts;
    private final Conversations conversations;
    private final TeamsPosts posts;

    Acting(Acts acts, Conversations conversations, TeamsPosts posts) {
        this.acts = acts;
        this.conversations = conversations;
        this.posts = posts;
    }

    Done perform(Press press, Act act) throws InterruptedException {
        return switch (act) {
            case Act.Approve approve -> approve(press, approve);
            case Act.Withdraw(String approval) -> withdraw(press, approval);
            case Act.DryRun(String approval) -> dryRun(press, approval);
            case Act.Fresh(String approval) -> fresh(press, approval);
            case Act.Cancel(String execution) -> cancel(press, execution);
            case Act.RunAgain again -> again(press, again);
            case Act.FullOutput output -> output(press, Outputs.chosen(output, press.text(Outputs.CHOSEN, CHOSEN)));
            case Act.Say(String text) -> say(press, text);
            // A client that opens no forms asks on the card, or sends these as they are.
            case Act.Deny deny ->
                decide(
                        press,
                        Vote.of(deny.approval(), press.identity(), Decision.DENY, deny.digest())
                                .because(press.text(PlanCards.REASON_FIELD, REASON)));
            case Act.BreakGlass _ ->
                new Done.Refused("Your Teams does not open forms. Say \"break glass\" and why in words.", "");
            case Act.Edit edit ->
                new Done.Refused("Your Teams does not open forms. Say what should be different in words.", "");
            case Act.Open() -> new Done.Shown("");
        };
    }

    private Done approve(Press press, Act.Approve approve) {
        return decide(
                press,
                Vote.of(approve.approval(), press.identity(), Decision.APPROVE, approve.digest())
                        .typing(press.text(PlanCards.CODE, TYPED)));
    }

    /** @param vote with the digest of the card that the person saw */
    Done decide(Press press, Vote vote) {
        if (!isHere(press, vote.approval())) {
            return notHere(press, vote.approval());
        }
        return switch (acts.decisions().decide(vote.in(press.place().conversation()))) {
            case Decided.Counted _ -> new Done.Card(vote.approval());
            case Decided.Refused(Refusal refusal) -> refused(vote.approval(), refusal);
        };
    }

    /** Shows the plan as it would run now, in place of the one that changed. */
    Done fresh(Press press, String approval) {
        if (!isHere(press, approval)) {
            return notHere(press, approval);
        }
        return switch (acts.refresh().of(approval, press.identity(), press.act())) {
            case Refreshing.Shown _ -> new Done.Card(approval);
            case Refreshing.Refused(Refusal refusal) -> refused(approval, refusal);
        };
    }

    private Done withdraw(Press press, String approval) {
        if (!isHere(press, approval)) {
            return notHere(press, approval);
        }
        return switch (acts.approvals().withdraw(approval, press.identity())) {
            case Withdrawn.Done _ -> new Done.Card(approval);
            case Withdrawn.Refused(Refusal refusal) -> refused(approval, refusal);
        };
    }

    private Done dryRun(Press press, String approval) {
        if (!isHere(press, approval)) {
            return notHere(press, approval);
        }
        return switch (acts.dryRun().of(approval, press.identity(), press.act())) {
            case DryRunning.Shown _ -> new Done.Card(approval);
            case DryRunning.Refused(Refusal refusal) -> refused(approval, refusal);
        };
    }

    private Done cancel(Press press, String execution) {
        if (!isRunHere(press, execution)) {
            return notHere(press, execution);
        }
        return acts.router()
                .cancel(execution, press.identity())
                .<Done>map(refusal -> refused("", refusal))
                .orElseGet(() -> new Done.Shown("It is being cancelled."));
    }

    private Done again(Press press, Act.RunAgain again) {
        if (!isRunHere(press, again.execution())) {
            return notHere(press, again.execution());
        }
        RerunTargets targets = again.failedOnly() ? RerunTargets.FAILED : RerunTargets.ALL;
        return switch (acts.rerun()
                .again(
                        again.execution(),
                        press.identity(),
                        Optional.of(press.place().conversation()),
                        targets,
                        press.act())) {
            case Rerunning.Shown _ -> new Done.Shown("The plan to run it again stands below.");
            case Rerunning.Refused(Refusal refusal) -> refused("", refusal);
        };
    }

    /** Posts the whole output of a target, on pages, once a press. */
    private Done output(Press press, Act.FullOutput output) throws InterruptedException {
        if (!isRunHere(press, output.execution())) {
            return notHere(press, output.execution());
        }
        Optional<TargetResult> result = resultOf(press, output);
        if (result.isEmpty()) {
            return new Done.Refused(
                    "There is no output of " + output.target()
                            + " to show: it has not ended yet, or nothing ran there.",
                    "");
        }
        List<TeamsMessage> pages = Outputs.whole(result.get());
        if (pages.size() > 1 && press.place().kind() == TeamsPlace.Kind.PERSONAL) {
            TeamsMessage asked = FileCards.consent(FileCards.output(result.get()), output);
            return posts.once(press.place(), press.arrival(), "consent", asked) instanceof Answer.Ok<String>
                    ? new Done.Shown("It is long, so it is a file: say below whether it may be stored.")
                    : new Done.Refused("Teams did not take the file. Please press again.", "");
        }
        for (int page = 0; page < pages.size(); page++) {
            Answer<String> answer = posts.once(press.place(), press.arrival(), "output:" + page, pages.get(page));
            if (!(answer instanceof Answer.Ok<String>)) {
                LOG.warn("a whole output was not posted: {}", answer);
                return new Done.Refused("Teams did not take the whole output. Please press again.", "");
            }
        }
        return new Done.Shown("The whole output stands below.");
    }

    private Optional<TargetResult> resultOf(Press press, Act.FullOutput output) {
        return conversations
                .result(press.place().conversation(), output.execution())
                .flatMap(found -> found.stepResults().stream()
                        .filter(one ->
                                one.step() == output.step() && one.target().equals(output.target()))
                        .findFirst());
    }

    /** The file that somebody was asked about; empty when it does not belong to that talk. */
    Optional<FileCards.Output> file(Press press, Act.FullOutput output) {
        return isRunHere(press, output.execution()) ? resultOf(press, output).map(FileCards::output) : Optional.empty();
    }

    private Done say(Press press, String text) throws InterruptedException {
        return switch (acts.inbox().receiveInTurn(press.act(), press.place().conversation(), press.identity(), text)) {
            case Receipt.Stored _ -> new Done.Shown("You asked: " + text);
            case Receipt.Refused(Refusal refusal) -> refused("", refusal);
        };
    }

    Done refused(String approval, Refusal refusal) {
        if (refusal.code().equals(Refresh.CHANGED)) {
            return new Done.Changed(Words.refusal(refusal), approval);
        }
        boolean stale = refusal.status() == 409 || refusal.status() == 410;
        return new Done.Refused(Words.refusal(refusal), stale ? approval : "");
    }

    boolean isHere(Press press, String approval) {
        return acts.approvals()
                .find(approval, press.origin())
                .map(request -> acts.places().isShownIn(request, press.place().conversation()))
                .orElse(false);
    }

    private boolean isRunHere(Press press, String execution) {
        return acts.router()
                .approval(execution, press.origin())
                .map(approval -> isHere(press, approval))
                .orElse(false);
    }

    Done notHere(Press press, String what) {
        LOG.warn("{} pressed a button for {}, which does not belong there", press.identity(), what);
        return new Done.Refused(NOT_HERE, "");
    }
}
