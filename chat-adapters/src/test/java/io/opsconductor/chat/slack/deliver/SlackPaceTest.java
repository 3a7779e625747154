package io.opsconductor.chat.slack.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.chat.deliver.Tempo;
import io.opsconductor.chat.slack.thread.SlackThread;
import io.opsconductor.counterpart.slack.Channel;
import io.opsconductor.counterpart.slack.Faults.Fault;
import io.opsconductor.counterpart.slack.PostedMessage;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlackPaceTest {
    @TempDir
    Path folder;

    @Test
    void manyPostsToOneChannelNeverMeetSlacksLimit() {
        try (Scene scene = Scene.atSlacksPace(folder)) {
            SlackThread thread = scene.thread();
            List<String> said =
                    IntStream.range(0, 8).mapToObj(number -> "number " + number).toList();
            scene.append(thread, said.stream().map(ChatEvent.Message::ours).toArray(ChatEvent[]::new));
            scene.awaitTold(thread);
            assertThat(scene.texts(thread)).containsExactlyElementsOf(said);
            assertThat(scene.limited()).isZero();
        }
    }

    @Test
    void retryAfterIsHonouredForTheWholeWorkspaceAndOrderKept() {
        try (Scene scene = Scene.quick(folder)) {
            SlackThread thread = scene.thread();
            Channel other = scene.team.channel("other", scene.alice, scene.installation.bot());
            SlackThread second = scene.thread(other);
            scene.slack.faults().next("chat.postMessage", new Fault.RateLimited(Duration.ofSeconds(1)));
            scene.append(thread, ChatEvent.Message.ours("one"), ChatEvent.Message.ours("two"));
            scene.await("the refusal", () -> scene.limited() == 1);
            scene.append(second, ChatEvent.Message.ours("elsewhere"));
            scene.awaitTold(thread);
            scene.awaitTold(second);
            assertThat(scene.texts(thread)).containsExactly("one", "two");
            assertThat(scene.limited()).isEqualTo(1);
            PostedMessage first = scene.replies(thread).getFirst();
            PostedMessage elsewhere = scene.replies(second).getFirst();
            BigDecimal asked = new BigDecimal(second.threadTs());
            assertThat(new BigDecimal(first.ts()).subtract(asked)).isGreaterThan(new BigDecimal("0.9"));
            assertThat(new BigDecimal(elsewhere.ts()).subtract(asked)).isGreaterThan(new BigDecimal("0.9"));
        }
    }

    @Test
    void progressOfManyExecutionsLeavesRoomForCards() {
        Tempo usual = Scene.QUICK;
        Tempo tempo = new Tempo(
                usual.postGap(),
                usual.burst(),
                usual.updateGap(),
                Duration.ofMillis(50),
                Duration.ofMillis(500),
                usual.firstProgress(),
                usual.heartbeat(),
                usual.settle(),
                usual.retryFirst(),
                usual.retryLast(),
                usual.turnGap(),
                usual.sweep(),
                usual.jitter());
        try (Scene scene = Scene.with(folder, tempo)) {
            scene.slack.limits().off();
            SlackThread first = scene.thread();
            SlackThread second = scene.thread();
            for (SlackThread thread : List.of(first, second)) {
                scene.append(
                        thread,
                        Events.plan("web:alice", List.of("web-server-01")),
                        Events.approved("web:bob", null),
                        Events.started("web-server-01"));
            }
            long began = System.nanoTime();
            for (int line = 0; line < 20; line++) {
                scene.show(first, Events.output("web-server-01", "line " + line + "\n"));
                scene.show(second, Events.output("web-server-01", "line " + line + "\n"));
            }
            scene.await(
                    "the newest lines",
                    () -> Stream.of(first, second)
                            .allMatch(thread -> scene.replies(thread).stream()
                                    .anyMatch(one -> one.allText().contains("line 19"))));
            long pauses = Duration.ofNanos(System.nanoTime() - began).dividedBy(tempo.teamProgressGap());
            int changes = scene.replies(first).getLast().versions().size()
                    + scene.replies(second).getLast().versions().size();
            // Two may come at once, and the first version of each was no change.
            assertThat((long) changes).isLessThanOrEqualTo(pauses + 2 + 2);
        }
    }
}
