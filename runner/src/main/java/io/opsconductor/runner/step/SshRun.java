package io.opsconductor.runner.step;

import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.mask.Masker;
import io.opsconductor.runner.step.OutputListener.Channel;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.channel.direct.Session;
import net.schmizz.sshj.connection.channel.direct.Signal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One command line on one session, from the request to its end. */
final class SshRun {
    private static final Logger LOG = LoggerFactory.getLogger(SshRun.class);

    /** How long output may stay open after the command's end, held by something it left in the background. */
    private static final Duration LAST_OUTPUT = Duration.ofSeconds(2);

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final long CLOSE_SECONDS = 5;

    private final StepCommand command;
    private final Target target;
    private final RemoteEnd remoteEnd;
    private final Session session;
    private final OutputCapture capture;
    private final CountDownLatch readers = new CountDownLatch(2);
    private volatile boolean over;
    private boolean clean;
    private long started;

    SshRun(StepCommand command, Target target, RemoteEnd remoteEnd, Session session, OutputCapture capture) {
        this.command = command;
        this.target = target;
        this.remoteEnd = remoteEnd;
        this.session = session;
        this.capture = capture;
    }

    /** Whether the connection can serve another command. */
    boolean isClean() {
        return clean;
    }

    TargetOutcome run(SshOrder order, Cancellation cancellation, Masker masker) {
        started = System.nanoTime();
        Session.Command running;
        try {
            running = session.exec(order.line());
        } catch (ConnectionException e) {
            // The only answer that says that nothing started; anything else may have been lost on the way back.
            return "Request failed".equals(e.getMessage()) ? SshFailures.sessionRefused(target) : interrupted();
        } catch (SSHException e) {
            return interrupted();
        }
        Ending ending = new Ending();
        read(Channel.STDOUT, running.getInputStream(), ending);
        SudoDialogue sudo = order.sudo();
        if (sudo == null) {
            Thread.ofVirtual().name("ssh-input").start(() -> feed(running, order.input()));
            read(Channel.STDERR, running.getErrorStream(), ending);
        } else {
            readUnderSudo(running, order.input(), sudo, ending);
        }
        Thread.ofVirtual().name("ssh-background").start(() -> endWithoutOutputEnd(running, ending));
        try (var _ = cancellation.onCancel(ending::cancelled)) {
            TargetOutcome outcome = outcome(running, ending.await(command.timeout()), cancellation);
            return sudo != null && !sudo.hasBegun() && outcome instanceof TargetOutcome.Exited
                    ? SshFailures.sudoRefused(target, sudo, masker)
                    : outcome;
        } finally {
            over = true;
        }
    }

    private TargetOutcome outcome(Session.Command running, Ending.Cause cause, Cancellation cancellation) {
        return switch (cause) {
            case ENDED -> ended(running);
            case TIMED_OUT -> {
                String end = end(running);
                yield new TargetOutcome.TimedOut(
                        stdout(),
                        stderr(),
                        took(),
                        "It was still running after " + command.timeout().toSeconds() + " s and was ended." + end);
            }
            case CANCELLED -> {
                String end = end(running);
                String reason = cancellation.reason();
                yield new TargetOutcome.Cancelled(
                        stdout(),
                        stderr(),
                        took(),
                        "It was ended. " + (reason == null ? "The runner is stopping." : reason) + end);
            }
        };
    }

    private TargetOutcome ended(Session.Command running) {
        try {
            // The exit status comes after the output's end and before the channel's.
            if (running.isOpen() && running.getExitStatus() == null) {
                running.join(CLOSE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (IOException e) {
            LOG.debug("the end of a command on {}: {}", target.name(), e.toString());
        }
        Integer status = running.getExitStatus();
        Signal signal = running.getExitSignal();
        if (status == null && signal == null) {
            return interrupted();
        }
        clean = true;
        closeSession();
        return status != null
                ? new TargetOutcome.Exited(status, stdout(), stderr(), took())
                : new TargetOutcome.Signalled(String.valueOf(signal), stdout(), stderr(), took());
    }

    /** Ends the command on the target and says so when that could not be confirmed. */
    private String end(Session.Command running) {
        boolean confirmed = remoteEnd.end(running);
        clean = confirmed;
        closeSession();
        try {
            readers.await(LAST_OUTPUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return confirmed ? "" : " " + target.name() + " did not confirm that it has ended; look there.";
    }

    private TargetOutcome interrupted() {
        return SshFailures.lost(target, stdout(), stderr(), took());
    }

    /** Sends what the command reads, and then the end: programs that read on must not wait for more. */
    private void feed(Session.Command running, String input) {
        try (OutputStream out = running.getOutputStream()) {
            out.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.debug("the input of a command on {}: {}", target.name(), e.toString());
        }
    }

    private void readUnderSudo(Session.Command running, String input, SudoDialogue sudo, Ending ending) {
        BufferedInputStream error = new BufferedInputStream(running.getErrorStream());
        read(Channel.STDERR, error, ending, () -> {
            sudo.follow(error, running.getOutputStream());
            // What sudo did not let begin must not be taken for an answer to its question.
            feed(running, sudo.hasBegun() ? input : "");
        });
    }

    private interface Beforehand {
        void run() throws IOException;
    }

    private void read(Channel channel, InputStream in, Ending ending) {
        read(channel, in, ending, () -> {});
    }

    private void read(Channel channel, InputStream in, Ending ending, Beforehand beforehand) {
        Thread.ofVirtual().name("ssh-" + channel.word()).start(() -> {
            try {
                beforehand.run();
                capture.drain(channel, in);
            } catch (IOException e) {
                LOG.debug("{} of a command on {}: {}", channel.word(), target.name(), e.toString());
            } finally {
                readers.countDown();
                if (readers.getCount() == 0) {
                    ending.ended();
                }
            }
        });
    }

    /** A command may end and leave something behind that keeps its output open; nobody has to wait for that. */
    private void endWithoutOutputEnd(Session.Command running, Ending ending) {
        try {
            while (!over && !readers.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                if (running.getExitStatus() != null) {
                    if (!readers.await(LAST_OUTPUT.toMillis(), TimeUnit.MILLISECONDS)) {
                        ending.ended();
                    }
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Without waiting: the other side may take its time, and this side is done with it. */
    private void closeSession() {
        Thread.ofVirtual().name("ssh-session-close").start(() -> {
            try {
                session.close();
            } catch (IOException e) {
                LOG.debug("closing a session on {}: {}", target.name(), e.toString());
            }
        });
    }

    private Captured stdout() {
        return capture.finish(Channel.STDOUT);
    }

    private Captured stderr() {
        return capture.finish(Channel.STDERR);
    }

    private Duration took() {
        return Duration.ofNanos(System.nanoTime() - started);
    }
}
