package io.opsconductor.chat.slack.card;

import java.util.Optional;

/** Where conversations are. */
public interface Links {
    /** The address of a conversation's thread; empty when it is not in Slack, or not known. */
    Optional<String> to(String conversation);
}
