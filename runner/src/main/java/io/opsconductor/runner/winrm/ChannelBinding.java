package io.opsconductor.runner.winrm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Locale;

/** What ties a login to the TLS channel on which it happens (RFC 5929, tls-server-end-point). */
final class ChannelBinding {
    private ChannelBinding() {}

    /** The application data of the binding. */
    static byte[] of(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance(algorithm(certificate)).digest(certificate.getEncoded());
            byte[] prefix = "tls-server-end-point:".getBytes(StandardCharsets.US_ASCII);
            return ByteBuffer.allocate(prefix.length + digest.length)
                    .put(prefix)
                    .put(digest)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was checked has a form and every JDK has SHA-2", e);
        }
    }

    /** That of the certificate's signature, and SHA-256 in the place of what is weaker or says nothing. */
    private static String algorithm(X509Certificate certificate) {
        String signature = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        return signature.startsWith("SHA384") ? "SHA-384" : signature.startsWith("SHA512") ? "SHA-512" : "SHA-256";
    }

    /** MD5 over the binding structure without addresses, as NTLM carries it (MS-NLMP 2.2.2.1). */
    static byte[] ntlm(byte[] applicationData) {
        return NtlmCrypto.md5(ByteBuffer.allocate(20 + applicationData.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(0)
                .putLong(0)
                .putInt(applicationData.length)
                .put(applicationData)
                .array());
    }
}
