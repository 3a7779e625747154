package io.opsconductor.chat.slack.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.chat.act.Act;
import io.opsconductor.chat.slack.thread.SlackThread;
import io.opsconductor.counterpart.slack.Faults.Fault;
import io.opsconductor.counterpart.slack.PostedMessage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole outputs that people ask for come as files, once, whatever Slack and the process do. */
class SlackFileDeliveryTest {
    private static final String SHARE = "files.completeUploadExternal";
    private static final Act.FullOutput OUTPUT = new Act.FullOutput(Events.EXECUTION, 0, "web-server-01");

    @TempDir
    Path home;

    private Scene scene;
    private SlackThread thread;

    @BeforeEach
    void start() {
        scene = Scene.quick(home);
        thread = scene.thread();
        scene.append(thread, Events.result(Events.succeeded("web-server-01", "42% used")));
        scene.awaitTold(thread);
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void anOutputComesOnceForEachPress() {
        assertThat(bring("press-1")).isTrue();
        scene.await("the file", () -> files().size() == 1);
        assertThat(bring("press-1")).isTrue();
        assertThat(bring("press-2")).isTrue();
        scene.await("the second file", () -> files().size() == 2);
        afterward();
        assertThat(files()).hasSize(2);
    }

    @Test
    void whatIsNotThereIsNotPromised() {
        Act.FullOutput elsewhere = new Act.FullOutput(Events.EXECUTION, 0, "web-server-02");
        assertThat(scene.delivery().bring("press-1", thread.conversation(), elsewhere))
                .isFalse();
    }

    @Test
    void aFileWhoseSharingIsInDoubtWhenTheProcessEndsIsNotSharedAgain() {
        scene.slack.faults().next(SHARE, new Fault.DoneWithoutAnswer());
        scene.slack.faults().next("files.info", 1_000, new Fault.Status(500));
        bring("press-1");
        scene.await("the doubt", () -> scene.slack.faults().left("files.info") < 1_000);
        scene.stop();
        scene.slack.faults().clear();
        scene.startAgain();
        afterward();
        assertThat(files()).hasSize(1);
    }

    @Test
    void aFileThatWasNotSharedWhenTheProcessEndedIsSharedAfterTheStart() {
        scene.slack.faults().next(SHARE, 1_000, new Fault.Status(500));
        bring("press-1");
        scene.await("the failures", () -> scene.slack.faults().left(SHARE) < 998);
        scene.stop();
        scene.slack.faults().clear();
        scene.startAgain();
        scene.await("the file", () -> files().size() == 1);
        afterward();
        assertThat(files()).hasSize(1);
    }

    @Test
    void aFileThatSlackDoesNotTakeIsSpokenOfAndHoldsUpNothing() {
        scene.slack.faults().next("files.getUploadURLExternal", 10, new Fault.Refused("file_uploads_disabled"));
        bring("press-1");
        afterward();
        assertThat(scene.texts(thread))
                .anySatisfy(text -> assertThat(text).contains("does not take the file", "file uploads disabled"));
        assertThat(files()).isEmpty();
    }

    private boolean bring(String arrival) {
        return scene.delivery().bring(arrival, thread.conversation(), OUTPUT);
    }

    private List<PostedMessage> files() {
        return scene.replies(thread).stream()
                .filter(message -> !message.fileIds().isEmpty())
                .toList();
    }

    /** What is told in a thread is told in turn: once nothing waits and the next thing is told, all before it is. */
    private void afterward() {
        scene.await(
                "nothing that was asked for waits",
                () -> scene.database()
                        .query("select arrival from slack_output", row -> "one")
                        .isEmpty());
        scene.append(thread, ChatEvent.Message.ours("and on we go"));
        scene.awaitTold(thread);
    }
}
