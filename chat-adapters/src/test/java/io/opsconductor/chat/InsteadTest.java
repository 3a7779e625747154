package io.opsconductor.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What else a request may have meant, below its plan. */
class InsteadTest extends WithChatbot {
    private static final String REQUEST = "is the disk log /var/log/syslog full on web-server-01";

    private static List<JsonNode> plans(List<JsonNode> events) {
        return events.stream()
                .filter(event -> event.get("type").asText().equals("plan"))
                .toList();
    }

    @Test
    void whatIsChosenTakesThePlaceOfThePlanAndRunsNothing() throws Exception {
        String conversation = chat.say("alice", REQUEST);
        JsonNode first = chat.await(conversation, "plan");
        String chosen = first.get("instead").get(0).get("reply").asText();
        String tool = first.get("steps").get(0).get("tool").asText();
        assertThat(chosen).startsWith("tool: ").endsWith(" on web-server-01").doesNotContain(tool);

        chat.say(conversation, "alice", chosen);
        JsonNode second =
                chat.await(conversation, "plan", event -> !event.get("approval").equals(first.get("approval")));
        assertThat(second.get("steps").get(0).get("tool").asText()).isEqualTo(chosen.split(" ", -1)[1]);
        assertThat(second.get("instead")).isEmpty();
        JsonNode ended = chat.await(conversation, "decision");
        assertThat(ended.get("approval")).isEqualTo(first.get("approval"));
        assertThat(ended.get("status").asText()).isEqualTo("superseded");
        assertThat(ended.get("reason").asText()).startsWith("something else was chosen");
        assertThat(runner.executions()).isZero();
        assertThat(chat.decide(first, "bob", "approve").status()).isEqualTo(409);
        assertThat(chat.decide(second, "bob", "approve").status()).isEqualTo(200);
    }

    @Test
    void whoeverElseChoosesAsksForAPlanOfTheirOwn() throws Exception {
        String conversation = chat.say("alice", REQUEST);
        JsonNode first = chat.await(conversation, "plan");
        chat.say(conversation, "bob", first.get("instead").get(0).get("reply").asText());
        chat.await(
                conversation, "plan", event -> event.get("requester").asText().equals("web:bob"));
        assertThat(plans(chat.events(conversation))).hasSize(2);
        assertThat(chat.decide(first, "bob", "approve").status()).isEqualTo(200);
    }
}
