package io.opsconductor.chat.slack.handle;

import io.opsconductor.chat.call.Answer;
import io.opsconductor.chat.slack.call.SlackCalls;
import io.opsconductor.chat.slack.thread.SlackThread;
import io.opsconductor.chat.slack.thread.SlackThreads;
import io.opsconductor.chat.slack.workspace.Workspace;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The addresses of threads; each is asked for once, for it never changes. */
final class ThreadLinks {
    private static final int CACHED = 5_000;

    private final SlackCalls calls;
    private final SlackThreads threads;
    private final Map<String, String> known = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > CACHED;
        }
    };

    ThreadLinks(SlackCalls calls, SlackThreads threads) {
        this.calls = calls;
        this.threads = threads;
    }

    /** Where a conversation is in a workspace; empty when it is elsewhere. */
    Optional<String> to(Workspace workspace, String conversation) {
        return threads.of(conversation)
                .filter(thread -> thread.team().equals(workspace.team()))
                .flatMap(thread -> to(workspace, thread));
    }

    private Optional<String> to(Workspace workspace, SlackThread thread) {
        if (thread.threadTs().isEmpty()) {
            // A direct talk has no first message to link to.
            return Optional.of("https://app.slack.com/client/" + thread.team() + "/" + thread.channel());
        }
        synchronized (known) {
            String link = known.get(thread.conversation());
            if (link != null) {
                return Optional.of(link);
            }
        }
        if (calls.link(workspace, thread.channel(), thread.threadTs()) instanceof Answer.Ok<String>(String link)) {
            synchronized (known) {
                known.put(thread.conversation(), link);
            }
            return Optional.of(link);
        }
        return Optional.empty();
    }
}
