package io.opsconductor.runner.keys;

import io.opsconductor.kit.keys.MutualTls;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;

/**
 * A runner as somebody meets it who opens a new connection each time: whether it lets in a certificate of an authority, and
 * which certificate it shows. What a file says is one thing, and what the process has read of it another; only the second
 * one may be relied on.
 */
final class RunnerDoor {
    private static final Duration BETWEEN = Duration.ofMillis(50);
    private static final int CONNECT_MILLIS = 2_000;
    private static final int ANSWER_MILLIS = 5_000;
    private static final int STATUS_LINE = "HTTP/1.1 200".length();

    private final InetSocketAddress address;
    private final Duration patience;
    private final InstantSource clock;

    /** @param patience for how long a runner that is there may take to read what changed */
    RunnerDoor(InetSocketAddress address, Duration patience, InstantSource clock) {
        this.address = address;
        this.patience = patience;
        this.clock = clock;
    }

    /** What came of waiting. */
    enum Waited {
        /** It has read what changed. */
        READ,
        /** No runner of this home is there, so that there is none to wait for. */
        NOBODY
    }

    private sealed interface Met {
        record Nobody() implements Met {}

        record NotLetIn(String why) implements Met {}

        record LetIn(X509Certificate shown) implements Met {}
    }

    /**
     * Waits until the runner lets in certificates of an authority and shows a certificate that is wanted.
     *
     * @param authority issues a certificate for this, whose key is kept nowhere
     * @param trusted whose certificates the runner of this home may show
     * @param wanted what its certificate must be
     * @throws KeysException when a runner of this home is there and does not in time
     */
    Waited await(DevelopmentAuthority authority, List<X509Certificate> trusted, Predicate<X509Certificate> wanted)
            throws InterruptedException {
        KeyPair own = DevelopmentAuthority.newKeyPair();
        X509Certificate certificate = authority.issue(LeafProfile.CHATBOT, own.getPublic(), clock.instant());
        SSLContext tls = MutualTls.client(certificate, own.getPrivate(), trusted);
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            String why;
            switch (knock(tls)) {
                case Met.Nobody() -> {
                    return Waited.NOBODY;
                }
                case Met.LetIn(X509Certificate shown) -> {
                    if (wanted.test(shown)) {
                        return Waited.READ;
                    }
                    why = "it still shows its former certificate";
                }
                case Met.NotLetIn(String said) -> why = said;
            }
            if (System.nanoTime() > end) {
                throw new KeysException("The runner at " + this
                        + " has not read the changed files within " + patience.toSeconds() + " s: " + why
                        + ". Its log says why; nothing else was changed.");
            }
            Thread.sleep(BETWEEN);
        }
    }

    @Override
    public String toString() {
        return address.getHostString() + ":" + address.getPort();
    }

    private Met knock(SSLContext tls) {
        try (SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket()) {
            socket.connect(address, CONNECT_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            // A certificate that is not let in is answered to only when something is read.
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: runner\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] status = socket.getInputStream().readNBytes(STATUS_LINE);
            return new String(status, StandardCharsets.US_ASCII).startsWith("HTTP/1.1 ")
                    ? new Met.LetIn((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    : new Met.NotLetIn("it closed the connection");
        } catch (ConnectException e) {
            return new Met.Nobody();
        } catch (SSLHandshakeException e) {
            // Whoever shows a certificate of another authority is the runner of another home.
            return e.getCause() instanceof CertificateException
                    ? new Met.Nobody()
                    : new Met.NotLetIn(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new Met.NotLetIn(String.valueOf(e.getMessage()));
        }
    }
}
