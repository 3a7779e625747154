package io.opsconductor.chat.slack;

import io.opsconductor.kit.config.SecretReference;
import io.opsconductor.kit.config.Settings;
import io.opsconductor.kit.config.UnreadableSecretException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What can be set for Slack. Keys are those of the chatbot ({@code slack.mode}, or {@code
 * OPSCONDUCTOR_CHATBOT_SLACK_MODE}). Secrets are references, {@code file:/path} or {@code env:NAME}; the chatbot inherits
 * only variables whose name begins with {@code OPSCONDUCTOR_}.
 *
 * @param mode {@code slack.mode}: {@code off} (default), {@code http} (Slack calls a public address) or {@code socket}
 *     (Socket Mode, no public address)
 * @param botToken {@code slack.bot-token}: {@code xoxb-…} of the one workspace, default file:HOME/slack/bot-token; may be
 *     absent when {@code slack.public-url} is set
 * @param signingSecret {@code slack.signing-secret}: proves in http mode that Slack calls, default
 *     file:HOME/slack/signing-secret
 * @param appToken {@code slack.app-token}: {@code xapp-…} with connections:write for Socket Mode, default
 *     file:HOME/slack/app-token
 * @param clientId {@code slack.client-id}: for installing in several workspaces, default file:HOME/slack/client-id
 * @param clientSecret {@code slack.client-secret}: likewise, default file:HOME/slack/client-secret
 * @param tokenKey {@code slack.token-key}: seals the tokens of installed workspaces, 32 bytes in base64, default
 *     file:HOME/slack/token-key, made on first need
 * @param publicUrl {@code slack.public-url}: https address under which {@code /slack/install} is reached, in http mode;
 *     absent: no installing
 * @param workspaces {@code slack.workspaces}: team ids that may use it; empty: every one in which it is installed
 * @param channels {@code slack.channels}: channel ids in which it answers; empty: all; direct talks are not channels
 * @param command {@code slack.command}: the slash command, default /ops
 * @param connections {@code slack.connections}: web sockets of Socket Mode, 1 to 10 (Slack's limit), default 2
 * @param apiUrl {@code slack.api-url}: default https://slack.com/api/
 * @param allowGuests {@code slack.allow-guests}: whether guests of the workspace are heard, default false
 * @param allowExternal {@code slack.allow-external}: whether people of other workspaces in shared channels are heard,
 *     default false
 */
public record SlackSettings(
        Mode mode,
        SecretReference botToken,
        SecretReference signingSecret,
        SecretReference appToken,
        SecretReference clientId,
        SecretReference clientSecret,
        SecretReference tokenKey,
        Optional<URI> publicUrl,
        Set<String> workspaces,
        Set<String> channels,
        String command,
        int connections,
        URI apiUrl,
        boolean allowGuests,
        boolean allowExternal) {
    /** How Slack reaches the chatbot. */
    public enum Mode {
        OFF,
        HTTP,
        SOCKET
    }

    private static final URI SLACK = URI.create("https://slack.com/api/");
    private static final Pattern TEAM = Pattern.compile("[TE][A-Z0-9]{2,20}");
    private static final Pattern CHANNEL = Pattern.compile("[CGD][A-Z0-9]{2,20}");
    private static final Pattern COMMAND = Pattern.compile("/[a-z0-9_-]{1,31}");
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    public SlackSettings {
        workspaces = Set.copyOf(workspaces);
        channels = Set.copyOf(channels);
    }

    /** Whether workspaces can install the app by themselves. */
    public boolean installable() {
        return publicUrl.isPresent();
    }

    /** Whether the workspace may use the app, as far as the settings say. */
    public boolean allowsWorkspace(String team) {
        return workspaces.isEmpty() || workspaces.contains(team);
    }

    /** Reads the settings; mistakes are left in {@code settings}. */
    public static SlackSettings read(Settings settings, Path home) {
        Path own = home.resolve("slack");
        SlackSettings read = new SlackSettings(
                settings.choice("slack.mode", Mode.OFF),
                settings.secret("slack.bot-token", own.resolve("bot-token")),
                settings.secret("slack.signing-secret", own.resolve("signing-secret")),
                settings.secret("slack.app-token", own.resolve("app-token")),
                settings.secret("slack.client-id", own.resolve("client-id")),
                settings.secret("slack.client-secret", own.resolve("client-secret")),
                settings.secret("slack.token-key", own.resolve("token-key")),
                settings.text("slack.public-url", "").isEmpty()
                        ? Optional.empty()
                        : Optional.of(settings.uri("slack.public-url", SLACK)),
                Set.copyOf(settings.words("slack.workspaces", List.of())),
                Set.copyOf(settings.words("slack.channels", List.of())),
                settings.text("slack.command", "/ops"),
                settings.integer("slack.connections", 2, 1, 10),
                withSlash(settings.uri("slack.api-url", SLACK)),
                settings.flag("slack.allow-guests", false),
                settings.flag("slack.allow-external", false));
        read.forms(settings);
        if (read.mode != Mode.OFF) {
            read.secrets(settings);
        }
        return read;
    }

    private static URI withSlash(URI uri) {
        return uri.toString().endsWith("/") ? uri : URI.create(uri + "/");
    }

    private void forms(Settings settings) {
        ids(settings, "slack.workspaces", workspaces, TEAM, "team ids such as T024BE7LD; 'slack check' prints yours");
        ids(
                settings,
                "slack.channels",
                channels,
                CHANNEL,
                "channel ids such as C024BE91L; a channel's details end with it");
        if (!COMMAND.matcher(command).matches()) {
            settings.mistake("slack.command is \"" + command
                    + "\": it must be a slash and up to 31 lower-case letters, digits, - or _, such as /ops");
        }
        if (isPlain(apiUrl)) {
            settings.mistake(
                    "slack.api-url is \"" + apiUrl + "\": it must begin with https, because tokens are sent there");
        }
        publicUrl
                .filter(SlackSettings::isPlain)
                .ifPresent(url -> settings.mistake("slack.public-url is \"" + url
                        + "\": it must begin with https, because Slack sends secrets there"));
        if (mode == Mode.SOCKET && installable()) {
            settings.mistake("slack.public-url is for slack.mode http: leave it out, or choose http");
        }
    }

    private static boolean isPlain(URI uri) {
        return !"https".equals(uri.getScheme()) && !LOOPBACK.contains(String.valueOf(uri.getHost()));
    }

    private static void ids(Settings settings, String key, Set<String> ids, Pattern form, String expected) {
        ids.stream()
                .filter(id -> !form.matcher(id).matches())
                .sorted()
                .forEach(id -> settings.mistake(key + " has \"" + id + "\": it must be " + expected));
    }

    private void secrets(Settings settings) {
        switch (mode) {
            case HTTP ->
                need(
                        settings,
                        "slack.signing-secret",
                        signingSecret,
                        "",
                        "the Signing Secret of the page Basic Information");
            case SOCKET ->
                need(
                        settings,
                        "slack.app-token",
                        appToken,
                        "xapp-",
                        "an app-level token with connections:write, of the page Basic Information");
            case OFF -> {}
        }
        String bot = "the Bot User OAuth Token of the page OAuth & Permissions";
        if (installable()) {
            need(settings, "slack.client-id", clientId, "", "the Client ID of the page Basic Information");
            need(settings, "slack.client-secret", clientSecret, "", "the Client Secret of the page Basic Information");
        }
        if (!installable() || isThere(botToken)) {
            need(settings, "slack.bot-token", botToken, "xoxb-", bot);
        }
    }

    private static boolean isThere(SecretReference secret) {
        try {
            return secret.read().isPresent();
        } catch (UnreadableSecretException e) {
            return true;
        }
    }

    private static void need(Settings settings, String key, SecretReference secret, String beginning, String what) {
        try {
            Optional<String> value = secret.read();
            if (value.isEmpty()) {
                settings.mistake(key + ": there is nothing in " + secret + "; put there " + what
                        + ", or name another place: " + key + "=file:/PATH or env:NAME");
            } else if (!value.get().startsWith(beginning)) {
                settings.mistake(
                        key + ": what is in " + secret + " does not begin with " + beginning + "; put there " + what);
            } else if (!isOneWord(value.get())) {
                settings.mistake(
                        key + ": what is in " + secret + " is more than one word; put there " + what + " alone");
            }
        } catch (UnreadableSecretException e) {
            settings.mistake(key + ": " + e.getMessage() + "; make it readable for the chatbot's user alone");
        }
    }

    private static boolean isOneWord(String secret) {
        return secret.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }
}
