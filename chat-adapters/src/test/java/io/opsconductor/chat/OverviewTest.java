package io.opsconductor.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.chat.scripted.Rules;
import io.opsconductor.chat.scripted.ScriptedExecution;
import io.opsconductor.counterpart.store.TestStore;
import io.opsconductor.plan.ExecutionStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What concerns a person, over all conversations. */
@ParameterizedClass
@EnumSource(TestStore.class)
class OverviewTest extends WithChatbot {
    private final TestStore store;

    OverviewTest(TestStore store) {
        this.store = store;
    }

    @Override
    TestStore kindOfStore() {
        return store;
    }

    private static final String REQUEST = "check disk space on web-server-01";

    private JsonNode overview(String user) {
        return chat.get("/chat/overview?user=" + user).body();
    }

    @Test
    void whatWaitsIsListedForOthersAndApartForWhoeverAsked() {
        runner.rules(Rules.two());
        String conversation = chat.say("alice", REQUEST);
        JsonNode plan = chat.await(conversation, "plan");
        chat.decide(plan, "carol", "approve");
        JsonNode waiting = overview("bob").at("/others_waiting/entries/0");
        assertThat(waiting.get("approval")).isEqualTo(plan.get("approval"));
        assertThat(waiting.get("conversation").asText()).isEqualTo(conversation);
        assertThat(waiting.get("requester").asText()).isEqualTo("web:alice");
        assertThat(waiting.get("requester_name").asText()).isEqualTo("alice");
        assertThat(waiting.get("summary")).isEqualTo(plan.get("summary"));
        assertThat(waiting.get("effect").asText()).isEqualTo("read");
        assertThat(waiting.get("approval_rule")).isEqualTo(plan.get("approval_rule"));
        assertThat(waiting.get("approvals_so_far").asInt()).isEqualTo(1);
        assertThat(waiting.get("expires_at")).isEqualTo(plan.get("expires_at"));
        assertThat(waiting.get("digest")).isEqualTo(plan.get("digest"));
        // She has approved it: it waits for somebody else.
        assertThat(overview("carol").at("/others_waiting/total").asInt()).isZero();
        assertThat(overview("bob").at("/own_waiting/total").asInt()).isZero();
        assertThat(overview("alice").at("/others_waiting/total").asInt()).isZero();
        assertThat(overview("alice").at("/own_waiting/entries/0/approval")).isEqualTo(plan.get("approval"));
    }

    @Test
    void whatRunsAndWhatBecameOfRequestsIsListed() throws Exception {
        String denied = chat.say("alice", REQUEST);
        chat.decide(chat.await(denied, "plan"), "bob", "deny");
        String conversation = chat.say("alice", REQUEST);
        chat.decide(chat.await(conversation, "plan"), "bob", "approve");
        ScriptedExecution execution = runner.arrived();
        JsonNode running = overview("bob").at("/running");
        assertThat(running.get("total").asInt()).isEqualTo(1);
        assertThat(running.at("/entries/0/execution").asText())
                .isEqualTo(execution.request().executionId());
        assertThat(running.at("/entries/0/conversation").asText()).isEqualTo(conversation);
        assertThat(running.at("/entries/0/requester").asText()).isEqualTo("web:alice");
        assertThat(running.at("/entries/0/since").asText()).isNotEmpty();

        execution.ended(ExecutionStatus.FAILED, "It failed.");
        chat.await(conversation, "result");
        JsonNode asked = overview("alice").get("last_asked");
        assertThat(asked.at("/entries/0/state").asText()).isEqualTo("approved");
        assertThat(asked.at("/entries/0/status").asText()).isEqualTo("failed");
        assertThat(asked.at("/entries/1/state").asText()).isEqualTo("denied");
        assertThat(asked.at("/entries/1").has("execution")).isFalse();
        assertThat(overview("alice").at("/running/total").asInt()).isZero();
        assertThat(overview("bob").at("/last_asked/total").asInt()).isZero();
    }

    @Test
    void listsAreBoundedAndSayHowMuchThereIs() {
        for (int i = 0; i < 22; i++) {
            chat.await(chat.say("alice", REQUEST), "plan");
        }
        JsonNode overview = overview("bob");
        assertThat(overview.at("/others_waiting/entries")).hasSize(20);
        assertThat(overview.at("/others_waiting/total").asInt()).isEqualTo(22);
        assertThat(overview("alice").at("/last_asked/entries")).hasSize(10);
        assertThat(overview("alice").at("/last_asked/total").asInt()).isEqualTo(22);
    }
}
