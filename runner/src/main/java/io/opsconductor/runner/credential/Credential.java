package io.opsconductor.runner.credential;

import org.jspecify.annotations.Nullable;

/** A way to log in, by reference. */
public sealed interface Credential {
    /** The name that the inventory, the preview and the audit use. */
    String name();

    /** The account on the target. */
    String account();

    /**
     * A private key for SSH.
     *
     * @param privateKey where the key is kept
     * @param passphrase where its passphrase is kept; null for a key that is not encrypted
     */
    record SshKey(
            String name,
            String account,
            SecretSource privateKey,
            @Nullable SecretSource passphrase) implements Credential {}

    /**
     * A password.
     *
     * @param password where it is kept; one line end at its end does not belong to it
     */
    record Password(String name, String account, SecretSource password) implements Credential {}
}
