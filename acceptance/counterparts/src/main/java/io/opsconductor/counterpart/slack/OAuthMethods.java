package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Installing by OAuth: the page {@code /oauth/v2/authorize}, on which somebody presses Allow at once, and
 * {@code oauth.v2.access} (https://docs.slack.dev/authentication/installing-with-oauth).
 */
final class OAuthMethods {
    /** How long a code can be exchanged. */
    private static final Duration LIFE = Duration.ofMinutes(10);

    private record Code(SlackApp app, Person person, Set<String> scopes, String redirect, Instant at) {}

    private final World world;
    private final Acts acts;
    private final Map<String, Code> codes = new HashMap<>();

    OAuthMethods(World world, Acts acts) {
        this.world = world;
        this.acts = acts;
    }

    List<ApiMethod> methods() {
        return List.of(
                ApiMethod.withAnyone("oauth.v2.access", Tier.FOUR, this::access),
                ApiMethod.withBot("apps.uninstall", Tier.ONE, List.of(), this::uninstall));
    }

    /**
     * Allows, for the person of the query's {@code user} or else somebody of the first workspace, or of the one that the
     * query names as {@code team}.
     */
    void authorize(ServerRequest request, ServerResponse response) {
        Map<String, String> query = new HashMap<>();
        request.query().names().forEach(name -> query.put(name, request.query().get(name)));
        Optional<SlackApp> app = world.apps().stream()
                .filter(one -> one.clientId().equals(query.get("client_id")))
                .findFirst();
        String redirect = query.getOrDefault("redirect_uri", "");
        if (app.isEmpty() || !app.get().allowsRedirect(redirect) || redirect.isEmpty()) {
            response.status(Status.BAD_REQUEST_400).send(app.isEmpty() ? "invalid_client_id" : "bad_redirect_uri");
            return;
        }
        String answer = query.getOrDefault("deny", "").isEmpty()
                ? "code=" + code(app.get(), query, redirect)
                : "error=access_denied";
        String state = URLEncoder.encode(query.getOrDefault("state", ""), StandardCharsets.UTF_8);
        response.status(Status.FOUND_302);
        response.header(
                HeaderNames.LOCATION, redirect + (redirect.contains("?") ? "&" : "?") + answer + "&state=" + state);
        response.send();
    }

    private String code(SlackApp app, Map<String, String> query, String redirect) {
        Workspace workspace = world.workspace(query.getOrDefault("team", ""))
                .or(() -> world.workspaces().stream().findFirst())
                .orElseThrow(() -> new IllegalStateException("there is no workspace to install into"));
        Person person = world.person(query.getOrDefault("user", ""))
                .or(() ->
                        workspace.people().stream().filter(one -> !one.isBot()).findFirst())
                .orElseGet(() -> workspace.person("installer"));
        Set<String> scopes = query.getOrDefault("scope", "").isEmpty()
                ? app.botScopes()
                : Set.of(query.getOrDefault("scope", "").split("[, ]+", -1));
        return code(app, person, scopes, redirect);
    }

    String code(SlackApp app, Person person, Set<String> scopes, String redirect) {
        String code = world.seconds() + "." + World.secret(6) + "." + World.secret(32);
        world.run(() -> codes.put(code, new Code(app, person, scopes, redirect, world.now())));
        return code;
    }

    private ObjectNode access(Caller caller, Args args) {
        SlackApp app = world.apps().stream()
                .filter(one -> one.clientId().equals(args.text("client_id")))
                .findFirst()
                .orElseThrow(() -> Refusal.of("invalid_client_id"));
        if (!app.clientSecret().equals(args.text("client_secret"))) {
            throw Refusal.of("bad_client_secret");
        }
        Code code = world.get(() -> Optional.ofNullable(codes.remove(args.text("code"))))
                .filter(one -> one.app() == app)
                .orElseThrow(() -> Refusal.of("invalid_code"));
        if (code.at().plus(LIFE).isBefore(world.now())) {
            throw Refusal.of("code_expired");
        }
        if (args.has("redirect_uri") && !args.text("redirect_uri").equals(code.redirect())) {
            throw Refusal.of("bad_redirect_uri");
        }
        Installation installation =
                Installation.of(world, acts, app, code.person().workspace(), code.scopes());
        return Json.object(
                "app_id", app.id(),
                "authed_user", Json.object("id", code.person().id()),
                "scope",
                        String.join(",", installation.scopes().stream().sorted().toList()),
                "token_type", "bot",
                "access_token", installation.botToken(),
                "bot_user_id", installation.bot().id(),
                "team",
                        Json.object(
                                "id", installation.workspace().id(),
                                "name", installation.workspace().name()),
                "enterprise", null,
                "is_enterprise_install", false);
    }

    private ObjectNode uninstall(Installation caller, Args args) {
        boolean own = caller.app().clientId().equals(args.text("client_id"))
                && caller.app().clientSecret().equals(args.text("client_secret"));
        if (!own) {
            throw Refusal.of("bad_client_secret");
        }
        caller.uninstall();
        return Json.object();
    }
}
