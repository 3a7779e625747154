package io.opsconductor.brain.conversation;

import io.opsconductor.brain.Refusal;

/** What became of a message that a chat adapter handed in. */
public sealed interface Receipt {
    /** It is stored, now or already before; it will be answered in the conversation. */
    record Stored(String conversation, String message) implements Receipt {}

    /** It was not taken. */
    record Refused(Refusal refusal) implements Receipt {}
}
