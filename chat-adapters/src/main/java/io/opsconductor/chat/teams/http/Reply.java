package io.opsconductor.chat.teams.http;

import java.time.Duration;

/** What became of a call. */
public sealed interface Reply {
    /**
     * It was answered.
     *
     * @param body at most as long as the call allowed
     * @param retryAfter that the answer asks for; zero when it does not
     */
    record Answered(int status, String body, Duration retryAfter) implements Reply {
        public boolean isOk() {
            return status >= 200 && status < 300;
        }
    }

    /** Nothing was sent, so nothing took effect. */
    record NotSent(String why) implements Reply {}

    /** It was sent, or part of it, and no answer came: it may have taken effect. */
    record NoAnswer(String why) implements Reply {}
}
