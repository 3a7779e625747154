package io.opsconductor.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.slack.api.model.view.View;
import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.overview.Concerns;
import io.opsconductor.chat.call.Answer;
import io.opsconductor.chat.scripted.Rules;
import io.opsconductor.chat.scripted.ScriptedExecution;
import io.opsconductor.chat.scripted.ScriptedRunner;
import io.opsconductor.chat.slack.BotScope;
import io.opsconductor.chat.slack.call.PostKey;
import io.opsconductor.chat.slack.call.SlackCalls;
import io.opsconductor.chat.slack.call.SlackUser;
import io.opsconductor.chat.slack.call.WebApiCalls;
import io.opsconductor.chat.slack.card.DenyForm;
import io.opsconductor.chat.slack.card.FormOrigin;
import io.opsconductor.chat.slack.card.HomeView;
import io.opsconductor.chat.slack.card.SlackFile;
import io.opsconductor.chat.slack.card.SlackMessage;
import io.opsconductor.chat.slack.card.Words;
import io.opsconductor.chat.slack.deliver.Installed;
import io.opsconductor.chat.slack.workspace.Workspace;
import io.opsconductor.counterpart.emulator.Account;
import io.opsconductor.counterpart.emulator.SlackEmulator;
import io.opsconductor.counterpart.net.FreePort;
import io.opsconductor.plan.ExecutionStatus;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The adapter at a Slack that others wrote, for whatever that one covers: see {@link SlackEmulator}. The rest, and Slack's
 * limits, are looked at with the counterpart.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlackEmulatorTest {
    private static final Set<String> SCOPES =
            Arrays.stream(BotScope.values()).map(BotScope::scope).collect(Collectors.toUnmodifiableSet());
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final Installed installed = new Installed();
    private final HttpClient browser = HttpClient.newHttpClient();
    private SlackEmulator slack;
    private URI installing;
    private ScriptedRunner runner;
    private Chatbot chatbot;
    private WebApiCalls calls;
    private Workspace acme;
    private Account alice;
    private String ops;

    @BeforeAll
    void start(@TempDir Path home) throws IOException {
        installing = URI.create("http://127.0.0.1:" + FreePort.find());
        URI redirect = installing.resolve("/slack/oauth_redirect");
        slack = SlackEmulator.start(Path.of("target/slack-emulator"), SCOPES, redirect, "alice", "bob");
        alice = slack.account("alice");
        acme = workspace(slack.botToken());
        ops = channel("ops");
        calls = new WebApiCalls(slack.apiUrl(), installed, DEADLINE);
        RunningChatbot.keys(home);
        runner = ScriptedRunner.start(home);
        runner.rules(Rules.nobody());
        Files.createDirectories(home.resolve("slack"));
        Files.writeString(home.resolve("slack/bot-token"), slack.botToken());
        Files.writeString(home.resolve("slack/signing-secret"), SlackEmulator.SIGNING_SECRET);
        chatbot = Main.start(
                ChatbotSettings.read(Map.of(
                        "OPSCONDUCTOR_HOME", home.toString(),
                        "OPSCONDUCTOR_CHATBOT_PORT", "0",
                        "OPSCONDUCTOR_CHATBOT_RUNNER_URL", runner.uri().toString(),
                        "OPSCONDUCTOR_CHATBOT_SLACK_MODE", "http",
                        "OPSCONDUCTOR_CHATBOT_SLACK_API_URL", slack.apiUrl().toString())),
                Clock.systemUTC());
        slack.deliverTo(URI.create("http://127.0.0.1:" + chatbot.port() + "/slack/events"));
    }

    @AfterAll
    void stop() {
        chatbot.close();
        calls.close();
        browser.close();
        runner.close();
        slack.close();
    }

    private Workspace workspace(String token) {
        String team = alice.call("auth.test").path("team_id").asText();
        return new Workspace(team, "Acme", "", slack.botUser(), slack.bot(), SCOPES, token);
    }

    private String channel(String name) {
        return StreamSupport.stream(
                        alice.call("conversations.list").path("channels").spliterator(), false)
                .filter(channel -> channel.path("name").asText().equals(name))
                .map(channel -> channel.path("id").asText())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aDirectMessageBecomesACardAndThenAResultWithAFile() throws InterruptedException {
        String talk = alice.call(
                        "chat.postMessage", "channel", slack.botUser(), "text", "check disk space on web-server-01")
                .path("channel")
                .asText();
        ScriptedExecution execution = runner.arrived();
        assertThat(execution.request().actorId()).isEqualTo("slack:" + acme.team() + "/" + alice.id());
        execution.started("web-server-01");
        execution.finished("web-server-01", "/dev/vda1 20G 17G 3G 85% /\n".repeat(2_000));
        execution.ended(ExecutionStatus.SUCCEEDED, "");

        JsonNode card = await(talk, message -> says(message, "check_disk_space") && says(message, "Succeeded"));
        assertThat(card.path("user").asText()).isEqualTo(slack.botUser());
        assertThat(card.has("edited")).isTrue();
        assertThat(card.at("/metadata/event_payload/key").asText()).isNotEmpty();
        JsonNode file = await(talk, message -> message.has("files"));
        assertThat(file.at("/files/0/name").asText()).isEqualTo("web-server-01-stdout.txt");
        assertThat(file.at("/files/0/size").asInt()).isEqualTo(27 * 2_000);
    }

    @Test
    void whatAMessageInAThreadOfOursAsksIsAnsweredThere() {
        String talk = alice.call("chat.postMessage", "channel", slack.botUser(), "text", "help")
                .path("channel")
                .asText();
        JsonNode help = await(talk, message -> says(message, "restart"));
        alice.call(
                "chat.postMessage",
                "channel",
                talk,
                "thread_ts",
                help.path("ts").asText(),
                "text",
                "restart nginx");
        await(talk, message -> says(message, "on which target"));
    }

    @Test
    void whoAllowsItInstallsTheAppWithATokenThatWorks(@TempDir Path home) throws Exception {
        RunningChatbot.keys(home);
        Files.createDirectories(home.resolve("slack"));
        Files.writeString(home.resolve("slack/signing-secret"), SlackEmulator.SIGNING_SECRET);
        Files.writeString(home.resolve("slack/client-id"), SlackEmulator.CLIENT_ID);
        Files.writeString(home.resolve("slack/client-secret"), SlackEmulator.CLIENT_SECRET);
        Map<String, String> environment = Map.of(
                "OPSCONDUCTOR_HOME", home.toString(),
                "OPSCONDUCTOR_CHATBOT_PORT", Integer.toString(installing.getPort()),
                "OPSCONDUCTOR_CHATBOT_RUNNER_URL", runner.uri().toString(),
                "OPSCONDUCTOR_CHATBOT_SLACK_MODE", "http",
                "OPSCONDUCTOR_CHATBOT_SLACK_API_URL", slack.apiUrl().toString(),
                "OPSCONDUCTOR_CHATBOT_SLACK_PUBLIC_URL", installing.toString());
        try (Chatbot _ = Main.start(ChatbotSettings.read(environment), Clock.systemUTC())) {
            assertThat(health()).contains("0 workspaces");
            HttpResponse<String> begun = visit(HttpRequest.newBuilder(installing.resolve("/slack/install")));
            String cookie =
                    begun.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
            HttpResponse<String> asked = visit(HttpRequest.newBuilder(location(begun)));
            assertThat(asked.body()).contains("Authorize <strong>OpsConductor</strong>");
            HttpResponse<String> allowed =
                    visit(HttpRequest.newBuilder(slack.apiUrl().resolve("/oauth/v2/authorize/callback"))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    location(begun).getRawQuery() + "&user_id=" + alice.id())));

            HttpResponse<String> installed =
                    visit(HttpRequest.newBuilder(location(allowed)).header("Cookie", cookie));
            assertThat(installed.body())
                    .contains("OpsConductor is installed in Acme")
                    .contains("slack:" + acme.team() + "/" + alice.id());
            assertThat(health()).contains("1 workspace");
            assertThat(visit(HttpRequest.newBuilder(location(allowed)).header("Cookie", cookie))
                            .statusCode())
                    .as("a code is good for one installation")
                    .isEqualTo(400);
        }
    }

    private HttpResponse<String> visit(HttpRequest.Builder request) throws IOException, InterruptedException {
        return browser.send(request.timeout(DEADLINE).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static URI location(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(302);
        return URI.create(response.headers().firstValue("Location").orElseThrow());
    }

    private String health() throws IOException, InterruptedException {
        return visit(HttpRequest.newBuilder(installing.resolve("/health"))).body();
    }

    @Test
    void messagesArePostedFoundAndChanged() {
        String key = PostKey.fresh(Instant.now());
        SlackMessage help = Words.message(ChatEvent.Message.ours("*Ask* for `check disk space`\n- or\n- for more"))
                .getFirst();
        SlackCalls.Posted root = ok(calls.post(acme, ops, "", help, key));
        assertThat(ok(calls.posted(acme, ops, "", key))).contains(root);
        String second = PostKey.fresh(Instant.now());
        SlackCalls.Posted reply = ok(calls.post(acme, ops, root.ts(), help, second));
        assertThat(ok(calls.posted(acme, ops, root.ts(), second))).contains(reply);
        assertThat(ok(calls.posted(acme, ops, root.ts(), PostKey.fresh(Instant.now()))))
                .isEqualTo(Optional.empty());

        ok(calls.update(acme, ops, root.ts(), new SlackMessage("changed", List.of())));
        JsonNode now = await(ops, message -> message.path("ts").asText().equals(root.ts()));
        assertThat(now.path("text").asText()).isEqualTo("changed");
        assertThat(ok(calls.posted(acme, ops, "", key))).contains(root);
        assertThat(ok(calls.link(acme, ops, root.ts()))).contains(ops);
        assertThat(ok(calls.whisper(acme, ops, "", alice.id(), help))).isTrue();
    }

    @Test
    void aFileIsSharedInAThread() {
        SlackCalls.Posted root =
                ok(calls.post(acme, ops, "", new SlackMessage("root", List.of()), PostKey.fresh(Instant.now())));
        String file = ok(calls.upload(acme, new SlackFile("df.txt", "Disks", "85 %\n")));
        assertThat(calls.isShared(acme, ops, file)).isEqualTo(new Answer.Refused<>("file_not_found", ""));
        assertThat(ok(calls.share(acme, ops, root.ts(), file, "Disks"))).isTrue();
        await(ops, message -> says(message, file));
        assertThat(ok(calls.isShared(acme, ops, file))).isTrue();
    }

    @Test
    void peopleAreKnownAndTalkedToDirectly() {
        SlackUser user = ok(calls.user(acme, alice.id()));
        assertThat(user.name()).isEqualTo("alice");
        assertThat(user.team()).isEqualTo(acme.team());
        assertThat(user.bot() || user.deactivated() || user.guest() || user.stranger())
                .isFalse();
        assertThat(ok(calls.user(acme, slack.botUser())).bot()).isTrue();
        assertThat(ok(calls.directTalk(acme, slack.account("bob").id()))).startsWith("D");
    }

    @Test
    void aFormOpensOnceAndAHomeIsPublished() {
        View form =
                DenyForm.of(new DenyForm.About("a1", "sha256:0", new FormOrigin(acme.team(), ops, "", "")), "Restart");
        String trigger =
                alice.call("views.generateTriggerId").path("trigger_id").asText();
        assertThat(ok(calls.open(acme, trigger, form))).isTrue();
        assertThat(calls.open(acme, trigger, form)).isEqualTo(new Answer.Refused<>("exchanged_trigger_id", ""));
        View home = HomeView.of(
                new Concerns(nothing(), nothing(), nothing(), nothing()),
                List.of("check disk space on web-server-01"),
                identity -> identity,
                conversation -> Optional.empty());
        assertThat(ok(calls.publishHome(acme, alice.id(), home))).isTrue();
    }

    private static <T> Concerns.Listed<T> nothing() {
        return new Concerns.Listed<>(List.of(), 0);
    }

    @Test
    void whatItRefusesIsUnderstood() {
        SlackMessage words = new SlackMessage("words", List.of());
        assertThat(calls.post(acme, "C0NOTHERE", "", words, "k")).isEqualTo(refused("channel_not_found"));
        assertThat(calls.update(acme, ops, "1.000001", words)).isEqualTo(refused("message_not_found"));
        assertThat(calls.user(acme, "U0NOBODY")).isEqualTo(refused("user_not_found"));
        Answer<SlackCalls.Posted> narrow = calls.post(workspace(slack.muteToken()), ops, "", words, "k");
        assertThat(narrow).isEqualTo(new Answer.Refused<>("missing_scope", "needed: chat:write; provided: users:read"));
        assertThat(installed.lost()).isEmpty();
    }

    private static <T> Answer<T> refused(String error) {
        return new Answer.Refused<>(error, "");
    }

    /** Waits until a message of a channel or talk is so, answers in threads included. */
    private JsonNode await(String channel, Predicate<JsonNode> wanted) {
        List<JsonNode> found = new ArrayList<>();
        SlackHome.await("message in " + channel, () -> {
            messages(channel).filter(wanted).findFirst().ifPresent(found::add);
            return !found.isEmpty();
        });
        return found.getFirst();
    }

    private Stream<JsonNode> messages(String channel) {
        return list(alice.call("conversations.history", "channel", channel))
                .flatMap(root -> list(alice.call(
                        "conversations.replies",
                        "channel",
                        channel,
                        "ts",
                        root.path("ts").asText())));
    }

    private static Stream<JsonNode> list(JsonNode answer) {
        return StreamSupport.stream(answer.path("messages").spliterator(), false);
    }

    private static <T> T ok(Answer<T> answer) {
        assertThat(answer).isInstanceOf(Answer.Ok.class);
        return answer instanceof Answer.Ok<T>(T value) ? value : org.assertj.core.api.Assertions.fail();
    }

    private static boolean says(JsonNode message, String words) {
        return message.toString().contains(words);
    }
}
