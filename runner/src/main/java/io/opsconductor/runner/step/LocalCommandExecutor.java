package io.opsconductor.runner.step;

import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.runner.mask.Masker;
import io.opsconductor.runner.step.OutputListener.Channel;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs programs on the runner, without a shell, in a clean environment and an empty folder of their own, and in a session of
 * their own, so that a signal to their process group does not reach the runner. Whatever a program starts ends with it. At most {@value #AT_ONCE} at a time; more wait up to a minute.
 */
public final class LocalCommandExecutor implements StepExecutor {
    /** Programs at a time. */
    public static final int AT_ONCE = 64;

    private static final Logger LOG = LoggerFactory.getLogger(LocalCommandExecutor.class);
    private static final Duration TURN = Duration.ofSeconds(60);
    private static final Duration LAST_OUTPUT = Duration.ofSeconds(2);
    private static final String TAG = "OPSCONDUCTOR_COMMAND";

    private final Masker masker;
    private final Path folder;
    private final String searchPath;
    private final Programs programs;
    private final Semaphore turns = new Semaphore(AT_ONCE, true);
    private final Cancellation closing = new Cancellation();

    /**
     * @param masker what output passes through
     * @param folder where each program gets its own folder for as long as it runs; made when absent
     * @param environment the runner's environment variables, of which only PATH is passed on
     */
    public LocalCommandExecutor(Masker masker, Path folder, Map<String, String> environment) {
        this.masker = masker;
        this.folder = folder;
        this.searchPath = environment.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
        this.programs = new Programs(searchPath);
    }

    @Override
    public TargetOutcome run(StepCommand command, OutputListener listener, Cancellation cancellation) {
        if (!(command.command() instanceof RenderedCommand.Argv(List<String> argv))) {
            throw new IllegalArgumentException("a local command is an argument list, not a shell line");
        }
        if (!programs.exists(argv.getFirst())) {
            return new TargetOutcome.NotStarted(
                    "program_not_found",
                    "The program " + argv.getFirst() + " is not installed on the runner, so nothing was run. "
                            + programs.remedy(argv.getFirst()));
        }
        Ending ending = new Ending();
        try (var _ = cancellation.onCancel(ending::cancelled);
                var _ = closing.onCancel(() -> cancellation.cancel("The runner is stopping."))) {
            TargetOutcome refused = takeTurn(cancellation);
            if (refused != null) {
                return refused;
            }
            try {
                return start(command, argv, listener, cancellation, ending);
            } finally {
                turns.release();
            }
        }
    }

    private @Nullable TargetOutcome takeTurn(Cancellation cancellation) {
        long deadline = System.nanoTime() + TURN.toNanos();
        try {
            while (!cancellation.isCancelled()) {
                if (turns.tryAcquire(100, TimeUnit.MILLISECONDS)) {
                    return null;
                }
                if (System.nanoTime() > deadline) {
                    return new TargetOutcome.NotStarted(
                            "busy",
                            "The runner is busy with " + AT_ONCE + " other programs and none ended within "
                                    + TURN.toSeconds() + " s, so nothing was run. Try again later.");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return notEvenStarted(cancellation);
    }

    private static TargetOutcome notEvenStarted(Cancellation cancellation) {
        return new TargetOutcome.Cancelled(
                Captured.NOTHING,
                Captured.NOTHING,
                Duration.ZERO,
                "Cancelled before it was started. " + reason(cancellation));
    }

    private TargetOutcome start(
            StepCommand command, List<String> argv, OutputListener listener, Cancellation cancellation, Ending ending) {
        String tag = UUID.randomUUID().toString();
        Path own = folder.resolve(tag);
        try {
            Files.createDirectories(own);
            ProcessBuilder builder = new ProcessBuilder(programs.apart(argv))
                    .directory(own.toFile())
                    .redirectInput(new File("/dev/null"));
            Map<String, String> environment = builder.environment();
            environment.clear();
            environment.put("PATH", searchPath);
            environment.put("LANG", "C.UTF-8");
            environment.put("HOME", own.toString());
            environment.put("OPSCONDUCTOR_EXECUTION", command.executionId());
            environment.put(TAG, tag);
            if (cancellation.isCancelled()) {
                return notEvenStarted(cancellation);
            }
            Process process = builder.start();
            TargetOutcome outcome =
                    attend(command, process, new ProcessTree(process, TAG + "=" + tag), listener, cancellation, ending);
            if (!(outcome instanceof TargetOutcome.Exited(int code, Captured out, Captured error, var _))
                    || code == 0) {
                return outcome;
            }
            String refused = out.text().isEmpty() ? Programs.refusedStart(argv, code, error.text()) : null;
            TargetOutcome powerless =
                    refused == null ? MissingCapability.of(argv, error.text()) : notStartable(argv, refused);
            return powerless == null ? outcome : powerless;
        } catch (IOException e) {
            return notStartable(argv, String.valueOf(e.getMessage()));
        } finally {
            delete(own);
        }
    }

    private static TargetOutcome notStartable(List<String> argv, String why) {
        TargetOutcome powerless = MissingCapability.atStart(argv, why);
        return powerless != null
                ? powerless
                : new TargetOutcome.NotStarted(
                        "not_startable",
                        "The program " + argv.getFirst() + " could not be started on the runner: " + why + ".");
    }

    private TargetOutcome attend(
            StepCommand command,
            Process process,
            ProcessTree tree,
            OutputListener listener,
            Cancellation cancellation,
            Ending ending) {
        long started = System.nanoTime();
        OutputCapture capture = new OutputCapture(masker, command.outputLimitBytes(), listener);
        // Platform threads: a blocked read of a pipe would hold one of the few carriers of virtual threads.
        Thread stdout = drain(capture, Channel.STDOUT, process.getInputStream());
        Thread stderr = drain(capture, Channel.STDERR, process.getErrorStream());
        var _ = process.onExit().thenRun(ending::ended);
        Ending.Cause cause = ending.await(command.timeout());
        if (cause == Ending.Cause.ENDED) {
            joined(stdout, stderr);
        }
        // Nothing outlives the program, whether or not it holds its pipes: once the program has ended, the JDK may
        // close
        // its side of them before all is read, so that they tell nothing about who else has them.
        tree.end();
        joined(stdout, stderr);
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        Captured out = capture.finish(Channel.STDOUT);
        Captured err = capture.finish(Channel.STDERR);
        return switch (cause) {
            case ENDED -> new TargetOutcome.Exited(process.exitValue(), out, err, took);
            case TIMED_OUT ->
                new TargetOutcome.TimedOut(
                        out,
                        err,
                        took,
                        "It was still running after " + command.timeout().toSeconds() + " s and was ended.");
            case CANCELLED -> new TargetOutcome.Cancelled(out, err, took, "It was ended. " + reason(cancellation));
        };
    }

    private static String reason(Cancellation cancellation) {
        String reason = cancellation.reason();
        return reason == null ? "The runner is stopping." : reason;
    }

    private static Thread drain(OutputCapture capture, Channel channel, InputStream in) {
        return Thread.ofPlatform().daemon().name("local-" + channel.word()).start(() -> {
            try (in) {
                capture.drain(channel, in);
            } catch (IOException e) {
                LOG.debug("reading {} of a local command ended: {}", channel.word(), e.toString());
            }
        });
    }

    private static boolean joined(Thread... readers) {
        try {
            long deadline = System.nanoTime() + LAST_OUTPUT.toNanos();
            for (Thread reader : readers) {
                if (!reader.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())))) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void delete(Path own) {
        try {
            Files.walkFileTree(own, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                        throws IOException {
                    Files.delete(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            LOG.warn("the folder {} of a local command could not be removed: {}", own, e.toString());
        }
    }

    @Override
    public void close() {
        closing.cancel("The runner is stopping.");
    }
}
