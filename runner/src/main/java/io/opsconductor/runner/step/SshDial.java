package io.opsconductor.runner.step;

import io.opsconductor.runner.inventory.Target;
import java.io.IOException;
import java.net.InetAddress;
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
    private End end = End.NONE;
    private volatile @Nullable NameLookup lookup;
    private volatile @Nullable DirectConnection tunnel;

    /** What ended the dialling; only the first counts. */
    enum End {
        NONE,
        DONE,
        LATE,
        CUT
    }

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
    synchronized boolean isLate() {
        return end == End.LATE;
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
            DirectConnection opened = new DirectConnection(through.getConnection(), target.address(), target.port());
            tunnel = opened;
            refuseWhenCut();
            opened.open();
            client.connectVia(opened);
        }
    }

    /** Ends the limit; answers whether it was this, or what had ended the dialling before. */
    End done() {
        End first = end(End.DONE);
        done.countDown();
        return first;
    }

    private synchronized End end(End how) {
        if (end == End.NONE) {
            end = how;
        }
        return end;
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
    private InetAddress resolve(String address) throws IOException {
        NameLookup begun = NameLookup.of(address);
        lookup = begun;
        refuseWhenCut();
        return InetAddress.getByAddress(address, begun.addresses().getFirst().getAddress());
    }

    private synchronized void refuseWhenCut() throws SSHException {
        if (end != End.NONE) {
            throw new SSHException("it is not to be connected any more");
        }
    }

    private void cutWhenLate() {
        try {
            if (!done.await(limit.toMillis(), TimeUnit.MILLISECONDS) && end(End.LATE) == End.LATE) {
                free("the limit has passed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Gives it up at once, unless it is done; whoever waits on it is freed. */
    void cut() {
        if (end(End.CUT) == End.CUT) {
            done.countDown();
            // The library's locks may be held for a while, and who cancels does not wait.
            Thread.ofVirtual().name("ssh-cut").start(() -> free("it was cancelled"));
        }
    }

    private void free(String why) {
        NameLookup name = lookup;
        if (name != null) {
            name.giveUp();
        }
        try {
            DirectConnection channel = tunnel;
            if (channel != null) {
                channel.notifyError(new SSHException(why));
            }
            sockets.close();
        } catch (IOException e) {
            LOG.debug("closing a connection that is not there yet: {}", e.toString());
        }
    }
}
