package io.opsconductor.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.chat.scripted.ScriptedRunner;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That a model did not answer stays on the card, also after a restart and on the card of an edited plan. */
class PlanNoteTest {
    private static final Map<String, String> NO_MODEL_ANSWERS = Map.of(
            "OPSCONDUCTOR_CHATBOT_MODEL_NAME", "absent",
            "OPSCONDUCTOR_CHATBOT_MODEL_URL", "http://127.0.0.1:1",
            "OPSCONDUCTOR_CHATBOT_MODEL_ASK", "always",
            "OPSCONDUCTOR_CHATBOT_MODEL_ATTEMPTS", "1");

    @TempDir
    Path home;

    @Test
    void theNoteOutlivesARestartAndAnEdit() {
        RunningChatbot.keys(home);
        try (ScriptedRunner runner = ScriptedRunner.start(home);
                RunningChatbot chatbot = RunningChatbot.start(home, runner, NO_MODEL_ANSWERS)) {
            String conversation =
                    chatbot.caller().say("alice", "show the last 20 lines of /var/log/syslog on web-server-01");
            JsonNode plan = chatbot.caller().await(conversation, "plan");
            String note = plan.path("note").asText();
            assertThat(note).startsWith("Understood without the model absent (ollama), which does not answer");
            chatbot.stop();
            chatbot.startAgain();
            Caller chat = chatbot.caller();
            assertThat(chat.await(conversation, "plan").path("note").asText()).isEqualTo(note);
            Caller.Answer edited = chat.post(
                    "/chat/approvals/" + plan.get("approval").asText() + "/edit",
                    Map.of("user", "alice", "digest", plan.get("digest").asText(), "values", Map.of("0.lines", "30")));
            assertThat(edited.status()).as(edited.toString()).isEqualTo(200);
            String newer = edited.body().get("approval").asText();
            JsonNode card = chat.await(
                    conversation,
                    "plan",
                    event -> event.get("approval").asText().equals(newer));
            assertThat(card.path("note").asText()).isEqualTo(note);
        }
    }
}
