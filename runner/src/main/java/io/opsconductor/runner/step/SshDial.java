package io.opsconductor.runner.step;

import io.opsconductor.runner.inventory.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.schmizz.sshj.Config;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.connection.channel.direct.DirectConnection;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one connection is made of: a socket of the runner, or a channel of a connection to the host before it. Whoever
 * waits on it can be freed from another thread, and is freed when the limit passes.
 */
final class SshDial {
    private static final Logger LOG = LoggerFactory.getLogger(SshDial.class);

    private final SSHClient client;
    private final NoDelaySockets sockets = new NoDelaySockets();
    private final Duration limit;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile @Nullable DirectConnection tunnel;
    private volatile boolean late;

    SshDial(Config config, HostKeyVerifier hostKeys, Duration limit) {
        this.limit = limit;
        this.client = new SSHClient(config);
        client.setSocketFactory(sockets);
        client.setConnectTimeout((int) limit.toMillis());
        client.getTransport().setTimeoutMs((int) limit.toMillis());
        client.getConnection().setTimeoutMs((int) limit.toMillis());
        client.addHostKeyVerifier(hostKeys);
    }

    SSHClient client() {
        return client;
    }

    /** Whether the limit has passed, so that whatever failed failed for that. */
    boolean isLate() {
        return late;
    }

    /**
     * Connects and lets the target prove itself. From here until {@link #done} the limit counts.
     *
     * @param through the connection to the host before it; null when the runner reaches it itself
     */
    void connect(Target target, @Nullable SSHClient through) throws IOException {
        Thread.ofVirtual().name("ssh-connect-limit").start(this::cutWhenLate);
        if (through == null) {
            client.connect(resolve(target.address()), target.port());
        } else {
            // The host before it looks the name up: inside its network names may mean other machines.
            DirectConnection opened = through.newDirectConnection(target.address(), target.port());
            tunnel = opened;
            client.connectVia(opened);
        }
    }

    /** Ends the limit. */
    void done() {
        done.countDown();
    }

    /** Closes without waiting for the other side. */
    void close() {
        done();
        Thread.ofVirtual().name("ssh-close").start(() -> {
            try {
                client.disconnect();
            } catch (IOException e) {
                LOG.debug("closing an SSH connection: {}", e.toString());
            }
            try {
                DirectConnection channel = tunnel;
                if (channel != null) {
                    channel.close();
                }
            } catch (IOException e) {
                LOG.debug("closing a channel through another host: {}", e.toString());
            }
        });
    }

    /** The name stays with the address: without it the library would look up a name for the address. */
    private static InetAddress resolve(String address) throws UnknownHostException {
        return InetAddress.getByAddress(address, InetAddress.getByName(address).getAddress());
    }

    private void cutWhenLate() {
        try {
            if (!done.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                late = true;
                DirectConnection channel = tunnel;
                if (channel != null) {
                    channel.notifyError(new SSHException("the limit has passed"));
                }
                sockets.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.debug("closing a late connection: {}", e.toString());
        }
    }
}
