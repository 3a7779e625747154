package io.opsconductor.runner.api;

import io.opsconductor.kit.keys.KeyFiles;
import io.opsconductor.runner.audit.Refusal;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whether the certificate with which a connection was opened still counts. TLS looks at it once, when the connection or its
 * session begins, and connections are kept: so it is looked at again with each call.
 */
public final class CallerTrust {
    private final KeyFiles<X509TrustManager> authorities;
    private final RevokedCertificates revoked;
    private final InstantSource clock;
    private volatile @Nullable Trusted last;

    private record Trusted(X509TrustManager by, X509Certificate leaf) {
        @SuppressWarnings("ReferenceEquality") // The very one: it is made anew when the files change.
        boolean is(X509Certificate shown, X509TrustManager now) {
            return by == now && leaf.equals(shown);
        }
    }

    public CallerTrust(KeyFiles<X509TrustManager> authorities, RevokedCertificates revoked, InstantSource clock) {
        this.authorities = authorities;
        this.revoked = revoked;
        this.clock = clock;
    }

    /** Why it does not count; empty when it does. */
    Optional<Refusal> problem(Certificate[] chain) {
        if (chain.length == 0 || !(chain[0] instanceof X509Certificate leaf)) {
            return Optional.empty();
        }
        if (revoked.contains(leaf)) {
            return refused("revoked_certificate", "was revoked", "call with the certificate that replaces it");
        }
        if (leaf.getNotAfter().toInstant().isBefore(clock.instant())) {
            return refused("ended_certificate", "ended on " + leaf.getNotAfter().toInstant(), "renew it");
        }
        X509TrustManager now = authorities.current();
        Trusted known = last;
        if (known != null && known.is(leaf, now)) {
            return Optional.empty();
        }
        try {
            now.checkClientTrusted(
                    Arrays.copyOf(chain, chain.length, X509Certificate[].class),
                    leaf.getPublicKey().getAlgorithm());
            last = new Trusted(now, leaf);
            return Optional.empty();
        } catch (CertificateException e) {
            return refused(
                    "unknown_authority",
                    "is of an authority that the runner does not trust any more",
                    "call with a certificate of the present authority");
        }
    }

    private static Optional<Refusal> refused(String code, String what, String hint) {
        return Optional.of(Refusal.of(403, code, "the client certificate " + what, hint));
    }
}
