package io.opsconductor.chat.slack.call;

import java.time.Duration;

/** What became of a call to Slack. */
public sealed interface Answer<T> {
    record Ok<T>(T value) implements Answer<T> {}

    /**
     * Slack said no; saying it again changes nothing.
     *
     * @param error Slack's word, such as {@code channel_not_found}
     * @param detail what Slack added for people; may be empty
     */
    record Refused<T>(String error, String detail) implements Answer<T> {}

    /** Too much at once: nothing took effect. */
    record Limited<T>(Duration retryAfter) implements Answer<T> {}

    /** It never left: nothing took effect. */
    record Unreachable<T>(String why) implements Answer<T> {}

    /** No answer, or half of one: it may have taken effect. */
    record Unknown<T>(String why) implements Answer<T> {}
}
