package io.opsconductor.brain.eval;

import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.conversation.Addressing;
import io.opsconductor.brain.conversation.ChatMessage;
import io.opsconductor.brain.intent.Intent;
import io.opsconductor.brain.planning.Draft;
import io.opsconductor.brain.planning.Planning;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One person's messages in one thread, through the three stages as the pipeline does it. Not thread-safe. */
public final class Dialogue {
    private final Stages stages;
    private final Knowledge knowledge;
    private @Nullable Draft asked;

    public Dialogue(Stages stages, Knowledge knowledge) {
        this.stages = stages;
        this.knowledge = knowledge;
    }

    /** Says the next message. */
    public Outcome say(String text) {
        ChatMessage message = new ChatMessage("m", "c", "web:alice", text, Instant.EPOCH, Addressing.DIRECT);
        Intent intent = stages.intents().classify(message, knowledge, Optional.ofNullable(asked));
        asked = null;
        Outcome outcome = outcome(intent);
        if (outcome instanceof Outcome.Worked worked && worked.planning() instanceof Planning.Question question) {
            asked = question.draft();
        }
        return outcome;
    }

    private Outcome outcome(Intent intent) {
        return switch (intent) {
            case Intent.RunTools run -> {
                var choices = stages.selection().select(run, knowledge);
                yield new Outcome.Worked(choices, stages.planning().plan(choices, knowledge));
            }
            case Intent.Answered(Draft draft) ->
                new Outcome.Worked(List.of(), stages.planning().resume(draft, knowledge));
            case Intent.AskTools said -> new Outcome.Said(said);
            case Intent.AskTargets said -> new Outcome.Said(said);
            case Intent.SmallTalk said -> new Outcome.Said(said);
            case Intent.Cancel said -> new Outcome.Said(said);
            case Intent.NotForUs said -> new Outcome.Said(said);
        };
    }
}
