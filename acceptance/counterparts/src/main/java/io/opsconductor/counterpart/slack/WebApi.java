package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /api/METHOD}: who calls, whether they may, and the answer in Slack's form. */
final class WebApi {
    private final World world;
    private final Faults faults;
    private final RateLimits limits;
    private final Map<String, ApiMethod> methods = new LinkedHashMap<>();

    WebApi(World world, Faults faults, RateLimits limits, List<ApiMethod> all) {
        this.world = world;
        this.faults = faults;
        this.limits = limits;
        all.forEach(method -> methods.put(method.name(), method));
    }

    void route(HttpRules rules) {
        rules.post("/{method}", this::handle);
        rules.get("/{method}", this::handle);
    }

    private void handle(ServerRequest request, ServerResponse response) {
        String name = request.path().pathParameters().get("method");
        Optional<Faults.Fault> fault = faults.take(name);
        if (fault.isEmpty()) {
            send(response, Status.OK_200, answer(name, request, response));
            return;
        }
        switch (fault.get()) {
            case Faults.Fault.Status(int code) ->
                response.status(Status.create(code)).send("upstream failure");
            case Faults.Fault.RateLimited(Duration wait) -> tooMany(response, wait);
            case Faults.Fault.Refused(String error) ->
                send(response, Status.OK_200, Json.object("ok", false, "error", error));
            case Faults.Fault.Silence(Duration heldFor) -> {
                hold(heldFor);
                throw new CloseConnectionException("scripted: no answer");
            }
            case Faults.Fault.DoneWithoutAnswer done -> {
                answer(name, request, response);
                throw new CloseConnectionException("scripted: done, and no answer");
            }
            case Faults.Fault.SlowAnswer(Duration time) -> drip(response, answer(name, request, response), time);
        }
    }

    private ObjectNode answer(String name, ServerRequest request, ServerResponse response) {
        Caller caller = new Caller.Nobody();
        ObjectNode answer;
        try {
            WebCall call = WebCall.of(name, request);
            ApiMethod method = Optional.ofNullable(methods.get(name)).orElseThrow(() -> Refusal.of("unknown_method"));
            caller = caller(call.token());
            Optional<Duration> wait = limits.count(method, caller, call.args());
            if (wait.isPresent()) {
                response.status(Status.TOO_MANY_REQUESTS_429);
                response.header(HeaderNames.RETRY_AFTER, RateLimits.seconds(wait.get()));
                return Json.object("ok", false, "error", "ratelimited");
            }
            answer = Json.object("ok", true);
            answer.setAll(carriedOut(method, caller, call.args()));
            warn(answer, call.warnings());
        } catch (Refusal refusal) {
            answer = refusal.answer();
        }
        if (caller instanceof Caller.Bot(Installation bot)) {
            response.header(
                    HeaderNames.create("x-oauth-scopes"),
                    String.join(",", bot.scopes().stream().sorted().toList()));
            Optional.ofNullable(methods.get(name))
                    .filter(method -> !method.scopes().isEmpty())
                    .ifPresent(method -> response.header(
                            HeaderNames.create("x-accepted-oauth-scopes"), String.join(",", method.scopes())));
        }
        return answer;
    }

    private static void tooMany(ServerResponse response, Duration wait) {
        response.header(HeaderNames.RETRY_AFTER, RateLimits.seconds(wait));
        send(response, Status.TOO_MANY_REQUESTS_429, Json.object("ok", false, "error", "ratelimited"));
    }

    /** Lets the caller wait; ends early when the counterpart is closed. */
    private void hold(Duration time) {
        try {
            world.pauseUntil(world::closed, time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Twenty pieces, with pauses between them. */
    private void drip(ServerResponse response, ObjectNode answer, Duration time) {
        byte[] bytes = Json.bytes(answer);
        response.header(HeaderNames.CONTENT_TYPE, "application/json; charset=utf-8");
        int piece = Math.max(1, bytes.length / 20);
        try (OutputStream out = response.outputStream()) {
            for (int at = 0; at < bytes.length && !world.closed(); at += piece) {
                out.write(bytes, at, Math.min(piece, bytes.length - at));
                out.flush();
                hold(time.dividedBy(20));
            }
        } catch (IOException e) {
            throw new CloseConnectionException("the caller of a slow answer went away", e);
        }
    }

    static void send(ServerResponse response, Status status, ObjectNode answer) {
        if (response.status().equals(Status.OK_200)) {
            response.status(status);
        }
        response.header(HeaderNames.CONTENT_TYPE, "application/json; charset=utf-8");
        response.header(HeaderNames.create("x-slack-req-id"), World.secret(16));
        response.send(Json.bytes(answer));
    }

    private static ObjectNode carriedOut(ApiMethod method, Caller caller, Args args) {
        return switch (method.work()) {
            case ApiMethod.Work.WithAnyone work -> work.answer(caller, args);
            case ApiMethod.Work.WithApp work ->
                switch (caller) {
                    case Caller.App(SlackApp app) -> work.answer(app, args);
                    case Caller.Nobody nobody -> throw Refusal.of("not_authed");
                    case Caller.Bot bot -> throw Refusal.of("not_allowed_token_type");
                };
            case ApiMethod.Work.WithBot work ->
                switch (caller) {
                    case Caller.Bot(Installation bot) -> {
                        requireScope(method, bot);
                        yield work.answer(bot, args);
                    }
                    case Caller.Nobody nobody -> throw Refusal.of("not_authed");
                    case Caller.App app -> throw Refusal.of("not_allowed_token_type");
                };
        };
    }

    private static void requireScope(ApiMethod method, Installation bot) {
        if (!method.scopes().isEmpty() && method.scopes().stream().noneMatch(bot.scopes()::contains)) {
            throw Reach.missingScope(method.scopes(), bot);
        }
    }

    /** Whose token it is; the errors are those of https://docs.slack.dev/reference/methods/auth.test. */
    private Caller caller(String token) {
        if (token.isEmpty()) {
            return new Caller.Nobody();
        }
        for (SlackApp app : world.apps()) {
            if (app.ownsAppToken(token)) {
                return new Caller.App(app);
            }
        }
        Installation installation = world.installations().stream()
                .filter(one -> one.botToken().equals(token))
                .findFirst()
                .orElseThrow(() -> Refusal.of("invalid_auth"));
        if (installation.revoked()) {
            throw Refusal.of("token_revoked");
        }
        if (!installation.active()) {
            throw Refusal.of("account_inactive");
        }
        return new Caller.Bot(installation);
    }

    private static void warn(ObjectNode answer, List<String> warnings) {
        if (warnings.isEmpty()) {
            return;
        }
        List<String> all = new ArrayList<>(warnings);
        if (answer.path("response_metadata").path("warnings") instanceof ArrayNode own) {
            own.forEach(one -> all.add(one.asText()));
        }
        answer.put("warning", String.join(",", all));
        answer.withObjectProperty("response_metadata").set("warnings", Json.array(all));
    }
}
