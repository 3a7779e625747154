package io.opsconductor.chat.slack.deliver;

import java.time.Duration;

/** What a look at a conversation ended with. */
sealed interface Turn {
    /** Everything is told. */
    record Done() implements Turn {}

    /** To be looked at again after a time, or sooner when it grows. */
    record Again(Duration after) implements Turn {}

    /** Slack cannot be told now: to be looked at again after a time, and not sooner. */
    record Blocked(Duration after) implements Turn {}
}
