package io.opsconductor.runner.step;

import io.opsconductor.runner.inventory.HostKey;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.step.TargetOutcome.NotStarted;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.schmizz.sshj.Config;
import net.schmizz.sshj.SSHClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a target for its host keys. It logs in nowhere and trusts nothing: every key is refused once it was seen. */
public final class HostKeyScan {
    private static final Logger LOG = LoggerFactory.getLogger(HostKeyScan.class);
    private static final List<String> TYPES = List.of("ssh-ed25519", "ecdsa-sha2-nistp256", "ssh-rsa");

    private HostKeyScan() {}

    /** What a target presents, or why there was no answer. */
    public sealed interface Result {}

    /**
     * @param keys at least one, the preferred kind first
     */
    public record Presented(List<HostKey> keys) implements Result {
        public Presented {
            keys = List.copyOf(keys);
        }
    }

    public record Failed(NotStarted outcome) implements Result {}

    /**
     * Asks for keys of each kind that the runner accepts.
     *
     * @param limit for each kind
     */
    public static Result scan(Target target, Duration limit) {
        Set<HostKey> keys = new LinkedHashSet<>();
        Config config = SshAlgorithms.config();
        for (String type : TYPES) {
            PinnedHostKeys seen = new PinnedHostKeys(List.of(new HostKey(type, "")));
            try {
                connect(config, target, seen, limit);
            } catch (UnknownHostException e) {
                return new Failed(SshFailures.notResolved(target));
            } catch (IOException | RuntimeException e) {
                HostKey key = seen.refused();
                if (key == null) {
                    LOG.debug("asking {} for its host keys", target.name(), e);
                    if (keys.isEmpty()) {
                        return new Failed(SshFailures.notReachable(target, e));
                    }
                    continue;
                }
                keys.add(key);
            }
        }
        return keys.isEmpty() ? new Failed(SshFailures.late(target, limit)) : new Presented(new ArrayList<>(keys));
    }

    /** As {@code ssh-keygen -l} prints it. */
    public static String fingerprint(HostKey key) {
        return PinnedHostKeys.fingerprint(key);
    }

    private static void connect(Config config, Target target, PinnedHostKeys seen, Duration limit) throws IOException {
        InetAddress address = InetAddress.getByAddress(
                target.address(), InetAddress.getByName(target.address()).getAddress());
        NoDelaySockets sockets = new NoDelaySockets();
        CountDownLatch done = new CountDownLatch(1);
        try (SSHClient client = new SSHClient(config)) {
            client.setSocketFactory(sockets);
            client.setConnectTimeout((int) limit.toMillis());
            client.getTransport().setTimeoutMs((int) limit.toMillis());
            client.addHostKeyVerifier(seen);
            Thread.ofVirtual().name("ssh-scan-limit").start(() -> closeWhenLate(done, sockets, limit));
            client.connect(address, target.port());
        } finally {
            done.countDown();
        }
    }

    private static void closeWhenLate(CountDownLatch done, NoDelaySockets sockets, Duration limit) {
        try {
            if (!done.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                sockets.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.debug("closing a late connection: {}", e.toString());
        }
    }
}
