package io.opsconductor.runner.step;

import java.io.IOException;
import java.time.Instant;
import net.schmizz.sshj.SSHClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One logged-in connection. It serves one command at a time, so that ending that command can never touch another one;
 * a second session on it is only ever opened to end the first.
 */
final class SshConnection {
    private static final Logger LOG = LoggerFactory.getLogger(SshConnection.class);

    private final SSHClient client;
    private final Instant idleSince;
    private final boolean reused;

    private SshConnection(SSHClient client, Instant idleSince, boolean reused) {
        this.client = client;
        this.idleSince = idleSince;
        this.reused = reused;
    }

    static SshConnection fresh(SSHClient client) {
        return new SshConnection(client, Instant.MIN, false);
    }

    /** The same connection, waiting for its next command. */
    SshConnection idle(Instant since) {
        return new SshConnection(client, since, true);
    }

    SSHClient client() {
        return client;
    }

    /** Whether it has waited in the pool, so that it may have died unnoticed. */
    boolean reused() {
        return reused;
    }

    Instant idleSince() {
        return idleSince;
    }

    boolean isAlive() {
        return client.isConnected() && client.isAuthenticated();
    }

    /** Closes without waiting for the other side. */
    void close() {
        Thread.ofVirtual().name("ssh-close").start(() -> {
            try {
                client.disconnect();
            } catch (IOException e) {
                LOG.debug("closing an SSH connection: {}", e.toString());
            }
        });
    }
}
