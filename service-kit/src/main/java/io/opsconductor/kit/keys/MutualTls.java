package io.opsconductor.kit.keys;

import io.helidon.common.tls.Tls;
import io.helidon.common.tls.TlsClientAuth;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;

/** Mutual TLS, version 1.3 only, from PEM files. */
public final class MutualTls {
    private MutualTls() {}

    /** For a server that refuses callers without a certificate of the authority. */
    public static Tls server(Path certificate, Path key, Path authority) {
        return builder(certificate, key, authority)
                .clientAuth(TlsClientAuth.REQUIRED)
                .build();
    }

    /** For a client: shows its certificate, trusts the authority alone. */
    public static SSLContext client(Path certificate, Path key, Path authority) {
        return builder(certificate, key, authority).build().sslContext();
    }

    private static io.helidon.common.tls.TlsConfig.Builder builder(Path certificate, Path key, Path authority) {
        return Tls.builder()
                .privateKey(Pem.privateKey(key))
                .privateKeyCertChain(Pem.certificates(certificate))
                .trust(Pem.certificates(authority))
                .addEnabledProtocol("TLSv1.3");
    }
}
