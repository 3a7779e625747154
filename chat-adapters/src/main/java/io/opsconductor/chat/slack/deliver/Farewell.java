package io.opsconductor.chat.slack.deliver;

import io.opsconductor.chat.call.Answer;
import io.opsconductor.chat.slack.call.SlackCalls;
import io.opsconductor.chat.slack.card.SlackMessage;
import io.opsconductor.chat.slack.card.Words;
import io.opsconductor.chat.slack.thread.SlackThread;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells whoever wrote last in a thread, in a direct talk and once, that nothing can be told there any more. */
final class Farewell {
    private static final Logger LOG = LoggerFactory.getLogger(Farewell.class);

    private final SlackCalls calls;
    private final Posts posts;
    private final Recorded recorded;

    Farewell(SlackCalls calls, Posts posts, Recorded recorded) {
        this.calls = calls;
        this.posts = posts;
        this.recorded = recorded;
    }

    /** @param told the last event that is told, so that a place that comes and goes is spoken of once each time */
    void tell(OpenThread open, String error, long told) throws InterruptedException {
        SlackThread thread = open.thread();
        Optional<String> identity = recorded.lastSpeaker(thread);
        if (identity.isEmpty() || thread.kind() != SlackThread.Kind.CHANNEL) {
            return;
        }
        String user = identity.get().substring(identity.get().indexOf('/') + 1);
        SlackMessage words = Words.note("I cannot write in the thread in <#" + thread.channel()
                + "> any more, where you asked me for something (Slack says: " + error.replace('_', ' ')
                + "). What was approved goes on. When I can write there again, mention me in the thread and I tell"
                + " the rest.");
        Answer<?> answer = switch (calls.directTalk(open.workspace(), user)) {
            case Answer.Ok<String>(String channel) ->
                posts.once(open.workspace(), thread.conversation(), "unreachable:" + told, channel, "", words);
            case Answer<String> other -> other;
        };
        if (!(answer instanceof Answer.Ok<?>)) {
            LOG.warn("{} could not be told that {} is out of reach: {}", identity.get(), thread.conversation(), answer);
        }
    }
}
