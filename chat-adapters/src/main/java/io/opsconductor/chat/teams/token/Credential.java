package io.opsconductor.chat.teams.token;

import io.opsconductor.kit.config.SecretReference;
import java.nio.file.Path;

/** With what the application proves to Microsoft's login that it is itself. Nothing of it is held; it is read when needed. */
public sealed interface Credential {
    /** A client secret. */
    record Secret(SecretReference secret) implements Credential {}

    /**
     * A certificate that is entered with the application, whose key signs an assertion.
     *
     * @param key PEM, PKCS#8, RSA
     * @param certificate PEM
     */
    record Certificate(Path key, Path certificate) implements Credential {}

    /**
     * A token that somebody else signs for us and keeps fresh, such as Kubernetes for a service account; the application
     * trusts its issuer and subject.
     *
     * @param token the file that holds it
     */
    record Federated(Path token) implements Credential {}
}
