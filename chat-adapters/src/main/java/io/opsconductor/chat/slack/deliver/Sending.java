package io.opsconductor.chat.slack.deliver;

import io.opsconductor.chat.call.Answer;
import io.opsconductor.chat.deliver.Pace;
import io.opsconductor.chat.slack.call.SlackCalls;
import io.opsconductor.chat.slack.call.SlackCalls.Posted;
import io.opsconductor.chat.slack.card.SlackFile;
import io.opsconductor.chat.slack.card.SlackMessage;
import io.opsconductor.chat.slack.workspace.Workspace;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Calls at Slack's pace. When Slack asks for patience it waits and calls again, for then nothing took effect. */
final class Sending {
    private final SlackCalls calls;
    private final Pace pace;
    private final DeliveryMeasures measures;

    Sending(SlackCalls calls, Pace pace, DeliveryMeasures measures) {
        this.calls = calls;
        this.pace = pace;
        this.measures = measures;
    }

    Answer<Posted> post(Workspace workspace, String channel, String threadTs, SlackMessage message, String key)
            throws InterruptedException {
        pace.beforePost(workspace.team(), channel);
        return patiently(workspace, Pace.Method.POST, () -> calls.post(workspace, channel, threadTs, message, key));
    }

    Answer<Posted> update(Workspace workspace, Posted posted, SlackMessage message) throws InterruptedException {
        pace.beforeUpdate(workspace.team(), posted.channel(), posted.ts());
        return patiently(
                workspace, Pace.Method.UPDATE, () -> calls.update(workspace, posted.channel(), posted.ts(), message));
    }

    Answer<String> upload(Workspace workspace, SlackFile file) throws InterruptedException {
        return patiently(workspace, Pace.Method.UPLOAD, () -> calls.upload(workspace, file));
    }

    Answer<Boolean> share(Workspace workspace, String channel, String threadTs, String file, String title)
            throws InterruptedException {
        pace.beforePost(workspace.team(), channel);
        return patiently(workspace, Pace.Method.SHARE, () -> calls.share(workspace, channel, threadTs, file, title));
    }

    Answer<Boolean> isShared(Workspace workspace, String channel, String file) throws InterruptedException {
        return patiently(workspace, Pace.Method.SEARCH, () -> calls.isShared(workspace, channel, file));
    }

    Answer<Optional<Posted>> posted(Workspace workspace, String channel, String threadTs, String key)
            throws InterruptedException {
        return patiently(workspace, Pace.Method.SEARCH, () -> calls.posted(workspace, channel, threadTs, key));
    }

    /** Takes the next change of a progress message; answers how long until one is free when none is. */
    Duration progress(String team) {
        return pace.progress(team);
    }

    private <T> Answer<T> patiently(Workspace workspace, Pace.Method method, Supplier<Answer<T>> call)
            throws InterruptedException {
        while (true) {
            pace.before(workspace.team(), method);
            Answer<T> answer = call.get();
            measures.called(method, answer);
            if (!(answer instanceof Answer.Limited<T>(Duration retryAfter))) {
                return answer;
            }
            pace.limited(workspace.team(), method, retryAfter);
            measures.retried();
        }
    }
}
