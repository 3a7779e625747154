package io.opsconductor.brain.conversation;

import java.util.List;

/**
 * What a message leads to: worked out in full first, then recorded in the transaction that marks the message as handled,
 * so that it takes effect once.
 */
public interface Reply {
    /** Stores what belongs to the reply and appends its events. */
    void record(ThreadWriting thread);

    /**
     * Whether the message turned out to be for us. When it did not, it was overheard: it is handled, and leaves no trace in
     * the conversation.
     */
    default boolean isForUs() {
        return true;
    }

    /** What to start once it is committed. It is not repeated after a crash, so it may only hurry what is stored. */
    default void committed() {}

    /** The reply to what was overheard and is not for us. */
    static Reply none() {
        return new Reply() {
            @Override
            public void record(ThreadWriting thread) {}

            @Override
            public boolean isForUs() {
                return false;
            }
        };
    }

    /** A reply that only says something. */
    static Reply of(ChatEvent... events) {
        List<ChatEvent> said = List.of(events);
        return thread -> said.forEach(thread::append);
    }
}
