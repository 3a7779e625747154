package io.opsconductor.chat.web;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.opsconductor.chat.ChatbotSettings;
import io.opsconductor.kit.http.Edge;
import io.opsconductor.kit.metrics.Health;

/** What a chatbot answers while another one has the store: that it lives, and is not ready, because it stands by. */
public final class StandbyPage implements AutoCloseable {
    private final WebServer server;

    private StandbyPage(WebServer server) {
        this.server = server;
    }

    /**
     * Starts to answer, where the chatbot will.
     *
     * @throws PortTakenException when it cannot listen there
     */
    public static StandbyPage start(ChatbotSettings settings) {
        HttpRouting.Builder routing = HttpRouting.builder();
        Edge.answerProblems(routing);
        new Health()
                .dependsOn("store", () -> {
                    throw new IllegalStateException(
                            "standby: another chatbot has the store; this one takes over when that one ends");
                })
                .route(routing);
        WebServer server = WebServer.builder()
                .host(settings.host())
                .port(settings.port())
                .routing(routing)
                .shutdownHook(false)
                .build()
                .start();
        // Helidon reports a port that is taken to its log alone.
        if (!server.isRunning() || server.port() <= 0) {
            server.stop();
            throw new PortTakenException(settings.host(), settings.port());
        }
        return new StandbyPage(server);
    }

    @Override
    public void close() {
        server.stop();
    }
}
