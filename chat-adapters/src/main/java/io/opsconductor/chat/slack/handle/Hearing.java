package io.opsconductor.chat.slack.handle;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.chat.slack.workspace.Workspace;
import java.util.Set;

/**
 * Tells what a message's event is. A mention in a channel comes as two events, {@code app_mention} and {@code message}: the
 * first says that Slack took it for a mention, so the second is passed over. What programs say is never heard: two of them
 * would talk for ever.
 */
final class Hearing {
    /** A person's own words; every other subtype is a notice. */
    private static final Set<String> SPOKEN = Set.of("", "file_share", "thread_broadcast");

    private Hearing() {}

    static Heard mention(Workspace workspace, JsonNode event) {
        String channel = SlackFields.id(event, "channel");
        return isSpoken(workspace, event) && !channel.isEmpty()
                ? direct(workspace, channel, event)
                : new Heard.Nothing();
    }

    static Heard message(Workspace workspace, JsonNode event) {
        String channel = SlackFields.id(event, "channel");
        if (channel.isEmpty()) {
            return new Heard.Nothing();
        }
        if (SlackFields.text(event, "subtype").equals("message_changed")) {
            return edited(workspace, channel, event);
        }
        if (!isSpoken(workspace, event)) {
            return new Heard.Nothing();
        }
        if (Place.isDirect(channel)) {
            return direct(workspace, channel, event);
        }
        String threadTs = SlackFields.ts(event, "thread_ts");
        String raw = SlackFields.text(event, "text");
        return threadTs.isEmpty() || SlackText.mentions(raw, workspace.botUser())
                ? new Heard.Nothing()
                : new Heard.Overheard(
                        new Place(workspace, channel, threadTs),
                        SlackFields.id(event, "user"),
                        SlackFields.ts(event, "ts"),
                        raw);
    }

    private static Heard direct(Workspace workspace, String channel, JsonNode event) {
        String ts = SlackFields.ts(event, "ts");
        return new Heard.Direct(
                Place.ofMessage(workspace, channel, ts, SlackFields.ts(event, "thread_ts")),
                SlackFields.id(event, "user"),
                ts,
                SlackFields.text(event, "text"),
                !event.path("files").isEmpty());
    }

    /** Links that unfold and threads that grow come as changes too, with the same words. */
    private static Heard edited(Workspace workspace, String channel, JsonNode event) {
        JsonNode now = event.path("message");
        String before = SlackFields.text(event.path("previous_message"), "text");
        return isSpoken(workspace, now) && !SlackFields.text(now, "text").equals(before)
                ? new Heard.Edited(
                        Place.ofMessage(
                                workspace, channel, SlackFields.ts(now, "ts"), SlackFields.ts(now, "thread_ts")),
                        SlackFields.id(now, "user"),
                        SlackFields.ts(now, "ts"))
                : new Heard.Nothing();
    }

    private static boolean isSpoken(Workspace workspace, JsonNode message) {
        String user = SlackFields.id(message, "user");
        return !user.isEmpty()
                && !user.equals(workspace.botUser())
                && !SlackFields.ts(message, "ts").isEmpty()
                && SPOKEN.contains(SlackFields.text(message, "subtype"))
                && !message.hasNonNull("bot_id")
                && !message.path("hidden").asBoolean();
    }
}
