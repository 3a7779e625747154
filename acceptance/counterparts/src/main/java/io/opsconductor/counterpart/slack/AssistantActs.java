package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The assistant pane: https://docs.slack.dev/ai/developing-ai-apps. */
final class AssistantActs {
    private final World world;
    private final Events events;
    private final List<AssistantThread> threads = new ArrayList<>();

    AssistantActs(World world, Events events) {
        this.world = world;
        this.events = events;
    }

    AssistantThread open(Person person, Installation installation, Optional<Channel> beside) {
        Channel channel = person.workspace().direct(person, installation.bot());
        AssistantThread thread = world.get(() -> {
            String ts = world.nextTs();
            ObjectNode root = Json.object(
                    "type",
                    "message",
                    "subtype",
                    "assistant_app_thread",
                    "user",
                    installation.bot().id(),
                    "bot_id",
                    installation.botId(),
                    "ts",
                    ts,
                    "thread_ts",
                    ts,
                    "text",
                    "New Assistant Thread",
                    "assistant_app_thread",
                    Json.object("title", "", "title_blocks", Json.array()));
            channel.add(new PostedMessage(channel, ts, installation.bot(), root));
            AssistantThread opened = new AssistantThread(person, channel, ts);
            threads.add(opened);
            return opened;
        });
        events.toInstallation(
                installation,
                event("assistant_thread_started", thread, beside),
                "assistant_thread_started",
                "assistant:write");
        return thread;
    }

    void move(Person person, AssistantThread thread, Channel beside) {
        for (Installation installation : world.installations()) {
            if (thread.channel().has(installation.bot())) {
                events.toInstallation(
                        installation,
                        event("assistant_thread_context_changed", thread, Optional.of(beside)),
                        "assistant_thread_context_changed",
                        "assistant:write");
            }
        }
    }

    private ObjectNode event(String type, AssistantThread thread, Optional<Channel> beside) {
        ObjectNode context = Json.object();
        beside.ifPresent(channel -> context.put("channel_id", channel.id())
                .put("team_id", channel.workspace().id())
                .putNull("enterprise_id"));
        return Json.object(
                "type", type,
                "assistant_thread",
                        Json.object(
                                "user_id", thread.person().id(),
                                "context", context,
                                "channel_id", thread.channel().id(),
                                "thread_ts", thread.threadTs()),
                "event_ts", world.nextTs());
    }

    Optional<AssistantThread> find(Channel channel, String threadTs) {
        return world.get(() -> threads.stream()
                .filter(thread ->
                        thread.channel() == channel && thread.threadTs().equals(threadTs))
                .findFirst());
    }
}
