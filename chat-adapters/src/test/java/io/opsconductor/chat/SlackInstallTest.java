package io.opsconductor.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.chat.slack.workspace.Workspace;
import io.opsconductor.chat.slack.workspace.Workspaces;
import io.opsconductor.counterpart.net.FreePort;
import io.opsconductor.counterpart.slack.Answer;
import io.opsconductor.counterpart.slack.Installation;
import io.opsconductor.counterpart.store.TestStore;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Installing in several workspaces by OAuth, and what ends an installation. */
@ParameterizedClass
@EnumSource(TestStore.class)
class SlackInstallTest {
    private final TestStore store;

    SlackInstallTest(TestStore store) {
        this.store = store;
    }

    @TempDir
    Path home;

    private SlackHome slack;
    private io.opsconductor.counterpart.slack.Workspace globex;
    private final AtomicReference<Workspaces> workspaces = new AtomicReference<>();

    @BeforeEach
    void start() throws IOException {
        slack = new SlackHome(home, store);
        globex = slack.slack.addWorkspace("Globex <b>");
        slack.withoutSecret("bot-token");
        int port = FreePort.find();
        slack.setting("PORT", Integer.toString(port));
        slack.setting("SLACK_PUBLIC_URL", "http://127.0.0.1:" + port);
    }

    @AfterEach
    void stop() {
        slack.close();
    }

    private Chatbot chatbot() {
        return chatbot(Clock.systemUTC());
    }

    private Chatbot chatbot(Clock clock) {
        Chatbot chatbot = Main.start(slack.settings(), clock, (opened, work) -> {
            workspaces.set(opened);
            return slack.work;
        });
        slack.app.deliverTo(slack.events(chatbot));
        return chatbot;
    }

    private record Begun(URI authorize, String cookie) {}

    private Begun begin(Chatbot chatbot) {
        HttpResponse<String> page = slack.get(SlackHome.uri(chatbot, "/slack/install"));
        assertThat(page.statusCode()).isEqualTo(302);
        String cookie = page.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).contains("HttpOnly; SameSite=Lax").contains("Max-Age=600; Path=/slack/oauth_redirect");
        return new Begun(
                URI.create(page.headers().firstValue("Location").orElseThrow()), cookie.replaceFirst(";.*", ""));
    }

    /** Presses Allow at Slack; answers where the browser is sent. */
    private URI allowed(Begun begun, String more) {
        HttpResponse<String> page = slack.get(URI.create(begun.authorize() + more));
        assertThat(page.statusCode()).as(page.body()).isEqualTo(302);
        return URI.create(page.headers().firstValue("Location").orElseThrow());
    }

    private HttpResponse<String> install(Chatbot chatbot, io.opsconductor.counterpart.slack.Workspace workspace) {
        Begun begun = begin(chatbot);
        return slack.get(allowed(begun, "&team=" + workspace.id()), "Cookie", begun.cookie());
    }

    private Answer send(Chatbot chatbot, String id, String team) {
        return slack.slack
                .post(slack.app, slack.events(chatbot))
                .json(slack.event(id, "message").replace(slack.acme.id(), team))
                .send();
    }

    private String journal() {
        try {
            return Files.readString(home.resolve("chatbot/journal/journal.jsonl"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Workspaces opened() {
        return Objects.requireNonNull(workspaces.get());
    }

    @Test
    void aWorkspaceInstallsTheAppAndIsServedAfterARestartToo() {
        try (Chatbot chatbot = chatbot()) {
            assertThat(slack.health(chatbot).path("detail").asText()).isEqualTo("0 workspaces");
            HttpResponse<String> page = install(chatbot, globex);
            assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
            assertThat(page.body())
                    .contains("<h1>OpsConductor is installed in Globex &lt;b&gt;</h1>")
                    .contains("slack:" + globex.id() + "/");
            assertThat(page.headers().firstValue("Content-Security-Policy"))
                    .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'"));
            assertThat(install(chatbot, slack.acme).statusCode()).isEqualTo(200);
            assertThat(opened().all())
                    .extracting(Workspace::team)
                    .containsExactlyInAnyOrder(globex.id(), slack.acme.id());
        }
        try (Chatbot chatbot = chatbot()) {
            Installation installation = globex.installation(slack.app).orElseThrow();
            Workspace workspace = opened().find(globex.id()).orElseThrow();
            assertThat(workspace.token()).isEqualTo(installation.botToken());
            assertThat(workspace.botUser()).isEqualTo(installation.bot().id());
            assertThat(workspace.bot()).isEqualTo(installation.botId());
            assertThat(workspace.app()).isEqualTo(slack.app.id());
            assertThat(workspace.scopes()).contains("chat:write");
            assertThat(send(chatbot, "Ev1", globex.id()).status()).isEqualTo(200);
            assertThat(slack.work.await("Ev1").team()).isEqualTo(globex.id());
        }
    }

    @Test
    void tokensAreSealedAndNowhereElse() throws IOException {
        try (Chatbot chatbot = chatbot()) {
            install(chatbot, globex);
        }
        String token = globex.installation(slack.app).orElseThrow().botToken();
        Path key = home.resolve("slack/token-key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(token);
            }
        }
        // Moved to another workspace's row, it does not open.
        try (Database database = Database.open(slack.settings().store(), "db/chatbot")) {
            assertThat(database.query("select token from slack_installation", row -> Rows.text(row, "token")))
                    .allMatch(stored -> stored.startsWith("v1:"));
            database.change("update slack_installation set team = 'T0OTHER'");
        }
        try (Chatbot chatbot = chatbot()) {
            assertThat(opened().all()).isEmpty();
            assertThat(chatbot.port()).isPositive();
        }
    }

    @Test
    void aStateIsGoodOnceInTheBrowserThatBeganForTenMinutes() {
        try (Chatbot chatbot = chatbot()) {
            Begun begun = begin(chatbot);
            URI back = allowed(begun, "");
            assertThat(slack.get(back).statusCode()).isEqualTo(400);
            assertThat(slack.get(back, "Cookie", begin(chatbot).cookie()).statusCode())
                    .isEqualTo(400);
            assertThat(slack.get(back, "Cookie", begun.cookie()).statusCode()).isEqualTo(200);
            HttpResponse<String> again = slack.get(back, "Cookie", begun.cookie());
            assertThat(again.statusCode()).isEqualTo(400);
            assertThat(again.body()).contains("The link was used before, is older than ten minutes");
            assertThat(slack.get(SlackHome.uri(chatbot, "/slack/oauth_redirect?code=x"))
                            .statusCode())
                    .isEqualTo(400);
        }
        Begun old;
        try (Chatbot chatbot = chatbot(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-11)))) {
            old = begin(chatbot);
        }
        try (Chatbot chatbot = chatbot()) {
            assertThat(slack.get(allowed(old, ""), "Cookie", old.cookie()).statusCode())
                    .isEqualTo(400);
            assertThat(chatbot.port()).isPositive();
        }
    }

    @Test
    void whatSomebodyDeniesOrThatIsNotAllowedIsNotInstalled() {
        slack.setting("SLACK_WORKSPACES", slack.acme.id());
        try (Chatbot chatbot = chatbot()) {
            Begun begun = begin(chatbot);
            HttpResponse<String> denied = slack.get(allowed(begun, "&deny=1"), "Cookie", begun.cookie());
            assertThat(denied.statusCode()).isEqualTo(400);
            assertThat(denied.body()).contains("Slack says: access_denied.");
            HttpResponse<String> refused = install(chatbot, globex);
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("does not serve the workspace " + globex.id());
            assertThat(globex.installation(slack.app).filter(Installation::active))
                    .isEmpty();
            assertThat(opened().all()).isEmpty();
            send(chatbot, "Ev-foreign", globex.id());
            assertThat(install(chatbot, slack.acme).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void anUninstalledAppIsSentNothingUntilItIsInstalledAgain() {
        try (Chatbot chatbot = chatbot()) {
            install(chatbot, globex);
            globex.installation(slack.app).orElseThrow().uninstall();
            SlackHome.await("removed", () -> opened().find(globex.id()).isEmpty());
            SlackHome.await("recorded", () -> journal().contains("\"installation_lost\""));
            assertThat(journal()).contains("\"installed\"").contains("slack:" + globex.id());
        }
        try (Chatbot chatbot = chatbot()) {
            assertThat(opened().all()).isEmpty();
            send(chatbot, "Ev-late", globex.id());
            assertThat(install(chatbot, globex).statusCode()).isEqualTo(200);
            assertThat(opened().find(globex.id())).isPresent();
            send(chatbot, "Ev-again", globex.id());
            slack.work.await("Ev-again");
            assertThat(slack.work.count("Ev-late")).isZero();
        }
    }

    @Test
    void aRefusedTokenIsNotUsedAgain() {
        try (Chatbot chatbot = chatbot()) {
            install(chatbot, globex);
            opened().lost(globex.id(), "token_revoked");
            assertThat(opened().find(globex.id())).isEmpty();
            assertThat(chatbot.port()).isPositive();
        }
        try (Database database = Database.open(slack.settings().store(), "db/chatbot")) {
            assertThat(database.query(
                            "select status, token from slack_installation",
                            row -> List.of(Rows.text(row, "status"), Rows.text(row, "token"))))
                    .containsExactly(List.of("revoked", ""));
        }
    }

    @Test
    void aKeyThatIsNoneIsSaidWithTheRemedy() {
        slack.secret("token-key", "c2hvcnQ=");
        assertThat(org.assertj.core.api.Assertions.catchThrowable(this::chatbot))
                .hasMessageContaining("slack.token-key: what is in file:" + home.resolve("slack/token-key")
                        + " is not 32 bytes in base64");
    }
}
