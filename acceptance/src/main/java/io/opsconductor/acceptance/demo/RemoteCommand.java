package io.opsconductor.acceptance.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.Signal;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;

/**
 * One exec channel: the command as a real process, its streams apart, its exit status passed on. A signal or
 * the end of the channel ends the whole process tree.
 */
final class RemoteCommand implements Command {
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final ProcessBuilder builder;
    private @Nullable InputStream in;
    private @Nullable OutputStream out;
    private @Nullable OutputStream err;
    private @Nullable ExitCallback exit;
    private @Nullable Process process;
    private boolean destroyed;

    /** @param builder a process with its directory and environment, not started */
    RemoteCommand(ProcessBuilder builder) {
        this.builder = builder;
    }

    @Override
    public void setInputStream(InputStream in) {
        this.in = in;
    }

    @Override
    public void setOutputStream(OutputStream out) {
        this.out = out;
    }

    @Override
    public void setErrorStream(OutputStream err) {
        this.err = err;
    }

    @Override
    public void setExitCallback(ExitCallback exit) {
        this.exit = exit;
    }

    @Override
    public synchronized void start(ChannelSession channel, Environment environment) throws IOException {
        if (destroyed || in == null || out == null || err == null || exit == null) {
            return;
        }
        Process started = builder.start();
        process = started;
        environment.addSignalListener(
                (from, signal) -> end(started, signal == Signal.KILL),
                Signal.TERM,
                Signal.INT,
                Signal.HUP,
                Signal.QUIT,
                Signal.KILL);
        InputStream fromClient = in;
        OutputStream toClient = out;
        OutputStream errorsToClient = err;
        ExitCallback status = exit;
        Thread.startVirtualThread(() -> feed(fromClient, started.getOutputStream()));
        Thread output = Thread.startVirtualThread(() -> pump(started, started.getInputStream(), toClient));
        Thread errors = Thread.startVirtualThread(() -> pump(started, started.getErrorStream(), errorsToClient));
        Thread.startVirtualThread(() -> finish(started, output, errors, status));
    }

    @Override
    public synchronized void destroy(ChannelSession channel) {
        destroyed = true;
        Process running = process;
        if (running != null && running.isAlive()) {
            Thread.startVirtualThread(() -> end(running, false));
        }
    }

    private static void feed(InputStream from, OutputStream to) {
        try (to) {
            from.transferTo(to);
        } catch (IOException theProcessReadsNoMore) {
            // Most commands never read their input; the pipe ends with them.
            return;
        }
    }

    private static void pump(Process process, InputStream from, OutputStream to) {
        byte[] buffer = new byte[16 * 1024];
        try {
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                to.write(buffer, 0, read);
                to.flush();
            }
        } catch (IOException theClientIsGone) {
            end(process, false);
        }
    }

    private static void finish(Process process, Thread output, Thread errors, ExitCallback exit) {
        try {
            int status = process.waitFor();
            // A background child may hold the pipes open; what the command itself wrote is here by then.
            output.join(GRACE);
            errors.join(GRACE);
            exit.onExit(status);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exit.onExit(255, "interrupted");
        }
    }

    private static void end(Process process, boolean atOnce) {
        List<ProcessHandle> tree = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        tree.forEach(atOnce ? ProcessHandle::destroyForcibly : ProcessHandle::destroy);
        try {
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                tree.forEach(ProcessHandle::destroyForcibly);
            }
        } catch (InterruptedException e) {
            tree.forEach(ProcessHandle::destroyForcibly);
            Thread.currentThread().interrupt();
        }
        tree.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
    }
}
