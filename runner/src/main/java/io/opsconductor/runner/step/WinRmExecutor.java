package io.opsconductor.runner.step;

import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.runner.credential.CredentialSource;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.inventory.WinRmAddress;
import io.opsconductor.runner.mask.Masker;
import io.opsconductor.runner.winrm.PowerShellProgram;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Runs PowerShell scripts and command lines on Windows, each in a shell of its own over a connection of its own. */
public final class WinRmExecutor implements StepExecutor {
    /** For the way to a shell: connecting, TLS, the login, and the shell itself. */
    static final Duration REACH_LIMIT = Duration.ofSeconds(15);

    /** Time for the run to notice that it was ended. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final CredentialSource secrets;
    private final Masker masker;
    private final Duration reachLimit;
    private final Cancellation closing = new Cancellation();

    /**
     * @param secrets fetches passwords for each run
     * @param masker what output passes through
     */
    public WinRmExecutor(CredentialSource secrets, Masker masker) {
        this(secrets, masker, REACH_LIMIT);
    }

    WinRmExecutor(CredentialSource secrets, Masker masker, Duration reachLimit) {
        this.secrets = secrets;
        this.masker = masker;
        this.reachLimit = reachLimit;
    }

    @Override
    public TargetOutcome run(StepCommand command, OutputListener listener, Cancellation cancellation) {
        if (!(command.place() instanceof Place.OnTarget(Target target))) {
            throw new IllegalArgumentException("winrm runs on a target");
        }
        PowerShellProgram.Start start = switch (command.command()) {
            case RenderedCommand.PowerShell(String script) -> PowerShellProgram.of(script);
            case RenderedCommand.Cmd(String line) -> new PowerShellProgram.Start(line, "");
            case RenderedCommand.Argv _,
                    RenderedCommand.Shell _,
                    RenderedCommand.ShellInput _,
                    RenderedCommand.Request _,
                    RenderedCommand.Statement _ ->
                throw new IllegalArgumentException("winrm runs PowerShell and command lines");
        };
        WinRmAddress address = target.winrm();
        if (address == null) {
            return WinRmFailures.notConfigured(target);
        }
        WinRmFailures failures = new WinRmFailures(target, address);
        if (start.line().length() > PowerShellProgram.MAX_LINE) {
            return failures.tooLong(start.line().getBytes(StandardCharsets.UTF_8).length);
        }
        try (var _ = closing.onCancel(() -> cancellation.cancel("The runner is stopping."))) {
            String reason = cancellation.reason();
            if (reason != null) {
                return notEvenStarted(reason);
            }
            WinRmRun run = new WinRmRun(
                    target,
                    address,
                    secrets,
                    masker,
                    failures,
                    start,
                    cancellation,
                    () -> new OutputCapture(masker, command.outputLimitBytes(), listener));
            return attend(command, run, failures, cancellation);
        }
    }

    private TargetOutcome attend(StepCommand command, WinRmRun run, WinRmFailures failures, Cancellation cancellation) {
        Ending reaching = new Ending();
        Ending ending = new Ending();
        // An interrupt closes the socket on which a virtual thread waits, whatever the library waits for.
        Thread thread = Thread.ofVirtual().name("winrm-run").start(() -> {
            try {
                run.run(reaching::ended);
            } finally {
                reaching.ended();
                ending.ended();
            }
        });
        try (var _ = cancellation.onCancel(() -> {
            reaching.cancelled();
            ending.cancelled();
        })) {
            return switch (reaching.await(reachLimit)) {
                case TIMED_OUT -> {
                    stop(thread);
                    run.abandon();
                    yield failures.late(reachLimit);
                }
                case CANCELLED -> {
                    stop(thread);
                    yield run.cancelled(cancellation.reason());
                }
                case ENDED -> {
                    Ending.Cause cause = ending.await(command.timeout());
                    if (cause != Ending.Cause.ENDED) {
                        stop(thread);
                    }
                    yield switch (cause) {
                        case ENDED -> run.outcome();
                        case TIMED_OUT -> run.timedOut(command.timeout());
                        case CANCELLED -> run.cancelled(cancellation.reason());
                    };
                }
            };
        }
    }

    static TargetOutcome notEvenStarted(String reason) {
        return new TargetOutcome.Cancelled(
                Captured.NOTHING, Captured.NOTHING, Duration.ZERO, "Cancelled before it was started. " + reason);
    }

    private static void stop(Thread thread) {
        thread.interrupt();
        boolean interrupted = Thread.interrupted();
        join(thread, LAST_WORDS);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for a thread's end; an interrupt ends the wait and stays set. */
    static void join(Thread thread, Duration limit) {
        try {
            thread.join(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.cancel("The runner is stopping.");
    }
}
