package io.opsconductor.runner.step;

import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.step.OutputListener.Channel;
import io.opsconductor.text.Shown;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import net.schmizz.sshj.connection.channel.direct.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lines for a switch, a router or the like, which has a command line of its own on a terminal and runs no single commands.
 * Each line is sent when the device shows that it is ready for it; the first one that it refuses is the last.
 */
final class DeviceRun {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceRun.class);

    private static final Duration READY = Duration.ofSeconds(10);
    private static final Duration NUDGE = Duration.ofSeconds(2);
    private static final Duration STOPPED = Duration.ofSeconds(5);

    /** Nothing more comes behind what looks like a prompt. */
    private static final Duration QUIET = Duration.ofMillis(100);

    /** So long nothing comes behind what looks like a question. */
    private static final Duration WAITING = Duration.ofSeconds(1);

    /** Wide, so that the device breaks no lines; IOS takes at most 511. */
    private static final int COLUMNS = 511;

    private static final int ROWS = 1000;
    private static final char INTERRUPT = 3;

    private final StepCommand command;
    private final Target target;
    private final SshConnection connection;
    private final OutputCapture capture;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final TerminalLine line = new TerminalLine(this::completed);
    private final long started = System.nanoTime();
    private long lastHeard = started;
    private boolean ended;
    private boolean cancelled;
    private boolean listening;
    private String name = "";
    private String echo = "";
    private String refusal = "";
    private DeviceDialect dialect = DeviceDialect.IOS;

    DeviceRun(StepCommand command, Target target, SshConnection connection, OutputCapture capture) {
        this.command = command;
        this.target = target;
        this.connection = connection;
        this.capture = capture;
    }

    private enum Heard {
        PROMPT,
        QUESTION,
        NOTHING,
        END,
        CANCELLED
    }

    TargetOutcome run(List<String> lines, Cancellation cancellation) {
        // The session ends with its connection, which serves nothing else: closing it alone would wait for the device.
        try (var _ = cancellation.onCancel(this::cancelled)) {
            Session.Shell shell = terminal(cancellation);
            Thread.ofVirtual().name("ssh-device").start(() -> read(shell));
            return run(shell, lines, cancellation);
        } catch (IOException e) {
            LOG.debug("a terminal on {}: {}", target.name(), e.toString());
            return hasSent() ? interrupted() : notStarted(cancellation, SshFailures.noTerminal(target));
        }
    }

    private Session.Shell terminal(Cancellation cancellation) throws IOException {
        try (var _ = cancellation.onCancel(() -> connection.giveUp("it was cancelled"))) {
            Session session = connection.session();
            session.allocatePTY("vt100", COLUMNS, ROWS, 0, 0, Map.of());
            return session.startShell();
        }
    }

    private static TargetOutcome notStarted(Cancellation cancellation, TargetOutcome otherwise) {
        return cancellation.isCancelled() ? SshExecutor.notEvenStarted(cancellation) : otherwise;
    }

    private TargetOutcome run(Session.Shell shell, List<String> lines, Cancellation cancellation) throws IOException {
        OutputStream out = shell.getOutputStream();
        if (!isReady(out)) {
            return notStarted(cancellation, SshFailures.noPrompt(target));
        }
        send(out, dialect.pagingOff());
        if (await(out, READY) != Heard.PROMPT) {
            return notStarted(cancellation, SshFailures.noPrompt(target));
        }
        long deadline = System.nanoTime() + command.timeout().toNanos();
        for (String one : lines) {
            if (one.isBlank()) {
                continue;
            }
            begin(one);
            send(out, one);
            Heard heard = await(out, Duration.ofNanos(deadline - System.nanoTime()));
            switch (heard) {
                case PROMPT -> {
                    if (!refusal.isEmpty()) {
                        return answered(
                                target.name() + " refused " + Shown.quoted(one) + ": " + refusal + rest(lines, one));
                    }
                }
                case QUESTION -> {
                    String question = current();
                    stop(out);
                    return answered(target.name() + " asked " + Shown.quoted(question.strip())
                            + ", which the runner does not answer; it was stopped there." + rest(lines, one)
                            + " Use a command that does not ask.");
                }
                case NOTHING -> {
                    String end = stop(out) ? "" : " " + target.name() + " did not show its prompt again; look there.";
                    return new TargetOutcome.TimedOut(
                            stdout(),
                            Captured.NOTHING,
                            took(),
                            "It was still running after " + command.timeout().toSeconds() + " s and was stopped."
                                    + end);
                }
                case CANCELLED -> {
                    String end = stop(out) ? "" : " " + target.name() + " did not show its prompt again; look there.";
                    String reason = cancellation.reason();
                    return new TargetOutcome.Cancelled(
                            stdout(),
                            Captured.NOTHING,
                            took(),
                            "It was stopped. " + (reason == null ? "The runner is stopping." : reason) + end);
                }
                case END -> {
                    return interrupted();
                }
            }
        }
        return answered("");
    }

    /** Learns the prompt, and by it what kind of device it is. */
    private boolean isReady(OutputStream out) throws IOException {
        Heard heard = await(out, NUDGE);
        if (heard == Heard.NOTHING) {
            // Some say "Press RETURN to get started" first.
            send(out, "");
            heard = await(out, READY);
        }
        lock.lock();
        try {
            name = DeviceDialect.nameIn(line.text());
            dialect = DeviceDialect.of(name);
            return heard == Heard.PROMPT && !name.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private void begin(String sent) {
        lock.lock();
        try {
            listening = true;
            echo = sent.strip();
            refusal = "";
        } finally {
            lock.unlock();
        }
    }

    private void send(OutputStream out, String text) throws IOException {
        lock.lock();
        try {
            line.wipe();
            lastHeard = System.nanoTime();
        } finally {
            lock.unlock();
        }
        out.write((text + "\r").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Interrupts what runs; whether the prompt came back. */
    private boolean stop(OutputStream out) {
        lock.lock();
        try {
            cancelled = false;
            line.wipe();
            lastHeard = System.nanoTime();
        } finally {
            lock.unlock();
        }
        try {
            out.write(INTERRUPT);
            out.flush();
            return await(out, STOPPED) == Heard.PROMPT;
        } catch (IOException e) {
            LOG.debug("stopping a command on {}: {}", target.name(), e.toString());
            return false;
        }
    }

    /** Waits until the device waits for us. Questions for more are answered meanwhile. */
    private Heard await(OutputStream out, Duration limit) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        lock.lock();
        try {
            while (true) {
                if (cancelled) {
                    return Heard.CANCELLED;
                }
                String text = line.text();
                if (DeviceDialect.waitsForMore(text)) {
                    line.wipe();
                    out.write(' ');
                    out.flush();
                }
                long quiet = System.nanoTime() - lastHeard;
                if (isPrompt(text) && quiet >= QUIET.toNanos()) {
                    return Heard.PROMPT;
                }
                if (listening && DeviceDialect.asks(text) && quiet >= WAITING.toNanos()) {
                    return Heard.QUESTION;
                }
                if (ended) {
                    return Heard.END;
                }
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return Heard.NOTHING;
                }
                // Silence changes nothing that would wake us, so it is looked for.
                var _ = changed.await(Math.min(left, QUIET.toNanos()), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Heard.CANCELLED;
        } finally {
            lock.unlock();
        }
    }

    private boolean isPrompt(String text) {
        String found = DeviceDialect.nameIn(text);
        return !found.isEmpty() && (name.isEmpty() || found.equals(name));
    }

    private void read(Session.Shell shell) {
        char[] piece = new char[8 * 1024];
        try (Reader reader = new InputStreamReader(shell.getInputStream(), StandardCharsets.UTF_8)) {
            for (int read = reader.read(piece); read >= 0; read = reader.read(piece)) {
                heard(piece, read);
            }
        } catch (IOException e) {
            LOG.debug("the terminal of {} ended: {}", target.name(), e.toString());
        } finally {
            lock.lock();
            try {
                ended = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private void heard(char[] piece, int length) {
        lock.lock();
        try {
            for (int i = 0; i < length; i++) {
                line.accept(piece[i]);
            }
            lastHeard = System.nanoTime();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Called for every line of the device, with the lock held. */
    private void completed(String text) {
        if (!listening) {
            return;
        }
        if (!echo.isEmpty() && text.strip().equals(echo)) {
            echo = "";
            return;
        }
        if (refusal.isEmpty() && dialect.refuses(text)) {
            refusal = text.strip();
        }
        capture.write(Channel.STDOUT, text + "\n");
    }

    private void cancelled() {
        lock.lock();
        try {
            cancelled = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether a line of the command has been sent. */
    private boolean hasSent() {
        lock.lock();
        try {
            return listening;
        } finally {
            lock.unlock();
        }
    }

    private String current() {
        lock.lock();
        try {
            return line.text();
        } finally {
            lock.unlock();
        }
    }

    private static String rest(List<String> lines, String one) {
        List<String> after = lines.subList(lines.indexOf(one) + 1, lines.size());
        return after.stream().allMatch(String::isBlank) ? "" : " The lines after it were not sent.";
    }

    private TargetOutcome answered(String failure) {
        return new TargetOutcome.Answered(failure, stdout(), Captured.NOTHING, took());
    }

    private TargetOutcome interrupted() {
        return SshFailures.lost(target, stdout(), Captured.NOTHING, took());
    }

    private Captured stdout() {
        return capture.finish(Channel.STDOUT);
    }

    private Duration took() {
        return Duration.ofNanos(System.nanoTime() - started);
    }
}
