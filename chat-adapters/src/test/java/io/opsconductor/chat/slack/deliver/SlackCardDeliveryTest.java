package io.opsconductor.chat.slack.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.chat.slack.thread.SlackThread;
import io.opsconductor.counterpart.slack.Faults.Fault;
import io.opsconductor.counterpart.slack.Person;
import io.opsconductor.counterpart.slack.PostedMessage;
import io.opsconductor.counterpart.slack.StoredFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlackCardDeliveryTest {
    @TempDir
    Path folder;

    private Scene scene;
    private SlackThread thread;
    private String alice;
    private String bob;

    @BeforeEach
    void start() {
        scene = Scene.quick(folder);
        thread = scene.thread();
        alice = "slack:" + scene.team.id() + "/" + scene.alice.id();
        bob = "slack:" + scene.team.id() + "/" + scene.bob.id();
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    private PostedMessage shown(String... targets) {
        scene.append(thread, Events.plan(alice, List.of(targets)));
        scene.awaitTold(thread);
        return card();
    }

    private PostedMessage card() {
        return message(Telling.card(Events.APPROVAL));
    }

    private PostedMessage message(String name) {
        return scene.posts()
                .find(thread.conversation(), name)
                .flatMap(posted -> scene.channel.message(posted.ts()))
                .orElseThrow(() -> new AssertionError("no message " + name + " in\n" + scene.slack.dump()));
    }

    private static boolean offers(PostedMessage message, String act) {
        return message.actionIds().stream().anyMatch(id -> id.startsWith(act));
    }

    private static boolean names(PostedMessage message, Person person) {
        return message.blocks().toString().contains(person.id());
    }

    @Test
    void thePlanCardIsChangedInPlaceThroughEveryState() {
        PostedMessage card = shown("web-server-01");
        assertThat(offers(card, "ops_approve")).isTrue();
        assertThat(card.allText()).contains("df -h");

        scene.append(thread, Events.approved(alice, 1));
        scene.awaitTold(thread);
        assertThat(offers(card, "ops_approve")).isTrue();
        assertThat(names(card, scene.alice)).isTrue();

        scene.append(thread, Events.approved(bob, null));
        scene.awaitTold(thread);
        assertThat(offers(card, "ops_approve")).isFalse();
        assertThat(names(card, scene.bob)).isTrue();

        scene.append(thread, Events.started("web-server-01"), Events.finished("web-server-01", "42% used"));
        scene.append(thread, Events.result(Events.succeeded("web-server-01", "42% used")));
        scene.awaitTold(thread);
        assertThat(card.versions()).hasSize(4);
        assertThat(scene.replies(thread).getFirst().ts()).isEqualTo(card.ts());
    }

    @Test
    void aDenialShowsOnTheCardAndIsSaid() {
        PostedMessage card = shown("web-server-01");
        scene.append(
                thread,
                Events.decided("deny", bob, "not now", "denied"),
                new ChatEvent.Result(
                        null, Events.APPROVAL, "denied", "bob denied it (not now). Nothing was run.", List.of(), bob));
        scene.awaitTold(thread);
        assertThat(offers(card, "ops_approve")).isFalse();
        assertThat(names(card, scene.bob)).isTrue();
        assertThat(card.allText()).contains("not now");
        assertThat(scene.replies(thread)).hasSize(2);
    }

    @Test
    void endingsWithoutADecisionShowOnTheCard() {
        for (String ending : List.of("expired", "cancelled", "superseded")) {
            SlackThread own = scene.thread();
            scene.append(own, Events.plan(alice, List.of("web-server-01")));
            scene.awaitTold(own);
            scene.append(own, Events.decided(ending, ending.equals("expired") ? null : alice, "a reason", ending));
            scene.awaitTold(own);
            assertThat(scene.replies(own)).hasSize(1);
            assertThat(scene.replies(own).getFirst().versions()).as(ending).hasSize(2);
            assertThat(offers(scene.replies(own).getFirst(), "ops_approve"))
                    .as(ending)
                    .isFalse();
        }
    }

    @Test
    void aDeletedCardIsPostedAfresh() {
        PostedMessage card = shown("web-server-01");
        scene.alice.deletes(card);
        scene.append(thread, Events.approved(bob, null));
        scene.awaitTold(thread);
        PostedMessage fresh = card();
        assertThat(fresh.ts()).isNotEqualTo(card.ts());
        assertThat(names(fresh, scene.bob)).isTrue();
        assertThat(scene.replies(thread)).containsExactly(fresh);
    }

    @Test
    void aStaleCardIsSentAgainOnRequest() {
        PostedMessage card = shown("web-server-01");
        scene.delivery().refresh(Events.APPROVAL);
        // The approval is unknown to the store here, so nothing happens; with it, the card is sent again.
        approvalStored();
        scene.delivery().refresh(Events.APPROVAL);
        scene.await("another version", () -> card.versions().size() == 2);
        assertThat(card.versions().getLast().path("blocks").size())
                .isEqualTo(card.versions().getFirst().path("blocks").size());
    }

    private void approvalStored() {
        scene.database()
                .change(
                        "insert into approval (id, conversation, requester, tenant, summary, plan, plan_digest, preview,"
                                + " digest, state, expires_at, created_at, decided_by, decided_at)"
                                + " values (?, ?, ?, '', '', '', '', '', '', 'pending', '', '', '', '')",
                        Events.APPROVAL,
                        thread.conversation(),
                        alice);
    }

    @Test
    void progressIsOneMessageThatIsChangedNoFasterThanItsPaceAndBecomesTheSummary() {
        shown("web-server-01", "web-server-02");
        scene.append(thread, Events.approved(bob, null));
        scene.append(thread, Events.started("web-server-01"));
        scene.await(
                "progress",
                () -> scene.posts()
                        .find(thread.conversation(), Telling.progress(Events.EXECUTION))
                        .isPresent());
        PostedMessage progress = message(Telling.progress(Events.EXECUTION));
        long began = System.nanoTime();
        for (int line = 0; line < 200; line++) {
            scene.show(thread, Events.output("web-server-01", "line " + line + "\n"));
        }
        scene.await("the newest line", () -> progress.allText().contains("line 199"));
        scene.append(thread, Events.finished("web-server-01", "done"), Events.started("web-server-02"));
        scene.append(thread, Events.finished("web-server-02", "done"));
        scene.append(
                thread,
                Events.result(Events.succeeded("web-server-01", "done"), Events.succeeded("web-server-02", "done")));
        scene.awaitTold(thread);
        // The first, one for each pause, and the summary, which does not wait.
        long pauses = Duration.ofNanos(System.nanoTime() - began).dividedBy(Scene.QUICK.progressGap());
        assertThat((long) progress.versions().size()).isBetween(3L, pauses + 3);
        assertThat(message(Telling.progress(Events.EXECUTION)).ts()).isEqualTo(progress.ts());
        assertThat(offers(progress, "ops_run_again")).isTrue();
        assertThat(offers(progress, "ops_cancel")).isFalse();
    }

    @Test
    void progressGoesOnAfterARestart() {
        shown("web-server-01", "web-server-02");
        scene.append(thread, Events.approved(bob, null), Events.started("web-server-01"));
        scene.append(thread, Events.finished("web-server-01", "done"));
        scene.awaitTold(thread);
        PostedMessage progress = message(Telling.progress(Events.EXECUTION));
        scene.stop();
        scene.startAgain();
        int before = progress.versions().size();
        scene.append(thread, Events.started("web-server-02"));
        scene.await("a further version", () -> progress.versions().size() > before);
        assertThat(progress.allText()).contains("web-server-01").contains("web-server-02");
        assertThat(scene.replies(thread)).hasSize(2);
    }

    @Test
    void aResultWithoutProgressIsAMessageOfItsOwnAndToldOnceAcrossARestart() {
        shown("web-server-01");
        scene.slack.faults().next("chat.update", 40, new Fault.Status(500));
        scene.append(thread, Events.approved(bob, null), Events.result(Events.succeeded("web-server-01", "42% used")));
        scene.await("the failures", () -> scene.slack.faults().left("chat.update") < 38);
        scene.stop();
        scene.slack.faults().clear();
        scene.startAgain();
        scene.awaitTold(thread);
        List<PostedMessage> replies = scene.replies(thread);
        assertThat(replies)
                .filteredOn(one -> one.allText().contains("42% used"))
                .hasSize(1);
        assertThat(offers(message(Telling.progress(Events.EXECUTION)), "ops_run_again"))
                .isTrue();
    }

    @Test
    void longOutputComesAsAFile() {
        shown("web-server-01");
        String output = String.join(
                "\n", IntStream.range(0, 4_000).mapToObj(line -> "line " + line).toList());
        // The answer to the sharing gets lost: the file is not shared twice.
        scene.slack.faults().next("files.completeUploadExternal", new Fault.DoneWithoutAnswer());
        scene.append(thread, Events.approved(bob, null), Events.result(Events.succeeded("web-server-01", output)));
        scene.awaitTold(thread);
        List<StoredFile> files =
                scene.slack.files().stream().filter(StoredFile::complete).toList();
        assertThat(files).hasSize(1);
        assertThat(new String(files.getFirst().content(), StandardCharsets.UTF_8))
                .contains("line 0\n", "line 3999");
        assertThat(scene.replies(thread))
                .filteredOn(one -> !one.fileIds().isEmpty())
                .hasSize(1);
    }

    @Test
    void aPictureOfWhatTheOutputsSayIsSharedOnce() throws IOException {
        shown("web-server-01");
        scene.slack.faults().next("files.completeUploadExternal", new Fault.DoneWithoutAnswer());
        scene.append(thread, Events.approved(bob, null), Events.drawn(Events.succeeded("web-server-01", "0.4 ms")));
        scene.awaitTold(thread);
        List<StoredFile> files =
                scene.slack.files().stream().filter(StoredFile::complete).toList();
        assertThat(files).hasSize(1);
        assertThat(ImageIO.read(new ByteArrayInputStream(files.getFirst().content()))
                        .getWidth())
                .isEqualTo(1440);
        assertThat(scene.replies(thread))
                .filteredOn(one -> !one.fileIds().isEmpty())
                .hasSize(1);
        assertThat(message(Telling.progress(Events.EXECUTION)).allText()).contains("It answers.");
    }

    @Test
    void aLongPlanIsWhole() {
        String command = String.join(
                "; ", IntStream.range(0, 3_000).mapToObj(one -> "echo " + one).toList());
        scene.append(thread, Events.plan(alice, List.of("web-server-01"), command));
        scene.awaitTold(thread);
        String pages = String.join(
                "", scene.replies(thread).stream().map(PostedMessage::allText).toList());
        String files = String.join(
                "",
                scene.slack.files().stream()
                        .map(file -> new String(file.content(), StandardCharsets.UTF_8))
                        .toList());
        assertThat(pages + files).contains("echo 0;").contains("echo 2999");
    }
}
