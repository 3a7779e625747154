package io.opsconductor.chat.web;

import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.opsconductor.chat.ChatbotSettings;
import java.time.Duration;

/** The chatbot's web server and its limits. */
public final class ChatServer {
    /**
     * Twice what any call reads, so that a body somewhat too large is read and answered with a reason by the call itself:
     * beyond this the server closes the connection, and who still sends may never see the answer.
     */
    private static final int MAX_PAYLOAD_BYTES = 2 * 1024 * 1024;

    private static final int MAX_CONNECTIONS = 1_000;
    private static final int BACKLOG = 256;
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration STOP_GRACE = Duration.ofSeconds(1);

    private ChatServer() {}

    /**
     * Starts to listen.
     *
     * @throws PortTakenException when it cannot listen there
     */
    public static WebServer start(ChatbotSettings settings, HttpRouting.Builder routing) {
        WebServer server = WebServer.builder()
                .host(settings.host())
                .port(settings.port())
                .routing(routing)
                .shutdownHook(false)
                .backlog(BACKLOG)
                .maxTcpConnections(MAX_CONNECTIONS)
                .maxPayloadSize(MAX_PAYLOAD_BYTES)
                .idleConnectionTimeout(IDLE_TIMEOUT)
                .shutdownGracePeriod(STOP_GRACE)
                .connectionOptions(SocketOptions.builder()
                        .tcpNoDelay(true)
                        .readTimeout(READ_TIMEOUT)
                        .build())
                .build()
                .start();
        // Helidon reports a port that is taken to its log alone.
        if (!server.isRunning() || server.port() <= 0) {
            server.stop();
            throw new PortTakenException(settings.host(), settings.port());
        }
        return server;
    }
}
