package io.opsconductor.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.chat.scripted.ScriptedRunner;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thread remembers what was planned last. */
class FollowUpTest {
    @TempDir
    Path home;

    private ScriptedRunner runner;
    private RunningChatbot chatbot;

    @BeforeEach
    void start() {
        RunningChatbot.keys(home);
        runner = ScriptedRunner.start(home);
        chatbot = RunningChatbot.start(home, runner);
    }

    @AfterEach
    void stop() {
        chatbot.close();
        runner.close();
    }

    @Test
    void theSameElsewhereIsPlannedForAnybodyInTheThreadAlsoAfterARestart() {
        Caller before = chatbot.caller();
        String conversation = before.say("alice", "show the last 20 lines of /var/log/syslog on web-server-01");
        before.await(conversation, "plan");
        before.close();
        chatbot.stop();
        chatbot.startAgain();
        Caller after = chatbot.caller();
        after.say(conversation, "bob", "same on web-server-02");
        JsonNode plan = after.await(
                conversation, "plan", event -> event.get("requester").asText().equals("web:bob"));
        assertThat(plan.at("/steps/0/tool").asText()).isEqualTo("tail_log");
        assertThat(plan.at("/steps/0/targets").toString()).isEqualTo("[\"web-server-02\"]");
        assertThat(plan.get("summary").asText()).isEqualTo("Tail log /var/log/syslog lines 20 on web-server-02");
        after.close();
    }

    @Test
    void anotherThreadKnowsNothingOfIt() {
        Caller chat = chatbot.caller();
        chat.await(chat.say("alice", "check disk space on web-server-01"), "plan");
        String elsewhere = chat.say("alice", "same on web-server-02");
        assertThat(chat.await(
                                elsewhere,
                                "message",
                                event -> event.get("text").asText().startsWith("I planned nothing"))
                        .get("text")
                        .asText())
                .startsWith("I planned nothing in this thread yet");
        chat.close();
    }
}
