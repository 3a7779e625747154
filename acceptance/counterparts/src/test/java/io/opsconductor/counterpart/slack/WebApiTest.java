package io.opsconductor.counterpart.slack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The Web API's refusals, limits and scripted failures. */
final class WebApiTest {
    private final MovableClock clock = new MovableClock();
    private final SlackCounterpart slack = SlackCounterpart.start(clock);
    private final AppUnderTest app = new AppUnderTest();
    private final Workspace acme = slack.addWorkspace("Acme");
    private final Person alice = acme.person("alice");
    private final SlackApp opsApp = slack.addApp("Ops");
    private final Installation ops = acme.install(opsApp);
    private final Channel general = acme.channel("general", alice, ops.bot());

    /** A clock that stands until a test moves it. */
    private static final class MovableClock extends Clock {
        private Instant now = Instant.parse("2026-05-04T10:00:00Z");

        synchronized void move(Duration by) {
            now = now.plus(by);
        }

        @Override
        public synchronized Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @AfterEach
    void stop() {
        app.close();
        slack.close();
    }

    private JsonNode call(String method, ObjectNode args) {
        return app.call(slack, ops.botToken(), method, args);
    }

    private ObjectNode say(String text) {
        return Json.object("channel", general.id(), "text", text);
    }

    private static String error(JsonNode answer) {
        return answer.path("error").asText();
    }

    @Test
    void oneMessageASecondPassesAfterABurst() {
        slack.limits().allowMessages(1, 2);
        assertThat(call("chat.postMessage", say("1")).path("ok").asBoolean()).isTrue();
        assertThat(call("chat.postMessage", say("2")).path("ok").asBoolean()).isTrue();
        HttpResponse<String> third = app.send(slack, ops.botToken(), "chat.postMessage", say("3"));
        assertThat(third.statusCode()).isEqualTo(429);
        assertThat(third.headers().firstValue("Retry-After")).contains("1");
        assertThat(third.body()).contains("ratelimited");
        clock.move(Duration.ofSeconds(1));
        assertThat(call("chat.postMessage", say("3")).path("ok").asBoolean()).isTrue();
        assertThat(general.messages()).extracting(PostedMessage::text).containsExactly("1", "2", "3");
    }

    @Test
    void aTiersCallsAMinuteAreCountedByMethod() {
        slack.limits().allow("users.info", 2);
        ObjectNode args = Json.object("user", alice.id());
        call("users.info", args);
        call("users.info", args);
        HttpResponse<String> third = app.send(slack, ops.botToken(), "users.info", args);
        assertThat(third.headers().firstValue("Retry-After")).contains("60");
        assertThat(call("auth.test", Json.object()).path("ok").asBoolean()).isTrue();
        clock.move(Duration.ofMinutes(1));
        assertThat(call("users.info", args).path("ok").asBoolean()).isTrue();
    }

    @Test
    void aScriptedFailureHappensOnceAndWithoutEffect() {
        slack.faults().next("chat.postMessage", new Faults.Fault.Status(500));
        assertThat(app.send(slack, ops.botToken(), "chat.postMessage", say("lost"))
                        .statusCode())
                .isEqualTo(500);
        assertThat(general.messages()).isEmpty();
        assertThat(call("chat.postMessage", say("there")).path("ok").asBoolean())
                .isTrue();
    }

    @Test
    void aMessageMayBeDoneAlthoughTheConnectionBreaks() {
        slack.faults().next("chat.postMessage", new Faults.Fault.DoneWithoutAnswer());
        assertThatThrownBy(() -> app.send(slack, ops.botToken(), "chat.postMessage", say("done")))
                .isInstanceOf(java.io.UncheckedIOException.class);
        assertThat(general.awaitText("done").author()).isSameAs(ops.bot());
        assertThat(general.messages()).hasSize(1);
    }

    @Test
    void silenceHasNoEffect() {
        slack.faults().next("chat.postMessage", new Faults.Fault.Silence(Duration.ofMillis(20)));
        assertThatThrownBy(() -> app.send(slack, ops.botToken(), "chat.postMessage", say("lost")))
                .isInstanceOf(java.io.UncheckedIOException.class);
        assertThat(general.messages()).isEmpty();
    }

    @Test
    void aSlowAnswerIsWholeInTheEnd() {
        slack.faults().next("auth.test", new Faults.Fault.SlowAnswer(Duration.ofMillis(40)));
        assertThat(call("auth.test", Json.object()).path("team_id").asText()).isEqualTo(acme.id());
    }

    @Test
    void tokensAndScopesAreChecked() {
        assertThat(error(app.call(slack, "", "auth.test", Json.object()))).isEqualTo("not_authed");
        assertThat(error(app.call(slack, "xoxb-1", "auth.test", Json.object()))).isEqualTo("invalid_auth");
        assertThat(error(app.call(slack, opsApp.newAppToken(), "chat.postMessage", say("x"))))
                .isEqualTo("not_allowed_token_type");
        assertThat(error(call("apps.connections.open", Json.object()))).isEqualTo("not_allowed_token_type");
        ops.withScopes("chat:write");
        JsonNode refused = call("users.info", Json.object("user", alice.id()));
        assertThat(refused.path("needed").asText()).isEqualTo("users:read");
        assertThat(refused.path("provided").asText()).isEqualTo("chat:write");
        assertThat(error(call("conversations.history", Json.object("channel", general.id()))))
                .isEqualTo("missing_scope");
        call("auth.revoke", Json.object());
        assertThat(error(call("auth.test", Json.object()))).isEqualTo("token_revoked");
    }

    @Test
    void whatTheBotCannotReachDoesNotExistOrIsRefused() {
        Channel hidden = acme.privateChannel("hidden", alice);
        Channel open = acme.channel("open", alice);
        assertThat(error(call("chat.postMessage", Json.object("channel", hidden.id(), "text", "x"))))
                .isEqualTo("channel_not_found");
        assertThat(error(call("chat.postMessage", Json.object("channel", open.id(), "text", "x"))))
                .isEqualTo("not_in_channel");
        call("conversations.join", Json.object("channel", open.id()));
        assertThat(error(call("chat.postMessage", Json.object("channel", open.id(), "text", "x"))))
                .isEmpty();
        assertThat(error(call("chat.postMessage", say("x").put("thread_ts", "1.000001"))))
                .isEqualTo("thread_not_found");
        alice.archives(open);
        assertThat(error(call("chat.postMessage", Json.object("channel", open.id(), "text", "x"))))
                .isEqualTo("is_archived");
    }

    @Test
    void onlyOwnMessagesAreUpdated() {
        PostedMessage hers = alice.says(general, "mine");
        ObjectNode update = say("yours").put("ts", hers.ts());
        assertThat(error(call("chat.update", update))).isEqualTo("cant_update_message");
        assertThat(error(call("chat.update", say("x").put("ts", "1.000001")))).isEqualTo("message_not_found");
        String ts = call("chat.postMessage", say("one")).path("ts").asText();
        assertThat(error(call("chat.update", say("x".repeat(4_001)).put("ts", ts))))
                .isEqualTo("msg_too_long");
    }

    @Test
    void anUpdateWithTextAloneTakesTheBlocksAway() {
        ObjectNode withBlocks = say("one");
        withBlocks.set("blocks", Json.array(List.of(Json.object("type", "divider"))));
        String ts = call("chat.postMessage", withBlocks).path("ts").asText();
        call("chat.update", say("two").put("ts", ts));
        PostedMessage message = general.message(ts).orElseThrow();
        assertThat(message.blocks().isEmpty()).isTrue();
        assertThat(message.versions()).hasSize(2);
    }

    @Test
    void aTriggerIdOpensOneModalWithinThreeSeconds() {
        slack.letTriggersLive(Duration.ofSeconds(3));
        opsApp.deliverTo(app.url());
        ObjectNode view = Json.object(
                "type", "modal",
                "title", Json.object("type", "plain_text", "text", "Why"),
                "blocks", Json.array(List.of(Json.object("type", "divider"))));
        alice.runs(opsApp, general, "/ops", "").orFail();
        String trigger = app.next().json().path("trigger_id").asText();
        ObjectNode open = Json.object("trigger_id", trigger, "view", view);
        assertThat(error(call("views.open", open))).isEmpty();
        assertThat(error(call("views.open", open))).isEqualTo("exchanged_trigger_id");

        alice.runs(opsApp, general, "/ops", "").orFail();
        ObjectNode late =
                Json.object("trigger_id", app.next().json().path("trigger_id").asText(), "view", view);
        clock.move(Duration.ofSeconds(4));
        assertThat(error(call("views.open", late))).isEqualTo("expired_trigger_id");
        assertThat(error(call("views.update", Json.object("view_id", "V0", "view", view))))
                .isEqualTo("not_found");
    }

    @Test
    void jsonWithoutACharsetIsWarnedOf() {
        HttpResponse<String> answer =
                app.sent(java.net.http.HttpRequest.newBuilder(slack.apiUrl().resolve("auth.test"))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + ops.botToken())
                        .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{}", UTF_8))
                        .build());
        assertThat(answer.body()).contains("\"warning\":\"missing_charset\"");
        assertThat(answer.headers().firstValue("x-oauth-scopes").orElse("")).contains("chat:write");
    }

    @Test
    void aFormAndAFieldTokenAreTakenToo() {
        HttpResponse<String> answer = app.post(
                slack.apiUrl().resolve("chat.postMessage"),
                "application/x-www-form-urlencoded",
                ("token=" + ops.botToken() + "&channel=" + general.id()
                                + "&text=hi&blocks=%5B%7B%22type%22%3A%22divider%22%7D%5D")
                        .getBytes(UTF_8));
        assertThat(answer.body()).contains("\"ok\":true");
        assertThat(general.messages().get(0).blocks().path(0).path("type").asText())
                .isEqualTo("divider");
    }
}
