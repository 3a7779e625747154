package io.opsconductor.runner.credential;

import org.jspecify.annotations.Nullable;

/** A way to log in, by reference: to SSH, a web interface or a database. */
public sealed interface Credential {
    /** The name that the inventory, the preview and the audit use. */
    String name();

    /** The account on the target; empty where the secret alone says who it is. */
    String account();

    /** Whether SSH can log in with it. */
    default boolean isForSsh() {
        return switch (this) {
            case SshKey _, Password _ -> true;
            case Bearer _, SecretHeader _, ClientCertificate _ -> false;
        };
    }

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

    /** A token that is sent as {@code Authorization: Bearer}. */
    record Bearer(String name, SecretSource token) implements Credential {
        @Override
        public String account() {
            return "";
        }
    }

    /**
     * A secret that is sent as a header of its own.
     *
     * @param header such as {@code X-Api-Key}
     */
    record SecretHeader(String name, String header, SecretSource value) implements Credential {
        @Override
        public String account() {
            return "";
        }
    }

    /**
     * A certificate that is shown when TLS asks for one.
     *
     * @param certificate PEM certificates, its own first
     * @param privateKey the PEM key to it, in PKCS#8
     */
    record ClientCertificate(String name, SecretSource certificate, SecretSource privateKey) implements Credential {
        @Override
        public String account() {
            return "";
        }
    }
}
