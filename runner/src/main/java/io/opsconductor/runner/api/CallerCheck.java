package io.opsconductor.runner.api;

import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * Whether a client certificate, which TLS has already verified, belongs to somebody who may call. The authority signs
 * others too, the runner's own among them: the name decides.
 */
final class CallerCheck {
    private static final int DNS_NAME = 2;

    private final Set<String> allowed;

    CallerCheck(Collection<String> allowed) {
        this.allowed = Set.copyOf(allowed);
    }

    /** Every allowed name that the certificate carries, as common name or DNS name; none when it may not call at all. */
    Set<String> allowedNames(Certificate[] chain) {
        Set<String> names = names(chain);
        names.retainAll(allowed);
        return names;
    }

    /** All names of the certificate, for the journal. */
    Set<String> names(Certificate[] chain) {
        Set<String> names = new LinkedHashSet<>();
        if (chain.length > 0 && chain[0] instanceof X509Certificate certificate) {
            names.addAll(commonNames(certificate));
            names.addAll(dnsNames(certificate));
        }
        return names;
    }

    private static List<String> commonNames(X509Certificate certificate) {
        try {
            return new LdapName(certificate.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
                            .map(Rdn::getValue)
                            .map(String::valueOf)
                            .toList();
        } catch (InvalidNameException e) {
            return List.of();
        }
    }

    private static List<String> dnsNames(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .filter(name -> Integer.valueOf(DNS_NAME).equals(name.getFirst()))
                            .map(name -> String.valueOf(name.get(1)))
                            .toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }
}
