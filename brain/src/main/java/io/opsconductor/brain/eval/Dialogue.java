package io.opsconductor.brain.eval;

import io.opsconductor.brain.Stages;
import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.conversation.Addressing;
import io.opsconductor.brain.conversation.ChatMessage;
import io.opsconductor.brain.intent.Intent;
import io.opsconductor.brain.intent.ThreadState;
import io.opsconductor.brain.planning.Draft;
import io.opsconductor.brain.planning.Planning;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One person's messages in one thread, through the three stages as the pipeline does it. Not thread-safe. */
public final class Dialogue {
    private final Examinee examinee;
    private final Knowledge knowledge;
    private ThreadState thread = ThreadState.NEW;

    public Dialogue(Examinee examinee, Knowledge knowledge) {
        this.examinee = examinee;
        this.knowledge = knowledge;
    }

    /** Says the next message. */
    public Outcome say(String text) {
        ChatMessage message = new ChatMessage("m", "c", "web:alice", text, Instant.EPOCH, Addressing.DIRECT);
        Outcome outcome =
                examinee.work(stages -> outcome(stages, stages.intents().classify(message, knowledge, thread)));
        thread = after(outcome);
        return outcome;
    }

    /** What the thread is about by now. */
    public ThreadState thread() {
        return thread;
    }

    private ThreadState after(Outcome outcome) {
        Planning planning = outcome instanceof Outcome.Worked worked ? worked.planning() : null;
        return new ThreadState(
                planning instanceof Planning.Question question ? Optional.of(question.draft()) : Optional.empty(),
                planning instanceof Planning.Planned planned ? planned.plan().steps() : thread.last(),
                thread.listing(),
                thread.language());
    }

    private Outcome outcome(Stages stages, Intent intent) {
        return switch (intent) {
            case Intent.RunTools run -> {
                var choices = stages.selection().select(run, knowledge);
                yield new Outcome.Worked(choices, stages.planning().plan(choices, knowledge));
            }
            case Intent.Answered(Draft draft) ->
                new Outcome.Worked(List.of(), stages.planning().resume(draft, knowledge));
            case Intent.Again(Draft draft) ->
                new Outcome.Worked(List.of(), stages.planning().resume(draft, knowledge));
            case Intent.AskTools said -> new Outcome.Said(said);
            case Intent.Inquiry said -> new Outcome.Said(said);
            case Intent.SmallTalk said -> new Outcome.Said(said);
            case Intent.Cancel said -> new Outcome.Said(said);
            case Intent.NotForUs said -> new Outcome.Said(said);
        };
    }
}
