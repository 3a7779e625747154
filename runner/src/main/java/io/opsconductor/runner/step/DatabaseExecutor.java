package io.opsconductor.runner.step;

import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.runner.credential.CredentialSource;
import io.opsconductor.runner.inventory.DatabaseAddress;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.mask.Masker;
import io.opsconductor.runner.step.DatabasePool.Connecting;
import io.opsconductor.runner.step.OutputListener.Channel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs single statements on the databases of targets, on connections that are kept for the next statement. */
public final class DatabaseExecutor implements StepExecutor {
    private static final Duration IDLE_LIMIT = Duration.ofMinutes(5);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(30);
    private static final Duration LOGIN_LIMIT = Duration.ofSeconds(10);
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final Masker masker;
    private final DatabasePool pool;
    private final Cancellation closing = new Cancellation();
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * @param secrets fetches passwords at the moment of login
     * @param masker what output passes through
     */
    public DatabaseExecutor(CredentialSource secrets, Masker masker) {
        this(secrets, masker, InstantSource.system(), LOGIN_LIMIT);
    }

    DatabaseExecutor(CredentialSource secrets, Masker masker, InstantSource clock, Duration loginLimit) {
        this.masker = masker;
        this.pool = new DatabasePool(new DatabaseConnector(secrets, loginLimit), clock, IDLE_LIMIT);
        Thread.ofVirtual().name("database-idle").start(this::closeIdle);
    }

    @Override
    public TargetOutcome run(StepCommand command, OutputListener listener, Cancellation cancellation) {
        if (!(command.command() instanceof RenderedCommand.Statement statement)
                || !(command.place() instanceof Place.OnTarget(Target target))) {
            throw new IllegalArgumentException("database runs a statement on a target");
        }
        DatabaseAddress address = target.database();
        if (address == null) {
            return DatabaseFailures.notConfigured(target);
        }
        DatabaseFailures failures = new DatabaseFailures(target, address, masker);
        try (var _ = closing.onCancel(() -> cancellation.cancel("The runner is stopping."))) {
            if (cancellation.isCancelled()) {
                return notEvenStarted(cancellation);
            }
            return switch (pool.take(target, address, statement.readOnly(), failures, cancellation)) {
                case Connecting.Failed(TargetOutcome.NotStarted outcome) -> outcome;
                case Connecting.Cancelled() -> notEvenStarted(cancellation);
                case Connecting.Connected(DatabaseConnection connection) ->
                    run(command, statement, target, address, failures, connection, listener, cancellation);
            };
        }
    }

    private TargetOutcome run(
            StepCommand command,
            RenderedCommand.Statement statement,
            Target target,
            DatabaseAddress address,
            DatabaseFailures failures,
            DatabaseConnection connection,
            OutputListener listener,
            Cancellation cancellation) {
        OutputCapture capture = new OutputCapture(masker, command.outputLimitBytes(), listener);
        StatementRun run = new StatementRun(statement, address, connection, failures, capture, command.timeout());
        Ending ending = new Ending();
        // A platform thread: SQLite runs in native code, where a virtual one would hold its carrier.
        Thread thread = Thread.ofPlatform().daemon().name("statement").start(() -> {
            try {
                run.run();
            } finally {
                ending.ended();
            }
        });
        try (var _ = cancellation.onCancel(ending::cancelled)) {
            Ending.Cause cause = ending.await(command.timeout());
            boolean confirmed = cause == Ending.Cause.ENDED || end(run, thread);
            if (confirmed && run.isClean()) {
                pool.giveBack(target, address, connection);
            } else {
                connection.abort();
            }
            Captured out = capture.finish(Channel.STDOUT);
            Captured err = capture.finish(Channel.STDERR);
            String unsure = confirmed ? "" : " " + target.name() + " did not confirm that it has ended; look there.";
            return switch (cause) {
                case ENDED -> run.outcome(out, err);
                case TIMED_OUT ->
                    new TargetOutcome.TimedOut(
                            out,
                            err,
                            run.took(),
                            "It was still running after " + command.timeout().toSeconds() + " s and was ended."
                                    + unsure);
                case CANCELLED ->
                    new TargetOutcome.Cancelled(out, err, run.took(), "It was ended. " + reason(cancellation) + unsure);
            };
        }
    }

    private static TargetOutcome notEvenStarted(Cancellation cancellation) {
        return new TargetOutcome.Cancelled(
                Captured.NOTHING,
                Captured.NOTHING,
                Duration.ZERO,
                "Cancelled before it was started. " + reason(cancellation));
    }

    private static String reason(Cancellation cancellation) {
        @Nullable String reason = cancellation.reason();
        return reason == null ? "The runner is stopping." : reason;
    }

    /** Ends the statement at the database; false when that could not be confirmed. */
    private static boolean end(StatementRun run, Thread thread) {
        // The drivers open another connection for it, which may hang as well.
        Thread.ofPlatform()
                .daemon()
                .name("statement-cancel")
                .start(() -> new DatabaseDial().call(LAST_WORDS, new Cancellation(), run::cancel));
        boolean interrupted = Thread.interrupted();
        try {
            return thread.join(LAST_WORDS);
        } catch (InterruptedException e) {
            interrupted = true;
            return false;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
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

    DatabasePool pool() {
        return pool;
    }

    @Override
    public void close() {
        closing.cancel("The runner is stopping.");
        closed.countDown();
        pool.close();
    }
}
