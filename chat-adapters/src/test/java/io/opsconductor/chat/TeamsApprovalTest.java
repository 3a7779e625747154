package io.opsconductor.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsconductor.chat.scripted.Rules;
import io.opsconductor.chat.scripted.ScriptedExecution;
import io.opsconductor.counterpart.slack.Channel;
import io.opsconductor.counterpart.slack.Installation;
import io.opsconductor.counterpart.slack.Person;
import io.opsconductor.counterpart.slack.PostedMessage;
import io.opsconductor.counterpart.slack.SlackApp;
import io.opsconductor.counterpart.slack.SlackCounterpart;
import io.opsconductor.counterpart.slack.Workspace;
import io.opsconductor.counterpart.teams.Conversation;
import io.opsconductor.counterpart.teams.Posted;
import io.opsconductor.counterpart.teams.TeamsPerson;
import io.opsconductor.plan.ExecutionStatus;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests for approval in Teams: wherever they were asked for, whoever may approve them, and whatever it takes. */
final class TeamsApprovalTest {
    private static final String REQUEST = "restart nginx on web-server-01";

    @TempDir
    private Path directory;

    private @Nullable TeamsHome started;

    private TeamsHome start(Map<String, String> settings) {
        TeamsHome home = new TeamsHome(directory, settings);
        started = home;
        home.runner.knows(TeamsHome.identity(home.bob), "bob");
        home.runner.rules(Rules.someoneElse().approvedBy("bob"));
        return home;
    }

    @AfterEach
    void stop() {
        if (started != null) {
            started.close();
        }
    }

    @Test
    void whatWasAskedForInSlackIsApprovedInTeams() throws Exception {
        try (SlackCounterpart slack = SlackCounterpart.start()) {
            Workspace acme = slack.addWorkspace("Acme");
            SlackApp app = slack.addApp("Ops");
            Installation ops = acme.install(app);
            secret("bot-token", ops.botToken());
            secret("signing-secret", app.signingSecret());
            TeamsHome home = start(Map.of(
                    "OPSCONDUCTOR_CHATBOT_SLACK_MODE",
                    "http",
                    "OPSCONDUCTOR_CHATBOT_SLACK_API_URL",
                    slack.apiUrl().toString()));
            app.deliverTo(URI.create("http://127.0.0.1:" + home.chatbot.port() + "/slack/events"));
            Person alice = acme.person("alice");
            Channel general = acme.channel("general", alice, ops.bot());
            String asker = "slack:" + acme.id() + "/" + alice.id();
            home.runner.knows(asker, "alice");
            home.bob.says("help");
            home.await(home.bob.talk(), post -> post.card().toString().contains("check disk space"));

            PostedMessage asked = alice.says(general, "<@" + ops.bot().id() + "> " + REQUEST);
            Posted card = home.await(home.bob.talk(), TeamsHome::waits);
            assertThat(card.card().toString()).contains("restart_service").contains("Asked by alice");
            home.bob.executes(home.bob.talk(), card, TeamsHome.button(card.card(), "Approve"));

            ScriptedExecution execution = home.runner.arrived();
            var statement = execution.request().attestations().getFirst().statement();
            assertThat(statement.approver()).isEqualTo(TeamsHome.identity(home.bob));
            assertThat(statement.requester()).isEqualTo(asker);
            assertThat(statement.conversation()).startsWith("teams-");
            general.awaitReply(asked, "elsewhere");
            execution.started("web-server-01");
            execution.finished("web-server-01", "nginx is back");
            execution.ended(ExecutionStatus.SUCCEEDED, "done");
            general.awaitReply(asked, "nginx is back");
            home.await(
                    home.bob.talk(),
                    post -> post.id().equals(card.id())
                            && post.card().toString().contains("Succeeded"));
            // The output is where it was asked for.
            assertThat(home.bob.talk().posts())
                    .noneMatch(post -> post.card().toString().contains("nginx is back"));
        }
    }

    private void secret(String name, String value) throws IOException {
        Files.createDirectories(directory.resolve("slack"));
        Files.writeString(directory.resolve("slack").resolve(name), value + "\n");
    }

    @Test
    void whoeverHasTheAppIsToldWhatWaitsAndADecisionElsewhereShowsThere() {
        TeamsHome home = start(Map.of());
        // Bob has the app and never said a word.
        Conversation talk = home.bob.talk();
        Conversation channel = home.channel();
        Posted card = home.card(channel);
        assertThat(card.card().toString()).doesNotContain("<at>bob</at>");
        Posted told = home.await(talk, TeamsHome::waits);
        home.bob.executes(channel, card, TeamsHome.button(card.card(), "Approve"));
        home.await(
                talk,
                post -> post.id().equals(told.id())
                        && !TeamsHome.hasButton(post.card(), "Approve")
                        && post.card().toString().contains("approved by bob"));
        assertThat(talk.posts()).hasSize(1);
    }

    @Test
    void whoIsMentionedInTheChannelIsNotToldTwiceAndIsRemindedOnce() {
        TeamsHome home = start(Map.of(
                "OPSCONDUCTOR_CHATBOT_APPROVAL_REMINDER",
                Duration.ofMinutes(15).minusMillis(700).toMillis() + "ms"));
        home.bob.says("help");
        home.await(home.bob.talk(), post -> post.card().toString().contains("check disk space"));
        Conversation channel = home.channel();
        Posted card = home.card(channel);
        assertThat(card.card().path("msteams").path("entities").findValuesAsText("id"))
                .contains("29:bob");
        home.await(home.bob.talk(), post -> post.card().toString().contains("A plan still waits for you"));
        home.await(home.bob.talk(), TeamsHome::waits);
        home.await(channel, post -> post.card().toString().contains("still waits for approval and expires in 15 min"));
        home.chatbot.stop();
        home.chatbot.startAgain();
        home.person("alice", "user", TeamsHome.TENANT).mentions(channel, "help");
        home.await(channel, post -> post.card().toString().contains("I can run these tools"));
        assertThat(home.bob.talk().posts())
                .filteredOn(post -> post.card().toString().contains("still waits"))
                .hasSize(1);
    }

    @Test
    void aReminderThatFallsDueAfterARestartIsGivenInTheirOwnTalk() {
        TeamsHome home = start(Map.of(
                "OPSCONDUCTOR_CHATBOT_APPROVAL_REMINDER",
                Duration.ofMinutes(15).minusMillis(1_500).toMillis() + "ms"));
        home.bob.says("help");
        home.await(home.bob.talk(), post -> post.card().toString().contains("check disk space"));
        Conversation channel = home.channel();
        home.card(channel);
        home.chatbot.stop();
        assertThat(channel.posts()).noneMatch(post -> post.card().toString().contains("still waits"));
        home.chatbot.startAgain();
        home.await(home.bob.talk(), post -> post.card().toString().contains("A plan still waits for you"));
        home.await(channel, post -> post.card().toString().contains("still waits for approval"));
    }

    @Test
    void whatDestroysIsApprovedByWhoeverTypesItsCode() throws InterruptedException {
        TeamsHome home = start(Map.of());
        home.runner.destroying();
        Conversation channel = home.channel();
        Posted card = home.card(channel);
        assertThat(card.card().toString()).contains("Cannot be undone on").contains("web-server-01 (production)");
        JsonNode button = TeamsHome.button(card.card(), "Approve");
        assertThat(button.path("data").path("msteams").path("type").asText()).isEqualTo("task/fetch");

        // Whoever presses without the form, as a client of their own would, approves nothing.
        JsonNode pressed = home.bob.executes(channel, card, button).body();
        assertThat(pressed.path("value").asText())
                .contains("this cannot be undone")
                .contains("types its code");

        JsonNode form = TeamsHome.form(home.bob, channel, card, "Approve");
        assertThat(form.toString()).contains("web-server-01 (production)");
        ObjectNode sent = TeamsHome.button(form, "Approve").path("data").deepCopy();
        JsonNode again = home.bob
                .task("task/submit", channel, card, sent.deepCopy().put("code", "AAA-AAA"))
                .body()
                .path("task")
                .path("value")
                .path("card")
                .path("content");
        assertThat(again.toString()).contains("This is not the code of this plan. Nothing was approved.");
        assertThat(home.runner.executions()).isZero();

        String code = form.toString().replaceAll("(?s).*\"Type (\\S+) to approve\".*", "$1");
        home.bob.task("task/submit", channel, card, sent.put("code", code.toLowerCase(java.util.Locale.ROOT)));
        assertThat(home.runner
                        .arrived()
                        .request()
                        .attestations()
                        .getFirst()
                        .statement()
                        .typed())
                .isEqualTo(code);
    }

    @Test
    void aPlanThatChangedIsMadeAnewWithOnePress() throws InterruptedException {
        TeamsHome home = start(Map.of());
        Conversation channel = home.channel();
        Posted card = home.card(channel);
        home.runner.refuseNextCheck(
                409,
                "changed_since_preview",
                "since the preview was shown, this changed: the tool restart_service",
                "preview the plan again and have the new preview approved");
        JsonNode shown = home.bob
                .executes(channel, card, TeamsHome.button(card.card(), "Approve"))
                .body()
                .path("value");
        assertThat(shown.toString()).contains("this changed: the tool restart_service");
        home.bob.executes(channel, card, TeamsHome.button(shown, "Show it as it is now"));
        home.await(
                channel,
                post -> post.id().equals(card.id()) && post.card().toString().contains("Replaced"));
        Posted newer = home.await(channel, post -> !post.id().equals(card.id()) && TeamsHome.waits(post));
        home.bob.executes(channel, newer, TeamsHome.button(newer.card(), "Approve"));
        home.runner.arrived();
    }

    @Test
    void whoeverBreaksTheGlassSaysWhyAndApprovesAloneAndItIsToldToThoseWhoShouldKnow() throws InterruptedException {
        String notices = "19:notices@thread.tacv2";
        TeamsHome home =
                start(Map.of("OPSCONDUCTOR_CHATBOT_BREAK_GLASS_NOTICE", "teams:" + TeamsHome.TENANT + "/" + notices));
        Conversation told = home.teams.conversation(notices, Conversation.Kind.CHANNEL, TeamsHome.TENANT);
        home.alice.says("help");
        home.await(home.alice.talk(), post -> post.card().toString().contains("check disk space"));
        // The address for answers is known from now on.
        home.chatbot.stop();
        home.chatbot.startAgain();
        TeamsPerson alice = home.person("alice", "user", TeamsHome.TENANT);
        home.runner.knows(TeamsHome.identity(alice), "alice");
        home.runner.rules(Rules.someoneElse().approvedBy("bob").withGlass());
        Conversation channel = home.channel();
        alice.mentions(channel, REQUEST);
        Posted card = home.await(channel, TeamsHome::waits);
        assertThat(card.card().toString()).contains("may do without, and says here: ");
        ObjectNode words = alice.mentioning(channel, "break glass: the site is down");
        ((ObjectNode) words.path("conversation")).put("id", card.conversation());
        alice.deliver(words);
        Posted broken = home.await(
                channel, post -> TeamsHome.waits(post) && post.card().toString().contains("🚨 Break glass"));
        assertThat(broken.card().toString()).contains("the site is down");
        assertThat(alice.executes(channel, broken, TeamsHome.button(broken.card(), "Approve"))
                        .body()
                        .path("type")
                        .asText())
                .isEqualTo("application/vnd.microsoft.card.adaptive");
        assertThat(home.runner
                        .arrived()
                        .request()
                        .attestations()
                        .getFirst()
                        .statement()
                        .approver())
                .isEqualTo(TeamsHome.identity(alice));
        home.await(told, post -> post.card().toString().contains("BREAK GLASS: alice"));
    }

    @Test
    void whyAPlanCannotWaitIsAskedInAFormOfItsRequesterAlone() throws InterruptedException {
        TeamsHome home = start(Map.of());
        TeamsPerson alice = home.person("alice", "user", TeamsHome.TENANT);
        home.runner.knows(TeamsHome.identity(alice), "alice");
        home.runner.rules(Rules.someoneElse().approvedBy("bob").withGlass());
        Conversation channel = home.channel();
        alice.mentions(channel, REQUEST);
        Posted card = home.await(channel, TeamsHome::waits);
        JsonNode button = TeamsHome.button(card.card(), "Break glass");
        assertThat(home.bob
                        .task("task/fetch", channel, card, button.path("data"))
                        .body()
                        .toString())
                .contains("may not break the glass for this plan");

        JsonNode form = TeamsHome.form(alice, channel, card, "Break glass");
        ObjectNode sent = TeamsHome.button(form, "Break glass").path("data").deepCopy();
        assertThat(alice.task("task/submit", channel, card, sent.deepCopy().put("reason", " "))
                        .body()
                        .toString())
                .contains("Say why. Without a reason it waits for its approval.");
        alice.task("task/submit", channel, card, sent.put("reason", "the site is down"));
        Posted broken = home.await(
                channel, post -> TeamsHome.waits(post) && post.card().toString().contains("🚨 Break glass"));
        assertThat(broken.card().toString()).contains("the site is down", "May be stopped by bob.");
        alice.executes(channel, broken, TeamsHome.button(broken.card(), "Approve"));
        assertThat(home.runner
                        .arrived()
                        .request()
                        .attestations()
                        .getFirst()
                        .statement()
                        .approver())
                .isEqualTo(TeamsHome.identity(alice));
    }

    @Test
    void theCardSaysWhoIsStillNeeded() {
        TeamsHome home = start(Map.of());
        TeamsPerson carol = home.person("carol", "user", TeamsHome.TENANT);
        home.runner.knows(TeamsHome.identity(carol), "carol");
        home.runner.rules(Rules.two().approvedBy("bob", "carol"));
        Conversation channel = home.channel();
        carol.joins(channel);
        Posted card = home.card(channel);
        assertThat(card.card().toString()).contains("2 of these must approve: bob, carol.");
        home.bob.executes(channel, card, TeamsHome.button(card.card(), "Approve"));
        home.await(
                channel,
                post -> post.id().equals(card.id())
                        && post.card().toString().contains("Approved so far by bob. One more is needed: carol."));
        carol.executes(channel, card, TeamsHome.button(card.card(), "Approve"));
        home.awaitTrue(() -> home.runner.executions() == 1);
    }
}
