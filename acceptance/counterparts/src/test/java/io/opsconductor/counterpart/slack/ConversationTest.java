package io.opsconductor.counterpart.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a person's words to the app and back, by events, commands, buttons and modals. */
final class ConversationTest {
    private final SlackCounterpart slack = SlackCounterpart.start();
    private final AppUnderTest app = new AppUnderTest();
    private final Workspace acme = slack.addWorkspace("Acme");
    private final Person alice = acme.person("alice");
    private final SlackApp opsApp = slack.addApp("Ops").deliverTo(app.url());
    private final Installation ops = acme.install(opsApp);
    private final Channel general = acme.channel("general", alice, ops.bot());

    @BeforeEach
    void startFromNothing() {
        assertThat(general.messages()).isEmpty();
    }

    @AfterEach
    void stop() {
        app.close();
        slack.close();
    }

    private JsonNode call(String method, ObjectNode args) {
        return app.call(slack, ops.botToken(), method, args);
    }

    private static ObjectNode button(String actionId, String value) {
        return Json.object(
                "type",
                "actions",
                "elements",
                Json.array(List.of(Json.object(
                        "type",
                        "button",
                        "action_id",
                        actionId,
                        "value",
                        value,
                        "text",
                        Json.object("type", "plain_text", "text", "Approve")))));
    }

    @Test
    void aMentionArrivesSignedAndIsAnsweredInItsThread() {
        PostedMessage asked = alice.says(general, ops.bot().mention() + " check disk");

        Delivery delivery = slack.deliveries().await("app_mention");
        delivery.awaitAcknowledged(Duration.ofSeconds(5)).orFail();
        AppUnderTest.Received received = app.all().stream()
                .filter(one -> one.json().path("event").path("type").asText().equals("app_mention"))
                .findFirst()
                .orElseThrow();
        assertThat(received.header("X-slack-signature"))
                .isEqualTo(Signature.of(
                        opsApp.signingSecret(),
                        received.header("X-slack-request-timestamp"),
                        received.body().getBytes(StandardCharsets.UTF_8)));
        JsonNode answer = call(
                "chat.postMessage",
                Json.object("channel", general.id(), "thread_ts", asked.ts(), "text", "/dev/sda1 40%"));

        assertThat(answer.path("ok").asBoolean()).as(answer.toString()).isTrue();
        assertThat(general.awaitReply(asked, "40%").threadTs()).contains(asked.ts());
    }

    @Test
    void aPressedButtonCarriesItsValueAndTheMessage() {
        JsonNode posted = call(
                "chat.postMessage",
                Json.object(
                        "channel",
                        general.id(),
                        "text",
                        "Approve?",
                        "blocks",
                        Json.array(List.of(button("approve", "plan-1")))));
        PostedMessage card = general.awaitMessage(message -> message.actionIds().contains("approve"));

        alice.presses(card, "approve").orFail();

        JsonNode payload = app.sent("block_actions");
        assertThat(payload.path("type").asText()).isEqualTo("block_actions");
        assertThat(payload.path("actions").path(0).path("value").asText()).isEqualTo("plan-1");
        assertThat(payload.path("container").path("message_ts").asText())
                .isEqualTo(posted.path("ts").asText());
        assertThat(payload.path("user").path("id").asText()).isEqualTo(alice.id());
    }

    @Test
    void aSlashCommandOpensAModalAndItsSubmissionArrives() {
        ObjectNode input = Json.object(
                "type",
                "input",
                "block_id",
                "reason",
                "label",
                Json.object("type", "plain_text", "text", "Reason"),
                "element",
                Json.object("type", "plain_text_input", "action_id", "reason_text"));
        ObjectNode view = Json.object(
                "type", "modal",
                "title", Json.object("type", "plain_text", "text", "Why"),
                "submit", Json.object("type", "plain_text", "text", "Send"),
                "blocks", Json.array(List.of(input)));
        app.answer(received -> {
            JsonNode payload = received.json();
            if (payload.has("command")) {
                call(
                        "views.open",
                        Json.object("trigger_id", payload.path("trigger_id").asText(), "view", view));
            }
            return AppUnderTest.Reply.ok();
        });

        alice.runs(opsApp, general, "/ops", "restart web").orFail();
        OpenView modal = alice.awaitView("Why");
        alice.submits(modal, Map.of("reason_text", "it hangs")).orFail();

        JsonNode submission = app.sent("view_submission");
        assertThat(submission
                        .path("view")
                        .path("state")
                        .path("values")
                        .path("reason")
                        .path("reason_text")
                        .path("value")
                        .asText())
                .isEqualTo("it hangs");
        assertThat(modal.open()).isFalse();
    }

    @Test
    void metadataComesBackWhenItIsAskedFor() {
        ObjectNode metadata = Json.object("event_type", "ops_plan", "event_payload", Json.object("id", "p-1"));
        call("chat.postMessage", Json.object("channel", general.id(), "text", "hello", "metadata", metadata));

        JsonNode with =
                call("conversations.history", Json.object("channel", general.id(), "include_all_metadata", true));
        JsonNode without = call("conversations.history", Json.object("channel", general.id()));

        assertThat(with.path("messages").path(0).path("metadata")).isEqualTo(metadata);
        assertThat(without.path("messages").path(0).has("metadata")).isFalse();
    }

    @Test
    void aFileIsUploadedInThreeSteps() {
        byte[] content = "Filesystem\n".getBytes(StandardCharsets.UTF_8);
        JsonNode address =
                call("files.getUploadURLExternal", Json.object("filename", "df.txt", "length", content.length));
        app.post(java.net.URI.create(address.path("upload_url").asText()), "text/plain", content);
        call(
                "files.completeUploadExternal",
                Json.object(
                        "files",
                                Json.array(List.of(Json.object(
                                        "id", address.path("file_id").asText()))),
                        "channel_id", general.id()));

        assertThat(slack.awaitFile("df.txt").content()).isEqualTo(content);
        assertThat(general.awaitMessage(message -> !message.fileIds().isEmpty()).fileIds())
                .containsExactly(address.path("file_id").asText());
    }

    @Test
    void onlyThePersonAddressedSeesAnEphemeralMessage() {
        Person bob = acme.person("bob");
        general.withMember(bob);

        call("chat.postEphemeral", Json.object("channel", general.id(), "user", alice.id(), "text", "for you"));

        assertThat(general.awaitEphemeral(alice, "for you").person()).isSameAs(alice);
        assertThat(general.ephemeralsOf(bob)).isEmpty();
        assertThat(general.messages()).isEmpty();
    }
}
