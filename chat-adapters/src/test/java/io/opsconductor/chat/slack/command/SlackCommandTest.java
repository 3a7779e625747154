package io.opsconductor.chat.slack.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.chat.command.Surroundings;
import io.opsconductor.chat.slack.BotScope;
import io.opsconductor.counterpart.slack.Installation;
import io.opsconductor.counterpart.slack.SlackApp;
import io.opsconductor.counterpart.slack.SlackCounterpart;
import io.opsconductor.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlackCommandTest {
    @TempDir
    Path home;

    private final SlackCounterpart slack = SlackCounterpart.start();
    private final SlackApp app = slack.addApp("Ops");
    private final Map<String, String> environment = new HashMap<>();
    private Installation ops;

    @BeforeEach
    void install() throws IOException {
        app.withBotScopes(Arrays.stream(BotScope.values()).map(BotScope::scope).toArray(String[]::new));
        ops = slack.addWorkspace("Acme").install(app);
        environment.put("OPSCONDUCTOR_HOME", home.toString());
        environment.put("OPSCONDUCTOR_CHATBOT_SLACK_API_URL", slack.apiUrl().toString());
        environment.put("OPSCONDUCTOR_CHATBOT_SLACK_MODE", "socket");
        secret("bot-token", ops.botToken());
        secret("app-token", app.newAppToken());
        secret("signing-secret", app.signingSecret());
    }

    @AfterEach
    void stop() {
        slack.close();
    }

    private void secret(String name, String value) throws IOException {
        Path file = home.resolve("slack").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, value);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private record Ran(int exitCode, String out, String err) {}

    private Ran run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = SlackCommand.run(
                new Surroundings(new PrintWriter(out, true), new PrintWriter(err, true), environment), args);
        assertThat(out + err.toString()).doesNotContain(ops.botToken()).doesNotContain(app.signingSecret());
        return new Ran(exitCode, out.toString(), err.toString());
    }

    private JsonNode validated(String manifest) throws IOException, InterruptedException {
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(slack.apiUrl().resolve("apps.manifest.validate"))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    "manifest=" + URLEncoder.encode(manifest, StandardCharsets.UTF_8)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return Json.tree(answer.body());
        }
    }

    @Test
    void theManifestForSocketModeIsValid() throws Exception {
        Ran ran = run("manifest");
        assertThat(ran.exitCode()).isZero();
        assertThat(validated(ran.out()).path("ok").asBoolean()).as(ran.out()).isTrue();
        JsonNode manifest = Json.tree(ran.out());
        assertThat(manifest.at("/settings/socket_mode_enabled").asBoolean()).isTrue();
        assertThat(ran.out()).doesNotContain("request_url").doesNotContain("redirect_urls");
        assertThat(manifest.at("/features/slash_commands/0/command").asText()).isEqualTo("/ops");
        assertThat(manifest.at("/oauth_config/scopes/bot")).hasSize(BotScope.values().length);
    }

    @Test
    void theManifestForAnAddressIsValidAndNamesIt() throws Exception {
        environment.put("OPSCONDUCTOR_CHATBOT_SLACK_COMMAND", "/conductor");
        Ran ran = run("manifest", "--url", "https://ops.example.com/", "--name", "Ops at Acme");
        assertThat(validated(ran.out()).path("ok").asBoolean()).as(ran.out()).isTrue();
        JsonNode manifest = Json.tree(ran.out());
        assertThat(manifest.at("/settings/event_subscriptions/request_url").asText())
                .isEqualTo("https://ops.example.com/slack/events");
        assertThat(manifest.at("/settings/interactivity/request_url").asText())
                .isEqualTo("https://ops.example.com/slack/interactivity");
        assertThat(manifest.at("/features/slash_commands/0/url").asText())
                .isEqualTo("https://ops.example.com/slack/commands");
        assertThat(manifest.at("/oauth_config/redirect_urls/0").asText())
                .isEqualTo("https://ops.example.com/slack/oauth_redirect");
        assertThat(manifest.at("/display_information/name").asText()).isEqualTo("Ops at Acme");
        assertThat(manifest.at("/features/slash_commands/0/command").asText()).isEqualTo("/conductor");
    }

    @Test
    void wrongUsageIsSaid() {
        assertThat(run().exitCode()).isEqualTo(2);
        assertThat(run("manifest", "--url", "http://ops.example.com").exitCode())
                .isEqualTo(2);
        assertThat(run("manifest", "--socket", "--url", "https://ops.example.com")
                        .err())
                .contains("--socket and --url exclude each other");
        assertThat(run("manifest", "--name", "x".repeat(36)).exitCode()).isEqualTo(2);
        assertThat(run("nonsense").exitCode()).isEqualTo(2);
    }

    @Test
    void aRightSetUpIsSaidToBeRight() {
        Ran ran = run("check");
        assertThat(ran.exitCode()).as(ran.out() + ran.err()).isZero();
        assertThat(ran.out())
                .contains("ok       settings: slack.mode is socket")
                .contains(
                        "ok       bot token: workspace Acme (" + ops.workspace().id() + "), the bot is user "
                                + ops.bot().id())
                .contains("ok       scopes: all 12 are granted")
                .contains("ok       Socket Mode: a web socket came up")
                .doesNotContain("MISSING");
    }

    @Test
    void eachMissingScopeIsNamedWithWhatItIsFor() {
        ops.withScopes("chat:write", "commands");
        Ran ran = run("check");
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out())
                .contains("MISSING  scope app_mentions:read: to hear that somebody mentions it")
                .contains("add it on the page OAuth & Permissions, then Reinstall to Workspace")
                .doesNotContain("scope chat:write");
    }

    @Test
    void refusedTokensAreNamedWithTheirPlaces() throws IOException {
        secret("bot-token", "xoxb-1-nonsense");
        secret("app-token", "xapp-1-nonsense");
        Ran ran = run("check");
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out())
                .contains("bot token: Slack refuses what is in file:" + home.resolve("slack/bot-token")
                        + " (invalid_auth)")
                .contains("app token: Slack refuses what is in file:" + home.resolve("slack/app-token")
                        + " (invalid_auth)");
    }

    @Test
    void missingSecretsAndAnOffModeAreSaid() throws IOException {
        Files.delete(home.resolve("slack/app-token"));
        Ran missing = run("check");
        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.err()).contains("slack.app-token: there is nothing in file:");
        environment.put("OPSCONDUCTOR_CHATBOT_SLACK_MODE", "off");
        Ran off = run("check");
        assertThat(off.exitCode()).isEqualTo(1);
        assertThat(off.out()).contains("set OPSCONDUCTOR_CHATBOT_SLACK_MODE=socket (or http)");
    }

    @Test
    void anUnreachableSlackIsNotAWrongSetUp() {
        environment.put("OPSCONDUCTOR_CHATBOT_SLACK_API_URL", "http://127.0.0.1:1/api/");
        Ran ran = run("check");
        assertThat(ran.exitCode()).isEqualTo(3);
        assertThat(ran.out()).contains("UNKNOWN  bot token: Slack could not be asked at http://127.0.0.1:1/api/");
    }

    @Test
    void inHttpModeAChatbotThatDoesNotRunIsSaid() {
        environment.put("OPSCONDUCTOR_CHATBOT_SLACK_MODE", "http");
        environment.put("OPSCONDUCTOR_CHATBOT_PORT", "1");
        Ran ran = run("check");
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out())
                .contains("the running chatbot does not answer at http://127.0.0.1:1/slack/events")
                .contains("start the chatbot: ./opsconductor up");
    }

    @Test
    void secretsThatEverybodyCanReadAreNoted() throws IOException {
        Path file = home.resolve("slack/bot-token");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Ran ran = run("check");
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).contains("make it private: chmod 600 " + file);
    }
}
