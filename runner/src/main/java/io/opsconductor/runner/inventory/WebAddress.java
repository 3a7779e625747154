package io.opsconductor.runner.inventory;

import io.opsconductor.runner.credential.Credential;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the web interface of a target is, and what may happen on the way there.
 *
 * @param tls whether it is spoken to over TLS, whose certificate is always checked
 * @param port 1 to 65535
 * @param basePath what stands before the path of every request; empty, or begins with a slash and ends without one
 * @param authority PEM certificates of who may sign its certificate; null for the authorities that Java trusts
 * @param networks where its name may lead
 * @param followRedirects whether a redirect within the same origin is followed
 * @param credential the login; null for none
 */
public record WebAddress(
        boolean tls,
        int port,
        String basePath,
        @Nullable String authority,
        Set<Network> networks,
        boolean followRedirects,
        @Nullable Credential credential) {
    public WebAddress {
        networks = Set.copyOf(networks);
    }
}
