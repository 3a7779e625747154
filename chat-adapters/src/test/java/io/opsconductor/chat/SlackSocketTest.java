package io.opsconductor.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.chat.arrival.Arrival;
import io.opsconductor.counterpart.slack.Channel;
import io.opsconductor.counterpart.slack.Deliveries;
import io.opsconductor.counterpart.slack.Faults;
import io.opsconductor.counterpart.slack.Person;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Socket Mode across everything that ends a web socket. */
class SlackSocketTest {
    @TempDir
    Path home;

    private SlackHome slack;
    private Person alice;
    private Channel general;

    @BeforeEach
    void start() {
        slack = new SlackHome(home);
        slack.setting("SLACK_MODE", "socket").withoutSecret("signing-secret");
        slack.app.deliverBySocketMode().subscribedTo("message.channels");
        slack.slack.limits().off();
        alice = slack.acme.person("alice");
        general = slack.acme.channel("general", alice, slack.ops.bot());
    }

    @AfterEach
    void stop() {
        slack.close();
    }

    private List<String> texts() {
        return slack.work.handled().stream()
                .map(arrival -> arrival.body().at("/event/text").asText())
                .toList();
    }

    private void awaitBothUp(Chatbot chatbot) {
        SlackHome.await(
                "two web sockets",
                () -> slack.health(chatbot).path("detail").asText().equals("1 workspace, 2 web sockets"));
    }

    @Test
    void everythingArrivesOverTwoWebSockets() {
        try (Chatbot chatbot = slack.start()) {
            slack.slack.sockets().awaitConnections(slack.app, 2);
            alice.says(general, "hello");
            slack.work.await(
                    arrival -> arrival.body().at("/event/text").asText().equals("hello"));
            alice.runs(slack.app, general, "/ops", "status").orFail();
            slack.work.await(arrival -> arrival.kind() == Arrival.Kind.COMMAND);
            awaitBothUp(chatbot);
            assertThat(slack.get(SlackHome.uri(chatbot, "/slack/events")).statusCode())
                    .isEqualTo(404);
        }
        slack.slack.sockets().awaitConnections(slack.app, 0);
    }

    @Test
    void nothingIsLostOrDoubledWhileWebSocketsBreakAndAreReplaced() {
        Deliveries deliveries = slack.slack.deliveries();
        deliveries.retryAfter(Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ofSeconds(3));
        try (Chatbot chatbot = slack.start()) {
            slack.slack.sockets().awaitConnections(slack.app, 2);
            for (int i = 0; i < 60; i++) {
                alice.says(general, "message " + i);
                if (i % 20 == 5) {
                    slack.slack.sockets().refresh(slack.app);
                } else if (i % 20 == 15) {
                    slack.slack.sockets().drop(slack.app);
                }
                if (i % 10 == 9) {
                    slack.slack.sockets().awaitConnections(slack.app, 2);
                }
            }
            deliveries.awaitQuiet(Duration.ofSeconds(20));
            SlackHome.await("all handled", () -> texts().stream().distinct().count() == 60);
            assertThat(texts())
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 60).mapToObj(i -> "message " + i).toList());
            assertThat(deliveries.all()).allMatch(delivery -> delivery.acknowledged());
            assertThat(chatbot.port()).isPositive();
        }
    }

    @Test
    void aWarnedWebSocketIsReplacedBeforeItGoes() {
        try (Chatbot chatbot = slack.setting("SLACK_CONNECTIONS", "1").start()) {
            slack.slack.sockets().awaitConnections(slack.app, 1);
            slack.slack.sockets().warn(slack.app);
            // The old one stays for what is under way.
            slack.slack.sockets().awaitConnections(slack.app, 2);
            slack.slack.sockets().awaitConnections(slack.app, 1);
            alice.says(general, "still there?");
            slack.work.await(
                    arrival -> arrival.body().at("/event/text").asText().equals("still there?"));
            assertThat(slack.health(chatbot).path("ok").asBoolean()).isTrue();
        }
    }

    @Test
    void aRefusedAppTokenIsSaidAndANewOneIsTakenWithoutARestart() {
        slack.secret("app-token", "xapp-1-nonsense");
        try (Chatbot chatbot = slack.start()) {
            SlackHome.await(
                    "refused",
                    () -> slack.health(chatbot)
                            .path("detail")
                            .asText()
                            .contains("Slack refuses the app token in file:" + home.resolve("slack/app-token")));
            slack.secret("app-token", slack.app.newAppToken());
            slack.slack.sockets().awaitConnections(slack.app, 2);
            SlackHome.await("healthy", () -> slack.health(chatbot).path("ok").asBoolean());
        }
    }

    @Test
    void itComesBackWhenSlackCouldNotBeReached() {
        slack.slack.faults().next("apps.connections.open", 3, new Faults.Fault.Status(500));
        try (Chatbot chatbot = slack.start()) {
            // One that goes before its hello counts as one more failure, and is tried again later.
            awaitBothUp(chatbot);
            slack.slack.sockets().dropAll(slack.app);
            slack.slack.sockets().awaitConnections(slack.app, 2);
            slack.slack.sockets().sendRaw(slack.app, "not json");
            slack.slack.sockets().sendRaw(slack.app, "{\"type\":\"events_api\"}");
            slack.slack.sockets().sendRaw(slack.app, "{\"type\":\"events_api\",\"envelope_id\":7,\"payload\":[1]}");
            alice.says(general, "and now?");
            slack.work.await(
                    arrival -> arrival.body().at("/event/text").asText().equals("and now?"));
            assertThat(chatbot.port()).isPositive();
        }
    }
}
