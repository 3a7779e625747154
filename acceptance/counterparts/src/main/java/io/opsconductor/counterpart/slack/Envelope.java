package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Something on its way to an app.
 *
 * @param retry 0 for the first attempt
 * @param retryReason empty for the first attempt
 */
record Envelope(Type type, ObjectNode payload, int retry, String retryReason) {
    /** The three things that Slack sends, by their Socket Mode names. */
    enum Type {
        EVENTS_API("events_api"),
        INTERACTIVE("interactive"),
        SLASH_COMMANDS("slash_commands");

        private final String wireName;

        Type(String wireName) {
            this.wireName = wireName;
        }

        String wireName() {
            return wireName;
        }
    }

    static Envelope of(Type type, ObjectNode payload) {
        return new Envelope(type, payload, 0, "");
    }

    Envelope again(int number, String reason) {
        return new Envelope(type, payload, number, reason);
    }
}
