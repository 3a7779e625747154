package io.opsconductor.brain.intent;

import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.conversation.ChatMessage;
import io.opsconductor.brain.planning.Draft;
import java.util.Optional;

/** Stage A of the pipeline; one implementation needs no model. */
public interface IntentStage {
    /**
     * Classifies a message.
     *
     * @param message what was written
     * @param knowledge the snapshot to read names from
     * @param pending the draft that waits for an answer in this conversation, if any
     */
    Intent classify(ChatMessage message, Knowledge knowledge, Optional<Draft> pending);
}
