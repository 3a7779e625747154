package io.opsconductor.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.counterpart.slack.Channel;
import io.opsconductor.counterpart.slack.Installation;
import io.opsconductor.counterpart.slack.Person;
import io.opsconductor.counterpart.slack.PostedMessage;
import io.opsconductor.counterpart.slack.SlackApp;
import io.opsconductor.counterpart.slack.SlackCounterpart;
import io.opsconductor.counterpart.slack.Workspace;
import io.opsconductor.counterpart.teams.Conversation;
import io.opsconductor.counterpart.teams.Posted;
import io.opsconductor.counterpart.teams.Registration;
import io.opsconductor.counterpart.teams.TeamsCounterpart;
import io.opsconductor.counterpart.teams.TeamsPerson;
import io.opsconductor.runner.Runner;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People of the policy who are in Teams and in Slack, with the real runner, which says who is who. */
final class TeamsAndSlackTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String OWN = "alice asked for this, and the policy wants somebody else to approve it";

    @TempDir
    private static Path home;

    private static TeamsCounterpart teams;
    private static SlackCounterpart slack;
    private static Installation ops;
    private static Person aliceInSlack;
    private static Person bobInSlack;
    private static Runner runner;
    private static RunningChatbot chatbot;

    @BeforeAll
    static void start() throws IOException {
        RunningChatbot.keys(home);
        teams = TeamsCounterpart.start(Registration.withSecret(TeamsHome.APPLICATION, TeamsHome.TENANT, "s3cret"));
        slack = SlackCounterpart.start();
        Workspace acme = slack.addWorkspace("Acme");
        SlackApp app = slack.addApp("Ops");
        ops = acme.install(app);
        aliceInSlack = acme.person("alice");
        bobInSlack = acme.person("bob");
        secret("slack/bot-token", ops.botToken());
        secret("slack/signing-secret", app.signingSecret());
        secret("teams/secret", "s3cret");
        runner = RealRunner.start(home, """
                actors:
                  alice: { identities: ["teams:%1$s/object-alice", "slack:%2$s/%3$s"], roles: [operator] }
                  bob: { identities: ["teams:%1$s/object-bob", "slack:%2$s/%4$s"], roles: [operator] }
                groups:
                  approvers: [alice, bob]
                rules:
                  - name: a colleague looks
                    roles: [operator]
                    effects: [read]
                    approval: { someone_else: 1, of: approvers }
                """.formatted(TeamsHome.TENANT, acme.id(), aliceInSlack.id(), bobInSlack.id()));
        Map<String, String> settings = TeamsHome.settings(teams);
        settings.put("OPSCONDUCTOR_CHATBOT_SLACK_MODE", "http");
        settings.put("OPSCONDUCTOR_CHATBOT_SLACK_API_URL", slack.apiUrl().toString());
        chatbot = RunningChatbot.at(home, URI.create("https://127.0.0.1:" + runner.apiPort()), settings);
        app.deliverTo(URI.create("http://127.0.0.1:" + chatbot.port() + "/slack/events"));
        until(() -> chatbot.caller().get("/health").status() == 200);
    }

    @AfterAll
    static void stop() {
        chatbot.close();
        runner.close();
        slack.close();
        teams.close();
    }

    private static void secret(String file, String value) throws IOException {
        Path path = home.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, value + "\n");
    }

    private static TeamsPerson inTeams(String name) {
        return new TeamsPerson(
                teams,
                URI.create("http://127.0.0.1:" + chatbot.port() + "/api/messages"),
                new Conversation.Member("29:" + name, "object-" + name, name, TeamsHome.TENANT, "user"));
    }

    @Test
    void whatWasAskedForInTeamsIsApprovedInSlackAndNotByWhoeverAskedThere() {
        TeamsPerson alice = inTeams("alice");
        Conversation channel = teams.conversation("19:ops@thread.tacv2", Conversation.Kind.CHANNEL, TeamsHome.TENANT);
        alice.joins(channel).mentions(channel, "check the clock");
        Posted card = await(channel, TeamsHome::waits);
        assertThat(card.card().toString()).contains("Asked by alice").contains("date");
        String approval = TeamsHome.button(card.card(), "Approve")
                .path("data")
                .path("ops")
                .path("approval")
                .asText();

        // The same person under another name is the same person.
        aliceInSlack.saysTo(ops, "show plan " + approval);
        Channel hers = ops.workspace().direct(aliceInSlack, ops.bot());
        PostedMessage shown = hers.awaitMessage(TeamsAndSlackTest::hasApprove);
        aliceInSlack.presses(shown, approve(shown)).orFail();
        until(() -> hers.dump().contains(OWN));
        assertThat(await(channel, post -> post.id().equals(card.id()) && TeamsHome.waits(post)))
                .isNotNull();

        bobInSlack.saysTo(ops, "show plan " + approval);
        Channel his = ops.workspace().direct(bobInSlack, ops.bot());
        PostedMessage told = his.awaitMessage(TeamsAndSlackTest::hasApprove);
        bobInSlack.presses(told, approve(told)).orFail();
        await(
                channel,
                post -> post.id().equals(card.id())
                        && post.card().toString().contains("approved by bob")
                        && post.card().toString().contains("Succeeded"));
        await(
                channel,
                post -> post.conversation().equals(card.conversation())
                        && post.card().toString().contains("Output of runner"));
    }

    @Test
    void whatWasAskedForInSlackIsApprovedInTeamsAndNotByWhoeverAskedThere() {
        Channel general = ops.workspace().channel("general", aliceInSlack, bobInSlack, ops.bot());
        PostedMessage asked = aliceInSlack.says(general, "<@" + ops.bot().id() + "> check the clock");
        general.awaitMessage(message -> message.rootTs().equals(asked.ts()) && hasApprove(message));

        TeamsPerson alice = inTeams("alice");
        Posted own = brought(alice);
        JsonNode refused = alice.executes(alice.talk(), own, TeamsHome.button(own.card(), "Approve"))
                .body();
        assertThat(refused.path("value").asText()).contains(OWN);

        TeamsPerson bob = inTeams("bob");
        Posted card = brought(bob);
        assertThat(card.card().toString()).contains("Asked by alice");
        bob.executes(bob.talk(), card, TeamsHome.button(card.card(), "Approve"));
        general.awaitReply(asked, "bob");
        general.awaitMessage(message ->
                message.rootTs().equals(asked.ts()) && message.allText().contains("Succeeded"));
        await(
                bob.talk(),
                post -> post.id().equals(card.id()) && post.card().toString().contains("Succeeded"));
    }

    /** Asks in their own talk what waits, and presses what shows it. */
    private static Posted brought(TeamsPerson person) {
        person.says("what waits for approval");
        Posted list = await(person.talk(), post -> post.card().toString().contains("show plan "));
        person.executes(person.talk(), list, showing(list.card()));
        return await(person.talk(), TeamsHome::waits);
    }

    private static JsonNode showing(JsonNode card) {
        for (JsonNode action : card.findValues("actions").getFirst()) {
            if (action.toString().contains("show plan ")) {
                return action;
            }
        }
        throw new AssertionError("nothing shows a plan on " + card);
    }

    private static boolean hasApprove(PostedMessage message) {
        return message.actionIds().stream().anyMatch(id -> id.startsWith("ops_approve"));
    }

    private static String approve(PostedMessage message) {
        return message.actionIds().stream()
                .filter(id -> id.startsWith("ops_approve"))
                .findFirst()
                .orElseThrow();
    }

    private static Posted await(Conversation conversation, Predicate<Posted> wanted) {
        until(() -> conversation.posts().stream().anyMatch(wanted));
        return conversation.posts().stream().filter(wanted).findFirst().orElseThrow();
    }

    private static void until(java.util.function.BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it did not come true within " + PATIENCE);
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }
}
