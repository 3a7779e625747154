package io.opsconductor.chat.slack.handle;

import java.util.Map;

/** What somebody filled into a form and sent. */
sealed interface Submission {
    /** A denial with its reason, which may be empty. */
    record Denied(String approval, String digest, String reason) implements Submission {}

    /** Other values for a plan, by the key of their field. */
    record Edited(String approval, String digest, Map<String, String> values) implements Submission {
        public Edited {
            values = Map.copyOf(values);
        }
    }

    /**
     * A question about a message.
     *
     * @param threadTs the thread of that message
     */
    record Asked(String channel, String threadTs, String text) implements Submission {}
}
