package io.opsconductor.chat.slack.handle;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.chat.act.Act;
import io.opsconductor.chat.arrival.Arrival;
import io.opsconductor.chat.slack.act.ActButtons;
import io.opsconductor.counterpart.slack.Channel;
import io.opsconductor.counterpart.slack.Person;
import io.opsconductor.counterpart.slack.PostedMessage;
import io.opsconductor.json.Json;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlackHostileTest {
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
    void anotherProgramIsNotAnswered() {
        Person other = scene.acme.install(scene.slack.addApp("Other")).bot();
        scene.general.withMember(other);
        other.says(scene.general, scene.mention("restart nginx on web-server-01"));
        PostedMessage asked = answerSomebody();
        other.repliesTo(asked, "restart nginx on web-server-01");
        answerSomebody();
        assertThat(scene.runnerAskedBy(other)).isFalse();
        assertThat(scene.general.ephemeralsOf(other)).isEmpty();
    }

    @Test
    void ourOwnWordsAreNotTaken() {
        scene.ops.bot().says(scene.general, scene.mention("restart nginx on web-server-01"));
        answerSomebody();
        assertThat(scene.runnerAskedBy(scene.ops.bot())).isFalse();
    }

    @Test
    void aMentionInsideCodeIsNone() {
        scene.alice.says(scene.general, "write `" + scene.mention("restart nginx on web-server-01") + "` to ask");
        answerSomebody();
        assertThat(scene.runnerAskedBy(scene.alice)).isFalse();
    }

    @Test
    void shellTricksInAMessageAreRefused() {
        PostedMessage asked =
                scene.alice.says(scene.general, scene.mention("check disk space on web-server-01 &amp;&amp; rm -rf /"));
        scene.general.awaitMessage(message ->
                message.rootTs().equals(asked.ts()) && message.author().isBot());
        assertThat(scene.runnerAskedBy(scene.alice)).isFalse();
    }

    @Test
    void aButtonOfAnotherConversationChangesNothing() {
        PostedMessage asked = scene.alice.says(scene.general, scene.mention("check disk space on web-server-01"));
        PostedMessage card = scene.general.awaitReply(asked, "check_disk_space");
        PostedMessage other = answerSomebody();
        String value = value(card, SlackScene.approve(card));
        presses(scene.bob, scene.general, other.ts(), other.ts(), "ops_approve", value);
        scene.general.awaitEphemeral(scene.bob, "does not belong");
        assertThat(scene.runner.executions()).isZero();
    }

    @Test
    void anInventedPlanOrExecutionIsAnsweredAndChangesNothing() {
        PostedMessage asked = answerSomebody();
        for (Act act : new Act[] {
            new Act.Approve("a0000000000000000", "sha256:0"),
            new Act.Deny("a0000000000000000", "sha256:0"),
            new Act.Edit("a0000000000000000", "sha256:0"),
            new Act.Withdraw("' or 1=1 --"),
            new Act.BreakGlass("a0000000000000000"),
            new Act.Cancel("x0000000000000000"),
            new Act.RunAgain("x0000000000000000", true),
            new Act.FullOutput("x0000000000000000", 0, "web-server-01")
        }) {
            presses(scene.bob, scene.general, asked.ts(), asked.ts(), ActButtons.id(act, 0), ActButtons.value(act));
        }
        scene.awaitTrue(() -> scene.general.ephemeralsOf(scene.bob).size() == 8);
        assertThat(scene.runner.executions()).isZero();
        answerSomebody();
    }

    @Test
    void anotherDigestThanTheCardsApprovesNothing() {
        PostedMessage asked = scene.alice.says(scene.general, scene.mention("check disk space on web-server-01"));
        PostedMessage card = scene.general.awaitReply(asked, "check_disk_space");
        String value = value(card, SlackScene.approve(card)).replaceAll("sha256:[0-9a-f]+", "sha256:0");
        presses(scene.bob, scene.general, card.ts(), asked.ts(), "ops_approve", value);
        scene.general.awaitEphemeral(scene.bob, "digest differs");
        assertThat(scene.runner.executions()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "null",
                "[]",
                "{\"act\":\"approve\"}",
                "{\"act\":\"approve\",\"approval\":null,\"digest\":null}",
                "{\"act\":\"say\"}",
                "{\"act\":\"cancel\",\"execution\":[1]}",
                "{\"act\":\"run_again\",\"execution\":\"x\"}",
                "{\"act\":\"reboot\"}",
            })
    void aValueThatIsNoActIsAnsweredAndDoesNothing(String value) {
        PostedMessage asked = answerSomebody();
        presses(scene.bob, scene.general, asked.ts(), asked.ts(), "ops_approve", value);
        scene.general.awaitEphemeral(scene.bob, "do not know this button");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"message\"}",
                "{\"type\":\"app_mention\",\"channel\":7,\"user\":{},\"text\":[]}",
                "{\"type\":\"message\",\"subtype\":\"message_changed\",\"channel\":\"C1\",\"message\":\"x\"}",
                "{\"type\":\"app_home_opened\"}",
                "{\"type\":\"app_home_opened\",\"user\":\"U1\",\"tab\":\"home\"}",
                "{\"type\":\"assistant_thread_started\",\"assistant_thread\":[]}",
                "{\"type\":\"member_joined_channel\"}",
                "{\"type\":\"channel_archive\",\"channel\":{}}",
                "{\"type\":\"user_change\",\"user\":\"U1\"}",
                "{\"type\":\"no_such_event\"}",
            })
    void anEventThatLacksWhatItMustHaveIsPassedOver(String event) {
        int status = scene.slack
                .post(scene.app, scene.address())
                .json("{\"type\":\"event_callback\",\"event_id\":\"Ev"
                        + Integer.toHexString(event.hashCode()).toUpperCase(Locale.ROOT)
                        + "\",\"team_id\":\"" + scene.acme.id() + "\",\"api_app_id\":\"" + scene.app.id()
                        + "\",\"event\":" + event + "}")
                .send()
                .status();
        assertThat(status).isIn(200, 400);
        answerSomebody();
    }

    @Test
    void anArrivalForAWorkspaceThatIsNotInstalledIsPassedOver() throws InterruptedException {
        scene.handling()
                .handle(new Arrival(
                        "Ev1",
                        Arrival.Kind.EVENT,
                        "T0GONE",
                        "C1",
                        Json.tree("{\"event\":{\"type\":\"app_mention\"}}"),
                        Instant.EPOCH));
        answerSomebody();
    }

    @Test
    void aChannelThatIsArchivedIsQuietAndAnotherGoesOn() {
        PostedMessage asked = scene.alice.says(scene.general, scene.mention("check disk space on web-server-01"));
        scene.general.awaitReply(asked, "check_disk_space");
        scene.alice.archives(scene.general);
        Channel direct = scene.alice
                .saysTo(scene.ops, "check disk space on web-server-02")
                .channel();
        direct.awaitText("check_disk_space");
    }

    private PostedMessage answerSomebody() {
        PostedMessage asked = scene.alice.says(scene.general, scene.mention("help"));
        scene.general.awaitReply(asked, "restart");
        return asked;
    }

    private void presses(Person person, Channel channel, String ts, String threadTs, String action, String value) {
        scene.presses(person, channel, ts, threadTs, action, value);
    }

    private static String value(PostedMessage message, String action) {
        for (var block : message.blocks()) {
            for (var element : block.path("elements")) {
                if (element.path("action_id").asText().equals(action)) {
                    return element.path("value").asText();
                }
            }
        }
        throw new AssertionError("no " + action);
    }
}
