package io.opsconductor.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.chat.arrival.Arrival;
import io.opsconductor.counterpart.slack.Answer;
import io.opsconductor.counterpart.slack.Channel;
import io.opsconductor.counterpart.slack.Person;
import io.opsconductor.counterpart.slack.PostedMessage;
import io.opsconductor.counterpart.slack.SignedPost;
import io.opsconductor.json.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Http mode, with everything that can be wrong with a request. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlackHttpTest {
    private SlackHome slack;
    private Chatbot chatbot;
    private Person alice;
    private Channel general;

    @BeforeAll
    void start(@TempDir Path home) {
        slack = new SlackHome(home);
        chatbot = slack.start();
        alice = slack.acme.person("alice");
        general = slack.acme.channel("general", alice, slack.ops.bot());
    }

    @AfterAll
    void stop() {
        chatbot.close();
        slack.close();
    }

    private SignedPost post() {
        return slack.slack.post(slack.app, slack.events(chatbot));
    }

    private SignedPost event(String id) {
        return post().json(slack.event(id, "message"));
    }

    @Test
    void aSignedEventIsAcknowledgedAndWorkedOn() {
        Answer answer = event("Ev-good").send();
        assertThat(answer.status()).isEqualTo(200);
        Arrival arrival = slack.work.await("Ev-good");
        assertThat(arrival.kind()).isEqualTo(Arrival.Kind.EVENT);
        assertThat(arrival.team()).isEqualTo(slack.acme.id());
        assertThat(arrival.lane()).isEqualTo("C1");
        assertThat(arrival.body().at("/event/text").asText()).isEqualTo("help");
        assertThat(arrival.body().has("token")).isFalse();
    }

    @Test
    void slackVerifiesTheAddress() {
        assertThat(slack.slack.verifiesUrl(slack.app, slack.events(chatbot))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/slack/events", "/slack/interactivity", "/slack/commands"})
    void eachAddressTakesEverything(String path) {
        String id = "Ev-path-" + path.substring(7);
        Answer answer = slack.slack
                .post(slack.app, SlackHome.uri(chatbot, path))
                .json(slack.event(id, "app_mention"))
                .send();
        assertThat(answer.status()).isEqualTo(200);
        slack.work.await(id);
    }

    @Test
    void aWrongSignatureIsRefused() {
        assertThat(event("Ev-wrong").signedWith("another secret").send().status())
                .isEqualTo(401);
        assertThat(event("Ev-wrong").withSignature("v0=00").send().status()).isEqualTo(401);
        assertThat(event("Ev-wrong").withSignature("").send().status()).isEqualTo(401);
        assertThat(event("Ev-wrong").unsigned().send().status()).isEqualTo(401);
        assertThat(event("Ev-wrong").withTimestamp("yesterday").send().status()).isEqualTo(401);
        neverHandled("Ev-wrong");
    }

    @Test
    void anOldAndAFutureTimestampAreRefused() {
        for (Duration apart : List.of(Duration.ofSeconds(-330), Duration.ofSeconds(330), Duration.ofDays(400))) {
            Answer answer = event("Ev-time").at(Instant.now().plus(apart)).send();
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.json().at("/error/message").asText())
                    .isEqualTo("the request has no timestamp within five minutes of this clock");
        }
        neverHandled("Ev-time");
        assertThat(event("Ev-slow").at(Instant.now().minusSeconds(240)).send().status())
                .isEqualTo(200);
        assertThat(event("Ev-fast").at(Instant.now().plusSeconds(240)).send().status())
                .isEqualTo(200);
    }

    @Test
    void aReplayIsAcknowledgedAndNotWorkedOnAgain() {
        for (int i = 0; i < 3; i++) {
            assertThat(event("Ev-replay").send().status()).isEqualTo(200);
        }
        assertThat(event("Ev-replay").header("X-Slack-Retry-Num", "1").send().status())
                .isEqualTo(200);
        event("Ev-after-replay").send();
        slack.work.await("Ev-after-replay");
        assertThat(slack.work.count("Ev-replay")).isEqualTo(1);
        assertThat(slack.metric(chatbot, "opsconductor_slack_repetitions_total"))
                .isGreaterThanOrEqualTo(3);
        assertThat(slack.metric(chatbot, "opsconductor_slack_retries_total")).isGreaterThanOrEqualTo(1);
    }

    @Test
    void whatNothingHereWorksOnIsAcknowledgedAndDropped() {
        assertThat(post().json(slack.event("Ev-unknown", "emoji_changed"))
                        .send()
                        .status())
                .isEqualTo(200);
        assertThat(post().json("{\"type\":\"app_rate_limited\",\"team_id\":\"T1\"}")
                        .send()
                        .status())
                .isEqualTo(200);
        assertThat(post().json("{\"type\":\"something_new\"}").send().status()).isEqualTo(200);
        assertThat(post().form(Map.of("ssl_check", "1", "token", "x")).send().status())
                .isEqualTo(200);
        neverHandled("Ev-unknown");
    }

    @Test
    void whatIsOfAnotherWorkspaceOrAppIsAcknowledgedAndDropped() {
        String event = slack.event("Ev-foreign", "message");
        assertThat(post().json(event.replace(slack.acme.id(), "T0FOREIGN"))
                        .send()
                        .status())
                .isEqualTo(200);
        neverHandled("Ev-foreign");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{}",
                "\"text\"",
                "{\"type\":\"event_callback\"}",
                "{\"type\":\"event_callback\",\"event\":null}",
                "{\"type\":\"event_callback\",\"event\":[]}",
                "{\"type\":\"event_callback\",\"event\":{}}",
                "{\"type\":\"event_callback\",\"event\":{\"type\":\"message\"}}",
                "{\"type\":\"event_callback\",\"event\":{\"type\":7}}",
                "{\"type\":{}}",
                "{type: event_callback}",
                "payload=",
                "payload=%7B",
                "payload=%zz",
                "payload=%7B%22type%22%3A%22block_actions%22%7D",
                "payload=%7B%22type%22%3A%22view_submission%22%7D",
                "payload=%7B%22type%22%3A%22message_action%22%7D",
                "command=%2Fops&text=x"
            })
    void aMalformedPayloadIsRefused(String body) {
        Answer json = post().bytes(body.getBytes(StandardCharsets.UTF_8), "application/json")
                .send();
        assertThat(json.status()).isIn(200, 400);
        if (!body.contains("event\":{\"type\":7") && !body.contains("\"event\":{}")) {
            assertThat(json.status()).as(body).isEqualTo(400);
            assertThat(json.json().path("error").asText()).isEqualTo("malformed_payload");
        }
    }

    @Test
    void deepNestingAndInvalidTextAreRefused() {
        String deep = "{\"type\":\"event_callback\",\"event\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}";
        assertThat(post().json(deep).send().status()).isEqualTo(400);
        assertThat(post().bytes(new byte[] {'{', (byte) 0xff, (byte) 0xfe, 0}, "application/json")
                        .send()
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aHugeBodyIsRefused() {
        for (int bytes : List.of(1024 * 1024 + 1, 1024 * 1024 + 300_000)) {
            Answer answer = post().bytes(new byte[bytes], "application/json").send();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.json().at("/error/message").asText())
                    .isEqualTo("the request's body is larger than 1048576 bytes");
        }
        assertThat(slack.work.handled()).noneMatch(arrival -> arrival.body().isEmpty());
    }

    @Test
    void otherMethodsAndPathsAreRefused() {
        assertThat(slack.get(slack.events(chatbot)).statusCode()).isIn(404, 405);
        assertThat(slack.get(SlackHome.uri(chatbot, "/slack/install")).statusCode())
                .isEqualTo(404);
        assertThat(slack.slack
                        .post(slack.app, SlackHome.uri(chatbot, "/slack/other"))
                        .json("{}")
                        .send()
                        .status())
                .isEqualTo(404);
    }

    @Test
    void whatPeopleDoArrives() {
        PostedMessage asked = alice.says(general, slack.ops.bot().mention() + " help");
        Arrival mention = slack.work.await(
                arrival -> arrival.body().at("/event/type").asText().equals("app_mention")
                        && arrival.lane().equals(general.id()));
        assertThat(mention.body().at("/event/ts").asText()).isEqualTo(asked.ts());

        alice.runs(slack.app, general, "/ops", "status").orFail();
        Arrival command = slack.work.await(arrival -> arrival.kind() == Arrival.Kind.COMMAND);
        assertThat(command.body().path("text").asText()).isEqualTo("status");
        assertThat(command.body().path("user_id").asText()).isEqualTo(alice.id());
        assertThat(command.lane()).isEqualTo(general.id());
        assertThat(command.body().has("token")).isFalse();
    }

    @Test
    void aFormWhoseMistakesAreNotFoundInTimeIsTakenWithinSlacksDeadline() {
        slack.work.findMistakes(Map.of("reason", "say why"));
        slack.work.lookForEver();
        Answer taken = post().form(Map.of("payload", form("V2"))).send().orFail();
        slack.work.lookAtOnce();
        assertThat(taken.body()).isEmpty();
        slack.work.await("V2:1.x");
    }

    @Test
    void aFormWithMistakesIsAnsweredAndNotStored() {
        String form = form("V1");
        slack.work.findMistakes(Map.of("reason", "say why"));
        Answer refused = post().form(Map.of("payload", form)).send();
        assertThat(refused.status()).isEqualTo(200);
        assertThat(refused.json())
                .isEqualTo(Json.tree("{\"response_action\":\"errors\",\"errors\":{\"reason\":\"say why\"}}"));
        slack.work.findMistakes(Map.of());
        Answer taken = post().form(Map.of("payload", form)).send();
        assertThat(taken.status()).isEqualTo(200);
        assertThat(taken.body()).isEmpty();
        Arrival arrival = slack.work.await("V1:1.x");
        assertThat(arrival.kind()).isEqualTo(Arrival.Kind.SUBMISSION);
        assertThat(arrival.lane()).isEqualTo("U1");
        assertThat(slack.work.count("V1:1.x")).isEqualTo(1);
    }

    private String form(String view) {
        return "{\"type\":\"view_submission\",\"api_app_id\":\"%s\",\"team\":{\"id\":\"%s\"},\"user\":{\"id\":\"U1\"},"
                        .formatted(slack.app.id(), slack.acme.id())
                + "\"view\":{\"id\":\"%s\",\"hash\":\"1.x\",\"type\":\"modal\",\"app_installed_team_id\":\"%s\"}}"
                        .formatted(view, slack.acme.id());
    }

    @Test
    void healthSaysWhatIsServed() {
        JsonNode health = slack.health(chatbot);
        assertThat(health.path("ok").asBoolean()).isTrue();
        assertThat(health.path("detail").asText()).isEqualTo("1 workspace");
    }

    private void neverHandled(String id) {
        String last = id + "-after";
        event(last).send();
        slack.work.await(last);
        assertThat(slack.work.count(id)).isZero();
    }
}
