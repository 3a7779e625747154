package io.opsconductor.chat;

import io.opsconductor.chat.scripted.ScriptedRunner;
import java.nio.file.Path;
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

    @BeforeEach
    final void startAll() {
        RunningChatbot.keys(home);
        runner = ScriptedRunner.start(home);
        chatbot = RunningChatbot.start(home, runner);
        chat = chatbot.caller();
    }

    @AfterEach
    final void stopAll() {
        chatbot.close();
        runner.close();
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
