package io.opsconductor.chat.slack.handle;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.chat.slack.people.AdmissionRules;
import io.opsconductor.counterpart.slack.Channel;
import io.opsconductor.counterpart.slack.Faults;
import io.opsconductor.counterpart.slack.Person;
import io.opsconductor.counterpart.slack.PostedMessage;
import io.opsconductor.counterpart.slack.Workspace;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlackIdentityTest {
    private static final AdmissionRules CLOSED = new AdmissionRules(false, false, Set.of(), Set.of());

    @TempDir
    Path home;

    private @Nullable SlackScene open;

    private SlackScene scene(AdmissionRules rules) {
        SlackScene scene = SlackScene.start(home, rules);
        open = scene;
        return scene;
    }

    @AfterEach
    void stop() {
        if (open != null) {
            open.close();
        }
    }

    @Test
    void aGuestIsToldWhyAtMostOnceAnHourInAPlace() {
        SlackScene scene = scene(CLOSED);
        Person guest = scene.acme.person("gus").asGuest();
        scene.general.withMember(guest);
        scene.bob.says(scene.general, "hello");
        guest.says(scene.general, scene.mention("restart nginx on web-server-01"));
        scene.general.awaitEphemeral(guest, "guests");
        guest.says(scene.general, scene.mention("restart nginx on web-server-01"));
        answerSomebody(scene);
        assertThat(scene.general.ephemeralsOf(guest)).hasSize(1);
        assertThat(scene.runnerAskedBy(guest)).isFalse();
    }

    @Test
    void aGuestMayWhenASettingSaysSo() {
        SlackScene scene = scene(new AdmissionRules(true, false, Set.of(), Set.of()));
        Person guest = scene.acme.person("gus").asGuest();
        scene.general.withMember(guest);
        PostedMessage asked = guest.says(scene.general, scene.mention("check disk space on web-server-01"));
        scene.general.awaitReply(asked, "check_disk_space");
    }

    @Test
    void aStrangerHasNoVoiceAndIsToldSo() {
        SlackScene scene = scene(CLOSED);
        Person stranger = stranger(scene);
        stranger.says(scene.general, scene.mention("check disk space on web-server-01"));
        scene.general.awaitEphemeral(stranger, "another one");
        assertThat(scene.runnerAskedBy(stranger)).isFalse();
    }

    @Test
    void aStrangerWhoMaySpeakIsOfTheirOwnWorkspace() throws InterruptedException {
        SlackScene scene = scene(new AdmissionRules(false, true, Set.of(), Set.of()));
        Person stranger = stranger(scene);
        PostedMessage asked = stranger.says(scene.general, scene.mention("check disk space on web-server-01"));
        scene.general.awaitReply(asked, "check_disk_space");
        assertThat(scene.runner.previewAsked().actorId())
                .isEqualTo("slack:" + stranger.workspace().id() + "/" + stranger.id());
    }

    @Test
    void aStrangersPressCountsForNothing() {
        SlackScene scene = scene(CLOSED);
        Person stranger = stranger(scene);
        PostedMessage asked = scene.alice.says(scene.general, scene.mention("check disk space on web-server-01"));
        PostedMessage card = scene.general.awaitReply(asked, "check_disk_space");
        stranger.presses(card, SlackScene.approve(card)).orFail();
        scene.general.awaitEphemeral(stranger, "another one");
        assertThat(scene.runner.executions()).isZero();
    }

    @Test
    void aDeactivatedPersonHasNoVoice() {
        SlackScene scene = scene(CLOSED);
        PostedMessage asked = scene.alice.says(scene.general, scene.mention("check disk space on web-server-01"));
        PostedMessage card = scene.general.awaitReply(asked, "check_disk_space");
        Person former = scene.acme.person("fred");
        scene.general.withMember(former);
        former.deactivate();
        former.presses(card, SlackScene.approve(card));
        answerSomebody(scene);
        assertThat(scene.runner.executions()).isZero();
    }

    @Test
    void whenSlackCannotBeAskedWhoSomebodyIsNothingIsDone() {
        SlackScene scene = scene(CLOSED);
        PostedMessage asked = scene.alice.says(scene.general, scene.mention("check disk space on web-server-01"));
        PostedMessage card = scene.general.awaitReply(asked, "check_disk_space");
        scene.slack.faults().next("users.info", 2, new Faults.Fault.Status(500));
        scene.bob.presses(card, SlackScene.approve(card)).orFail();
        scene.general.awaitEphemeral(scene.bob, "try again");
        assertThat(scene.runner.executions()).isZero();
        scene.bob.presses(card, SlackScene.approve(card)).orFail();
        scene.awaitTrue(() -> scene.runner.executions() == 1);
    }

    @Test
    void aChannelThatIsNotListedIsNotAnswered() {
        SlackScene scene = scene(new AdmissionRules(false, false, Set.of(), Set.of("C0LISTED")));
        scene.alice.says(scene.general, scene.mention("check disk space on web-server-01"));
        scene.general.awaitEphemeral(scene.alice, "in this channel");
        Channel direct = scene.alice
                .saysTo(scene.ops, "check disk space on web-server-01")
                .channel();
        direct.awaitText("check_disk_space");
    }

    @Test
    void aWorkspaceThatIsNotListedIsNotAnswered() {
        SlackScene scene = scene(new AdmissionRules(false, false, Set.of("T0LISTED"), Set.of()));
        scene.alice.says(scene.general, scene.mention("check disk space on web-server-01"));
        scene.general.awaitEphemeral(scene.alice, "in this workspace");
    }

    private static Person stranger(SlackScene scene) {
        Workspace other = scene.slack.addWorkspace("Other");
        Person stranger = other.person("zoe");
        scene.general.shareWith(other);
        scene.general.withMember(stranger);
        return stranger;
    }

    /** What came before is worked on when somebody is answered: a channel's messages go in order. */
    private static void answerSomebody(SlackScene scene) {
        PostedMessage asked = scene.alice.says(scene.general, scene.mention("help"));
        scene.general.awaitReply(asked, "restart");
    }
}
