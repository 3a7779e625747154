package io.opsconductor.runner.step;

import io.opsconductor.runner.credential.CredentialSource;
import io.opsconductor.runner.inventory.HostKey;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.step.SshConnector.Connecting;
import io.opsconductor.runner.step.TargetOutcome.NotStarted;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.schmizz.sshj.Config;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.OpenFailException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a target for its host keys, through the hosts on the way to it if there are any. To the target itself it does not log
 * in, and it trusts nothing there: every key is refused once it was seen.
 */
public final class HostKeyScan implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HostKeyScan.class);
    private static final List<String> TYPES = List.of("ssh-ed25519", "ecdsa-sha2-nistp256", "ssh-rsa");

    private final Config config = SshAlgorithms.config();
    private final SshPool pool;
    private final Duration limit;

    /**
     * @param secrets fetches keys and passwords of hosts on the way at the moment of login
     * @param limit for each host and each kind of key
     */
    public HostKeyScan(CredentialSource secrets, Duration limit) {
        this(new SshPool(new SshConnector(secrets, limit), InstantSource.system(), limit, 1), limit);
    }

    HostKeyScan(SshPool pool, Duration limit) {
        this.pool = pool;
        this.limit = limit;
    }

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

    /** Asks for keys of each kind that the runner accepts. */
    public Result scan(Target target) {
        switch (pool.before(target, new Cancellation())) {
            case null -> {
                return scan(target, null);
            }
            case Connecting.Failed(NotStarted outcome) -> {
                return new Failed(outcome);
            }
            case Connecting.Cancelled() -> throw new IllegalStateException("nobody can cancel this");
            case Connecting.Connected(SshConnection through) -> {
                try {
                    return scan(target, through.client());
                } finally {
                    pool.giveBack(through);
                }
            }
        }
    }

    private Result scan(Target target, @Nullable SSHClient through) {
        Set<HostKey> keys = new LinkedHashSet<>();
        for (String type : TYPES) {
            PinnedHostKeys seen = new PinnedHostKeys(List.of(new HostKey(type, "")));
            SshDial dial = new SshDial(config, seen, limit);
            try {
                dial.connect(target, through);
            } catch (UnknownHostException e) {
                return new Failed(SshFailures.notResolved(target));
            } catch (OpenFailException e) {
                return new Failed(SshFailures.notOpened(target, e));
            } catch (IOException | RuntimeException e) {
                HostKey key = seen.refused();
                if (key == null) {
                    LOG.debug("asking {} for its host keys", target.name(), e);
                    if (keys.isEmpty()) {
                        return new Failed(
                                dial.isLate() ? SshFailures.late(target, limit) : SshFailures.notReachable(target, e));
                    }
                    continue;
                }
                keys.add(key);
            } finally {
                dial.close();
            }
        }
        return keys.isEmpty() ? new Failed(SshFailures.late(target, limit)) : new Presented(new ArrayList<>(keys));
    }

    /** As {@code ssh-keygen -l} prints it. */
    public static String fingerprint(HostKey key) {
        return PinnedHostKeys.fingerprint(key);
    }

    @Override
    public void close() {
        pool.close();
    }
}
