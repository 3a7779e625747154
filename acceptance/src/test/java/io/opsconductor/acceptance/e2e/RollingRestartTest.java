package io.opsconductor.acceptance.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.acceptance.product.ChatApi;
import io.opsconductor.acceptance.product.Installation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fleet is restarted from the words in the chat to the machines, one after another, with a dry run before. */
class RollingRestartTest {
    @TempDir
    private Path home;

    @Test
    void aFleetIsRestartedOneByOneEachVerifiedBeforeTheNextAndCheckedBeforeItIsApproved() {
        try (Installation product = Installation.start(home)) {
            ChatApi chat = product.chat();
            String c =
                    chat.say("alice", "restart nginx on all web servers, one at a time, then check that they answer");
            JsonNode plan = chat.await(c, "plan");
            assertThat(plan.at("/steps/0/how").asText()).isEqualTo("one target at a time, stops when one fails");
            assertThat(plan.at("/steps/1/how").asText()).contains("verifies step 1 after each batch of it");
            assertThat(plan.at("/steps/1/command").asText()).contains("is-active nginx");

            ChatApi.Answer answer =
                    chat.post("/chat/approvals/" + plan.get("approval").asText() + "/dry-run", Map.of("user", "alice"));
            assertThat(answer.status()).isEqualTo(200);
            String checks = answer.body().get("approval").asText();
            JsonNode dry = of(chat, c, "plan", checks);
            assertThat(dry.get("effect").asText()).isEqualTo("read");
            chat.approve(dry, "alice");
            JsonNode looked = of(chat, c, "result", checks);
            assertThat(looked.get("status").asText()).as(looked.toString()).isEqualTo("succeeded");
            assertThat(looked.get("step_results")).hasSize(2);

            chat.approve(plan, "bob");
            JsonNode result = of(chat, c, "result", plan.get("approval").asText());
            assertThat(result.get("status").asText()).as(result.toString()).isEqualTo("succeeded");
            List<String> order = new ArrayList<>();
            for (JsonNode event : chat.events(c)) {
                if (event.get("type").asText().equals("progress")
                        && event.get("approval").equals(plan.get("approval"))
                        && !event.get("state").asText().equals("output")) {
                    order.add(event.get("step").asInt() + " "
                            + event.get("target").asText() + " "
                            + event.get("state").asText());
                }
            }
            assertThat(order)
                    .containsExactly(
                            "0 web-server-01 started",
                            "0 web-server-01 finished",
                            "1 web-server-01 started",
                            "1 web-server-01 finished",
                            "0 web-server-02 started",
                            "0 web-server-02 finished",
                            "1 web-server-02 started",
                            "1 web-server-02 finished");
        }
    }

    private static JsonNode of(ChatApi chat, String conversation, String type, String approval) {
        return chat.await(
                conversation,
                event -> event.get("type").asText().equals(type)
                        && event.path("approval").asText().equals(approval),
                type + " of " + approval);
    }
}
