package io.opsconductor.chat.slack.handle;

import io.opsconductor.chat.slack.thread.SlackThread;
import io.opsconductor.chat.slack.workspace.Workspace;

/**
 * Where something was said or pressed.
 *
 * @param workspace whose installation told us
 * @param channel the channel's or direct talk's id
 * @param threadTs {@code ts} of the thread's first message; empty in a direct talk outside threads
 */
record Place(Workspace workspace, String channel, String threadTs) {
    /** The place of a message that is in a thread or begins one; a direct talk goes on without threads. */
    static Place ofMessage(Workspace workspace, String channel, String ts, String threadTs) {
        return new Place(workspace, channel, threadTs.isEmpty() && !isDirect(channel) ? ts : threadTs);
    }

    /** Whether a channel's id is that of a talk between two. */
    static boolean isDirect(String channel) {
        return channel.startsWith("D");
    }

    boolean isDirect() {
        return isDirect(channel);
    }

    String conversation() {
        return SlackThread.conversationId(workspace.team(), channel, threadTs);
    }

    SlackThread.Kind newKind() {
        return isDirect() ? SlackThread.Kind.DIRECT : SlackThread.Kind.CHANNEL;
    }
}
