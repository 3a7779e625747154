package io.opsconductor.chat.slack.receive;

import com.slack.api.Slack;
import com.slack.api.socket_mode.SocketModeClient;
import com.slack.api.socket_mode.impl.SocketModeClientJavaWSImpl;
import com.slack.api.socket_mode.queue.SocketModeMessageQueue;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One web socket of Socket Mode, with the SDK's client. The SDK's own reconnecting and its queue, which is polled, are left
 * out: a message is taken as soon as it is there, and who replaces a socket is {@link SocketMode}'s business.
 */
public final class SocketLine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SocketLine.class);
    private static final int NO_POLLING = 0;

    /** Why it ends. */
    sealed interface End {
        /** Slack wants it replaced; it still works for a moment. */
        record Replace(String reason) implements End {}

        record Closed(String reason) implements End {}
    }

    private final Function<Envelope.Carrying, Optional<String>> taking;
    private final SocketModeClient client;
    private final CompletableFuture<Boolean> hello = new CompletableFuture<>();
    private final CompletableFuture<End> end = new CompletableFuture<>();

    private SocketLine(Slack slack, String appToken, URI url, Function<Envelope.Carrying, Optional<String>> taking)
            throws URISyntaxException {
        this.taking = taking;
        this.client = new SocketModeClientJavaWSImpl(
                slack, appToken, url.toString(), NO_POLLING, new Direct(), false, false, 60_000);
        client.addWebSocketErrorListener(e -> closed(String.valueOf(e.getMessage())));
        client.addWebSocketCloseListener(
                (code, reason) -> closed(reason == null || reason.isEmpty() ? "closed with code " + code : reason));
    }

    /**
     * Connects; {@link #isUp} says whether that succeeded.
     *
     * @param taking takes what came, and answers the acknowledgement to send, if any
     */
    static SocketLine open(Slack slack, String appToken, URI url, Function<Envelope.Carrying, Optional<String>> taking)
            throws IOException {
        try {
            SocketLine line = new SocketLine(slack, appToken, url, taking);
            line.client.connect();
            return line;
        } catch (URISyntaxException e) {
            // Not the cause: it has the ticket in it.
            throw new IOException("Slack gave an address that is none");
        }
    }

    /** Connects and takes nothing, to see whether it works. */
    public static SocketLine trial(Slack slack, String appToken, URI url) throws IOException {
        return open(slack, appToken, url, carrying -> Optional.empty());
    }

    /** Waits for Slack's hello; false when there is none in that time. */
    public boolean isUp(Duration atMost) throws InterruptedException {
        try {
            return hello.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    /** Completes when it ends, or is to be replaced. */
    CompletableFuture<End> end() {
        return end;
    }

    private void closed(String reason) {
        hello.complete(false);
        end.complete(new End.Closed(reason));
    }

    /** What the SDK would queue, on the socket's own thread: it is handed on at once. */
    private final class Direct implements SocketModeMessageQueue {
        @Override
        public void add(String message) {
            switch (Envelope.of(message)) {
                case Envelope.Hello up -> hello.complete(true);
                case Envelope.Disconnect(String reason) -> end.complete(new End.Replace(reason));
                case Envelope.Carrying carrying ->
                    Thread.ofVirtual().name("slack-envelope").start(() -> take(carrying));
                case Envelope.Other other -> {}
            }
        }

        @Override
        public @Nullable String poll() {
            return null;
        }
    }

    private void take(Envelope.Carrying carrying) {
        taking.apply(carrying).ifPresent(acknowledgement -> {
            try {
                client.sendWebSocketMessage(acknowledgement);
            } catch (RuntimeException e) {
                LOG.info("an acknowledgement came too late for its web socket; Slack sends the delivery again");
            }
        });
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException | RuntimeException e) {
            LOG.debug("a web socket did not close in order", e);
        }
        closed("closed here");
    }
}
