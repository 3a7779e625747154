package io.opsconductor.brain;

import io.opsconductor.brain.answer.Answers;
import io.opsconductor.brain.approval.ApprovalRequest;
import io.opsconductor.brain.approval.Approvals;
import io.opsconductor.brain.conversation.ChatMessage;
import io.opsconductor.brain.conversation.Drafts;
import io.opsconductor.brain.conversation.Reply;
import io.opsconductor.brain.intent.Overheard;
import io.opsconductor.brain.language.Speech;
import io.opsconductor.brain.routing.ExecutionRouter;
import java.util.Optional;

/** "cancel": ends the nearest thing that can be ended: an open question, the sender's own plan, a running execution. */
public final class Cancelling {
    private final Drafts drafts;
    private final Approvals approvals;
    private final ExecutionRouter router;
    private final Overheard overheard;

    public Cancelling(Drafts drafts, Approvals approvals, ExecutionRouter router, Overheard overheard) {
        this.drafts = drafts;
        this.approvals = approvals;
        this.router = router;
        this.overheard = overheard;
    }

    /** Cancels for whoever wrote the message, and says so; the runner's policy decides about running executions. */
    public Reply cancel(ChatMessage message, Speech speech) {
        String conversation = message.conversation();
        if (drafts.of(conversation, message.sender()).isPresent()) {
            Reply said = Answers.say(speech.say("cancel-question"));
            return thread -> {
                drafts.drop(thread.tx(), conversation, message.sender());
                said.record(thread);
            };
        }
        Optional<ApprovalRequest> pending = approvals.lastPending(conversation, message.sender());
        if (pending.isPresent()) {
            return approvals.withdraw(pending.get(), speech);
        }
        Optional<String> running = router.lastOpen(conversation);
        if (message.isOverheard() && (running.isEmpty() || !overheard.stops(message.text()))) {
            return Reply.none();
        }
        return running.map(execution -> router.cancel(execution, message.sender())
                        .map(refusal -> Answers.refuse(refusal, speech))
                        .orElseGet(Reply::of))
                .orElseGet(() -> Answers.say(speech.say("cancel-nothing")));
    }
}
