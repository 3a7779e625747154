package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Puts what a bot says into channels. */
final class BotMessages {
    private final World world;

    BotMessages(World world) {
        this.world = world;
    }

    /** @param threadTs empty outside threads */
    PostedMessage post(Installation installation, Channel channel, MessageContent content, String threadTs) {
        return world.get(() -> {
            String ts = world.nextTs();
            ObjectNode body = body(installation, content, ts, threadTs);
            if (!threadTs.isEmpty()) {
                channel.message(threadTs)
                        .ifPresent(parent ->
                                body.put("parent_user_id", parent.author().id()));
            }
            PostedMessage message = new PostedMessage(channel, ts, installation.bot(), body);
            message.metadata(content.metadata().filter(metadata -> !metadata.isEmpty()));
            channel.add(message);
            return message;
        });
    }

    /**
     * Text alone takes the blocks away; blocks alone keep the text; what is not named stays
     * (https://docs.slack.dev/reference/methods/chat.update).
     */
    void update(Installation installation, PostedMessage message, MessageContent content, boolean textGiven) {
        world.run(() -> {
            ObjectNode body = message.body();
            if (textGiven) {
                body.put("text", content.text());
                body.remove("blocks");
            }
            content.blocks().ifPresent(blocks -> body.set("blocks", blocks));
            content.attachments().ifPresent(attachments -> body.set("attachments", attachments));
            if (content.blocks().map(ArrayNode::isEmpty).orElse(true)) {
                body.set("edited", Json.object("user", installation.bot().id(), "ts", world.nextTs()));
            }
            content.metadata()
                    .ifPresent(metadata ->
                            message.metadata(java.util.Optional.of(metadata).filter(given -> !given.isEmpty())));
            message.update(body);
        });
    }

    Ephemeral ephemeral(
            Installation installation, Channel channel, Person person, MessageContent content, String threadTs) {
        return world.get(() -> {
            String ts = world.nextTs();
            Ephemeral message =
                    new Ephemeral(channel, person, installation, ts, body(installation, content, ts, threadTs));
            channel.add(message);
            return message;
        });
    }

    ObjectNode body(Installation installation, MessageContent content, String ts, String threadTs) {
        ObjectNode body = Json.object(
                "user", installation.bot().id(),
                "type", "message",
                "ts", ts,
                "bot_id", installation.botId(),
                "app_id", installation.app().id());
        content.putInto(body);
        body.put("team", installation.workspace().id());
        body.set("bot_profile", installation.botProfile());
        if (!threadTs.isEmpty()) {
            body.put("thread_ts", threadTs);
        }
        return body;
    }
}
