package io.opsconductor.runner.keys;

import io.opsconductor.kit.keys.Fingerprint;
import io.opsconductor.kit.keys.MutualTls;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/** Somebody who opens a new connection to a runner each time, with a certificate of the newest authority of a home. */
public final class Newcomer {
    private final int port;
    private final SSLContext tls;

    /**
     * @param scratch where the certificate and its key are put
     * @param port of the runner's API
     */
    public Newcomer(Path home, Path scratch, int port) throws IOException {
        Files.createDirectories(scratch);
        PemFile key = new PemFile(scratch.resolve("newcomer.key"));
        PemFile certificate = new PemFile(scratch.resolve("newcomer.crt"));
        KeyPair pair = DevelopmentAuthority.newKeyPair();
        DevelopmentAuthority authority = new DevelopmentAuthority(
                new PemFile(home.resolve("tls/ca.crt")).certificate(),
                new PemFile(home.resolve("tls/ca.key")).privateKey("EC"));
        key.create(pair.getPrivate());
        certificate.create(authority.issue(LeafProfile.CHATBOT, pair.getPublic(), Instant.now()));
        this.port = port;
        this.tls = MutualTls.client(certificate.path(), key.path(), home.resolve("tls/ca.crt"));
    }

    /** Whether the runner trusts that authority. */
    public boolean isLetIn() {
        return !served().isEmpty();
    }

    /** Fingerprint of the certificate that the runner shows; empty when it does not let the newcomer in. */
    public String served() {
        try (SSLSocket socket =
                (SSLSocket) tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream()
                    .write("GET /tools HTTP/1.1\r\nHost: runner\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String status = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            return status.equals("HTTP/1.1 200")
                    ? Fingerprint.of((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    : "";
        } catch (SSLException e) {
            return "";
        } catch (IOException e) {
            throw new AssertionError("the runner does not answer", e);
        }
    }
}
