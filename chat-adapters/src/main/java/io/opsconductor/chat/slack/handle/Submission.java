package io.opsconductor.chat.slack.handle;

import io.opsconductor.chat.slack.card.FormOrigin;
import java.util.Map;

/** What somebody filled into a form and sent. */
sealed interface Submission {
    /** A denial with its reason, which may be empty. */
    record Denied(String approval, String digest, String reason, FormOrigin origin) implements Submission {}

    /** An approval of what cannot be undone, with what was typed for the plan's code. */
    record Typed(String approval, String digest, String code, FormOrigin origin) implements Submission {}

    /** Why the requester's plan cannot wait for the approval of others. */
    record GlassBroken(String approval, String reason, FormOrigin origin) implements Submission {}

    /** Other values for a plan, by the key of their field. */
    record Edited(String approval, String digest, Map<String, String> values, FormOrigin origin) implements Submission {
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
