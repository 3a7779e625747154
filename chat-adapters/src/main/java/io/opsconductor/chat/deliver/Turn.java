package io.opsconductor.chat.deliver;

import java.time.Duration;

/** What a look at a conversation ended with. */
public sealed interface Turn {
    /** Everything is told. */
    record Done() implements Turn {}

    /** To be looked at again after a time, or sooner when it grows. */
    record Again(Duration after) implements Turn {}

    /** Nothing can be told now: to be looked at again after a time, and not sooner. */
    record Blocked(Duration after) implements Turn {}
}
