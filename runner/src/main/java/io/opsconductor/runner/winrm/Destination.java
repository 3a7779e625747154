package io.opsconductor.runner.winrm;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Where a WinRM service is, and how it proves who it is.
 *
 * @param host the name that TLS checks and that Kerberos asks for
 * @param address what is dialled
 * @param port 1 to 65535
 * @param tls whether it is spoken to over TLS
 * @param trust what TLS accepts; without a meaning when there is none
 */
public record Destination(String host, InetAddress address, int port, boolean tls, Trust trust) {
    /** What a certificate must be. */
    public sealed interface Trust {}

    /** Signed by an authority that Java trusts, for the host's name. */
    public record PublicAuthorities() implements Trust {}

    /** Signed by one of these, for the host's name. */
    public record Authorities(List<X509Certificate> certificates) implements Trust {
        public Authorities {
            certificates = List.copyOf(certificates);
        }
    }

    /**
     * This very certificate, whatever name stands in it.
     *
     * @param sha256 digest of its DER form, 64 lower-case hexadecimal digits
     */
    public record Pinned(String sha256) implements Trust {}

    /** The address of its listener as a message names it. */
    String url() {
        String shown = host.contains(":") ? "[" + host + "]" : host;
        return (tls ? "https" : "http") + "://" + shown + ":" + port + "/wsman";
    }
}
