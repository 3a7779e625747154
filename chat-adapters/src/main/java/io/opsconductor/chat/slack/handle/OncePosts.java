package io.opsconductor.chat.slack.handle;

import io.opsconductor.chat.call.Answer;
import io.opsconductor.chat.slack.call.SlackCalls;
import io.opsconductor.chat.slack.card.SlackMessage;
import io.opsconductor.chat.slack.workspace.Workspace;

/** Posts that are made once, however often the same arrival is worked on. */
public interface OncePosts {
    /**
     * Posts, or tells where the same was posted before.
     *
     * @param owner what the post belongs to, such as an arrival's id
     * @param name which post of the owner
     * @param threadTs empty for a message of its own
     */
    Answer<SlackCalls.Posted> once(
            Workspace workspace, String owner, String name, String channel, String threadTs, SlackMessage message)
            throws InterruptedException;
}
