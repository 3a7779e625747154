package io.opsconductor.chat;

import io.opsconductor.chat.scripted.ScriptedRunner;
import io.opsconductor.counterpart.store.TestStore;
import io.opsconductor.runner.keys.DevelopmentKeys;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** A chatbot on a free port in front of a scripted runner; it can be restarted on the same home. */
final class RunningChatbot implements AutoCloseable {
    private final Path home;
    private final URI runnerUri;
    private final Map<String, String> settings;
    private Chatbot chatbot;
    private Caller caller;

    private RunningChatbot(Path home, URI runnerUri, Map<String, String> settings) {
        this.home = home;
        this.runnerUri = runnerUri;
        this.settings = settings;
        this.chatbot = started();
        this.caller = new Caller(chatbot.port());
    }

    static void keys(Path home) {
        DevelopmentKeys.ensure(home, Clock.systemUTC());
    }

    static RunningChatbot start(Path home, ScriptedRunner runner) {
        return start(home, runner, Map.of());
    }

    /** With settings beside those of every test, such as {@code OPSCONDUCTOR_CHATBOT_MODEL_NAME}. */
    static RunningChatbot start(Path home, ScriptedRunner runner, Map<String, String> settings) {
        return new RunningChatbot(home, runner.uri(), settings);
    }

    /** Before whatever answers there. */
    static RunningChatbot at(Path home, URI runner) {
        return at(home, runner, Map.of());
    }

    /** Before whatever answers there, with settings beside those of every test. */
    static RunningChatbot at(Path home, URI runner, Map<String, String> settings) {
        return new RunningChatbot(home, runner, settings);
    }

    private Chatbot started() {
        Map<String, String> environment = new HashMap<>(Map.of(
                "OPSCONDUCTOR_HOME", home.toString(),
                "OPSCONDUCTOR_CHATBOT_PORT", "0",
                "OPSCONDUCTOR_CHATBOT_HEARTBEAT", "200ms",
                "OPSCONDUCTOR_CHATBOT_RUNNER_CATALOGUE_INTERVAL", "1s",
                "OPSCONDUCTOR_CHATBOT_RUNNER_URL", runnerUri.toString()));
        environment.putAll(TestStore.usual().settings("chatbot", home));
        environment.putAll(settings);
        return Main.start(ChatbotSettings.read(environment), Clock.systemUTC());
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
