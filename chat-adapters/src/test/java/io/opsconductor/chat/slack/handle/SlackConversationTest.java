package io.opsconductor.chat.slack.handle;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.counterpart.slack.AssistantThread;
import io.opsconductor.counterpart.slack.Channel;
import io.opsconductor.counterpart.slack.OpenView;
import io.opsconductor.counterpart.slack.PostedMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlackConversationTest {
    @TempDir
    Path home;

    private SlackScene scene;

    @BeforeEach
    void start() {
        scene = SlackScene.start(home);
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void aMentionInAChannelIsAnsweredInItsThread() {
        PostedMessage asked = scene.alice.says(scene.general, scene.mention("check disk space on `web-server-01`"));
        PostedMessage card = scene.general.awaitReply(asked, "check_disk_space");
        assertThat(card.threadTs()).contains(asked.ts());
        assertThat(card.author()).isEqualTo(scene.ops.bot());
    }

    @Test
    void aThreadGoesOnWithoutAnotherMention() {
        PostedMessage asked = scene.alice.says(scene.general, scene.mention("restart nginx"));
        scene.general.awaitReply(asked, "on which target");
        scene.alice.repliesTo(asked, "web-server-02");
        scene.general.awaitReply(asked, "restart_service");
        scene.bob.repliesTo(asked, "check disk space on web-server-01");
        scene.general.awaitReply(asked, "check_disk_space");
    }

    @Test
    void whatPeopleSayToEachOtherInTheThreadGetsNoWord() {
        PostedMessage asked = scene.alice.says(scene.general, scene.mention("restart nginx"));
        scene.general.awaitReply(asked, "on which target");
        scene.bob.repliesTo(asked, "I think we had that last week, let me look at the graphs");
        scene.bob.repliesTo(asked, "thanks!");
        scene.alice.repliesTo(asked, "hang on, somebody is at the door");
        scene.alice.repliesTo(asked, "web-server-02");
        scene.general.awaitReply(asked, "restart_service");
        assertThat(ours(asked)).isEqualTo(2);
    }

    @Test
    void stopInTheThreadStopsWhatRunsAndNeverMindDoesNot() throws InterruptedException {
        PostedMessage asked = scene.alice.says(scene.general, scene.mention("check disk space on web-server-01"));
        PostedMessage card = scene.general.awaitReply(asked, "check_disk_space");
        scene.bob.presses(card, SlackScene.approve(card)).orFail();
        scene.runner.arrived().started("web-server-01");
        scene.awaitAction(scene.general, "ops_cancel");
        scene.bob.repliesTo(asked, "never mind");
        scene.bob.repliesTo(asked, "check disk space on web-server-02");
        scene.general.awaitMessage(message ->
                message.rootTs().equals(asked.ts()) && message.allText().contains("web-server-02"));
        assertThat(scene.general.thread(asked.ts()))
                .noneMatch(message -> message.allText().contains("Cancelled"));
        scene.alice.repliesTo(asked, "stop!");
        scene.general.awaitReply(asked, " cancelled it");
    }

    @Test
    void aChannelsTalkOutsideOurThreadsIsNotOurs() {
        scene.alice.says(scene.general, "restart nginx on web-server-01");
        PostedMessage other = scene.alice.says(scene.general, "lunch?");
        scene.bob.repliesTo(other, "restart nginx on web-server-01");
        PostedMessage asked = scene.alice.says(scene.general, scene.mention("help"));
        scene.general.awaitReply(asked, "disk");
        assertThat(scene.general.messages().stream()
                        .filter(message -> message.author().isBot())
                        .filter(message -> !message.rootTs().equals(asked.ts())))
                .isEmpty();
    }

    @Test
    void aDirectTalkIsAnsweredWithoutAThread() {
        PostedMessage asked = scene.alice.saysTo(scene.ops, "check disk space on web-server-01");
        PostedMessage card = asked.channel().awaitText("check_disk_space");
        assertThat(card.threadTs()).isEmpty();
        assertThat(scene.runnerAskedBy(scene.alice)).isTrue();
    }

    @Test
    void aMentionTwiceIsAnsweredOnce() {
        PostedMessage asked = scene.alice.says(scene.general, scene.mention("check disk space on web-server-01"));
        scene.general.awaitReply(asked, "check_disk_space");
        scene.slack.deliveries().repeat(scene.slack.deliveries().await("app_mention"));
        scene.slack.deliveries().repeat(scene.slack.deliveries().await("message"));
        scene.alice.repliesTo(asked, scene.mention("help"));
        scene.general.awaitReply(asked, "restart");
        assertThat(cards(asked)).isEqualTo(1);
    }

    @Test
    void aCommandIsSaidInTheChannelAndAnsweredBelow() {
        scene.alice
                .runs(scene.app, scene.general, "/ops", "check disk space on web-server-01")
                .orFail();
        PostedMessage said = scene.general.awaitText("asked: check disk space on web-server-01");
        assertThat(said.text()).startsWith(scene.alice.mention());
        scene.general.awaitReply(said, "check_disk_space");
    }

    @Test
    void aCommandWithoutWordsIsAnsweredInPrivate() {
        scene.alice.runs(scene.app, scene.general, "/ops", "").orFail();
        assertThat(scene.general.awaitEphemeral(scene.alice, "How to ask").allText())
                .contains("check disk space on web-server-01");
        scene.bob.runs(scene.app, scene.general, "/ops", "help").orFail();
        scene.general.awaitEphemeral(scene.bob, "How to ask");
        assertThat(scene.general.messages()).isEmpty();
    }

    @Test
    void aCommandWhereWeAreNotIsAnsweredWithHowToInviteUs() {
        Channel elsewhere = scene.acme.privateChannel("elsewhere", scene.alice);
        scene.alice
                .runs(scene.app, elsewhere, "/ops", "check disk space on web-server-01")
                .orFail();
        elsewhere.awaitEphemeral(scene.alice, "/invite");
        Channel two = scene.acme.direct(scene.alice, scene.bob);
        scene.alice
                .runs(scene.app, two, "/ops", "check disk space on web-server-01")
                .orFail();
        two.awaitEphemeral(scene.alice, "direct message");
    }

    @Test
    void aMessageCanBeAskedAbout() {
        PostedMessage alert = scene.bob.says(scene.general, "web-server-01 has no space left");
        scene.alice.usesMessageShortcut(scene.app, alert, "ask").orFail();
        OpenView form = scene.alice.awaitView("Ask OpsConductor");
        scene.alice
                .submits(form, Map.of("ops_request", "check disk space on web-server-01"))
                .orFail();
        scene.general.awaitReply(alert, "asked: check disk space on web-server-01");
        scene.general.awaitReply(alert, "check_disk_space");
    }

    @Test
    void aRequestThatIsEditedIsNotTakenAgain() {
        PostedMessage asked = scene.alice.says(scene.general, scene.mention("check disk space on web-server-01"));
        scene.general.awaitReply(asked, "check_disk_space");
        scene.alice.edits(asked, scene.mention("restart nginx on web-server-02"));
        scene.general.awaitEphemeral(scene.alice, "as you first wrote it");
        scene.alice.edits(asked, scene.mention("restart nginx on web-server-01"));
        scene.alice.deletes(asked);
        PostedMessage next = scene.alice.says(scene.general, scene.mention("help"));
        scene.general.awaitReply(next, "restart");
        assertThat(cards(asked)).isEqualTo(1);
        assertThat(scene.general.ephemeralsOf(scene.alice)).hasSize(1);
    }

    @Test
    void wordsWithAFileCountAndAFileAloneIsTold() {
        PostedMessage asked = scene.alice.shares(
                scene.general,
                scene.mention("check disk space on web-server-01"),
                "df.txt",
                "full".getBytes(StandardCharsets.UTF_8));
        scene.general.awaitReply(asked, "check_disk_space");
        Channel direct = scene.alice.saysTo(scene.ops, "help").channel();
        direct.awaitText("restart");
        scene.alice.shares(direct, "", "df.txt", "full".getBytes(StandardCharsets.UTF_8));
        direct.awaitEphemeral(scene.alice, "not files");
    }

    @Test
    void whatIsTooLongIsToldInPrivate() {
        scene.alice.says(scene.general, scene.mention("check disk space on web-server-01 " + "x".repeat(4_500)));
        scene.general.awaitEphemeral(scene.alice, "at most 4000");
    }

    @Test
    void theAssistantPaneWelcomesSuggestsAndShowsThatItLooks() {
        AssistantThread pane = scene.alice.opensAssistant(scene.ops, scene.general);
        pane.channel().awaitText("Tell me what to look at");
        scene.awaitTrue(() -> !pane.prompts().isEmpty());
        PostedMessage asked = pane.says("check disk space on web-server-01");
        pane.channel().awaitReply(asked, "check_disk_space");
        assertThat(pane.statuses()).contains(Talk.AT_WORK);
    }

    @Test
    void weSayHelloOnceInAChannel() {
        Channel fresh = scene.acme.channel("fresh", scene.alice);
        scene.alice.invites(fresh, scene.ops.bot());
        fresh.awaitText("mention me");
        scene.alice.removes(fresh, scene.ops.bot());
        scene.alice.invites(fresh, scene.ops.bot());
        PostedMessage asked = scene.alice.says(fresh, scene.mention("help"));
        fresh.awaitReply(asked, "restart");
        assertThat(fresh.messages().stream().filter(message -> message.allText().contains("mention me")))
                .hasSize(1);
    }

    @Test
    void whatWasHalfWayIsAnsweredOnceAfterARestart() throws InterruptedException {
        CountDownLatch latch = new CountDownLatch(1);
        scene.runner.holdPreviews(latch);
        PostedMessage asked = scene.alice.says(scene.general, scene.mention("check disk space on web-server-01"));
        scene.runner.previewAsked();
        scene.stop();
        latch.countDown();
        scene.startAgain();
        scene.general.awaitReply(asked, "check_disk_space");
        assertThat(cards(asked)).isEqualTo(1);
    }

    private long cards(PostedMessage asked) {
        return scene.general.thread(asked.rootTs()).stream()
                .filter(message -> message.actionIds().stream().anyMatch(id -> id.startsWith("ops_approve")))
                .count();
    }

    private long ours(PostedMessage asked) {
        return scene.general.thread(asked.rootTs()).stream()
                .filter(message -> message.author().isBot())
                .count();
    }
}
