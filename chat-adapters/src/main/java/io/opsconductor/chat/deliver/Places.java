package io.opsconductor.chat.deliver;

import java.util.Optional;

/** Where conversations are told on one platform, and how far. */
public interface Places {
    /** The place, when something can be told there now. */
    Optional<Teller> open(String conversation);

    /** Up to which event the conversation is told. */
    long deliveredSeq(String conversation);

    void delivered(String conversation, long seq);

    /** Something is to be told again, for it could not be. */
    void retried();
}
