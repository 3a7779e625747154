package io.opsconductor.brain.intent;

import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.conversation.ChatMessage;

/** Stage A of the pipeline; one implementation needs no model. */
public interface IntentStage {
    /**
     * Classifies a message.
     *
     * @param message what was written
     * @param knowledge the snapshot to read names from
     * @param thread what its thread is about
     */
    Intent classify(ChatMessage message, Knowledge knowledge, ThreadState thread);
}
