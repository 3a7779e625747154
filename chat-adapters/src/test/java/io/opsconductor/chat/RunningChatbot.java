package io.opsconductor.chat;

import io.opsconductor.chat.scripted.ScriptedRunner;
import io.opsconductor.runner.keys.DevelopmentKeys;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** A chatbot on a free port in front of a scripted runner; it can be restarted on the same home. */
final class RunningChatbot implements AutoCloseable {
    private final Path home;
    private final URI runnerUri;
    private Chatbot chatbot;
    private Caller caller;

    private RunningChatbot(Path home, URI runnerUri) {
        this.home = home;
        this.runnerUri = runnerUri;
        this.chatbot = started();
        this.caller = new Caller(chatbot.port());
    }

    static void keys(Path home) {
        DevelopmentKeys.ensure(home, Clock.systemUTC());
    }

    static RunningChatbot start(Path home, ScriptedRunner runner) {
        return new RunningChatbot(home, runner.uri());
    }

    private Chatbot started() {
        return Main.start(
                ChatbotSettings.read(Map.of(
                        "OPSCONDUCTOR_HOME", home.toString(),
                        "OPSCONDUCTOR_CHATBOT_PORT", "0",
                        "OPSCONDUCTOR_CHATBOT_HEARTBEAT", "200ms",
                        "OPSCONDUCTOR_CHATBOT_RUNNER_CATALOGUE_INTERVAL", "1s",
                        "OPSCONDUCTOR_CHATBOT_RUNNER_URL", runnerUri.toString())),
                Clock.systemUTC());
    }

    Caller caller() {
        return caller;
    }

    int port() {
        return chatbot.port();
    }

    void stop() {
        chatbot.close();
        caller.close();
    }

    void startAgain() {
        chatbot = started();
        caller = new Caller(chatbot.port());
    }

    @Override
    public void close() {
        stop();
    }
}
