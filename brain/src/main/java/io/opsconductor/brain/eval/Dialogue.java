package io.opsconductor.brain.eval;

import io.opsconductor.brain.Stages;
import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.conversation.Addressing;
import io.opsconductor.brain.conversation.ChatMessage;
import io.opsconductor.brain.intent.Intent;
import io.opsconductor.brain.intent.ThreadState;
import io.opsconductor.brain.language.Language;
import io.opsconductor.brain.planning.Draft;
import io.opsconductor.brain.planning.Planning;
import io.opsconductor.brain.planning.Rollout;
import io.opsconductor.brain.planning.RolloutWords;
import io.opsconductor.brain.planning.Rollouts;
import io.opsconductor.brain.planning.Wording;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One person's messages in one thread, through the three stages as the pipeline does it. Not thread-safe. */
public final class Dialogue {
    private final Examinee examinee;
    private final Knowledge knowledge;
    private final RolloutWords rolloutWords = new RolloutWords(Language.english());
    private final Rollouts rollouts = new Rollouts(new Wording(Language.english()));
    private ThreadState thread = ThreadState.NEW;

    public Dialogue(Examinee examinee, Knowledge knowledge) {
        this.examinee = examinee;
        this.knowledge = knowledge;
    }

    /** Says the next message. */
    public Outcome say(String text) {
        RolloutWords.Said said = rolloutWords.read(text);
        String wanted = said.isAll() ? "again" : said.rest();
        ChatMessage message = new ChatMessage("m", "c", "web:alice", wanted, Instant.EPOCH, Addressing.DIRECT);
        Outcome outcome = examinee.work(
                stages -> outcome(stages, stages.intents().classify(message, knowledge, thread), said.rollout()));
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

    private Outcome outcome(Stages stages, Intent intent, Rollout rollout) {
        return switch (intent) {
            case Intent.RunTools run -> {
                var choices = stages.selection().select(run, knowledge);
                yield new Outcome.Worked(
                        choices, rollouts.onto(stages.planning().plan(choices, knowledge), rollout, knowledge));
            }
            case Intent.Answered(Draft draft) -> {
                Rollout all = rollout.over(thread.asked().map(Draft::rollout).orElse(Rollout.USUAL));
                yield new Outcome.Worked(
                        List.of(), rollouts.onto(stages.planning().resume(draft, knowledge), all, knowledge));
            }
            case Intent.Again(Draft draft) ->
                new Outcome.Worked(
                        List.of(), rollouts.onto(stages.planning().resume(draft, knowledge), rollout, knowledge));
            case Intent.AskTools said -> new Outcome.Said(said);
            case Intent.Inquiry said -> new Outcome.Said(said);
            case Intent.SmallTalk said -> new Outcome.Said(said);
            case Intent.Cancel said -> new Outcome.Said(said);
            case Intent.DryRun said -> new Outcome.Said(said);
            case Intent.AskApproval said -> new Outcome.Said(said);
            case Intent.BreakGlass said -> new Outcome.Said(said);
            case Intent.NotForUs said -> new Outcome.Said(said);
        };
    }
}
