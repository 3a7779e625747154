package io.opsconductor.runner.step;

import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.runner.credential.Credential;
import io.opsconductor.runner.credential.CredentialSource;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.mask.Masker;
import io.opsconductor.runner.step.SshConnector.Connecting;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.connection.channel.direct.Session;

/** Runs command lines on targets over SSH, on connections that are kept for the next command. */
public final class SshExecutor implements StepExecutor {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
    private static final Duration IDLE_LIMIT = Duration.ofMinutes(5);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(30);

    private final Masker masker;
    private final SshPool pool;
    private final Cancellation closing = new Cancellation();
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * @param secrets fetches keys and passwords at the moment of login
     * @param masker what output passes through
     */
    public SshExecutor(CredentialSource secrets, Masker masker) {
        this(secrets, masker, InstantSource.system(), CONNECT_LIMIT);
    }

    SshExecutor(CredentialSource secrets, Masker masker, InstantSource clock, Duration connectLimit) {
        this.masker = masker;
        this.pool = new SshPool(new SshConnector(secrets, connectLimit), clock, IDLE_LIMIT);
        Thread.ofVirtual().name("ssh-idle").start(this::closeIdle);
    }

    @Override
    public TargetOutcome run(StepCommand command, OutputListener listener, Cancellation cancellation) {
        if (!(command.command() instanceof RenderedCommand.Shell(String line))
                || !(command.place() instanceof Place.OnTarget(Target target))) {
            throw new IllegalArgumentException("ssh runs a shell line on a target");
        }
        Credential credential = target.credential();
        if (credential == null) {
            return SshFailures.noCredential(target);
        }
        try (var _ = closing.onCancel(() -> cancellation.cancel("The runner is stopping."))) {
            if (cancellation.isCancelled()) {
                return notEvenStarted(cancellation);
            }
            return switch (pool.take(target, credential)) {
                case Connecting.Failed(TargetOutcome.NotStarted outcome) -> outcome;
                case Connecting.Connected(SshConnection connection) ->
                    run(command, line, target, credential, connection, listener, cancellation);
            };
        }
    }

    private TargetOutcome run(
            StepCommand command,
            String line,
            Target target,
            Credential credential,
            SshConnection connection,
            OutputListener listener,
            Cancellation cancellation) {
        Session session;
        try {
            session = connection.client().startSession();
        } catch (SSHException e) {
            connection.close();
            if (!connection.reused()) {
                return SshFailures.sessionRefused(target);
            }
            // It died while it waited. Nothing has been sent yet, so a new connection cannot start anything twice.
            return switch (pool.takeNew(target, credential)) {
                case Connecting.Failed(TargetOutcome.NotStarted outcome) -> outcome;
                case Connecting.Connected(SshConnection fresh) ->
                    run(command, line, target, credential, fresh, listener, cancellation);
            };
        }
        if (cancellation.isCancelled()) {
            connection.close();
            return notEvenStarted(cancellation);
        }
        SshRun run = new SshRun(
                command, target, connection, session, new OutputCapture(masker, command.outputLimitBytes(), listener));
        TargetOutcome outcome = run.run(line, cancellation);
        if (run.isClean()) {
            pool.giveBack(target, credential, connection);
        } else {
            connection.close();
        }
        return outcome;
    }

    private static TargetOutcome notEvenStarted(Cancellation cancellation) {
        return new TargetOutcome.Cancelled(
                Captured.NOTHING,
                Captured.NOTHING,
                Duration.ZERO,
                "Cancelled before it was started. " + cancellation.reason());
    }

    private void closeIdle() {
        try {
            while (!closed.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                pool.closeIdle();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    SshPool pool() {
        return pool;
    }

    @Override
    public void close() {
        closing.cancel("The runner is stopping.");
        closed.countDown();
        pool.close();
    }
}
