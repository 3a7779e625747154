package io.opsconductor.runner;

import io.opsconductor.kit.keys.Pem;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Issues certificates of a home's own authority under any name. */
final class TestCertificates {
    private TestCertificates() {}

    /** Writes {@code tls/NAME.crt} and {@code tls/NAME.key}, with this common name and no other. */
    static void issueClient(Path home, String name) throws IOException {
        issue(home, name, KeyPurposeId.id_kp_clientAuth);
    }

    /** As {@link #issueClient}, for a server of this name. */
    static void issueServer(Path home, String name) throws IOException {
        issue(home, name, KeyPurposeId.id_kp_serverAuth);
    }

    private static void issue(Path home, String name, KeyPurposeId purpose) throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            KeyPair keys = generator.generateKeyPair();
            X509Certificate authority =
                    Pem.certificates(home.resolve("tls/ca.crt")).getFirst();
            PrivateKey authorityKey = Pem.privateKey(home.resolve("tls/ca.key"));
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    authority.getSubjectX500Principal(),
                    BigInteger.TEN,
                    Date.from(Instant.now().minus(Duration.ofHours(1))),
                    Date.from(Instant.now().plus(Duration.ofHours(1))),
                    new X500Principal("CN=" + name),
                    keys.getPublic());
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
            X509Certificate leaf = new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(authorityKey)));
            write(home.resolve("tls/" + name + ".crt"), "CERTIFICATE", leaf.getEncoded());
            Path key = home.resolve("tls/" + name + ".key");
            write(key, "PRIVATE KEY", keys.getPrivate().getEncoded());
            Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(Path file, String type, byte[] der) throws IOException {
        Files.writeString(
                file,
                "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + type
                        + "-----\n");
    }
}
