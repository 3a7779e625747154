package io.opsconductor.runner.step;

import io.opsconductor.plan.Visible;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why TLS with a target failed, as the end of a sentence that says what to do. */
final class TlsFailures {
    private static final int MAX_QUOTED = 200;

    private TlsFailures() {}

    /**
     * The reason; null when the failure is none of the greeting's.
     *
     * @param host the name that was checked
     * @param plain what to write in the inventory when it speaks without TLS
     */
    static @Nullable String why(Throwable e, String host, int port, String plain) {
        SSLException tls = find(e, SSLException.class);
        if (tls == null) {
            return null;
        }
        String message = String.valueOf(tls.getMessage());
        String all = messages(e);
        if (all.contains("No subject alternative") || all.contains("No name matching")) {
            return "its certificate is not for the name " + host + "."
                    + " Use the name that is in the certificate as its address, or have a certificate made for this one";
        }
        if (find(e, CertificateExpiredException.class) != null || all.contains("NotAfter")) {
            return "its certificate has expired. Have it renewed";
        }
        if (all.contains("unable to find valid certification path") || all.contains("PKIX")) {
            return "nobody whom the runner trusts has signed its certificate."
                    + " If it has an authority of its own, name that authority's certificate as ca in the inventory";
        }
        if (find(e, CertificateException.class) != null) {
            return "its certificate cannot be accepted (" + quoted(message) + ")";
        }
        if (message.contains("Received fatal alert")) {
            return "it ended the greeting (" + quoted(message)
                    + "). If it asks for a client certificate, give the target"
                    + " a credential of type client-certificate that it accepts";
        }
        if (message.contains("plaintext") || message.contains("Unsupported or unrecognized SSL message")) {
            return "it does not speak TLS on port " + port + ". Correct the port, or write " + plain;
        }
        return message.contains("handshake") ? "the greeting broke off (" + quoted(message) + ")" : null;
    }

    static <T extends Throwable> @Nullable T find(Throwable e, Class<T> type) {
        for (Throwable at = e; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
        }
        return null;
    }

    private static String messages(Throwable e) {
        StringBuilder all = new StringBuilder();
        for (Throwable at = e; at != null; at = at.getCause()) {
            all.append(at).append('\n');
        }
        return all.toString();
    }

    static String quoted(String text) {
        String visible = Visible.escape(text).replace("\n", " ");
        return visible.length() <= MAX_QUOTED ? visible : visible.substring(0, MAX_QUOTED) + "\u2026";
    }
}
