package io.opsconductor.counterpart.slack;

import java.util.List;

/** Which conversations, people and messages a bot can reach, with the errors that Slack gives for the others. */
final class Reach {
    private final World world;

    Reach(World world) {
        this.world = world;
    }

    /** A conversation that the bot can see; others do not exist for it. */
    Channel visible(Installation caller, String id) {
        Channel channel = world.channel(id)
                .filter(found -> found.isIn(caller.workspace()) && !found.deleted())
                .orElseThrow(() -> Refusal.of("channel_not_found"));
        if (channel.kind() != Channel.Kind.PUBLIC && !channel.has(caller.bot())) {
            throw Refusal.of("channel_not_found");
        }
        return channel;
    }

    /** A conversation of which the bot may read the messages. */
    Channel readable(Installation caller, String id) {
        Channel channel = visible(caller, id);
        requireScope(caller, channel.kind().scopeName() + ":history");
        if (!channel.has(caller.bot())) {
            throw Refusal.of("not_in_channel");
        }
        return channel;
    }

    /** A conversation that the bot may post to; a person's id stands for the direct conversation, a name for a channel. */
    Channel writable(Installation caller, String idOrName) {
        Channel channel = addressed(caller, idOrName);
        if (channel.archived()) {
            throw Refusal.of("is_archived");
        }
        boolean everywhere = caller.scopes().contains("chat:write.public") && channel.kind() == Channel.Kind.PUBLIC;
        if (!channel.has(caller.bot()) && !everywhere) {
            throw Refusal.of("not_in_channel");
        }
        return channel;
    }

    private Channel addressed(Installation caller, String idOrName) {
        if (idOrName.startsWith("U") || idOrName.startsWith("W")) {
            Person person = world.person(idOrName).orElseThrow(() -> Refusal.of("channel_not_found"));
            return caller.workspace().direct(person, caller.bot());
        }
        String name = idOrName.startsWith("#") ? idOrName.substring(1) : "";
        return caller.workspace().channels().stream()
                .filter(channel -> !name.isEmpty() && channel.name().equals(name))
                .findFirst()
                .map(channel -> visible(caller, channel.id()))
                .orElseGet(() -> visible(caller, idOrName));
    }

    /** Somebody of the bot's workspace, or a stranger who is in a conversation with somebody of it. */
    Person person(Installation caller, String id) {
        Person person = world.person(id).orElseThrow(() -> Refusal.of("user_not_found"));
        boolean known = person.workspace() == caller.workspace()
                || caller.workspace().channels().stream().anyMatch(channel -> channel.has(person));
        if (!known) {
            throw Refusal.of("user_not_visible");
        }
        return person;
    }

    static void requireScope(Installation caller, String scope) {
        if (!caller.scopes().contains(scope)) {
            throw missingScope(List.of(scope), caller);
        }
    }

    static Refusal missingScope(List<String> needed, Installation caller) {
        return Refusal.of(
                "missing_scope",
                Json.object(
                        "needed", String.join(",", needed),
                        "provided",
                                String.join(
                                        ",", caller.scopes().stream().sorted().toList())));
    }
}
