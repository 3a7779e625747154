package io.opsconductor.brain.conversation;

import java.time.Instant;

/**
 * A message somebody wrote, as a chat adapter received it.
 *
 * @param id the message's id, unique in the platform
 * @param conversation the thread it belongs to
 * @param sender platform-qualified identity, such as {@code web:alice}
 * @param text what was written, at most {@value #MAX_LENGTH} characters; NUL, which not every store keeps, becomes U+FFFD
 * @param at when it arrived
 * @param addressing to whom it was said
 */
public record ChatMessage(
        String id, String conversation, String sender, String text, Instant at, Addressing addressing) {
    public static final int MAX_LENGTH = 4_000;

    public ChatMessage {
        text = text.replace('\0', '\uFFFD');
    }

    /** Whether it was said in a thread and not to us. */
    public boolean isOverheard() {
        return addressing == Addressing.OVERHEARD;
    }

    /** The same message in other words, which say what was meant. */
    public ChatMessage saying(String words) {
        return new ChatMessage(id, conversation, sender, words, at, addressing);
    }
}
