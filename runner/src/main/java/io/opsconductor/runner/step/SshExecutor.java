package io.opsconductor.runner.step;

import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.runner.credential.Credential;
import io.opsconductor.runner.credential.CredentialSource;
import io.opsconductor.runner.credential.Secret;
import io.opsconductor.runner.credential.SecretReading;
import io.opsconductor.runner.inventory.Sudo;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.mask.Masker;
import io.opsconductor.runner.step.RemoteEnd.Elevation;
import io.opsconductor.runner.step.SshConnector.Connecting;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.channel.OpenFailException;
import net.schmizz.sshj.connection.channel.direct.Session;
import org.jspecify.annotations.Nullable;

/** Runs command lines on targets over SSH, on connections that are kept for the next command. */
public final class SshExecutor implements StepExecutor {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
    private static final Duration IDLE_LIMIT = Duration.ofMinutes(5);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    /** What one logged-in connection takes of the heap, measured: 310 KB, most of it the library's buffer for the longest packet. */
    private static final long CONNECTION_BYTES = 360 * 1024;
    /** What everything else needs of the part of the heap where connections end up. */
    private static final long REST_BYTES = 48L * 1024 * 1024;

    /** What collectors call the part of the heap for what lives long. */
    private static final Pattern OLD = Pattern.compile("Tenured|Old");

    private static final String MARK = "LC_OPSCONDUCTOR";

    private final CredentialSource secrets;
    private final Masker masker;
    private final SshPool pool;
    private final Duration lookEvery;
    private final Cancellation closing = new Cancellation();
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * @param secrets fetches keys and passwords at the moment of login
     * @param masker what output passes through
     */
    public SshExecutor(CredentialSource secrets, Masker masker) {
        this(secrets, masker, InstantSource.system(), CONNECT_LIMIT, LOOK_EVERY);
    }

    SshExecutor(CredentialSource secrets, Masker masker, InstantSource clock, Duration connectLimit) {
        this(secrets, masker, clock, connectLimit, LOOK_EVERY);
    }

    /** @param lookEvery how often connections are looked after */
    SshExecutor(
            CredentialSource secrets, Masker masker, InstantSource clock, Duration connectLimit, Duration lookEvery) {
        this.secrets = secrets;
        this.masker = masker;
        this.pool = new SshPool(new SshConnector(secrets, connectLimit), clock, IDLE_LIMIT, mostIdle());
        this.lookEvery = lookEvery;
        Thread.ofVirtual().name("ssh-idle").start(this::look);
    }

    @Override
    public TargetOutcome run(StepCommand command, OutputListener listener, Cancellation cancellation) {
        if (!(command.place() instanceof Place.OnTarget(Target target))) {
            throw new IllegalArgumentException("ssh runs on a target");
        }
        Credential credential = target.credential();
        if (credential == null) {
            return SshFailures.noCredential(target);
        }
        Wanted wanted = new Wanted(command, target, credential, listener, cancellation);
        try (var _ = closing.onCancel(() -> cancellation.cancel("The runner is stopping."))) {
            if (cancellation.isCancelled()) {
                return notEvenStarted(cancellation);
            }
            return switch (command.command()) {
                case RenderedCommand.Shell(String line) when target.isNetworkDevice() -> onDevice(wanted, line);
                case RenderedCommand.Shell(String line) -> run(wanted, SshOrder.plain(line));
                case RenderedCommand.ShellInput(String line, String input, String mark, boolean asks)
                when !target.isNetworkDevice() ->
                    mark.isEmpty()
                            ? run(wanted, SshOrder.reading(line, input))
                            : underSudo(wanted, line, input, mark, asks);
                default -> throw new IllegalArgumentException("ssh runs a shell line");
            };
        }
    }

    /** One command and all that goes with it. */
    private record Wanted(
            StepCommand command,
            Target target,
            Credential credential,
            OutputListener listener,
            Cancellation cancellation) {}

    private TargetOutcome underSudo(Wanted wanted, String line, String input, String mark, boolean asks) {
        Sudo sudo = wanted.target().ssh().sudo();
        Credential.Password password = sudo.password();
        if (!asks) {
            return run(
                    wanted,
                    new SshOrder(line, input, new SudoDialogue(mark, null), new Elevation(sudo.account(), null)));
        }
        if (password == null) {
            throw new IllegalArgumentException("a command is to answer sudo with a password that its target has not");
        }
        // It is fetched before the output's masking begins, which then knows it.
        return switch (secrets.read(password.password())) {
            case SecretReading.Unavailable(String reason) -> SshFailures.unusable(wanted.target(), password, reason);
            case SecretReading.Read(Secret secret) -> {
                try (secret) {
                    Elevation elevation = new Elevation(
                            sudo.account(),
                            () -> secrets.read(password.password()) instanceof SecretReading.Read(Secret again)
                                    ? again
                                    : null);
                    yield run(wanted, new SshOrder(line, input, new SudoDialogue(mark, secret), elevation));
                }
            }
        };
    }

    private TargetOutcome run(Wanted wanted, SshOrder order) {
        return switch (pool.take(wanted.target(), wanted.credential(), wanted.cancellation())) {
            case Connecting.Failed(TargetOutcome.NotStarted outcome) -> outcome;
            case Connecting.Cancelled() -> notEvenStarted(wanted.cancellation());
            case Connecting.Connected(SshConnection connection) -> run(wanted, order, connection);
        };
    }

    private TargetOutcome run(Wanted wanted, SshOrder order, SshConnection connection) {
        Target target = wanted.target();
        boolean alone = pool.users(connection) == 1;
        boolean mayHaveDied = connection.isUsed() || !alone;
        Session session;
        String mark;
        try (var _ = wanted.cancellation().onCancel(() -> pool.giveUpAlone(connection))) {
            session = connection.session();
            mark = mark(target, connection, session);
        } catch (SSHException e) {
            if (e instanceof OpenFailException && !alone) {
                // No room for one more: it is filled to one session less, which ending a command takes.
                pool.room(connection, pool.users(connection) - 2);
            } else {
                pool.retire(connection);
            }
            pool.giveBack(connection);
            if (wanted.cancellation().isCancelled()) {
                return notEvenStarted(wanted.cancellation());
            }
            if (!mayHaveDied) {
                return SshFailures.sessionRefused(target);
            }
            // It died, or is full. Nothing has been sent yet, so a new connection cannot start anything twice.
            return onNewConnection(wanted, order);
        }
        if (mark == null && pool.users(connection) > 1) {
            // It was taken for one that others may share, and could not be ended without them.
            pool.retire(connection);
            pool.giveBack(connection);
            return onNewConnection(wanted, order);
        }
        if (wanted.cancellation().isCancelled()) {
            pool.retire(connection);
            pool.giveBack(connection);
            return notEvenStarted(wanted.cancellation());
        }
        SshRun run = new SshRun(
                wanted.command(),
                target,
                new RemoteEnd(connection, mark, order.elevation()),
                session,
                new OutputCapture(masker, wanted.command().outputLimitBytes(), wanted.listener()));
        try {
            return run.run(order, wanted.cancellation(), masker);
        } finally {
            if (!run.isClean()) {
                pool.retire(connection);
            }
            pool.giveBack(connection);
        }
    }

    private TargetOutcome onNewConnection(Wanted wanted, SshOrder order) {
        return switch (pool.takeNew(wanted.target(), wanted.credential(), wanted.cancellation())) {
            case Connecting.Failed(TargetOutcome.NotStarted outcome) -> outcome;
            case Connecting.Cancelled() -> notEvenStarted(wanted.cancellation());
            case Connecting.Connected(SshConnection fresh) -> run(wanted, order, fresh);
        };
    }

    /**
     * Marks the session's environment, so that its processes can be told from those of other sessions of the connection. The
     * name begins like those of locale settings, which servers commonly accept (AcceptEnv LC_*).
     *
     * @return null when it carries none
     */
    private @Nullable String mark(Target target, SshConnection connection, Session session) throws SSHException {
        if (!target.platform().equalsIgnoreCase("linux") || Boolean.FALSE.equals(connection.takesMarks())) {
            return null;
        }
        String mark = UUID.randomUUID().toString();
        if (Boolean.TRUE.equals(connection.takesMarks())) {
            // The server is known to take it, so that nobody need wait for its answer (RFC 4254, section 6.4).
            connection
                    .client()
                    .getTransport()
                    .write(new SSHPacket(Message.CHANNEL_REQUEST)
                            .putUInt32(session.getRecipient())
                            .putString("env")
                            .putBoolean(false)
                            .putString(MARK)
                            .putString(mark));
            return mark;
        }
        try {
            session.setEnvVar(MARK, mark);
        } catch (ConnectionException e) {
            if (!"Request failed".equals(e.getMessage())) {
                throw e;
            }
            connection.takesMarks(false);
            return null;
        }
        connection.takesMarks(true);
        pool.room(connection, SshConnection.SEVERAL);
        return mark;
    }

    private TargetOutcome onDevice(Wanted wanted, String lines) {
        // Devices have few sessions, and one left in another mode would surprise the next command.
        return switch (pool.takeNew(wanted.target(), wanted.credential(), wanted.cancellation())) {
            case Connecting.Failed(TargetOutcome.NotStarted outcome) -> outcome;
            case Connecting.Cancelled() -> notEvenStarted(wanted.cancellation());
            case Connecting.Connected(SshConnection connection) -> {
                pool.retire(connection);
                try {
                    OutputCapture capture =
                            new OutputCapture(masker, wanted.command().outputLimitBytes(), wanted.listener());
                    yield new DeviceRun(wanted.command(), wanted.target(), connection, capture)
                            .run(lines.lines().toList(), wanted.cancellation());
                } finally {
                    pool.giveBack(connection);
                }
            }
        };
    }

    static TargetOutcome notEvenStarted(Cancellation cancellation) {
        String reason = cancellation.reason();
        return new TargetOutcome.Cancelled(
                Captured.NOTHING,
                Captured.NOTHING,
                Duration.ZERO,
                "Cancelled before it was started. " + (reason == null ? "The runner is stopping." : reason));
    }

    /**
     * As many connections are kept as the heap's part for what lives long holds beside the rest: a thousand need a heap of 512
     * MB. More would fit, with a collection of everything every few seconds.
     */
    private static int mostIdle() {
        long room = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP
                        && OLD.matcher(pool.getName()).find())
                .mapToLong(pool -> pool.getUsage().getMax())
                .filter(most -> most > 0)
                .findFirst()
                .orElse(Runtime.getRuntime().maxMemory());
        return (int) Math.max(16, (room - REST_BYTES) / CONNECTION_BYTES);
    }

    private void look() {
        try {
            while (!closed.await(lookEvery.toMillis(), TimeUnit.MILLISECONDS)) {
                pool.closeIdle();
                pool.askForLife();
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
