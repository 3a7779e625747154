package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which app gets which event: an installed app whose bot is in the conversation, that subscribed to the event and has
 * its scope. An app installed in several workspaces of a shared channel gets an event once.
 */
final class Events {
    private final World world;
    private final Deliveries deliveries;

    Events(World world, Deliveries deliveries) {
        this.world = world;
        this.deliveries = deliveries;
    }

    /** A message, or a change of one; {@code message.channels} and so on, by the kind of conversation. */
    void message(Channel channel, ObjectNode event) {
        String scopeName = channel.kind().scopeName();
        inChannel(channel, event, "message." + scopeName, scopeName + ":history");
    }

    /** An {@code app_mention} for each app whose bot the text mentions; never in direct messages. */
    void mentions(Channel channel, ObjectNode message, String text) {
        if (channel.kind() == Channel.Kind.DIRECT) {
            return;
        }
        for (Installation installation : listeners(channel)) {
            if (text.contains(installation.bot().mention())
                    && wants(installation, "app_mention", "app_mentions:read")) {
                ObjectNode event = message.deepCopy();
                event.put("type", "app_mention");
                event.remove("channel_type");
                send(installation, channel, event);
            }
        }
    }

    void joined(Channel channel, Person person, Optional<Person> inviter) {
        channel.add(person);
        ObjectNode event = Json.object(
                "type", "member_joined_channel",
                "user", person.id(),
                "channel", channel.id(),
                "channel_type", channel.kind() == Channel.Kind.PUBLIC ? "C" : "G",
                "team", person.workspace().id(),
                "event_ts", world.nextTs());
        inviter.ifPresent(by -> event.put("inviter", by.id()));
        inChannel(channel, event, "member_joined_channel", channel.kind().scopeName() + ":read");
    }

    void left(Channel channel, Person person) {
        ObjectNode event = Json.object(
                "type", "member_left_channel",
                "user", person.id(),
                "channel", channel.id(),
                "channel_type", channel.kind() == Channel.Kind.PUBLIC ? "C" : "G",
                "team", person.workspace().id(),
                "event_ts", world.nextTs());
        inChannel(channel, event, "member_left_channel", channel.kind().scopeName() + ":read");
        channel.remove(person);
    }

    void renamed(Channel channel, String newName, Person by) {
        channel.rename(newName);
        String type = prefix(channel) + "_rename";
        ObjectNode event = Json.object(
                "type", type,
                "channel",
                        Json.object(
                                "id",
                                channel.id(),
                                "name",
                                newName,
                                "name_normalized",
                                newName,
                                "created",
                                world.seconds(),
                                "is_channel",
                                channel.kind() == Channel.Kind.PUBLIC),
                "event_ts", world.nextTs());
        inChannel(channel, event, type, channel.kind().scopeName() + ":read");
    }

    void archived(Channel channel, Person by) {
        channel.archive();
        aboutChannel(channel, prefix(channel) + "_archive", by);
    }

    void deleted(Channel channel, Person by) {
        aboutChannel(channel, prefix(channel) + "_deleted", by);
        channel.delete();
    }

    private void aboutChannel(Channel channel, String type, Person by) {
        ObjectNode event = Json.object(
                "type", type, "channel", channel.id(), "user", by.id(), "is_moved", 0, "event_ts", world.nextTs());
        inChannel(channel, event, type, channel.kind().scopeName() + ":read");
    }

    private static String prefix(Channel channel) {
        return channel.kind() == Channel.Kind.PUBLIC ? "channel" : "group";
    }

    void reacted(PostedMessage message, Person person, String emoji) {
        message.react(emoji);
        ObjectNode event = Json.object(
                "type", "reaction_added",
                "user", person.id(),
                "reaction", emoji,
                "item_user", message.author().id(),
                "item",
                        Json.object(
                                "type", "message", "channel", message.channel().id(), "ts", message.ts()),
                "event_ts", world.nextTs());
        inChannel(message.channel(), event, "reaction_added", "reactions:read");
    }

    /** {@code user_change}, for every app of the workspace with {@code users:read}. */
    void personChanged(Person person) {
        for (Installation installation : world.installations()) {
            if (installation.active() && installation.workspace() == person.workspace()) {
                ObjectNode event = Json.object(
                        "type", "user_change",
                        "user", person.json(person.workspace(), false),
                        "event_ts", world.nextTs());
                toInstallation(installation, event, "user_change", "users:read");
            }
        }
    }

    void tokensRevoked(Installation installation) {
        ObjectNode revoked = Json.object(
                "type", "tokens_revoked",
                "tokens",
                        Json.object(
                                "oauth",
                                Json.array(),
                                "bot",
                                Json.array(List.of(installation.bot().id()))),
                "event_ts", world.nextTs());
        if (installation.app().wants("tokens_revoked")) {
            deliveries.begin(installation.app(), envelope(installation, revoked, false));
        }
    }

    void uninstalled(Installation installation) {
        ObjectNode uninstalled = Json.object("type", "app_uninstalled", "event_ts", world.nextTs());
        installation.deactivate();
        tokensRevoked(installation);
        if (installation.app().wants("app_uninstalled")) {
            deliveries.begin(installation.app(), envelope(installation, uninstalled, false));
        }
    }

    /** An event for one installation, whatever channels its bot is in. */
    void toInstallation(Installation installation, ObjectNode event, String eventName, String scope) {
        if (wants(installation, eventName, scope)) {
            deliveries.begin(installation.app(), envelope(installation, event, false));
        }
    }

    String appOf(String botId) {
        return world.installations().stream()
                .filter(installation -> installation.botId().equals(botId))
                .map(installation -> installation.app().id())
                .findFirst()
                .orElse("");
    }

    private void inChannel(Channel channel, ObjectNode event, String eventName, String scope) {
        for (Installation installation : listeners(channel)) {
            if (wants(installation, eventName, scope)) {
                send(installation, channel, event.deepCopy());
            }
        }
    }

    /** The installations whose bots are in the conversation, one an app. */
    private List<Installation> listeners(Channel channel) {
        Set<SlackApp> seen = new HashSet<>();
        List<Installation> listeners = new ArrayList<>();
        for (Installation installation : world.installations()) {
            if (installation.active() && channel.has(installation.bot()) && seen.add(installation.app())) {
                listeners.add(installation);
            }
        }
        return listeners;
    }

    private static boolean wants(Installation installation, String eventName, String scope) {
        return installation.active()
                && installation.app().wants(eventName)
                && (scope.isEmpty() || installation.scopes().contains(scope));
    }

    private void send(Installation installation, Channel channel, ObjectNode event) {
        deliveries.begin(installation.app(), envelope(installation, event, channel.shared()));
    }

    /** The outer layer of an event: https://docs.slack.dev/apis/events-api/#callback-field. */
    private ObjectNode envelope(Installation installation, ObjectNode event, boolean shared) {
        ObjectNode authorization = Json.object(
                "enterprise_id",
                null,
                "team_id",
                installation.workspace().id(),
                "user_id",
                installation.bot().id(),
                "is_bot",
                true,
                "is_enterprise_install",
                false);
        return Json.object(
                "token", installation.app().verificationToken(),
                "team_id", installation.workspace().id(),
                "context_team_id", installation.workspace().id(),
                "context_enterprise_id", null,
                "api_app_id", installation.app().id(),
                "event", event,
                "type", "event_callback",
                "event_id", world.nextId("Ev"),
                "event_time", world.seconds(),
                "authorizations", Json.array(List.of(authorization)),
                "is_ext_shared_channel", shared,
                "event_context", "4-" + World.secret(12));
    }
}
