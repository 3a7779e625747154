package io.opsconductor.runner.step;

import io.opsconductor.runner.credential.Credential;
import io.opsconductor.runner.credential.CredentialSource;
import io.opsconductor.runner.credential.Secret;
import io.opsconductor.runner.credential.SecretReading;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.inventory.WinRmAddress;
import io.opsconductor.runner.mask.Masker;
import io.opsconductor.runner.step.OutputListener.Channel;
import io.opsconductor.runner.winrm.Account;
import io.opsconductor.runner.winrm.Destination;
import io.opsconductor.runner.winrm.PowerShellProgram;
import io.opsconductor.runner.winrm.Session;
import io.opsconductor.runner.winrm.Shell;
import io.opsconductor.runner.winrm.WinRmException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One command in one shell, from the look-up of the target's address to the shell's end; it may be ended by an interrupt. */
final class WinRmRun {
    private static final Logger LOG = LoggerFactory.getLogger(WinRmRun.class);

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

    /** For ending a command over a connection of its own. */
    private static final Duration END_LIMIT = Duration.ofSeconds(8);

    private static final int MAX_ADDRESSES = 4;

    private final Target target;
    private final WinRmAddress address;
    private final CredentialSource secrets;
    private final Masker masker;
    private final WinRmFailures failures;
    private final PowerShellProgram.Start start;
    private final Cancellation cancellation;
    private final Supplier<OutputCapture> captures;
    private final long made = System.nanoTime();

    private volatile OutputCapture capture;
    private volatile ErrorText errors;
    private volatile @Nullable Account account;
    private volatile @Nullable Destination reached;
    private volatile @Nullable Shell shell;
    private volatile @Nullable String commandId;
    private volatile long started;
    private volatile boolean sent;
    private volatile @Nullable TargetOutcome outcome;

    WinRmRun(
            Target target,
            WinRmAddress address,
            CredentialSource secrets,
            Masker masker,
            WinRmFailures failures,
            PowerShellProgram.Start start,
            Cancellation cancellation,
            Supplier<OutputCapture> captures) {
        this.target = target;
        this.address = address;
        this.secrets = secrets;
        this.masker = masker;
        this.failures = failures;
        this.start = start;
        this.cancellation = cancellation;
        this.captures = captures;
        this.capture = captures.get();
        this.errors = new ErrorText(capture);
        this.started = made;
    }

    /**
     * Runs it to its end.
     *
     * @param ready told when the shell is there, after which the command's own time begins
     */
    void run(Runnable ready) {
        try {
            outcome = reach(ready);
        } catch (WinRmException e) {
            outcome = sent ? failures.brokeOff(stdout(), stderr(), took(), e) : failures.notStarted(e);
        } catch (GeneralSecurityException e) {
            outcome = failures.notReachable(e);
        } catch (RuntimeException | IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                // Whoever interrupted words the outcome.
                return;
            }
            LOG.debug("a command on {} ended: {}", target.name(), e.toString());
            outcome = sent ? failures.lost(stdout(), stderr(), took()) : failures.notReachable(e);
        }
    }

    private TargetOutcome reach(Runnable ready) throws WinRmException, IOException, GeneralSecurityException {
        Credential.Password credential = address.credential();
        if (credential == null) {
            return failures.noCredential();
        }
        Account login;
        switch (secrets.read(credential.password())) {
            case SecretReading.Read(Secret secret) -> {
                try (secret) {
                    login = new Account(credential.account(), new String(secret.bytes(), StandardCharsets.UTF_8));
                }
            }
            case SecretReading.Unavailable(String reason) -> {
                return failures.unusable(credential, reason);
            }
        }
        account = login;
        masker.register(
                Base64.getEncoder().encode((login.name() + ":" + login.password()).getBytes(StandardCharsets.UTF_8)));
        // A capture masks the secrets that are known when it is made.
        capture = captures.get();
        errors = new ErrorText(capture);
        List<InetAddress> addresses;
        try {
            addresses = NameLookup.of(target.address()).addresses();
        } catch (UnknownHostException e) {
            LOG.debug("{} of {}", target.address(), target.name(), e);
            return failures.notResolved();
        }
        try (Session session = connect(addresses, login)) {
            Shell opened = Shell.create(session, CONNECT_LIMIT);
            shell = opened;
            String reason = cancellation.reason();
            if (reason != null) {
                opened.delete(session);
                return WinRmExecutor.notEvenStarted(reason);
            }
            started = System.nanoTime();
            sent = true;
            ready.run();
            TargetOutcome ended = command(session, opened);
            delete(session, opened);
            return ended;
        }
    }

    /** The first of the addresses that takes a connection; the last failure when none does. */
    private Session connect(List<InetAddress> addresses, Account login)
            throws WinRmException, IOException, GeneralSecurityException {
        int last = Math.min(MAX_ADDRESSES, addresses.size()) - 1;
        for (int i = 0; ; i++) {
            Destination destination =
                    new Destination(target.address(), addresses.get(i), address.port(), address.tls(), trust());
            reached = destination;
            try {
                return Session.open(destination, address.scheme(), login, CONNECT_LIMIT);
            } catch (RuntimeException e) {
                if (i == last || !WinRmFailures.isUnreached(e)) {
                    throw e;
                }
            }
        }
    }

    private Destination.Trust trust() throws GeneralSecurityException {
        String authority = address.authority();
        return !address.fingerprint().isEmpty()
                ? new Destination.Pinned(address.fingerprint())
                : authority == null
                        ? new Destination.PublicAuthorities()
                        : new Destination.Authorities(WebLogin.certificates(authority));
    }

    private TargetOutcome command(Session session, Shell opened) throws WinRmException, IOException {
        String id;
        try {
            id = opened.start(session, start.line(), !start.input().isEmpty());
        } catch (WinRmException e) {
            // A fault says that nothing was started; anything else may have come after the start.
            return switch (e.kind()) {
                case FAULT, QUOTA, NOT_ALLOWED, LOGIN_REFUSED, LOGIN_NOT_OFFERED, LOGIN_NOT_MADE ->
                    failures.notStarted(e);
                case STATUS, GARBAGE, NOT_SEALED, TOO_LARGE -> failures.brokeOff(stdout(), stderr(), took(), e);
            };
        }
        commandId = id;
        if (!start.input().isEmpty()) {
            opened.send(session, id, start.input());
        }
        Streams streams = new Streams(capture, errors);
        while (true) {
            Shell.Progress progress = opened.receive(session, id, streams);
            if (progress.ended()) {
                return progress.exitCode().isPresent()
                        ? new TargetOutcome.Exited(progress.exitCode().getAsInt(), stdout(), stderr(), took())
                        : failures.withoutExitCode(stdout(), stderr(), took());
            }
        }
    }

    private record Streams(OutputCapture capture, ErrorText errors) implements Shell.Streams {
        @Override
        public void stdout(byte[] piece) {
            capture.write(Channel.STDOUT, piece);
        }

        @Override
        public void stderr(byte[] piece) {
            errors.accept(piece);
        }
    }

    private void delete(Session session, Shell opened) {
        try {
            opened.delete(session);
        } catch (WinRmException | IOException | RuntimeException e) {
            // The command is over; the service ends an idle shell by itself.
            LOG.debug("deleting a shell on {}: {}", target.name(), e.toString());
        }
    }

    /** The outcome of a run that has come to its own end. */
    TargetOutcome outcome() {
        TargetOutcome ended = outcome;
        return ended == null ? failures.lost(stdout(), stderr(), took()) : ended;
    }

    TargetOutcome timedOut(Duration limit) {
        String end = ended();
        return new TargetOutcome.TimedOut(
                stdout(),
                stderr(),
                took(),
                "It was still running after " + limit.toSeconds() + " s and was ended." + end);
    }

    TargetOutcome cancelled(@Nullable String reason) {
        String why = reason == null ? "The runner is stopping." : reason;
        if (!sent) {
            abandon();
            return WinRmExecutor.notEvenStarted(why);
        }
        String end = ended();
        return new TargetOutcome.Cancelled(stdout(), stderr(), took(), "It was ended. " + why + end);
    }

    /** Ends the shell of a run whose command was never sent; nobody waits for it. */
    void abandon() {
        if (shell != null) {
            Thread.ofVirtual().name("winrm-abandon").start(() -> end(new AtomicBoolean()));
        }
    }

    /** Ends the command and says so when that could not be confirmed. */
    private String ended() {
        AtomicBoolean confirmed = new AtomicBoolean();
        Thread thread = Thread.ofVirtual().name("winrm-end").start(() -> end(confirmed));
        boolean interrupted = Thread.interrupted();
        WinRmExecutor.join(thread, END_LIMIT);
        thread.interrupt();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return confirmed.get() ? "" : failures.unconfirmed();
    }

    /** The first connection may still wait for output, so this takes another one. */
    private void end(AtomicBoolean confirmed) {
        Account login = account;
        Destination destination = reached;
        Shell opened = shell;
        String id = commandId;
        if (login == null || destination == null || opened == null) {
            return;
        }
        try (Session session = Session.open(destination, address.scheme(), login, CONNECT_LIMIT)) {
            if (id != null) {
                opened.terminate(session, id);
            }
            opened.delete(session);
            confirmed.set(true);
        } catch (WinRmException | GeneralSecurityException | IOException | RuntimeException e) {
            LOG.debug("ending a command on {}: {}", target.name(), e.toString());
        }
    }

    private Captured stdout() {
        return capture.finish(Channel.STDOUT);
    }

    private Captured stderr() {
        errors.finish();
        return capture.finish(Channel.STDERR);
    }

    private Duration took() {
        return Duration.ofNanos(System.nanoTime() - started);
    }
}
