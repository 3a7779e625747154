package io.opsconductor.chat.slack.deliver;

import io.opsconductor.chat.call.Answer;
import io.opsconductor.chat.deliver.Pace;
import io.opsconductor.chat.deliver.PacedCalls;
import io.opsconductor.chat.slack.call.SlackCalls;
import io.opsconductor.chat.slack.call.SlackCalls.Posted;
import io.opsconductor.chat.slack.card.SlackFile;
import io.opsconductor.chat.slack.card.SlackMessage;
import io.opsconductor.chat.slack.workspace.Workspace;
import java.time.Duration;
import java.util.Optional;

/** Slack's calls, at its pace. */
final class Sending {
    private final SlackCalls calls;
    private final PacedCalls paced;

    Sending(SlackCalls calls, PacedCalls paced) {
        this.calls = calls;
        this.paced = paced;
    }

    Answer<Posted> post(Workspace workspace, String channel, String threadTs, SlackMessage message, String key)
            throws InterruptedException {
        return paced.post(
                workspace.team(),
                channel,
                Pace.Method.POST,
                () -> calls.post(workspace, channel, threadTs, message, key));
    }

    Answer<Posted> update(Workspace workspace, Posted posted, SlackMessage message) throws InterruptedException {
        return paced.update(
                workspace.team(),
                posted.channel(),
                posted.ts(),
                () -> calls.update(workspace, posted.channel(), posted.ts(), message));
    }

    Answer<String> upload(Workspace workspace, SlackFile file) throws InterruptedException {
        return paced.patiently(workspace.team(), Pace.Method.UPLOAD, () -> calls.upload(workspace, file));
    }

    Answer<Boolean> share(Workspace workspace, String channel, String threadTs, String file, String title)
            throws InterruptedException {
        return paced.post(
                workspace.team(),
                channel,
                Pace.Method.SHARE,
                () -> calls.share(workspace, channel, threadTs, file, title));
    }

    Answer<Boolean> isShared(Workspace workspace, String channel, String file) throws InterruptedException {
        return paced.patiently(workspace.team(), Pace.Method.SEARCH, () -> calls.isShared(workspace, channel, file));
    }

    Answer<Optional<Posted>> posted(Workspace workspace, String channel, String threadTs, String key)
            throws InterruptedException {
        return paced.patiently(
                workspace.team(), Pace.Method.SEARCH, () -> calls.posted(workspace, channel, threadTs, key));
    }

    /** Takes the next change of a progress message; answers how long until one is free when none is. */
    Duration progress(String team) {
        return paced.progress(team);
    }
}
