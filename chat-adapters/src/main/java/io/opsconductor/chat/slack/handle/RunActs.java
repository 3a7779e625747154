package io.opsconductor.chat.slack.handle;

import io.opsconductor.brain.Acts;
import io.opsconductor.brain.Refusal;
import io.opsconductor.brain.revision.RerunTargets;
import io.opsconductor.brain.revision.Rerunning;
import io.opsconductor.chat.act.Act;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Acts on what runs or ran. */
final class RunActs {
    private static final Logger LOG = LoggerFactory.getLogger(RunActs.class);

    private final Acts acts;
    private final AskedFiles files;
    private final PrivateWords words;

    RunActs(Acts acts, AskedFiles files, PrivateWords words) {
        this.acts = acts;
        this.files = files;
        this.words = words;
    }

    /** Ends what runs; the thread is told by the brain. */
    void cancel(Press press, String identity, Act.Cancel cancel) throws InterruptedException {
        if (isHere(press, cancel.execution())) {
            Optional<Refusal> refusal = acts.router().cancel(cancel.execution(), identity);
            if (refusal.isPresent()) {
                words.tell(press.to(), refusal.get());
            }
        }
    }

    /** Asks for a new plan; its card comes where the button was pressed. */
    void again(Press press, String identity, Act.RunAgain again) throws InterruptedException {
        if (!isHere(press, again.execution())) {
            return;
        }
        RerunTargets targets = again.failedOnly() ? RerunTargets.FAILED : RerunTargets.ALL;
        switch (acts.rerun().again(again.execution(), identity, press.conversation(), targets, press.act())) {
            case Rerunning.Shown _ -> {}
            case Rerunning.Refused(Refusal refusal) -> words.tell(press.to(), refusal);
        }
    }

    /** Brings a target's output into the thread of its execution, as a file. */
    void fullOutput(Press press, Act.FullOutput output) throws InterruptedException {
        if (!isHere(press, output.execution())) {
            return;
        }
        boolean there = acts.router()
                .conversation(output.execution(), press.origin())
                .map(conversation -> files.bring(press.arrival(), conversation, output))
                .orElse(false);
        if (!there) {
            words.tell(
                    press.to(),
                    "There is no output of " + output.target()
                            + " to show: it has not ended yet, or nothing ran there.");
        }
    }

    private boolean isHere(Press press, String execution) throws InterruptedException {
        // A card that is shown elsewhere too, in the direct talk of whoever approved it for instance, has its buttons
        // there.
        boolean here = acts.router()
                .approval(execution, press.origin())
                .flatMap(approval -> acts.approvals().find(approval, press.origin()))
                .map(request -> press.conversation()
                        .map(place -> acts.places().isShownIn(request, place))
                        .orElse(true))
                .orElse(false);
        if (!here) {
            LOG.warn("{} pressed a button for {}, which does not belong there", press.user(), execution);
            words.tell(press.to(), PlanActs.NOT_HERE);
        }
        return here;
    }
}
