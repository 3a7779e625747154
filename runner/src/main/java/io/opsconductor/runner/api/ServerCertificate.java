package io.opsconductor.runner.api;

import io.helidon.common.tls.Tls;
import io.opsconductor.kit.keys.KeyFiles;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has a listener show the certificate that is in its files, within a second of their change. */
public final class ServerCertificate implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServerCertificate.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final KeyFiles<Tls> files;
    private final Listener listener;
    private final CountDownLatch closed = new CountDownLatch(1);
    private Tls shown;

    /**
     * Starts to follow the files.
     *
     * @param shown what the listener was started with
     */
    public ServerCertificate(KeyFiles<Tls> files, Tls shown, Listener listener) {
        this.files = files;
        this.listener = listener;
        this.shown = shown;
        Thread.ofVirtual().name("certificate").start(this::run);
    }

    private void run() {
        try {
            while (!closed.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("ReferenceEquality") // The very one: it is made anew when the files change.
    private void look() {
        Tls now = files.current();
        if (now == shown) {
            return;
        }
        shown = now;
        try {
            listener.reload(now);
            LOG.info("another certificate is shown, or another authority trusted, from now on");
        } catch (RuntimeException e) {
            LOG.error(
                    "the certificate that was shown before is still shown; restart the runner to show the new one", e);
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
