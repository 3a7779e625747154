package io.opsconductor.kit.keys;

import io.opsconductor.json.Digest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;

/** What a certificate is known by. */
public final class Fingerprint {
    private Fingerprint() {}

    /** The SHA-256 of the whole certificate, as 64 lower-case hexadecimal digits. */
    public static String of(X509Certificate certificate) {
        try {
            return Digest.of(certificate.getEncoded()).substring("sha256:".length());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read has no encoding", e);
        }
    }
}
