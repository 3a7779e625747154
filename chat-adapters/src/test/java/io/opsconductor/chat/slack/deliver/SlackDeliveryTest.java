package io.opsconductor.chat.slack.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.chat.slack.thread.SlackThread;
import io.opsconductor.counterpart.slack.Channel;
import io.opsconductor.counterpart.slack.Faults.Fault;
import io.opsconductor.counterpart.slack.PostedMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlackDeliveryTest {
    private static final String POST = "chat.postMessage";
    private static final String REPLIES = "conversations.replies";

    @TempDir
    Path folder;

    private Scene scene;

    @BeforeEach
    void start() {
        scene = Scene.quick(folder);
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void whatIsSaidComesIntoTheThreadInOrder() {
        SlackThread thread = scene.thread();
        List<String> said =
                IntStream.range(0, 20).mapToObj(number -> "number " + number).toList();
        said.forEach(text -> scene.append(thread, ChatEvent.Message.ours(text)));
        scene.awaitTold(thread);
        assertThat(scene.texts(thread)).containsExactlyElementsOf(said);
    }

    @Test
    void aNoticeComesIntoTheChannelItselfAndIntoNoThread() {
        SlackThread notices = scene.threads().open(scene.team.id(), scene.channel.id(), "", SlackThread.Kind.CHANNEL);
        scene.append(notices, ChatEvent.Message.ours("BREAK GLASS: alice runs this alone."));
        scene.awaitTold(notices);
        PostedMessage told = scene.channel.awaitText("BREAK GLASS: alice runs this alone.");
        assertThat(told.isReply()).isFalse();
    }

    @Test
    void aUsersOwnMessageIsNotRepeatedAndOneFromElsewhereIs() {
        SlackThread thread = scene.thread();
        stored("m1", "slack:" + thread.team() + ":" + thread.channel() + ":" + thread.threadTs(), thread);
        stored("m2", "web:17", thread);
        String alice = "slack:" + thread.team() + "/" + scene.alice.id();
        scene.append(
                thread,
                new ChatEvent.Message("alice", alice, "typed here", "m1", List.of(), null),
                new ChatEvent.Message("carol", "web:carol", "typed <there>", "m2", List.of(), null),
                ChatEvent.Message.ours("an answer"));
        scene.awaitTold(thread);
        assertThat(scene.texts(thread)).containsExactly("carol: typed &lt;there&gt;", "an answer");
    }

    private void stored(String id, String platformEvent, SlackThread thread) {
        scene.database()
                .change(
                        "insert into message (id, platform_event, conversation, sender, text, at, status)"
                                + " values (?, ?, ?, 'web:carol', 'x', '2026-01-01T00:00:00Z', 'handled')",
                        id,
                        platformEvent,
                        thread.conversation());
    }

    @Test
    void aPostWhoseAnswerIsMissingIsNotDoubled() {
        SlackThread thread = scene.thread();
        scene.slack.faults().next(POST, new Fault.DoneWithoutAnswer());
        scene.append(thread, ChatEvent.Message.ours("one"), ChatEvent.Message.ours("two"));
        scene.awaitTold(thread);
        assertThat(scene.texts(thread)).containsExactly("one", "two");
    }

    @Test
    void aPostThatNeverArrivedIsMadeAgain() {
        SlackThread thread = scene.thread();
        scene.slack.faults().next(POST, new Fault.Status(500));
        scene.slack.faults().next(POST, new Fault.Refused("internal_error"));
        scene.append(thread, ChatEvent.Message.ours("one"), ChatEvent.Message.ours("two"));
        scene.awaitTold(thread);
        assertThat(scene.texts(thread)).containsExactly("one", "two");
    }

    @Test
    void aMissingAnswerIsAskedForUntilSlackCanBeAsked() {
        SlackThread thread = scene.thread();
        scene.slack.faults().next(POST, new Fault.DoneWithoutAnswer());
        scene.slack.faults().next(REPLIES, 7, new Fault.Status(503));
        scene.append(thread, ChatEvent.Message.ours("one"));
        scene.awaitTold(thread);
        assertThat(scene.texts(thread)).containsExactly("one");
        assertThat(scene.slack.faults().left(REPLIES)).isZero();
    }

    @Test
    void aCrashBetweenSendingAndPostedDoesNotDouble() {
        SlackThread thread = scene.thread();
        scene.slack.faults().next(POST, new Fault.DoneWithoutAnswer());
        scene.slack.faults().next(REPLIES, 1_000, new Fault.Status(503));
        scene.append(thread, ChatEvent.Message.ours("one"), ChatEvent.Message.ours("two"));
        scene.channel.awaitText("one");
        scene.stop();
        scene.slack.faults().clear();
        scene.startAgain();
        scene.awaitTold(thread);
        assertThat(scene.texts(thread)).containsExactly("one", "two");
    }

    @Test
    void aCrashBeforeTheCallLosesNothing() {
        SlackThread thread = scene.thread();
        scene.slack.faults().next(POST, new Fault.Silence(Duration.ofSeconds(30)));
        scene.append(thread, ChatEvent.Message.ours("one"), ChatEvent.Message.ours("two"));
        scene.await("the call", () -> scene.slack.faults().left(POST) == 0);
        scene.stop();
        scene.startAgain();
        scene.awaitTold(thread);
        assertThat(scene.texts(thread)).containsExactly("one", "two");
    }

    @Test
    void aRestartInTheMiddleGoesOnWhereItWas() {
        SlackThread thread = scene.thread();
        for (int number = 0; number < 30; number++) {
            scene.append(thread, ChatEvent.Message.ours("number " + number));
        }
        scene.channel.awaitText("number 3");
        scene.stop();
        scene.startAgain();
        scene.append(thread, ChatEvent.Message.ours("the end"));
        scene.awaitTold(thread);
        assertThat(scene.texts(thread)).hasSize(31).doesNotHaveDuplicates().startsWith("number 0", "number 1");
        assertThat(scene.texts(thread).getLast()).isEqualTo("the end");
    }

    @Test
    void aChannelThatWaitsHoldsUpNoOther() {
        SlackThread stuck = scene.thread();
        Channel other = scene.team.channel("other", scene.alice, scene.installation.bot());
        SlackThread free = scene.thread(other);
        scene.slack.faults().next(POST, new Fault.Silence(Duration.ofMillis(1_500)));
        scene.append(stuck, ChatEvent.Message.ours("late"));
        scene.await("the call", () -> scene.slack.faults().left(POST) == 0);
        scene.append(free, ChatEvent.Message.ours("at once"));
        other.awaitText("at once");
        assertThat(scene.texts(stuck)).isEmpty();
        scene.awaitTold(stuck);
        assertThat(scene.texts(stuck)).containsExactly("late");
    }

    @Test
    void aChannelThatIsGoneIsLeftAndTheAskerToldOnce() {
        SlackThread thread = scene.thread();
        scene.database()
                .change(
                        "insert into message (id, platform_event, conversation, sender, text, at, status)"
                                + " values ('m1', 'e1', ?, ?, 'x', '2026-01-01T00:00:00Z', 'handled')",
                        thread.conversation(),
                        "slack:" + thread.team() + "/" + scene.alice.id());
        scene.alice.archives(scene.channel);
        scene.append(thread, ChatEvent.Message.ours("never seen"));
        scene.append(thread, ChatEvent.Message.ours("nor this"));
        Channel direct = scene.team.direct(scene.alice, scene.installation.bot());
        PostedMessage told = direct.awaitText("<#" + thread.channel() + ">");
        assertThat(told.text()).contains("is archived").contains("What was approved goes on");
        scene.await("the end of it", () -> scene.threads().behind().isEmpty());
        assertThat(direct.messages()).hasSize(1);
        assertThat(scene.threads().deliveredSeq(thread.conversation())).isZero();
    }

    @Test
    void aTokenThatIsRefusedLosesTheWorkspaceAndNothingThatIsToBeTold() {
        SlackThread thread = scene.thread();
        scene.slack.faults().next(POST, new Fault.Refused("token_revoked"));
        scene.append(thread, ChatEvent.Message.ours("one"));
        scene.await("the loss", () -> !scene.installed.lost().isEmpty());
        assertThat(scene.installed.lost()).containsExactly("token_revoked");
        assertThat(scene.texts(thread)).isEmpty();
        scene.installed.add(scene.installation);
        scene.delivery().resume();
        scene.awaitTold(thread);
        assertThat(scene.texts(thread)).containsExactly("one");
    }

    @Test
    void whatSlackWillNotTakeIsWrittenPlainlyWithAllOfItInAFile() {
        SlackThread thread = scene.thread();
        scene.slack.faults().next(POST, new Fault.Refused("msg_blocks_too_long"));
        scene.append(thread, Events.plan("web:alice", List.of("web-server-01"), "df -h /srv/data"));
        scene.awaitTold(thread);
        PostedMessage card = scene.replies(thread).getFirst();
        assertThat(card.allText()).contains("The whole message is in the file below");
        assertThat(card.actionIds()).anyMatch(id -> id.startsWith("ops_approve"));
        assertThat(new String(scene.slack.awaitFile("message.txt").content(), java.nio.charset.StandardCharsets.UTF_8))
                .contains("df -h /srv/data");
    }
}
