package io.opsconductor.chat.slack.workspace;

import com.slack.api.Slack;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.response.oauth.OAuthV2AccessResponse;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.opsconductor.chat.slack.BotScope;
import io.opsconductor.chat.slack.SlackSettings;
import io.opsconductor.kit.config.SecretReference;
import io.opsconductor.kit.http.Edge;
import io.opsconductor.kit.journal.JournalUnavailableException;
import io.opsconductor.kit.store.Database;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a workspace installs the app by itself: {@code GET install} sends the browser to Slack, which sends it back to {@code
 * GET oauth_redirect} with a code. The state of the first must come back in the second, from the same browser, once, within
 * ten minutes.
 */
public final class InstallRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(InstallRoutes.class);
    private static final String REDIRECT_PATH = "/slack/oauth_redirect";
    private static final String COOKIE = "opsconductor-slack-install";
    private static final int MAX_TEXT = 512;

    private final SlackSettings settings;
    private final URI publicUrl;
    private final Slack slack;
    private final SlackWorkspaces workspaces;
    private final InstallStates states;

    /** @param settings with a public address */
    public InstallRoutes(
            SlackSettings settings, Slack slack, SlackWorkspaces workspaces, Database database, InstantSource clock) {
        this.settings = settings;
        this.publicUrl = settings.publicUrl().orElseThrow();
        this.slack = slack;
        this.workspaces = workspaces;
        this.states = new InstallStates(database, clock);
    }

    /** Adds the routes below {@code /slack}. */
    public void route(HttpRules rules) {
        rules.get("/install", this::begin).get("/oauth_redirect", this::end);
    }

    private void begin(ServerRequest request, ServerResponse response) {
        String state = states.begin();
        URI authorize = settings.apiUrl()
                .resolve("../oauth/v2/authorize?client_id=" + encoded(secret(settings.clientId())) + "&scope="
                        + encoded(BotScope.list()) + "&state=" + encoded(state) + "&redirect_uri="
                        + encoded(redirect()));
        response.header(HeaderNames.SET_COOKIE, cookie(state, InstallStates.LIFE.toSeconds()));
        response.header(HeaderNames.LOCATION, authorize.toString());
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        response.status(Status.FOUND_302).send();
    }

    private String redirect() {
        String base = publicUrl.toString();
        return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + REDIRECT_PATH;
    }

    private String cookie(String value, long seconds) {
        return COOKIE + "=" + value + "; Max-Age=" + seconds + "; Path=" + REDIRECT_PATH + "; HttpOnly; SameSite=Lax"
                + ("https".equals(publicUrl.getScheme()) ? "; Secure" : "");
    }

    private void end(ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.SET_COOKIE, cookie("", 0));
        String state = query(request, "state");
        if (state.isEmpty() || !isSame(state, cookieOf(request)) || !states.end(state)) {
            InstallPage.send(
                    response,
                    400,
                    "This installation was not begun here",
                    "The link was used before, is older than ten minutes, or was opened in another browser.",
                    "Begin again at " + publicUrl.resolve("/slack/install") + ".");
            return;
        }
        if (!query(request, "error").isEmpty()) {
            InstallPage.send(
                    response,
                    400,
                    "The app was not installed",
                    "Slack says: " + query(request, "error") + ".",
                    "Nothing was changed. If that was not meant, begin again at " + publicUrl.resolve("/slack/install")
                            + ".");
            return;
        }
        exchange(query(request, "code"), response);
    }

    private void exchange(String code, ServerResponse response) {
        try {
            OAuthV2AccessResponse access = slack.methods()
                    .oauthV2Access(call -> call.clientId(secret(settings.clientId()))
                            .clientSecret(secret(settings.clientSecret()))
                            .code(code)
                            .redirectUri(redirect()));
            if (!access.isOk()) {
                InstallPage.send(
                        response,
                        400,
                        "The app was not installed",
                        "Slack does not take the code of this installation: " + access.getError() + ".",
                        "Begin again. If it stays, slack.client-id and slack.client-secret are not those of the app.");
                return;
            }
            granted(access, response);
        } catch (IOException | SlackApiException | RuntimeException e) {
            String reference = Edge.reference();
            // Its message may hold what Slack answered, and with it a token.
            LOG.error(
                    "an installation failed, reference {}: {}",
                    reference,
                    e.getClass().getSimpleName());
            InstallPage.send(
                    response,
                    502,
                    "The app was not installed",
                    "Slack could not be asked.",
                    "Try again in a while. If it stays, give the reference " + reference
                            + " to whoever runs OpsConductor.");
        }
    }

    private void granted(OAuthV2AccessResponse access, ServerResponse response) {
        OAuthV2AccessResponse.Team team = access.getTeam();
        if (access.isEnterpriseInstall() || team == null || team.getId() == null || access.getAccessToken() == null) {
            InstallPage.send(
                    response,
                    400,
                    "The app was not installed",
                    "It was installed for a whole organisation, which OpsConductor does not serve.",
                    "Install it in each workspace that shall use it.");
            return;
        }
        if (!settings.allowsWorkspace(team.getId())) {
            LOG.warn("Slack: workspace {} wanted to install the app and is not in slack.workspaces", team.getId());
            revoke(access.getAccessToken());
            InstallPage.send(
                    response,
                    403,
                    "The app was not installed",
                    "This OpsConductor does not serve the workspace " + team.getId() + ".",
                    "Whoever runs it can add the workspace to the setting slack.workspaces.");
            return;
        }
        switch (TokenTest.of(slack, access.getAccessToken())) {
            case TokenTest.Good(Workspace tested, var slackTime) -> install(access, tested, response);
            case TokenTest.Refused(String error) -> notUsable(response, error);
            case TokenTest.Unreachable(String why) -> notUsable(response, why);
        }
    }

    private void install(OAuthV2AccessResponse access, Workspace tested, ServerResponse response) {
        String app = access.getAppId() == null ? tested.app() : access.getAppId();
        String by = access.getAuthedUser() == null ? "" : access.getAuthedUser().getId();
        Workspace workspace = new Workspace(
                tested.team(), tested.name(), app, tested.botUser(), tested.bot(), tested.scopes(), tested.token());
        try {
            workspaces.install(workspace, "slack:" + workspace.team() + "/" + by);
        } catch (JournalUnavailableException e) {
            LOG.error("an installation was not entered, because it could not be recorded", e);
            InstallPage.send(
                    response,
                    503,
                    "The app was not installed",
                    "OpsConductor cannot write its audit journal.",
                    "Tell whoever runs OpsConductor, and install the app again then.");
            return;
        }
        InstallPage.send(
                response,
                200,
                "OpsConductor is installed in " + workspace.name(),
                "Invite it to a channel with /invite, and ask it for help.",
                "Who may do what is in its policy; your identity there is slack:" + workspace.team() + "/" + by + ".");
    }

    private static void notUsable(ServerResponse response, String why) {
        InstallPage.send(
                response,
                502,
                "The app was not installed",
                "Slack gave a token that cannot be used: " + why + ".",
                "Begin again in a while.");
    }

    /** What is not kept shall not work either. */
    private void revoke(String token) {
        try {
            slack.methods().authRevoke(call -> call.token(token));
        } catch (IOException | SlackApiException | RuntimeException e) {
            LOG.warn(
                    "a token that is not kept could not be revoked: {}",
                    e.getClass().getSimpleName());
        }
    }

    private static String secret(SecretReference reference) {
        return reference.read().orElseThrow(() -> new IllegalStateException("there is nothing in " + reference));
    }

    private static boolean isSame(String one, Optional<String> other) {
        return other.isPresent()
                && MessageDigest.isEqual(
                        one.getBytes(StandardCharsets.UTF_8), other.get().getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<String> cookieOf(ServerRequest request) {
        return request.headers().values(HeaderNames.COOKIE).stream()
                .flatMap(header -> Arrays.stream(header.split(";", -1)))
                .map(String::strip)
                .filter(pair -> pair.startsWith(COOKIE + "="))
                .map(pair -> pair.substring(COOKIE.length() + 1))
                .findFirst();
    }

    private static String query(ServerRequest request, String name) {
        String value = request.query().first(name).orElse("");
        return value.length() > MAX_TEXT ? "" : value;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
