package io.opsconductor.runner.step;

import io.opsconductor.runner.credential.Credential;
import io.opsconductor.runner.credential.CredentialSource;
import io.opsconductor.runner.inventory.HostKey;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.step.TargetOutcome.NotStarted;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import net.schmizz.keepalive.KeepAliveRunner;
import net.schmizz.sshj.Config;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.userauth.UserAuthException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens connections. Whatever a target does or fails to do, an answer comes within the limit. */
final class SshConnector {
    private static final Logger LOG = LoggerFactory.getLogger(SshConnector.class);
    private static final int KEEPALIVE_SECONDS = 5;
    private static final int KEEPALIVE_MISSES = 2;

    private final Config config = SshAlgorithms.config();
    private final SshLogin login;
    private final Duration limit;

    SshConnector(CredentialSource secrets, Duration limit) {
        this.login = new SshLogin(secrets);
        this.limit = limit;
    }

    /** A connection, or why there is none. */
    sealed interface Connecting {
        record Connected(SshConnection connection) implements Connecting {}

        record Failed(NotStarted outcome) implements Connecting {}
    }

    Connecting connect(Target target, Credential credential) {
        SSHClient client = new SSHClient(config);
        NoDelaySockets sockets = new NoDelaySockets();
        PinnedHostKeys hostKeys = new PinnedHostKeys(target.hostKeys());
        client.setSocketFactory(sockets);
        client.setConnectTimeout((int) limit.toMillis());
        client.getTransport().setTimeoutMs((int) limit.toMillis());
        client.getConnection().setTimeoutMs((int) limit.toMillis());
        client.addHostKeyVerifier(hostKeys);
        if (client.getConnection().getKeepAlive() instanceof KeepAliveRunner keepAlive) {
            keepAlive.setKeepAliveInterval(KEEPALIVE_SECONDS);
            keepAlive.setMaxAliveCount(KEEPALIVE_MISSES);
        }
        AtomicBoolean late = new AtomicBoolean();
        CountDownLatch done = new CountDownLatch(1);
        Thread.ofVirtual().name("ssh-connect-limit").start(() -> closeWhenLate(done, late, sockets));
        Connecting result = connect(client, target, credential, hostKeys, late);
        done.countDown();
        if (result instanceof Connecting.Failed(NotStarted outcome)) {
            LOG.info(
                    "ssh to {} ({}:{}) as {} failed: {}",
                    target.name(),
                    target.address(),
                    target.port(),
                    credential.account(),
                    outcome.code());
            SshConnection.fresh(client).close();
        }
        return result;
    }

    private Connecting connect(
            SSHClient client, Target target, Credential credential, PinnedHostKeys hostKeys, AtomicBoolean late) {
        boolean proven = false;
        try {
            client.connect(resolve(target.address()), target.port());
            proven = true;
            login.logIn(client, credential);
            return new Connecting.Connected(SshConnection.fresh(client));
        } catch (UnknownHostException e) {
            return failed(SshFailures.notResolved(target));
        } catch (SshLogin.UnusableCredential e) {
            return failed(SshFailures.unusable(target, credential, e.reason()));
        } catch (IOException | RuntimeException e) {
            HostKey refused = hostKeys.refused();
            if (refused != null) {
                return failed(SshFailures.hostKey(target, refused));
            }
            if (late.get()) {
                return failed(SshFailures.late(target, limit));
            }
            LOG.debug("ssh to {}", target.name(), e);
            return failed(
                    proven && e instanceof UserAuthException && client.isConnected()
                            ? SshFailures.refused(target, credential)
                            : SshFailures.notReachable(target, e));
        }
    }

    private static Connecting failed(NotStarted outcome) {
        return new Connecting.Failed(outcome);
    }

    /** The name stays with the address: without it the library would look up a name for the address. */
    private static InetAddress resolve(String address) throws UnknownHostException {
        return InetAddress.getByAddress(address, InetAddress.getByName(address).getAddress());
    }

    private void closeWhenLate(CountDownLatch done, AtomicBoolean late, NoDelaySockets sockets) {
        try {
            if (!done.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                late.set(true);
                sockets.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.debug("closing a late connection: {}", e.toString());
        }
    }
}
