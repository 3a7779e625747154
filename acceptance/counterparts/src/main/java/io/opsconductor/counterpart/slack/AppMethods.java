package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** {@code auth.test}, {@code auth.revoke}, {@code api.test} and {@code apps.connections.open}. */
final class AppMethods {
    private final SocketHub sockets;
    private final Events events;

    AppMethods(SocketHub sockets, Events events) {
        this.sockets = sockets;
        this.events = events;
    }

    List<ApiMethod> methods() {
        return List.of(
                ApiMethod.withAnyone("api.test", Tier.SPECIAL, (caller, args) -> Json.object("args", args.values())),
                ApiMethod.withAnyone("auth.test", Tier.SPECIAL, this::test),
                ApiMethod.withBot("auth.revoke", Tier.THREE, List.of(), this::revoke),
                ApiMethod.withApp("apps.connections.open", Tier.ONE, this::connect));
    }

    private ObjectNode test(Caller caller, Args args) {
        return switch (caller) {
            case Caller.Nobody nobody -> throw Refusal.of("not_authed");
            case Caller.App(SlackApp app) -> Json.object("app_name", app.name(), "app_id", app.id());
            case Caller.Bot(Installation bot) ->
                Json.object(
                        "url", "https://" + bot.workspace().domain() + ".slack.com/",
                        "team", bot.workspace().name(),
                        "user", bot.bot().name(),
                        "team_id", bot.workspace().id(),
                        "user_id", bot.bot().id(),
                        "bot_id", bot.botId(),
                        "is_enterprise_install", false);
        };
    }

    private ObjectNode revoke(Installation caller, Args args) {
        if (args.flag("test")) {
            return Json.object("revoked", false);
        }
        caller.revokeToken();
        events.tokensRevoked(caller);
        return Json.object("revoked", true);
    }

    private ObjectNode connect(SlackApp app, Args args) {
        return Json.object("url", sockets.ticket(app).toString());
    }
}
