package io.opsconductor.chat.slack.handle;

import io.opsconductor.brain.Acts;
import io.opsconductor.brain.Refusal;
import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.conversation.Conversations;
import io.opsconductor.brain.conversation.Told;
import io.opsconductor.brain.revision.RerunTargets;
import io.opsconductor.brain.revision.Rerunning;
import io.opsconductor.chat.slack.act.Act;
import io.opsconductor.chat.slack.call.Answer;
import io.opsconductor.chat.slack.call.SlackCalls;
import io.opsconductor.chat.slack.card.ResultCards;
import io.opsconductor.chat.slack.thread.SlackThread;
import io.opsconductor.chat.slack.thread.SlackThreads;
import io.opsconductor.plan.TargetResult;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Acts on what runs or ran. */
final class RunActs {
    private static final Logger LOG = LoggerFactory.getLogger(RunActs.class);
    private static final int PAGE = 500;

    private final Acts acts;
    private final Conversations conversations;
    private final SlackThreads threads;
    private final SlackCalls calls;
    private final PrivateWords words;

    RunActs(Acts acts, Conversations conversations, SlackThreads threads, SlackCalls calls, PrivateWords words) {
        this.acts = acts;
        this.conversations = conversations;
        this.threads = threads;
        this.calls = calls;
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

    /** Asks for a new plan; its card comes into the thread. */
    void again(Press press, String identity, Act.RunAgain again) throws InterruptedException {
        if (!isHere(press, again.execution())) {
            return;
        }
        RerunTargets targets = again.failedOnly() ? RerunTargets.FAILED : RerunTargets.ALL;
        switch (acts.rerun().again(again.execution(), identity, targets)) {
            case Rerunning.Shown _ -> {}
            case Rerunning.Refused(Refusal refusal) -> words.tell(press.to(), refusal);
        }
    }

    /** Brings a target's output into the thread of its execution, as a file. */
    void fullOutput(Press press, Act.FullOutput output) throws InterruptedException {
        if (!isHere(press, output.execution())) {
            return;
        }
        Optional<SlackThread> thread =
                acts.router().conversation(output.execution()).flatMap(threads::of);
        Optional<TargetResult> result = thread.flatMap(known -> result(known.conversation(), output));
        if (thread.isEmpty() || result.isEmpty()) {
            words.tell(
                    press.to(),
                    "There is no output of " + output.target()
                            + " to show: it has not ended yet, or nothing ran there.");
            return;
        }
        Answer<Boolean> answer = calls.upload(
                press.workspace(),
                thread.get().channel(),
                thread.get().threadTs(),
                ResultCards.fullOutput(result.get()),
                "");
        if (!(answer instanceof Answer.Ok<Boolean>)) {
            LOG.warn("the output of {} was not brought to Slack: {}", output.execution(), answer);
            words.tell(press.to(), "Slack did not take the file. Press the button again in a moment.");
        }
    }

    private Optional<TargetResult> result(String conversation, Act.FullOutput output) {
        long after = 0;
        while (true) {
            List<Told> page = conversations.eventsAfter(conversation, after, PAGE);
            for (Told told : page) {
                if (told.event() instanceof ChatEvent.Result result
                        && output.execution().equals(result.execution())) {
                    return result.stepResults().stream()
                            .filter(one ->
                                    one.step() == output.step() && one.target().equals(output.target()))
                            .findFirst();
                }
                after = told.seq();
            }
            if (page.size() < PAGE) {
                return Optional.empty();
            }
        }
    }

    private boolean isHere(Press press, String execution) throws InterruptedException {
        boolean here =
                acts.router().conversation(execution).map(press::belongsTo).orElse(false);
        if (!here) {
            LOG.warn("{} pressed a button for {}, which does not belong there", press.user(), execution);
            words.tell(press.to(), PlanActs.NOT_HERE);
        }
        return here;
    }
}
