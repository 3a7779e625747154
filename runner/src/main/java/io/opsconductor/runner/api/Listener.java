package io.opsconductor.runner.api;

import io.helidon.common.socket.SocketOptions;
import io.helidon.common.tls.Tls;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.opsconductor.kit.http.CloseWhenAsked;
import java.time.Duration;
import java.util.function.Consumer;

/** A web server on one port: HTTP/1.1, bounded in connections, body size and silence. */
public final class Listener implements AutoCloseable {
    private static final int MAX_CONNECTIONS = 512;
    private static final int BACKLOG = 256;

    // Beyond what any call reads, so that a body somewhat too large is answered with a reason by the call itself.
    private static final long MAX_PAYLOAD_BYTES = 4L * PlanCalls.MAX_BODY_BYTES;

    private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration STOP_GRACE = Duration.ofSeconds(1);

    private final WebServer server;

    private Listener(WebServer server) {
        this.server = server;
    }

    /**
     * Starts listening with mutual TLS.
     *
     * @throws ListenerException when it cannot listen there
     */
    public static Listener secured(String name, String host, int port, Tls tls, Consumer<HttpRouting.Builder> routes) {
        return started(name, host, port, config(host, port, routes).tls(tls));
    }

    /** Starts listening without TLS; throws as {@link #secured} does. */
    public static Listener plain(String name, String host, int port, Consumer<HttpRouting.Builder> routes) {
        return started(name, host, port, config(host, port, routes));
    }

    private static WebServerConfig.Builder config(String host, int port, Consumer<HttpRouting.Builder> routes) {
        HttpRouting.Builder routing = HttpRouting.builder();
        routing.addFilter(new CloseWhenAsked());
        routes.accept(routing);
        return WebServer.builder()
                .host(host)
                .port(port)
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
                        .build());
    }

    private static Listener started(String name, String host, int port, WebServerConfig.Builder config) {
        WebServer server;
        try {
            server = config.build().start();
        } catch (RuntimeException e) {
            throw new ListenerException(name, host, port, e);
        }
        // Helidon reports a port that is taken to its log alone.
        if (!server.isRunning() || server.port() <= 0) {
            server.stop();
            throw new ListenerException(name, host, port, null);
        }
        return new Listener(server);
    }

    /** Shows another certificate, and trusts other authorities, from the next handshake on; what is open stays open. */
    public void reload(Tls tls) {
        server.reloadTls(tls);
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }
}
