package io.opsconductor.runner.step;

import io.opsconductor.runner.credential.Credential;
import io.opsconductor.runner.credential.CredentialSource;
import io.opsconductor.runner.inventory.HostKey;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.step.TargetOutcome.NotStarted;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import net.schmizz.sshj.Config;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.OpenFailException;
import net.schmizz.sshj.userauth.UserAuthException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens connections. Whatever a target does or fails to do, an answer comes within the limit. */
final class SshConnector {
    private static final Logger LOG = LoggerFactory.getLogger(SshConnector.class);

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

        /** Somebody cancelled meanwhile. */
        record Cancelled() implements Connecting {}
    }

    /**
     * Connects, and logs in; a cancellation ends it at once.
     *
     * @param through the connection to the host before it; null when the runner reaches it itself
     */
    Connecting connect(
            Target target, Credential credential, @Nullable SshConnection through, Cancellation cancellation) {
        PinnedHostKeys hostKeys = new PinnedHostKeys(target.hostKeys());
        SshDial dial = new SshDial(config, hostKeys, limit);
        Connecting result;
        SshDial.End end;
        try (var _ = cancellation.onCancel(dial::cut)) {
            result = connect(dial, target, credential, hostKeys, through);
            end = dial.done();
        }
        if (end == SshDial.End.CUT) {
            dial.close();
            return new Connecting.Cancelled();
        }
        if (end == SshDial.End.LATE && result instanceof Connecting.Connected) {
            // It logged in just when the limit passed, and was cut.
            result = failed(SshFailures.late(target, limit));
        }
        if (result instanceof Connecting.Failed(NotStarted outcome)) {
            LOG.info(
                    "ssh to {} ({}:{}) as {} failed: {}",
                    target.name(),
                    target.address(),
                    target.port(),
                    credential.account(),
                    outcome.code());
            dial.close();
        }
        return result;
    }

    private Connecting connect(
            SshDial dial,
            Target target,
            Credential credential,
            PinnedHostKeys hostKeys,
            @Nullable SshConnection through) {
        boolean proven = false;
        SSHClient client = dial.client();
        try {
            dial.connect(target, through == null ? null : through.client());
            proven = true;
            login.logIn(client, credential);
            return new Connecting.Connected(new SshConnection(dial, through));
        } catch (UnknownHostException e) {
            return failed(SshFailures.notResolved(target));
        } catch (SshLogin.UnusableCredential e) {
            return failed(SshFailures.unusable(target, credential, e.reason()));
        } catch (OpenFailException e) {
            return failed(SshFailures.notOpened(target, e));
        } catch (IOException | RuntimeException e) {
            HostKey refused = hostKeys.refused();
            if (refused != null) {
                return failed(SshFailures.hostKey(target, refused));
            }
            if (dial.isLate()) {
                return failed(SshFailures.late(target, limit));
            }
            LOG.debug("ssh to {}", target.name(), e);
            return failed(
                    proven && ((e instanceof UserAuthException && client.isConnected()) || hasHadEnough(e))
                            ? SshFailures.refused(target, credential)
                            : SshFailures.notReachable(target, e));
        }
    }

    /** Whether the server hung up for too many attempts, as OpenSSH does after MaxAuthTries. */
    private static boolean hasHadEnough(Throwable e) {
        for (Throwable at = e; at != null; at = at.getCause()) {
            if (String.valueOf(at.getMessage()).contains("Too many authentication failures")) {
                return true;
            }
        }
        return false;
    }

    private static Connecting failed(NotStarted outcome) {
        return new Connecting.Failed(outcome);
    }
}
