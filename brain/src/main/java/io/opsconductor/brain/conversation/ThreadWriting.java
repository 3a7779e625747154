package io.opsconductor.brain.conversation;

import io.helidon.dbclient.DbExecute;

/** One transaction that changes the store and appends to one conversation, both or neither. */
public interface ThreadWriting {
    /** The transaction, for what else belongs to the same change. */
    DbExecute tx();

    /** Appends an event; it becomes visible when the transaction is committed. */
    void append(ChatEvent event);

    /** What to do when the transaction is not committed, or nobody knows whether it was; it must not throw. */
    void ifLost(Runnable then);

    /** Sets numbers aside for the output that is about to come, so that showing it does not wait for the store. */
    void expectOutput();
}
