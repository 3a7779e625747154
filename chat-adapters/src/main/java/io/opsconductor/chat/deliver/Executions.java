package io.opsconductor.chat.deliver;

import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.conversation.Conversations;
import io.opsconductor.brain.conversation.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What runs in one conversation. After a restart it is told again from the stored events. One thread at a time. */
final class Executions {
    private static final int PAGE = 500;

    private final Map<String, LiveProgress> running = new LinkedHashMap<>();

    boolean isEmpty() {
        return running.isEmpty();
    }

    Collection<LiveProgress> running() {
        return List.copyOf(running.values());
    }

    void ended(@Nullable String execution) {
        running.remove(execution);
    }

    void add(Conversations conversations, PlanStates plans, Teller teller, Told told, ChatEvent.Progress event) {
        LiveProgress live = running.get(event.execution());
        if (live != null) {
            live.add(event);
            return;
        }
        // Output and waiting that come after the end, as they may after a restart, begin nothing.
        boolean passing = event.state().equals("output") || event.state().equals("waiting");
        Optional<PlanStates.Standing> standing =
                passing ? Optional.empty() : plans.of(teller.conversation(), event.approval(), teller.mentions());
        standing.ifPresent(
                plan -> running.put(event.execution(), begun(conversations, teller.conversation(), plan, told, event)));
    }

    private static LiveProgress begun(
            Conversations conversations,
            String conversation,
            PlanStates.Standing plan,
            Told told,
            ChatEvent.Progress event) {
        LiveProgress live = null;
        long seq = plan.seq();
        List<Told> page = conversations.eventsAfter(conversation, seq, PAGE);
        while (!page.isEmpty() && seq < told.seq()) {
            for (Told one : page) {
                if (one.seq() <= told.seq()
                        && one.event() instanceof ChatEvent.Progress progress
                        && progress.execution().equals(event.execution())) {
                    live = live == null ? new LiveProgress(event.execution(), plan.plan(), one.at()) : live;
                    live.add(progress);
                }
            }
            seq = page.getLast().seq();
            page = conversations.eventsAfter(conversation, seq, PAGE);
        }
        if (live == null) {
            live = new LiveProgress(event.execution(), plan.plan(), told.at());
            live.add(event);
        }
        return live;
    }

    /** How long until the next of them should be shown; empty when nothing runs. */
    Optional<Duration> due(Tempo tempo, Instant now) {
        return running.values().stream().map(live -> live.due(tempo, now)).min(Duration::compareTo);
    }
}
