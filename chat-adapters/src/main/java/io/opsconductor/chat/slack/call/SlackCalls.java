package io.opsconductor.chat.slack.call;

import com.slack.api.model.view.View;
import io.opsconductor.chat.call.Answer;
import io.opsconductor.chat.slack.card.SlackFile;
import io.opsconductor.chat.slack.card.SlackMessage;
import io.opsconductor.chat.slack.workspace.Workspace;
import java.util.List;
import java.util.Optional;

/**
 * The calls that the adapter makes. Each has a deadline of its own, is sent once and never throws for what Slack or the
 * network does; who repeats it, and when, is the caller's business.
 */
public interface SlackCalls {
    /** A message's place. */
    record Posted(String channel, String ts) {}

    /**
     * Posts a message.
     *
     * @param threadTs empty for a message of its own
     * @param key goes along as metadata, so that {@link #posted} finds the message again
     */
    Answer<Posted> post(Workspace workspace, String channel, String threadTs, SlackMessage message, String key);

    /** The message with this key among the recent ones of a channel or thread. */
    Answer<Optional<Posted>> posted(Workspace workspace, String channel, String threadTs, String key);

    Answer<Posted> update(Workspace workspace, String channel, String ts, SlackMessage message);

    /** A message that one person sees. */
    Answer<Boolean> whisper(Workspace workspace, String channel, String threadTs, String user, SlackMessage message);

    /** Answers a slash command or a button by the address that came with it, to the person alone. */
    Answer<Boolean> respond(String responseUrl, SlackMessage message);

    /** Uploads text and answers the file's id. Nobody sees it before it is shared, so it may be done again. */
    Answer<String> upload(Workspace workspace, SlackFile file);

    /** Shares an uploaded file in a thread. */
    Answer<Boolean> share(Workspace workspace, String channel, String threadTs, String file, String title);

    /** Whether a file of ours is shared in a channel. */
    Answer<Boolean> isShared(Workspace workspace, String channel, String file);

    Answer<SlackUser> user(Workspace workspace, String user);

    Answer<Boolean> open(Workspace workspace, String triggerId, View view);

    Answer<Boolean> publishHome(Workspace workspace, String user, View view);

    /** The direct talk with somebody. */
    Answer<String> directTalk(Workspace workspace, String user);

    Answer<String> link(Workspace workspace, String channel, String ts);

    /** What the assistant pane says while an answer is worked out; empty ends it. */
    Answer<Boolean> status(Workspace workspace, String channel, String threadTs, String status);

    /** Suggested requests in the assistant pane, at most four. */
    Answer<Boolean> suggest(Workspace workspace, String channel, String threadTs, String title, List<String> prompts);
}
