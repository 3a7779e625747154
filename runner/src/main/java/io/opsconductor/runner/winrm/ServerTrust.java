package io.opsconductor.runner.winrm;

import io.helidon.common.tls.Tls;
import io.helidon.common.tls.TlsConfig;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Turns what a destination's certificate must be into TLS that accepts nothing else. */
final class ServerTrust {
    private ServerTrust() {}

    static Tls tls(Destination.Trust trust) throws GeneralSecurityException {
        TlsConfig.Builder tls = Tls.builder();
        switch (trust) {
            case Destination.PublicAuthorities _ -> {}
            case Destination.Authorities authorities -> tls.trust(authorities.certificates());
            case Destination.Pinned pinned -> {
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(null, new TrustManager[] {new OneCertificate(pinned.sha256())}, null);
                // The certificate itself was compared; a name in it adds nothing.
                tls.sslContext(context).endpointIdentificationAlgorithm(Tls.ENDPOINT_IDENTIFICATION_NONE);
            }
        }
        return tls.build();
    }

    static String fingerprint(X509Certificate certificate) throws CertificateException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new CertificateException("its digest cannot be made", e);
        }
    }

    /** Accepts the one certificate with this fingerprint. */
    private static final class OneCertificate extends X509ExtendedTrustManager {
        private final String sha256;

        OneCertificate(String sha256) {
            this.sha256 = sha256;
        }

        private void check(X509Certificate[] chain) throws CertificateException {
            String shown = fingerprint(chain[0]);
            if (!shown.equals(sha256)) {
                throw new FingerprintException(shown);
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("no client is checked here");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            throw new CertificateException("no client is checked here");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("no client is checked here");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
