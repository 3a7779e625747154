package io.opsconductor.counterpart.slack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** People, and other bots, say, edit and delete things. */
final class Talking {
    private static final Pattern MENTION = Pattern.compile("<@([UW][A-Z0-9]+)>");

    private final World world;
    private final Events events;
    private final FileStore files;

    Talking(World world, Events events, FileStore files) {
        this.world = world;
        this.events = events;
        this.files = files;
    }

    /** @param threadTs empty outside threads */
    PostedMessage say(Person person, Channel channel, String text, String threadTs, List<StoredFile> shared) {
        if (person.deactivated() || !channel.has(person) || channel.archived() || channel.deleted()) {
            throw new IllegalStateException(person + " cannot write in " + channel + ": not a member, or closed");
        }
        return world.get(() -> {
            String ts = world.nextTs();
            ObjectNode body = body(person, text, ts);
            if (!threadTs.isEmpty()) {
                body.put("thread_ts", threadTs);
                channel.message(threadTs)
                        .ifPresent(parent ->
                                body.put("parent_user_id", parent.author().id()));
            }
            if (!shared.isEmpty()) {
                body.put("subtype", "file_share").put("upload", false);
                body.set(
                        "files",
                        Json.array(shared.stream().map(StoredFile::json).toList()));
            }
            PostedMessage message = new PostedMessage(channel, ts, person, body);
            channel.add(message);
            announce(channel, body);
            return message;
        });
    }

    PostedMessage share(Person person, Channel channel, String text, String fileName, byte[] content) {
        StoredFile file = files.stored(person, channel.workspace(), fileName, fileName, content);
        file.shareIn(channel);
        return say(person, channel, text, "", List.of(file));
    }

    private ObjectNode body(Person person, String text, String ts) {
        ObjectNode body = Json.object("type", "message", "user", person.id(), "ts", ts);
        if (person.isBot()) {
            body.put("subtype", "bot_message").put("bot_id", person.botId()).put("username", person.name());
        } else {
            body.put("client_msg_id", UUID.nameUUIDFromBytes(ts.getBytes(UTF_8)).toString());
        }
        body.put("text", text).put("team", person.workspace().id());
        if (!person.isBot() && !text.isEmpty()) {
            body.set("blocks", richText(text));
        }
        return body;
    }

    /** What a Slack client sends beside the text. */
    private static ArrayNode richText(String text) {
        ArrayNode elements = Json.array();
        Matcher mention = MENTION.matcher(text);
        int at = 0;
        while (mention.find()) {
            if (mention.start() > at) {
                elements.add(Json.object("type", "text", "text", text.substring(at, mention.start())));
            }
            elements.add(Json.object("type", "user", "user_id", mention.group(1)));
            at = mention.end();
        }
        if (at < text.length()) {
            elements.add(Json.object("type", "text", "text", text.substring(at)));
        }
        ObjectNode section = Json.object("type", "rich_text_section", "elements", elements);
        return Json.array(List.of(Json.object(
                "type", "rich_text", "block_id", World.secret(3), "elements", Json.array(List.of(section)))));
    }

    void edit(Person person, PostedMessage message, String newText) {
        world.run(() -> {
            ObjectNode before = message.body();
            ObjectNode after = message.body().put("text", newText);
            after.set("blocks", richText(newText));
            after.set("edited", Json.object("user", person.id(), "ts", world.nextTs()));
            message.update(after);
            changed(message, before);
        });
    }

    void delete(PostedMessage message) {
        world.run(() -> {
            message.delete();
            gone(message);
        });
    }

    /** Tells the apps of a new message. */
    void announce(Channel channel, ObjectNode body) {
        ObjectNode event = body.deepCopy();
        event.put("channel", channel.id())
                .put("event_ts", body.path("ts").asText())
                .put("channel_type", channel.kind().channelType());
        if (channel.shared()) {
            world.person(body.path("user").asText())
                    .ifPresent(
                            person -> event.put("user_team", person.workspace().id())
                                    .put("source_team", person.workspace().id())
                                    .set("user_profile", person.profileOfStranger()));
        }
        events.message(channel, event);
        if (!body.path("subtype").asText().equals("bot_message") && !body.has("bot_id")) {
            events.mentions(channel, event, body.path("text").asText());
        }
    }

    void changed(PostedMessage message, ObjectNode before) {
        ObjectNode event = about(message, "message_changed");
        event.set("message", message.body());
        event.set("previous_message", before);
        events.message(message.channel(), event);
    }

    void gone(PostedMessage message) {
        ObjectNode event = about(message, "message_deleted");
        event.put("deleted_ts", message.ts());
        event.set("previous_message", message.body());
        events.message(message.channel(), event);
    }

    private ObjectNode about(PostedMessage message, String subtype) {
        String ts = world.nextTs();
        return Json.object(
                "type",
                "message",
                "subtype",
                subtype,
                "hidden",
                true,
                "channel",
                message.channel().id(),
                "ts",
                ts,
                "event_ts",
                ts,
                "channel_type",
                message.channel().kind().channelType());
    }
}
