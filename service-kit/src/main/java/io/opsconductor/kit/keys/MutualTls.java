package io.opsconductor.kit.keys;

import io.helidon.common.tls.Tls;
import io.helidon.common.tls.TlsClientAuth;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Mutual TLS, version 1.3 only, from PEM files. */
public final class MutualTls {
    // The key store lives in memory alone, so its password protects nothing, and a type that stretches the password
    // (PKCS12: 10,000 rounds for each key put in or taken out) would only make every start slower.
    private static final char[] NO_PASSWORD = new char[0];
    private static final String STORE_TYPE = "JKS";

    private MutualTls() {}

    /**
     * For a server that refuses callers without a certificate of the authority. It looks at the caller's certificate, not
     * at whether the certificate names the address that the caller comes from: who it is, the server checks itself.
     */
    public static Tls server(Path certificate, Path key, Path authority) {
        List<X509Certificate> chain = Pem.certificates(certificate);
        return Tls.builder()
                .internalKeystoreType(STORE_TYPE)
                .privateKey(keyOf(chain.getFirst(), key))
                .privateKeyCertChain(chain)
                .trust(Pem.certificates(authority))
                .addEnabledProtocol("TLSv1.3")
                .clientAuth(TlsClientAuth.REQUIRED)
                .endpointIdentificationAlgorithm(Tls.ENDPOINT_IDENTIFICATION_NONE)
                .build();
    }

    /**
     * For a client: shows its certificate, trusts the authority alone. It is not made by Helidon's {@code Tls}, whose key
     * manager (4.1.7) gives no certificate to an {@code SSLEngine}, which the JDK's HTTP client uses.
     */
    public static SSLContext client(Path certificate, Path key, Path authority) {
        try {
            List<X509Certificate> chain = Pem.certificates(certificate);
            return client(chain, keyOf(chain.getFirst(), key), trust(authority));
        } catch (GeneralSecurityException | IOException e) {
            throw new KeyFileException(certificate, "cannot be used for TLS with " + key + ": " + e.getMessage());
        }
    }

    /**
     * For a client whose certificate and key are in memory alone.
     *
     * @throws IllegalArgumentException when they cannot be used
     */
    public static SSLContext client(X509Certificate certificate, PrivateKey key, List<X509Certificate> authorities) {
        try {
            return client(List.of(certificate), key, trust(authorities));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("the certificate cannot be used for TLS", e);
        }
    }

    private static SSLContext client(List<X509Certificate> chain, PrivateKey key, X509TrustManager trust)
            throws GeneralSecurityException, IOException {
        KeyStore own = emptyStore();
        own.setKeyEntry("own", key, NO_PASSWORD, chain.toArray(Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(own, NO_PASSWORD);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(keys.getKeyManagers(), new TrustManager[] {trust}, null);
        return context;
    }

    /** Trusts the authorities of a file, which may be several while one takes over from another. */
    public static X509TrustManager trust(Path authority) {
        try {
            return trust(Pem.certificates(authority));
        } catch (GeneralSecurityException | IOException e) {
            throw new KeyFileException(authority, "cannot be used as authorities: " + e.getMessage());
        }
    }

    /** As {@link #trust(Path)}, for clients that take a factory. */
    public static TrustManagerFactory trustFactory(Path authority) {
        try {
            return trustFactory(Pem.certificates(authority));
        } catch (GeneralSecurityException | IOException e) {
            throw new KeyFileException(authority, "cannot be used as authorities: " + e.getMessage());
        }
    }

    private static X509TrustManager trust(List<X509Certificate> authorities)
            throws GeneralSecurityException, IOException {
        return (X509TrustManager) trustFactory(authorities).getTrustManagers()[0];
    }

    private static TrustManagerFactory trustFactory(List<X509Certificate> authorities)
            throws GeneralSecurityException, IOException {
        KeyStore trusted = emptyStore();
        for (X509Certificate each : authorities) {
            trusted.setCertificateEntry("authority-" + trusted.size(), each);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(trusted);
        return factory;
    }

    /** The key of a certificate: while one of the two files has been replaced and the other not, they do not fit. */
    private static PrivateKey keyOf(X509Certificate leaf, Path file) {
        PrivateKey key = Pem.privateKey(file);
        String algorithm = switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> "Ed25519";
        };
        byte[] probe = {1, 2, 3};
        try {
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(probe);
            Signature checking = Signature.getInstance(algorithm);
            checking.initVerify(leaf.getPublicKey());
            checking.update(probe);
            if (checking.verify(signing.sign())) {
                return key;
            }
        } catch (GeneralSecurityException e) {
            throw new KeyFileException(file, "does not belong to its certificate: " + e.getMessage());
        }
        throw new KeyFileException(file, "does not belong to its certificate");
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(STORE_TYPE);
        store.load(null, NO_PASSWORD);
        return store;
    }
}
