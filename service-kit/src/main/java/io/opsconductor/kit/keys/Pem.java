package io.opsconductor.kit.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads PEM files (RFC 7468): PKCS#8 private keys, X.509 public keys and certificates. */
public final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z ]+)-----\\s+([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final List<String> KEY_ALGORITHMS = List.of("Ed25519", "EC", "RSA");
    private static final int MAX_BYTES = 256 * 1024;

    private Pem() {}

    /** A PKCS#8 private key: Ed25519, EC or RSA. */
    public static PrivateKey privateKey(Path file) {
        PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(block(file, "PRIVATE KEY"));
        return firstThatFits(file, factory -> factory.generatePrivate(spec));
    }

    /** An X.509 public key: Ed25519, EC or RSA. */
    public static PublicKey publicKey(Path file) {
        X509EncodedKeySpec spec = new X509EncodedKeySpec(block(file, "PUBLIC KEY"));
        return firstThatFits(file, factory -> factory.generatePublic(spec));
    }

    /** All certificates of a file, leaf first; at least one. */
    public static List<X509Certificate> certificates(Path file) {
        try (var in = Files.newInputStream(file)) {
            List<X509Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (certificates.isEmpty()) {
                throw new KeyFileException(file, "holds no certificate");
            }
            return certificates;
        } catch (IOException | GeneralSecurityException e) {
            throw new KeyFileException(file, "cannot be read as certificates: " + e.getMessage());
        }
    }

    private interface Reading<T> {
        T with(KeyFactory factory) throws GeneralSecurityException;
    }

    private static <T> T firstThatFits(Path file, Reading<T> reading) {
        GeneralSecurityException last = new GeneralSecurityException("no algorithm");
        for (String algorithm : KEY_ALGORITHMS) {
            try {
                return reading.with(KeyFactory.getInstance(algorithm));
            } catch (GeneralSecurityException e) {
                last = e;
            }
        }
        throw new KeyFileException(
                file, "does not hold a key of " + String.join(", ", KEY_ALGORITHMS) + " (" + last.getMessage() + ")");
    }

    private static byte[] block(Path file, String type) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new KeyFileException(file, "is larger than " + MAX_BYTES + " bytes");
            }
            Matcher matcher = BLOCK.matcher(Files.readString(file, StandardCharsets.US_ASCII));
            while (matcher.find()) {
                if (matcher.group(1).equals(type)) {
                    return Base64.getMimeDecoder().decode(matcher.group(2));
                }
            }
        } catch (IOException e) {
            throw new KeyFileException(file, "cannot be read: " + e.getMessage());
        }
        throw new KeyFileException(file, "holds no block \"BEGIN " + type + "\"");
    }
}
