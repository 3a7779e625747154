package io.opsconductor.chat.slack.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.chat.slack.thread.SlackThread;
import io.opsconductor.counterpart.slack.Channel;
import io.opsconductor.counterpart.slack.Faults.Fault;
import io.opsconductor.counterpart.slack.PostedMessage;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
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
}
