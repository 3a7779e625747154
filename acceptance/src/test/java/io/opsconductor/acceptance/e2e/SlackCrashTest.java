package io.opsconductor.acceptance.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.acceptance.product.InSlack;
import io.opsconductor.counterpart.slack.PostedMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 while Slack waits: nothing lost, nothing doubled, nothing run twice, and the thread is told the truth. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlackCrashTest {
    private InSlack slack;
    private SlowWork work;

    @BeforeAll
    void start(@TempDir Path home, @TempDir Path tools, @TempDir Path traces) throws IOException {
        work = SlowWork.in(tools, traces, 6);
        slack = InSlack.start(
                home, InSlack.Transport.HTTP, List.of("alice", "bob", "carol"), "--tools", tools.toString());
    }

    @AfterAll
    void stop() {
        slack.close();
    }

    @Test
    void aKilledChatbotTellsTheResultOnceAndAnswersOnceWhatItHadTakenAndWhatItMissed() throws IOException {
        int before = work.lines().size();
        SlackThread running = approveSlowWork();
        SlackThread taken = SlackThread.ask(slack, "alice", "uptime on web-server-01");
        slack.slack()
                .deliveries()
                .await(
                        "mention",
                        delivery -> delivery.type().equals("app_mention")
                                && delivery.payload()
                                        .at("/event/ts")
                                        .asText()
                                        .equals(taken.asked().ts()))
                .awaitAcknowledged(Duration.ofSeconds(60));
        slack.product().kill("chatbot");
        slack.slack()
                .deliveries()
                .retryAfter(Collections.nCopies(60, Duration.ofSeconds(1)).toArray(Duration[]::new));
        SlackThread missed = SlackThread.ask(slack, "alice", "uptime on web-server-02");
        assertThat(slack.product().up().exitCode()).isZero();

        PostedMessage result = running.awaitResult("Succeeded");
        assertThat(running.awaitOutput("web-server-01")).contains("started").contains("finished");
        running.awaitText(running.cards().getFirst(), "Succeeded");
        assertThat(ranSince(before)).containsExactly("started", "finished");
        assertToldOnce(running, result);
        for (SlackThread asked : List.of(taken, missed)) {
            asked.awaitCard();
            assertThat(cardsOnceAnotherAnswerCame(asked)).hasSize(1);
        }
        assertThat(slack.product().launcher("audit", "verify").exitCode()).isZero();
    }

    @Test
    void aRunnerKilledInTheMiddleLeavesAnUnknownOutcomeAndTheThreadSaysSo() throws IOException {
        int before = work.lines().size();
        SlackThread thread = approveSlowWork();
        slack.product().kill("runner");
        assertThat(slack.product().up().exitCode()).isZero();

        PostedMessage result = thread.awaitResult("Outcome unknown");
        assertThat(result.allText().toLowerCase(Locale.ROOT))
                .contains("web-server-01")
                .doesNotContain("succeeded");
        assertToldOnce(thread, result);

        SlackThread next = SlackThread.ask(slack, "alice", "uptime on web-server-01");
        next.press("alice", next.awaitCard(), "ops_approve");
        next.awaitResult("Succeeded");
        assertThat(ranSince(before)).containsOnlyOnce("started");
        assertThat(slack.product().launcher("audit", "verify").exitCode()).isZero();
    }

    private SlackThread approveSlowWork() {
        SlackThread thread = SlackThread.ask(slack, "alice", SlowWork.REQUEST);
        PostedMessage card = thread.awaitCard();
        thread.press("alice", card, "ops_approve");
        thread.awaitProgress("started");
        return thread;
    }

    private List<String> ranSince(int before) throws IOException {
        List<String> all = work.lines();
        return all.subList(before, all.size());
    }

    private void assertToldOnce(SlackThread thread, PostedMessage result) {
        assertThat(cardsOnceAnotherAnswerCame(thread)).hasSize(1);
        assertThat(thread.results()).containsExactly(result);
        assertThat(thread.answers().stream().filter(message -> message.text().startsWith("Output of ")))
                .hasSizeLessThanOrEqualTo(1);
    }

    /** What comes into a thread comes in order: after the answer to another question, nothing of before is missing. */
    private List<PostedMessage> cardsOnceAnotherAnswerCame(SlackThread thread) {
        slack.person("alice").repliesTo(thread.asked(), slack.bot().bot().mention() + " what can you do?");
        thread.awaitText("restart");
        return thread.cards();
    }
}
