package io.opsconductor.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.plan.Step;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code tool: NAME key=value on TARGET}, on the way that every request takes. */
class ExactRequestTest extends WithChatbot {
    @Test
    void itBecomesAPlanThatWaitsForApprovalAndRunsWhenApproved() throws Exception {
        String conversation = chat.say(
                "alice", "tool: tail_log path=\"/srv/one at a time\" lines=20 on web-server-01, web-server-02");
        JsonNode plan = chat.await(conversation, "plan");
        assertThat(runner.previewAsked().plan().steps())
                .containsExactly(new Step(
                        "tail_log",
                        Map.of("path", "/srv/one at a time", "lines", 20),
                        List.of("web-server-01", "web-server-02")));
        assertThat(plan.get("actions").toString()).startsWith("[\"approve\",\"deny\"");
        assertThat(runner.executions()).isZero();
        assertThat(chat.decide(plan, "bob", "approve").status()).isEqualTo(200);
        assertThat(runner.arrived().request().digest())
                .isEqualTo(plan.get("digest").asText());
    }

    @Test
    void aValueThatMayNotBeIsAskedForAndTheAnswerCompletesThePlan() throws Exception {
        String conversation = chat.say("alice", "tool: tail_log path=/var/log/syslog lines=many on web-server-01");
        assertThat(chat.await(conversation, "question").get("text").asText()).contains("lines:", "whole number");
        chat.say(conversation, "alice", "30");
        chat.await(conversation, "plan");
        assertThat(runner.previewAsked().plan().steps().getFirst().parameters())
                .isEqualTo(Map.of("path", "/var/log/syslog", "lines", 30));
    }

    @Test
    void aToolThatIsNotThereIsRefusedWithTheNearest() {
        JsonNode error = chat.await(chat.say("alice", "tool: tail_logs on web-server-01"), "error");
        assertThat(error.get("code").asText()).isEqualTo("no_tool");
        assertThat(error.get("hint").asText()).startsWith("The nearest: tail_log.");
        assertThat(runner.executions()).isZero();
    }

    @Test
    void anUnknownTargetIsAskedAboutAndNothingElseTakesItsPlace() {
        JsonNode question = chat.await(chat.say("alice", "tool: check_disk_space on web-server-09"), "question");
        assertThat(question.get("text").asText()).contains("web-server-09");
        assertThat(runner.executions()).isZero();
    }
}
