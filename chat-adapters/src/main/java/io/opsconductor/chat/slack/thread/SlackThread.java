package io.opsconductor.chat.slack.thread;

/**
 * A conversation's place in Slack.
 *
 * @param conversation the brain's id of it
 * @param team the workspace whose installation posts there
 * @param channel the channel's or direct talk's id
 * @param threadTs {@code ts} of the thread's first message; empty for a direct talk outside threads
 * @param kind what sort of place it is
 */
public record SlackThread(String conversation, String team, String channel, String threadTs, Kind kind) {
    /** Sorts of places. */
    public enum Kind {
        CHANNEL,
        DIRECT,
        ASSISTANT
    }

    /** The conversation's id for a place: the same place gives the same id, in any process. */
    public static String conversationId(String team, String channel, String threadTs) {
        String thread = threadTs.isEmpty() ? "" : "-" + threadTs.replace('.', '_');
        return "slack-" + team + "-" + channel + thread;
    }
}
