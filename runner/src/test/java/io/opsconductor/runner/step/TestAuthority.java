package io.opsconductor.runner.step;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority of a test, and servers and clients with its certificates. */
public final class TestAuthority {
    private final KeyPair keys = keyPair();
    private final X509Certificate certificate;

    public TestAuthority() {
        certificate = issue("Test Authority", keys, Duration.ofHours(1), true);
    }

    public String pem() {
        return pem("CERTIFICATE", encoded(certificate));
    }

    /**
     * A TLS server for this name.
     *
     * @param valid until when; negative for expired
     * @param asksForCertificate whether clients must show one of this authority
     */
    public ServerSocketFactory server(String name, Duration valid, boolean asksForCertificate) {
        try {
            KeyPair own = keyPair();
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "own", own.getPrivate(), new char[0], new X509Certificate[] {issue(name, own, valid, false)});
            KeyManagerFactory keyManagers = KeyManagerFactory.getInstance("PKIX");
            keyManagers.init(store, new char[0]);
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("ca", certificate);
            TrustManagerFactory trustManagers = TrustManagerFactory.getInstance("PKIX");
            trustManagers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
            return new Asking(context.getServerSocketFactory(), asksForCertificate);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes a server's certificate for this name and its key as {@code server.pem} and {@code server-key.pem}. */
    void writeServer(Path folder, String name) throws IOException {
        KeyPair own = keyPair();
        Files.writeString(
                folder.resolve("server.pem"),
                pem("CERTIFICATE", encoded(issue(name, own, Duration.ofHours(1), false))));
        Path key = Files.createFile(
                folder.resolve("server-key.pem"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(key, pem("PRIVATE KEY", own.getPrivate().getEncoded()));
    }

    /** Writes a client's certificate and key as {@code client.pem} and {@code client-key.pem}. */
    void writeClient(Path folder) throws IOException {
        KeyPair own = keyPair();
        Files.writeString(
                folder.resolve("client.pem"),
                pem("CERTIFICATE", encoded(issue("runner", own, Duration.ofHours(1), false))));
        Files.writeString(
                folder.resolve("client-key.pem"),
                pem("PRIVATE KEY", own.getPrivate().getEncoded()));
    }

    private X509Certificate issue(String name, KeyPair own, Duration valid, boolean authority) {
        try {
            Instant end = Instant.now().plus(valid);
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    new X500Principal("CN=Test Authority"),
                    BigInteger.valueOf(System.nanoTime()),
                    Date.from(end.minus(Duration.ofDays(1))),
                    Date.from(end),
                    new X500Principal("CN=" + name),
                    own.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (!authority) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(GeneralName.dNSName, name)));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String type, byte[] der) {
        return "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + type
                + "-----\n";
    }

    /** Makes sockets that ask for a client's certificate, or not. */
    private static final class Asking extends ServerSocketFactory {
        private final ServerSocketFactory factory;
        private final boolean asks;

        Asking(ServerSocketFactory factory, boolean asks) {
            this.factory = factory;
            this.asks = asks;
        }

        @Override
        public java.net.ServerSocket createServerSocket(int port) throws IOException {
            return asking(factory.createServerSocket(port));
        }

        @Override
        public java.net.ServerSocket createServerSocket(int port, int backlog) throws IOException {
            return asking(factory.createServerSocket(port, backlog));
        }

        @Override
        public java.net.ServerSocket createServerSocket(int port, int backlog, java.net.InetAddress address)
                throws IOException {
            return asking(factory.createServerSocket(port, backlog, address));
        }

        private java.net.ServerSocket asking(java.net.ServerSocket socket) {
            ((SSLServerSocket) socket).setNeedClientAuth(asks);
            return socket;
        }
    }
}
