package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Slash commands, shortcuts, buttons and selects: what a person does, as the payload that the app gets. */
final class Interactions {
    private final World world;
    private final AppLines lines;
    private final Triggers triggers;
    private final ResponseUrls responseUrls;
    private final Views views;
    private final Map<String, Map<String, ObjectNode>> chosen = new HashMap<>();

    Interactions(World world, AppLines lines, Triggers triggers, ResponseUrls responseUrls, Views views) {
        this.world = world;
        this.lines = lines;
        this.triggers = triggers;
        this.responseUrls = responseUrls;
        this.views = views;
    }

    /** https://docs.slack.dev/interactivity/implementing-slash-commands. */
    Answer slashCommand(Person person, SlackApp app, Channel channel, String command, String text) {
        Installation installation = installation(app, person.workspace(), channel);
        if (!installation.scopes().contains("commands")) {
            throw new IllegalStateException(installation + " has no slash commands: the scope commands is missing");
        }
        ObjectNode payload = Json.object(
                "token", app.verificationToken(),
                "team_id", person.workspace().id(),
                "team_domain", person.workspace().domain(),
                "channel_id", channel.id(),
                "channel_name", channel.briefName(),
                "user_id", person.id(),
                "user_name", person.name(),
                "command", command,
                "text", text,
                "api_app_id", app.id(),
                "is_enterprise_install", "false",
                "response_url",
                        responseUrls.issue(new ResponseUrls.Target(
                                installation, channel, person, Optional.empty(), Optional.empty())),
                "trigger_id", triggers.issue(app, person, Optional.empty()));
        Answer answer = lines.send(app, Envelope.of(Envelope.Type.SLASH_COMMANDS, payload));
        if (answer.acknowledged() && !answer.body().isBlank()) {
            answered(installation, channel, person, answer);
        }
        return answer;
    }

    /** The body of the acknowledgement is a message: text or JSON. */
    private void answered(Installation installation, Channel channel, Person person, Answer answer) {
        JsonNode said = answer.json();
        ObjectNode message = said.isObject() ? (ObjectNode) said : Json.object("text", answer.body());
        BotMessages posts = new BotMessages(world);
        if (message.path("response_type").asText().equals("in_channel")) {
            posts.post(installation, channel, MessageContent.of(new Args(message)), "");
        } else {
            posts.ephemeral(installation, channel, person, MessageContent.of(new Args(message)), "");
        }
    }

    Answer messageShortcut(Person person, SlackApp app, PostedMessage message, String callbackId) {
        Channel channel = message.channel();
        Installation installation = installation(app, person.workspace(), channel);
        ObjectNode payload = head("message_action", app, person);
        payload.put("callback_id", callbackId)
                .put("action_ts", world.nextTs())
                .put("trigger_id", triggers.issue(app, person, Optional.empty()))
                .put("message_ts", message.ts())
                .put(
                        "response_url",
                        responseUrls.issue(new ResponseUrls.Target(
                                installation, channel, person, Optional.empty(), Optional.empty())));
        payload.set("channel", channel.brief());
        payload.set("message", message.json(false));
        return lines.send(app, Envelope.of(Envelope.Type.INTERACTIVE, payload));
    }

    Answer globalShortcut(Person person, SlackApp app, String callbackId) {
        ObjectNode payload = head("shortcut", app, person);
        payload.put("callback_id", callbackId)
                .put("action_ts", world.nextTs())
                .put("trigger_id", triggers.issue(app, person, Optional.empty()));
        return lines.send(app, Envelope.of(Envelope.Type.INTERACTIVE, payload));
    }

    Answer press(Person person, PostedMessage message, String actionId) {
        return onMessage(person, message, message.body(), actionId, Optional.empty());
    }

    /** Presses a button that the person still sees although the message has changed since. */
    Answer pressAsSeen(Person person, PostedMessage message, int version, String actionId) {
        return onMessage(person, message, message.versions().get(version), actionId, Optional.empty());
    }

    Answer choose(Person person, PostedMessage message, String actionId, String value) {
        return onMessage(person, message, message.body(), actionId, Optional.of(value));
    }

    private Answer onMessage(
            Person person, PostedMessage message, JsonNode seen, String actionId, Optional<String> value) {
        Channel channel = message.channel();
        Elements.Found found = Elements.find(seen.path("blocks"), actionId, message.dump());
        Installation installation = owner(message.author());
        ObjectNode payload = head("block_actions", installation.app(), person);
        payload.set("team", teamOf(installation.workspace()));
        ObjectNode container = Json.object(
                "type", "message", "message_ts", message.ts(), "channel_id", channel.id(), "is_ephemeral", false);
        message.threadTs().ifPresent(thread -> container.put("thread_ts", thread));
        payload.set("container", container);
        payload.set("channel", channel.brief());
        payload.set("message", seen);
        finish(
                payload,
                found,
                value,
                person.id() + message.ts(),
                seen.path("blocks"),
                new ResponseUrls.Target(installation, channel, person, Optional.of(message), Optional.empty()));
        return lines.send(installation.app(), Envelope.of(Envelope.Type.INTERACTIVE, payload));
    }

    Answer press(Person person, Ephemeral message, String actionId) {
        Elements.Found found = Elements.find(message.blocks(), actionId, message.dump());
        Installation installation = message.from();
        ObjectNode payload = head("block_actions", installation.app(), person);
        ObjectNode container = Json.object(
                "type",
                "message",
                "message_ts",
                message.ts(),
                "channel_id",
                message.channel().id(),
                "is_ephemeral",
                true);
        if (!message.threadTs().isEmpty()) {
            container.put("thread_ts", message.threadTs());
        }
        payload.set("container", container);
        payload.set("channel", message.channel().brief());
        finish(
                payload,
                found,
                Optional.empty(),
                person.id() + message.ts(),
                message.blocks(),
                new ResponseUrls.Target(
                        installation, message.channel(), person, Optional.empty(), Optional.of(message)));
        return lines.send(installation.app(), Envelope.of(Envelope.Type.INTERACTIVE, payload));
    }

    private void finish(
            ObjectNode payload,
            Elements.Found found,
            Optional<String> value,
            String chosenKey,
            JsonNode blocks,
            ResponseUrls.Target target) {
        value.ifPresent(choice -> remember(chosenKey, found, choice));
        payload.set("state", Json.object("values", Elements.values(blocks, chosenFor(chosenKey))));
        payload.put("response_url", responseUrls.issue(target));
        payload.put("trigger_id", triggers.issue(target.installation().app(), target.person(), Optional.empty()));
        payload.set("actions", Json.array(List.of(Elements.action(found, value, world.nextTs()))));
    }

    Answer press(Person person, OpenView view, String actionId) {
        return onView(person, view, actionId, Optional.empty());
    }

    Answer choose(Person person, OpenView view, String actionId, String value) {
        return onView(person, view, actionId, Optional.of(value));
    }

    private Answer onView(Person person, OpenView view, String actionId, Optional<String> value) {
        Elements.Found found = Elements.find(view.blocks(), actionId, view.dump());
        SlackApp app = view.installation().app();
        value.ifPresent(choice -> remember(view.id(), found, choice));
        view.state(Elements.values(view.blocks(), chosenFor(view.id())));
        ObjectNode payload = head("block_actions", app, person);
        payload.set("container", Json.object("type", "view", "view_id", view.id()));
        payload.set("view", view.json());
        Optional<OpenView> inside = view.type().equals("modal") ? views.top(person) : Optional.empty();
        payload.put("trigger_id", triggers.issue(app, person, inside));
        payload.set("actions", Json.array(List.of(Elements.action(found, value, world.nextTs()))));
        return lines.send(app, Envelope.of(Envelope.Type.INTERACTIVE, payload));
    }

    private void remember(String key, Elements.Found found, String value) {
        world.run(() -> chosen.computeIfAbsent(key, one -> new HashMap<>())
                .put(found.actionId(), Elements.state(found.element(), value)));
    }

    private Map<String, ObjectNode> chosenFor(String key) {
        return world.get(() -> Map.copyOf(chosen.getOrDefault(key, Map.of())));
    }

    /** What every interaction payload starts with. */
    static ObjectNode head(String type, SlackApp app, Person person) {
        return Json.object(
                "type", type,
                "user", person.brief(),
                "api_app_id", app.id(),
                "token", app.verificationToken(),
                "team", teamOf(person.workspace()),
                "enterprise", null,
                "is_enterprise_install", false);
    }

    private static ObjectNode teamOf(Workspace workspace) {
        return Json.object("id", workspace.id(), "domain", workspace.domain());
    }

    /** The installation that answers in a channel: the person's workspace's, or that of a workspace it is shared with. */
    private Installation installation(SlackApp app, Workspace workspace, Channel channel) {
        return workspace
                .installation(app)
                .or(() -> world.installations().stream()
                        .filter(installation -> installation.active()
                                && installation.app() == app
                                && channel.isIn(installation.workspace()))
                        .findFirst())
                .orElseThrow(() -> new IllegalStateException(app + " is not installed in " + workspace));
    }

    private Installation owner(Person bot) {
        return world.installations().stream()
                .filter(installation -> installation.bot() == bot)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(bot + " is not the bot of an app"));
    }
}
