package io.opsconductor.runner.inventory;

import io.opsconductor.runner.credential.Credential;
import io.opsconductor.runner.winrm.Scheme;
import org.jspecify.annotations.Nullable;

/**
 * Where the WinRM service of a target is, and how one logs in there.
 *
 * @param tls whether it is spoken to over TLS, whose certificate is always checked
 * @param port 1 to 65535
 * @param scheme how to log in; Basic only beside TLS
 * @param authority PEM certificates of who may sign its certificate; null for the authorities that Java trusts
 * @param fingerprint SHA-256 of the one certificate that it may show, 64 lower-case hexadecimal digits; empty for none
 * @param credential the login; null for none, and then nobody can log in
 */
public record WinRmAddress(
        boolean tls,
        int port,
        Scheme scheme,
        @Nullable String authority,
        String fingerprint,
        Credential.@Nullable Password credential) {}
