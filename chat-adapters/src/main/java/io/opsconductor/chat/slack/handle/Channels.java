package io.opsconductor.chat.slack.handle;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.chat.slack.people.AdmissionRules;
import io.opsconductor.chat.slack.thread.SlackThreads;
import io.opsconductor.chat.slack.workspace.Workspace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** We come into a channel and say hello, once ever; or a channel goes, and we keep quiet. */
final class Channels {
    private static final Logger LOG = LoggerFactory.getLogger(Channels.class);

    private final SlackThreads threads;
    private final OncePosts posts;
    private final Hints hints;
    private final AdmissionRules rules;

    Channels(SlackThreads threads, OncePosts posts, Hints hints, AdmissionRules rules) {
        this.threads = threads;
        this.posts = posts;
        this.hints = hints;
        this.rules = rules;
    }

    /** Somebody came into a channel; only our own coming is our business, where we answer at all. */
    void joined(Workspace workspace, JsonNode event) throws InterruptedException {
        String channel = SlackFields.id(event, "channel");
        boolean ourselves = SlackFields.id(event, "user").equals(workspace.botUser());
        if (ourselves && !channel.isEmpty() && rules.answersIn(workspace.team(), channel)) {
            posts.once(
                    workspace,
                    "hello-" + workspace.team() + "-" + channel,
                    "hello",
                    channel,
                    "",
                    hints.hello(workspace));
        }
    }

    /** A channel was deleted or archived, or we were removed from it: nothing can be told there. */
    void gone(Workspace workspace, JsonNode event) {
        String channel = SlackFields.id(event, "channel");
        if (!channel.isEmpty()) {
            LOG.info("channel {} of {} is gone, or we are not in it any more", channel, workspace);
            threads.unreachableIn(workspace.team(), channel);
        }
    }
}
