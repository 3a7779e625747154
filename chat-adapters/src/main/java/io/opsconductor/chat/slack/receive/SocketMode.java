package io.opsconductor.chat.slack.receive;

import com.slack.api.Slack;
import com.slack.api.bolt.response.Response;
import io.opsconductor.kit.config.SecretReference;
import io.opsconductor.kit.config.UnreadableSecretException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The web sockets of Socket Mode. Each is kept up by a thread of its own: it begins a little after the one before, is
 * replaced by a new one before it goes when Slack announces its end, and comes back with growing pauses when it broke.
 */
public final class SocketMode implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SocketMode.class);
    private static final Duration HELLO_PATIENCE = Duration.ofSeconds(10);
    private static final Duration BETWEEN_STARTS = Duration.ofMillis(500);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** For acknowledgements that are under way when a socket is replaced. */
    private static final Duration DRAINING = Duration.ofSeconds(3);

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(2);

    private final Slack slack;
    private final SecretReference appToken;
    private final BoltApp app;
    private final int connections;
    private final AtomicInteger up = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private volatile String problem = "no connection was made yet";

    public SocketMode(Slack slack, SecretReference appToken, BoltApp app, int connections, SlackMeasures measures) {
        this.slack = slack;
        this.appToken = appToken;
        this.app = app;
        this.connections = connections;
        measures.connections(up::get);
    }

    /** Begins to connect; does not wait for it. */
    public void start() {
        for (int number = 1; number <= connections; number++) {
            Duration after = BETWEEN_STARTS.multipliedBy(number - 1L);
            threads.add(Thread.ofVirtual().name("slack-socket-" + number).start(() -> keepUp(after)));
        }
    }

    /** How many are up. */
    public int up() {
        return up.get();
    }

    /** Why the last one that failed did. */
    public String problem() {
        return problem;
    }

    private void keepUp(Duration after) {
        @Nullable SocketLine line = null;
        try {
            Thread.sleep(after);
            Duration pause = FIRST_PAUSE;
            while (true) {
                @Nullable SocketLine next = connected();
                if (next == null) {
                    Thread.sleep(jittered(pause));
                    pause = longer(pause);
                    continue;
                }
                pause = FIRST_PAUSE;
                retire(line);
                line = next;
                if (!replaceable(line)) {
                    line.close();
                    line = null;
                    Thread.sleep(jittered(pause));
                }
            }
        } catch (InterruptedException e) {
            // The end.
            Thread.currentThread().interrupt();
        } finally {
            if (line != null) {
                line.close();
            }
        }
    }

    /** A line that is up, or null: then {@link #problem} says why. */
    private @Nullable SocketLine connected() throws InterruptedException {
        try {
            Optional<String> token = appToken.read();
            if (token.isEmpty()) {
                return failed("there is nothing in " + appToken);
            }
            return switch (SocketTicket.of(slack, token.get())) {
                case SocketTicket.Issued issued ->
                    opened(SocketLine.open(slack, token.get(), issued.url(), this::taken));
                case SocketTicket.Refused(String error) ->
                    failed("Slack refuses the app token in " + appToken + " (" + error + ")");
                case SocketTicket.NotNow(String why, Duration wait) -> {
                    failed(why);
                    Thread.sleep(wait);
                    yield null;
                }
            };
        } catch (IOException | UnreadableSecretException e) {
            return failed(String.valueOf(e.getMessage()));
        }
    }

    private @Nullable SocketLine opened(SocketLine line) throws InterruptedException {
        boolean isUp = false;
        try {
            isUp = line.isUp(HELLO_PATIENCE);
        } finally {
            if (!isUp) {
                line.close();
            }
        }
        return isUp ? line : failed("the web socket to Slack did not come up");
    }

    private @Nullable SocketLine failed(String why) {
        if (!why.equals(problem)) {
            LOG.warn("Slack: {}; this is tried again", why);
        }
        problem = why;
        return null;
    }

    /** Waits until it ends; whether it still works while the next one is made. */
    private boolean replaceable(SocketLine line) throws InterruptedException {
        LOG.info("Slack: a web socket is up ({} of {})", up.incrementAndGet(), connections);
        try {
            return switch (line.end().get()) {
                case SocketLine.End.Replace(String reason) -> {
                    LOG.info("Slack: a web socket is replaced ({})", reason);
                    yield !reason.equals("link_disabled") || linkDisabled();
                }
                case SocketLine.End.Closed(String reason) -> {
                    LOG.info("Slack: a web socket ended ({})", reason);
                    problem = "the web socket ended: " + reason;
                    yield false;
                }
            };
        } catch (ExecutionException e) {
            throw new IllegalStateException("a line's end never fails", e);
        } finally {
            up.decrementAndGet();
        }
    }

    private boolean linkDisabled() {
        failed("Socket Mode is switched off in the app's settings at api.slack.com/apps");
        return false;
    }

    private static void retire(@Nullable SocketLine line) {
        if (line != null) {
            Thread.ofVirtual().name("slack-socket-draining").start(() -> {
                try {
                    Thread.sleep(DRAINING);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } finally {
                    line.close();
                }
            });
        }
    }

    private Optional<String> taken(Envelope.Carrying carrying) {
        Response answer = app.answer(carrying.payload(), carrying.headers(), "", true);
        return carrying.acknowledgement(answer);
    }

    private static Duration jittered(Duration pause) {
        return pause.plusMillis(ThreadLocalRandom.current().nextLong(pause.toMillis() + 1));
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        try {
            for (Thread thread : threads) {
                if (!thread.join(STOP_PATIENCE)) {
                    LOG.warn("{} did not end within {}", thread.getName(), STOP_PATIENCE);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
