package io.opsconductor.acceptance.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.acceptance.product.InSlack;
import io.opsconductor.counterpart.slack.PostedMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same job without a public address: the chatbot calls Slack, and Slack answers on web sockets. */
class SlackSocketModeTest {
    @TempDir
    Path home;

    @Test
    void aChangeIsAskedApprovedAndRunAlthoughAConnectionDrops() {
        try (InSlack slack = InSlack.start(home, InSlack.Transport.SOCKET, List.of("alice", "bob", "carol"))) {
            slack.slack().sockets().awaitConnections(slack.app(), 2);
            SlackThread thread = SlackThread.ask(slack, "alice", "restart nginx on web-server-01");
            PostedMessage card = thread.awaitCard();

            slack.slack().sockets().drop(slack.app());
            thread.press("bob", card, "ops_approve");
            thread.awaitResult("Succeeded");
            thread.awaitText(card, "Succeeded");
            // It takes about a second; Slack's own patience with a delivery is three.
            slack.slack()
                    .await(
                            "two web sockets again",
                            Duration.ofSeconds(20),
                            () -> slack.slack().sockets().connections(slack.app()) == 2);

            slack.slack().sockets().refresh(slack.app());
            SlackThread next = SlackThread.ask(slack, "alice", "uptime on all web servers");
            next.press("alice", next.awaitCard(), "ops_approve");
            next.awaitResult("Succeeded");
            assertThat(thread.results()).hasSize(1);
        }
    }
}
