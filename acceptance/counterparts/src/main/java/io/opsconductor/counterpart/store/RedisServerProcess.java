package io.opsconductor.counterpart.store;

import io.opsconductor.counterpart.net.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import redis.embedded.RedisServer;
import redis.embedded.core.RedisServerBuilder;

/** A Redis server, which can be taken away and come back at the same address. It keeps nothing. */
public final class RedisServerProcess implements AutoCloseable {
    private static final int MOST_TRIES = 20;

    private final int port;
    private final boolean encrypted;
    private final List<String> settings;
    private RedisServer server;

    private RedisServerProcess(int port, boolean encrypted, List<String> settings) {
        this.port = port;
        this.encrypted = encrypted;
        this.settings = List.copyOf(settings);
        this.server = started();
    }

    /** @param settings lines of its configuration, besides those that it has here */
    public static RedisServerProcess start(String... settings) {
        return new RedisServerProcess(FreePort.find(), false, List.of(settings));
    }

    /**
     * One that speaks TLS alone, and asks nobody for a certificate.
     *
     * @param certificate the file of its own
     * @param key the file of that one's key
     */
    public static RedisServerProcess startEncrypted(Path certificate, Path key) {
        int port = FreePort.find();
        return new RedisServerProcess(
                port,
                true,
                List.of(
                        "tls-port " + port,
                        "tls-cert-file " + certificate,
                        "tls-key-file " + key,
                        "tls-ca-cert-file " + certificate,
                        "tls-auth-clients no"));
    }

    private RedisServer started() {
        IOException busy = new IOException("never tried");
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            try {
                return startedOnce();
            } catch (IOException e) {
                if (!isBusy(e)) {
                    throw new UncheckedIOException(e);
                }
                busy = e;
            }
        }
        throw new UncheckedIOException(busy);
    }

    /** Another process that is just being started still holds the program's file, as it was written, until it becomes its own program. */
    private static boolean isBusy(Throwable e) {
        return e.getCause() != null
                && (String.valueOf(e.getCause().getMessage()).contains("Text file busy") || isBusy(e.getCause()));
    }

    private RedisServer startedOnce() throws IOException {
        RedisServerBuilder builder = RedisServer.newRedisServer()
                .port(encrypted ? 0 : port)
                .bind("127.0.0.1")
                .setting("save \"\"");
        settings.forEach(builder::setting);
        RedisServer made = builder.build();
        made.start();
        return made;
    }

    /** For settings. */
    public String address() {
        return (encrypted ? "rediss" : "redis") + "://127.0.0.1:" + port;
    }

    /** Ends it, without what it had. */
    public void stop() {
        try {
            server.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it again, empty. */
    public void startAgain() {
        server = started();
    }

    @Override
    public void close() {
        stop();
    }
}
