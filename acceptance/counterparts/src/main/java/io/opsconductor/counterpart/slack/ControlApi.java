package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * {@code POST /control/ACT} with a JSON object: makes workspaces, people and apps, acts as people, and looks, for checks
 * that are not written in Java. Not Slack's; nothing here is reachable but from this machine.
 */
final class ControlApi {
    private final SlackCounterpart slack;
    private final World world;
    private final Map<String, Function<Args, JsonNode>> acts = new TreeMap<>();

    ControlApi(SlackCounterpart slack, World world) {
        this.slack = slack;
        this.world = world;
        making();
        talking();
        interacting();
        failing();
        looking();
    }

    void route(HttpRules rules) {
        rules.post("/{act}", this::handle);
    }

    private void handle(ServerRequest request, ServerResponse response) {
        String name = request.path().pathParameters().get("act");
        Function<Args, JsonNode> act = acts.get(name);
        byte[] body = WebCall.body(request);
        if (act == null) {
            WebApi.send(
                    response,
                    Status.NOT_FOUND_404,
                    Json.object("error", "there is no act " + name, "acts", Json.array(acts.keySet())));
            return;
        }
        try {
            JsonNode args = body.length == 0 ? Json.object() : Json.readOrMissing(body);
            WebApi.send(response, Status.OK_200, Json.object("result", act.apply(new Args(args))));
        } catch (Refusal | IllegalStateException | IllegalArgumentException | AssertionError e) {
            WebApi.send(response, Status.BAD_REQUEST_400, Json.object("error", String.valueOf(e.getMessage())));
        }
    }

    private void making() {
        acts.put("workspace", args -> slack.addWorkspace(args.required("name")).json());
        acts.put("person", this::person);
        acts.put("channel", this::channel);
        acts.put("app", this::app);
        acts.put("deliver", args -> {
            app(args, "app").deliverTo(URI.create(args.required("url")));
            return Json.object();
        });
        acts.put(
                "oauth_code",
                args -> Json.object(
                        "code",
                        slack.oauthCode(app(args, "app"), person(args, "person"), args.required("redirect_uri"))));
        acts.put("install", args -> installation(workspace(args).install(app(args, "app"))));
        acts.put("uninstall", args -> {
            installed(args).uninstall();
            return Json.object();
        });
        acts.put("direct", args -> {
            Person person = person(args, "person");
            return Json.object(
                    "id",
                    person.workspace().direct(person, installed(args).bot()).id());
        });
    }

    private JsonNode person(Args args) {
        Person person = workspace(args).person(args.required("name"));
        if (args.flag("guest")) {
            person.asGuest();
        }
        if (args.flag("single_channel_guest")) {
            person.asSingleChannelGuest();
        }
        if (args.flag("admin")) {
            person.asAdmin();
        }
        return Json.object("id", person.id());
    }

    private JsonNode channel(Args args) {
        Channel channel = args.flag("private")
                ? workspace(args).privateChannel(args.required("name"))
                : workspace(args).channel(args.required("name"));
        args.tree("members")
                .forEach(id -> channel.withMember(
                        world.person(id.asText()).orElseThrow(() -> new IllegalArgumentException("no person " + id))));
        return Json.object("id", channel.id());
    }

    private JsonNode app(Args args) {
        SlackApp app = slack.addApp(args.required("name"));
        if (args.has("url")) {
            app.deliverTo(URI.create(args.text("url")));
        }
        if (args.has("scopes")) {
            app.withBotScopes(args.text("scopes").split(",", -1));
        }
        if (args.flag("socket_mode")) {
            app.deliverBySocketMode();
        }
        return Json.object(
                "id", app.id(),
                "client_id", app.clientId(),
                "client_secret", app.clientSecret(),
                "signing_secret", app.signingSecret(),
                "app_token", app.newAppToken());
    }

    private static ObjectNode installation(Installation installation) {
        return Json.object(
                "bot_token", installation.botToken(),
                "bot_id", installation.botId(),
                "bot_user_id", installation.bot().id());
    }

    private void talking() {
        acts.put("say", args -> Json.object("ts", said(args).ts()));
        acts.put("edit", args -> {
            person(args, "person").edits(message(args), args.required("text"));
            return Json.object();
        });
        acts.put("delete", args -> {
            person(args, "person").deletes(message(args));
            return Json.object();
        });
        acts.put("invite", args -> {
            person(args, "person").invites(channelOf(args), person(args, "invited"));
            return Json.object();
        });
    }

    private PostedMessage said(Args args) {
        return args.has("thread_ts")
                ? person(args, "person").saysInThread(channelOf(args), args.text("thread_ts"), args.text("text"))
                : person(args, "person").says(channelOf(args), args.text("text"));
    }

    private void interacting() {
        acts.put(
                "command",
                args -> answer(person(args, "person")
                        .runs(app(args, "app"), channelOf(args), args.required("command"), args.text("text"))));
        acts.put(
                "press",
                args -> answer(
                        args.has("view")
                                ? person(args, "person").presses(view(args), args.required("action_id"))
                                : person(args, "person").presses(message(args), args.required("action_id"))));
        acts.put(
                "choose",
                args -> answer(
                        args.has("view")
                                ? person(args, "person")
                                        .chooses(view(args), args.required("action_id"), args.required("value"))
                                : person(args, "person")
                                        .chooses(message(args), args.required("action_id"), args.required("value"))));
        acts.put(
                "shortcut",
                args -> answer(person(args, "person")
                        .usesMessageShortcut(app(args, "app"), message(args), args.required("callback_id"))));
        acts.put("submit", args -> {
            Map<String, String> values = new LinkedHashMap<>();
            args.tree("values")
                    .properties()
                    .forEach(
                            value -> values.put(value.getKey(), value.getValue().asText()));
            return answer(person(args, "person").submits(view(args), values));
        });
        acts.put("close", args -> answer(person(args, "person").closes(view(args))));
        acts.put("home", args -> {
            person(args, "person").opensHome(installed(args));
            return Json.object();
        });
        acts.put("assistant", args -> {
            AssistantThread thread = person(args, "person").opensAssistant(installed(args));
            return Json.object("channel", thread.channel().id(), "thread_ts", thread.threadTs());
        });
    }

    private static ObjectNode answer(Answer answer) {
        return Json.object(
                "acknowledged", answer.acknowledged(),
                "status", answer.status(),
                "body", answer.body(),
                "problem", answer.problem(),
                "took_millis", answer.took().toMillis());
    }

    private void failing() {
        acts.put("fault", args -> {
            Duration time = Duration.ofMillis(args.number("millis", 1_000));
            Faults.Fault fault = switch (args.required("kind")) {
                case "status" -> new Faults.Fault.Status(args.number("status", 500));
                case "rate_limited" -> new Faults.Fault.RateLimited(time);
                case "refused" -> new Faults.Fault.Refused(args.required("error"));
                case "silence" -> new Faults.Fault.Silence(time);
                case "done_without_answer" -> new Faults.Fault.DoneWithoutAnswer();
                case "slow_answer" -> new Faults.Fault.SlowAnswer(time);
                default -> throw new IllegalArgumentException("no such kind of fault: " + args.text("kind"));
            };
            slack.faults().next(args.required("method"), args.number("calls", 1), fault);
            return Json.object();
        });
        acts.put("limits", args -> {
            if (args.has("on")) {
                world.run(() -> {
                    if (args.flag("on")) {
                        slack.limits().on();
                    } else {
                        slack.limits().off();
                    }
                });
            }
            if (args.has("method")) {
                slack.limits().allow(args.text("method"), args.number("calls_a_minute", 1));
            }
            if (args.has("messages_a_second")) {
                slack.limits().allowMessages(args.number("messages_a_second", 1), args.number("burst", 1));
            }
            return Json.object();
        });
        acts.put("sockets", args -> {
            SlackApp app = app(args, "app");
            switch (args.text("act")) {
                case "drop" -> slack.sockets().drop(app);
                case "refresh" -> slack.sockets().refresh(app);
                case "warn" -> slack.sockets().warn(app);
                case "disable" -> slack.sockets().disable(app);
                default -> slack.sockets().awaitConnections(app, args.number("count", 1));
            }
            return Json.object("connections", slack.sockets().connections(app));
        });
    }

    private void looking() {
        acts.put(
                "messages",
                args -> Json.array(channelOf(args).messages().stream()
                        .map(message -> message.json(true))
                        .toList()));
        acts.put(
                "await_message",
                args -> channelOf(args).awaitText(args.required("text")).json(true));
        acts.put(
                "await_ephemeral",
                args -> channelOf(args)
                        .awaitEphemeral(person(args, "person"), args.required("text"))
                        .body());
        acts.put("await_view", args -> {
            OpenView view = person(args, "person").awaitView(args.required("text"));
            ObjectNode json = view.json();
            json.put("open", view.open());
            json.set("errors", Json.object());
            view.errors()
                    .forEach((block, text) -> json.withObjectProperty("errors").put(block, text));
            return json;
        });
        acts.put("assistant_thread", args -> {
            AssistantThread thread = slack.assistantThread(channelOf(args), args.required("thread_ts"));
            return Json.object(
                    "statuses", Json.array(thread.statuses()),
                    "prompts", Json.array(thread.prompts()),
                    "title", thread.title());
        });
        acts.put(
                "modal",
                args -> person(args, "person").modal().map(OpenView::json).orElseGet(Json::object));
        acts.put(
                "deliveries",
                args -> Json.array(slack.deliveries().all().stream()
                        .map(delivery -> Json.object(
                                "event_id", delivery.eventId(),
                                "type", delivery.type(),
                                "acknowledged", delivery.acknowledged(),
                                "attempts",
                                        Json.array(delivery.attempts().stream()
                                                .map(ControlApi::answer)
                                                .toList())))
                        .toList()));
        acts.put("file", args -> {
            StoredFile file = slack.awaitFile(args.required("name"));
            return file.json().put("text", new String(file.content(), java.nio.charset.StandardCharsets.UTF_8));
        });
        acts.put("dump", args -> Json.object("text", slack.dump()));
    }

    private Workspace workspace(Args args) {
        return world.workspace(args.required("workspace"))
                .orElseThrow(() -> new IllegalArgumentException("no workspace " + args.text("workspace")));
    }

    private Person person(Args args, String field) {
        return world.person(args.required(field))
                .orElseThrow(() -> new IllegalArgumentException("no person " + args.text(field)));
    }

    private Channel channelOf(Args args) {
        return world.channel(args.required("channel"))
                .orElseThrow(() -> new IllegalArgumentException("no channel " + args.text("channel")));
    }

    private PostedMessage message(Args args) {
        return channelOf(args)
                .message(args.required("ts"))
                .orElseThrow(() -> new IllegalArgumentException("no message " + args.text("ts")));
    }

    private OpenView view(Args args) {
        Person person = person(args, "person");
        return world.installations().stream()
                .flatMap(installation -> person.view(args.required("view"), installation).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no view " + args.text("view")));
    }

    private SlackApp app(Args args, String field) {
        return world.apps().stream()
                .filter(app -> app.id().equals(args.required(field)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no app " + args.text(field)));
    }

    private Installation installed(Args args) {
        return workspace(args)
                .installation(app(args, "app"))
                .orElseThrow(() -> new IllegalArgumentException("the app is not installed there"));
    }
}
