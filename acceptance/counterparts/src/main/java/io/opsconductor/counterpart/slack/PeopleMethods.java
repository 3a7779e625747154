package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The methods {@code users.*}, {@code team.info} and {@code bots.info}. */
final class PeopleMethods {
    private final World world;
    private final Reach reach;

    PeopleMethods(World world, Reach reach) {
        this.world = world;
        this.reach = reach;
    }

    List<ApiMethod> methods() {
        return List.of(
                ApiMethod.withBot("users.info", Tier.FOUR, List.of("users:read"), this::info),
                ApiMethod.withBot("users.list", Tier.TWO, List.of("users:read"), this::list),
                ApiMethod.withBot("users.lookupByEmail", Tier.THREE, List.of("users:read.email"), this::byEmail),
                ApiMethod.withBot(
                        "users.conversations",
                        Tier.THREE,
                        List.of("channels:read", "groups:read", "im:read", "mpim:read"),
                        this::conversations),
                ApiMethod.withBot("team.info", Tier.THREE, List.of("team:read"), this::team),
                ApiMethod.withBot("bots.info", Tier.THREE, List.of("users:read"), this::bot));
    }

    private ObjectNode info(Installation caller, Args args) {
        Person person = reach.person(caller, args.required("user"));
        ObjectNode json = json(caller, person);
        if (args.flag("include_locale")) {
            json.put("locale", person.locale());
        }
        return Json.object("user", json);
    }

    private static ObjectNode json(Installation caller, Person person) {
        return person.json(caller.workspace(), caller.scopes().contains("users:read.email"));
    }

    private ObjectNode list(Installation caller, Args args) {
        return Pages.of(
                "members",
                caller.workspace().people().stream()
                        .map(person -> json(caller, person))
                        .toList(),
                args);
    }

    private ObjectNode byEmail(Installation caller, Args args) {
        String email = args.required("email");
        return caller.workspace().people().stream()
                .filter(person -> person.email().equalsIgnoreCase(email) && !person.isBot() && !person.deactivated())
                .findFirst()
                .map(person -> Json.object("user", json(caller, person)))
                .orElseThrow(() -> Refusal.of("users_not_found"));
    }

    private ObjectNode conversations(Installation caller, Args args) {
        Person person = args.has("user") ? reach.person(caller, args.text("user")) : caller.bot();
        List<String> types =
                List.of((args.text("types").isEmpty() ? "public_channel" : args.text("types")).split(",", -1));
        return Pages.of(
                "channels",
                caller.workspace().channels().stream()
                        .filter(channel -> channel.has(person) && !channel.deleted())
                        .filter(channel -> types.contains(
                                switch (channel.kind()) {
                                    case PUBLIC -> "public_channel";
                                    case PRIVATE -> "private_channel";
                                    case DIRECT -> "im";
                                    case GROUP -> "mpim";
                                }))
                        .filter(channel -> channel.kind() == Channel.Kind.PUBLIC || channel.has(caller.bot()))
                        .map(channel -> channel.json(caller.workspace(), caller.bot()))
                        .toList(),
                args);
    }

    private ObjectNode team(Installation caller, Args args) {
        String id = args.text("team");
        Workspace workspace = id.isEmpty()
                ? caller.workspace()
                : world.workspace(id)
                        .filter(other -> other == caller.workspace()
                                || caller.workspace().channels().stream().anyMatch(channel -> channel.isIn(other)))
                        .orElseThrow(() -> Refusal.of("team_not_found"));
        return Json.object("team", workspace.json());
    }

    private ObjectNode bot(Installation caller, Args args) {
        String id = args.required("bot");
        return world.installations().stream()
                .filter(installation -> installation.botId().equals(id))
                .findFirst()
                .map(installation -> Json.object("bot", installation.botProfile()))
                .orElseThrow(() -> Refusal.of("bot_not_found"));
    }
}
