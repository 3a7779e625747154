package io.opsconductor.chat.slack.handle;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.chat.arrival.Arrival;
import io.opsconductor.chat.slack.call.SlackCalls;
import io.opsconductor.chat.slack.people.Admission;
import io.opsconductor.chat.slack.people.Admitted;
import io.opsconductor.chat.slack.thread.SlackThread;
import io.opsconductor.chat.slack.thread.SlackThreads;
import io.opsconductor.chat.slack.workspace.Workspace;
import java.util.List;

/** The assistant pane, where a workspace has it: each talk there is a thread of its own in the direct talk. */
final class Assistants {
    private static final String TITLE = "You can ask, for example";

    private final SlackCalls calls;
    private final SlackThreads threads;
    private final OncePosts posts;
    private final Admission admission;
    private final Hints hints;

    Assistants(SlackCalls calls, SlackThreads threads, OncePosts posts, Admission admission, Hints hints) {
        this.calls = calls;
        this.threads = threads;
        this.posts = posts;
        this.admission = admission;
        this.hints = hints;
    }

    /** Somebody opened a new talk: a welcome and requests to choose from; whoever may not ask hears so when asking. */
    void started(Arrival arrival, Workspace workspace, JsonNode event) throws InterruptedException {
        JsonNode talk = event.path("assistant_thread");
        String channel = SlackFields.id(talk, "channel_id");
        String threadTs = SlackFields.ts(talk, "thread_ts");
        String user = SlackFields.id(talk, "user_id");
        if (channel.isEmpty() || threadTs.isEmpty() || user.isEmpty()) {
            return;
        }
        threads.open(workspace.team(), channel, threadTs, SlackThread.Kind.ASSISTANT);
        if (admission.of(workspace, channel, user) instanceof Admitted.Welcome) {
            posts.once(workspace, arrival.id(), "welcome", channel, threadTs, hints.welcome(workspace));
            List<String> prompts = hints.prompts(workspace);
            if (!prompts.isEmpty()) {
                calls.suggest(workspace, channel, threadTs, TITLE, prompts);
            }
        }
    }
}
