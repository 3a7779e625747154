package io.opsconductor.chat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.chat.scripted.ScriptedRunner;
import io.opsconductor.counterpart.store.TestStore;
import io.opsconductor.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A chatbot on a home of its own, a scripted runner behind it, and a caller of its chat API before it. */
abstract class WithChatbot {
    @TempDir
    Path home;

    ScriptedRunner runner;
    RunningChatbot chatbot;
    Caller chat;

    /** The kind of store of this test. */
    TestStore kindOfStore() {
        return TestStore.usual();
    }

    @BeforeEach
    final void startAll() {
        RunningChatbot.keys(home);
        runner = ScriptedRunner.start(home);
        chatbot = RunningChatbot.start(home, runner, kindOfStore().settings("chatbot", home));
        chat = chatbot.caller();
        chat.awaitReady();
    }

    @AfterEach
    final void stopAll() {
        chatbot.close();
        runner.close();
    }

    /** The lines of a type that the journal has, as they stand now. */
    final List<JsonNode> journal(String type) throws IOException {
        return Files.readAllLines(home.resolve("chatbot/journal/journal.jsonl")).stream()
                .map(Json::tree)
                .filter(entry -> entry.get("type").asText().equals(type))
                .toList();
    }

    /** The process goes on as after a stop and a start. */
    final void restart() {
        chatbot.stop();
        startAgain();
    }

    final void startAgain() {
        chatbot.startAgain();
        chat = chatbot.caller();
    }
}
