package io.opsconductor.counterpart.slack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Events on their way to an app over HTTP: signatures, the envelope, who gets what, retries. */
final class DeliveryTest {
    private final SlackCounterpart slack = SlackCounterpart.start();
    private final AppUnderTest app = new AppUnderTest();
    private final Workspace acme = slack.addWorkspace("Acme");
    private final Person alice = acme.person("alice");
    private final SlackApp opsApp = slack.addApp("Ops").deliverTo(app.url());
    private final Installation ops = acme.install(opsApp);
    private final Channel general = acme.channel("general", alice, ops.bot());

    @AfterEach
    void stop() {
        app.close();
        slack.close();
    }

    @Test
    void theSignatureIsTheOneOfSlacksDocumentation() {
        // The example of https://docs.slack.dev/authentication/verifying-requests-from-slack.
        String body = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
                + "&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
                + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
                + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
        assertThat(Signature.of("8f742231b10e8888abcd99yyyzzz85a5", "1531420618", body.getBytes(UTF_8)))
                .isEqualTo("v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503");
    }

    @Test
    void anEventIsRetriedWithItsNumberAndReasonUntilItIsAcknowledged() {
        slack.deliveries().retryAfter(Duration.ZERO, Duration.ofMillis(5), Duration.ofMillis(5));
        opsApp.subscribedTo("message.channels");
        AtomicInteger attempts = new AtomicInteger();
        app.answer(received -> AppUnderTest.Reply.status(attempts.incrementAndGet() < 3 ? 500 : 200));

        alice.says(general, "hello");
        Delivery delivery = slack.deliveries().await("message").awaitFinished(Duration.ofSeconds(10));

        assertThat(delivery.attempts()).extracting(Answer::status).containsExactly(500, 500, 200);
        assertThat(app.all())
                .extracting(received -> received.header("X-slack-retry-num"))
                .containsExactly("", "1", "2");
        assertThat(app.all().get(1).header("X-slack-retry-reason")).isEqualTo("http_error");
        assertThat(app.all())
                .extracting(received -> received.json().path("event_id").asText())
                .containsOnly(delivery.eventId());
    }

    @Test
    void anEventIsGivenUpAfterThreeRetriesOrWhenTheAppAsksForIt() {
        slack.deliveries().retryAfter(Duration.ZERO, Duration.ZERO, Duration.ZERO);
        opsApp.subscribedTo("message.channels");
        app.answer(received -> AppUnderTest.Reply.status(500));
        alice.says(general, "one");
        assertThat(slack.deliveries()
                        .await("message")
                        .awaitFinished(Duration.ofSeconds(10))
                        .attempts())
                .hasSize(4);

        app.answer(received -> new AppUnderTest.Reply(500, "", Map.of("X-Slack-No-Retry", "1")));
        alice.says(general, "two");
        Delivery second = slack.deliveries()
                .await(
                        "second message",
                        delivery -> delivery.payload()
                                .path("event")
                                .path("text")
                                .asText()
                                .equals("two"));
        assertThat(second.awaitFinished(Duration.ofSeconds(10)).attempts()).hasSize(1);
    }

    @Test
    void anAnswerAfterThreeSecondsIsNone() {
        slack.deliveries().retryAfter();
        opsApp.subscribedTo("message.channels");
        CountDownLatch late = new CountDownLatch(1);
        app.answer(received -> {
            try {
                late.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return AppUnderTest.Reply.ok();
        });
        alice.says(general, "hello");
        Answer answer = slack.deliveries()
                .await("message")
                .awaitFinished(Duration.ofSeconds(10))
                .attempts()
                .get(0);
        late.countDown();

        assertThat(answer.problem()).isEqualTo("http_timeout");
        assertThat(answer.took()).isBetween(Duration.ofMillis(2_900), Duration.ofSeconds(6));
    }

    @Test
    void aTestMaySignWronglyOrNotAtAll() {
        slack.post(opsApp, app.url()).json("{}").unsigned().send();
        slack.post(opsApp, app.url()).json("{}").withSignature("v0=00").send();
        slack.post(opsApp, app.url()).json("{}").at(Instant.EPOCH).send();

        List<AppUnderTest.Received> received = app.all();
        assertThat(received.get(0).header("X-slack-signature")).isEmpty();
        assertThat(received.get(1).header("X-slack-signature")).isEqualTo("v0=00");
        assertThat(received.get(2).header("X-slack-request-timestamp")).isEqualTo("0");
        assertThat(received.get(2).header("X-slack-signature"))
                .isEqualTo(Signature.of(opsApp.signingSecret(), "0", "{}".getBytes(UTF_8)));
    }

    @Test
    void anAddressIsVerifiedByItsChallenge() {
        app.answer(received ->
                AppUnderTest.Reply.json(received.json().path("challenge").asText()));
        assertThat(slack.verifiesUrl(opsApp, app.url())).isTrue();
        app.answer(received -> AppUnderTest.Reply.json("no"));
        assertThat(slack.verifiesUrl(opsApp, app.url())).isFalse();
    }

    @Test
    void whatTheBotCannotSeeIsNotDelivered() {
        Person bob = acme.person("bob");
        Channel elsewhere = acme.channel("elsewhere", alice, bob);
        alice.says(elsewhere, ops.bot().mention() + " hello");
        assertThat(slack.deliveries().all()).isEmpty();

        ops.withoutScope("channels:history");
        alice.says(general, "no mention");
        assertThat(slack.deliveries().all()).isEmpty();
    }

    @Test
    void aStrangerOfASharedChannelIsTold() {
        Workspace other = slack.addWorkspace("Other");
        Person olga = other.person("olga");
        general.shareWith(other).withMember(olga);
        opsApp.subscribedTo("app_mention");
        olga.says(general, ops.bot().mention() + " restart web");

        JsonNode payload = slack.deliveries().await("app_mention").payload();
        assertThat(payload.path("is_ext_shared_channel").asBoolean()).isTrue();
        assertThat(payload.path("event").path("user_team").asText()).isEqualTo(other.id());
        assertThat(payload.path("authorizations").path(0).path("team_id").asText())
                .isEqualTo(acme.id());
        JsonNode user = app.call(slack, ops.botToken(), "users.info", Json.object("user", olga.id()));
        assertThat(user.path("user").path("is_stranger").asBoolean()).isTrue();
        assertThat(user.path("user").path("team_id").asText()).isEqualTo(other.id());
    }

    @Test
    void anAppInTwoWorkspacesOfASharedChannelHearsOnce() {
        Workspace other = slack.addWorkspace("Other");
        Installation there = other.install(opsApp);
        general.shareWith(other).withMember(there.bot());
        opsApp.subscribedTo("message.channels");
        alice.says(general, "hello");
        assertThat(slack.deliveries().all()).hasSize(1);
    }

    @Test
    void anUninstalledAppIsToldAndItsTokenIsDead() {
        ops.uninstall();
        slack.deliveries().await("app_uninstalled");
        slack.deliveries().await("tokens_revoked");
        assertThat(app.call(slack, ops.botToken(), "auth.test", Json.object())
                        .path("error")
                        .asText())
                .isEqualTo("account_inactive");
    }

    @Test
    void aResponseUrlTakesFiveMessages() {
        alice.runs(opsApp, general, "/ops", "status").orFail();
        java.net.URI url =
                java.net.URI.create(app.next().json().path("response_url").asText());
        byte[] body = "{\"text\":\"done\"}".getBytes(UTF_8);
        for (int use = 0; use < 5; use++) {
            assertThat(app.post(url, "application/json", body).statusCode()).isEqualTo(200);
        }
        assertThat(app.post(url, "application/json", body).body()).contains("used_url");
        assertThat(general.ephemeralsOf(alice)).hasSize(5);
    }
}
