package io.opsconductor.runner.step;

import io.opsconductor.runner.credential.Credential;
import io.opsconductor.runner.credential.CredentialSource;
import io.opsconductor.runner.credential.Secret;
import io.opsconductor.runner.credential.SecretReading;
import io.opsconductor.runner.credential.SecretSource;
import java.io.IOException;
import java.util.Arrays;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import net.schmizz.sshj.userauth.method.AuthKeyboardInteractive;
import net.schmizz.sshj.userauth.method.AuthPassword;
import net.schmizz.sshj.userauth.method.PasswordResponseProvider;
import net.schmizz.sshj.userauth.password.PasswordFinder;
import net.schmizz.sshj.userauth.password.PasswordUtils;
import org.jspecify.annotations.Nullable;

/** Fetches a credential's secrets and logs in with them; they are wiped before it returns. */
final class SshLogin {
    private final CredentialSource secrets;

    SshLogin(CredentialSource secrets) {
        this.secrets = secrets;
    }

    /** Something about the credential itself that keeps it from being used. */
    static final class UnusableCredential extends Exception {
        private final String reason;

        UnusableCredential(String reason, @Nullable Throwable cause) {
            super(reason, cause);
            this.reason = reason;
        }

        /** The end of a sentence. */
        String reason() {
            return reason;
        }
    }

    /**
     * Logs in.
     *
     * @throws UnusableCredential when the secret cannot be had or is not what it should be
     * @throws IOException when the target refuses, or the connection breaks
     */
    void logIn(SSHClient client, Credential credential) throws UnusableCredential, IOException {
        switch (credential) {
            case Credential.SshKey(String name, String account, SecretSource key, SecretSource passphrase) ->
                withKey(client, account, key, passphrase);
            case Credential.Password(String name, String account, SecretSource password) ->
                withPassword(client, account, password);
            case Credential.Bearer _, Credential.SecretHeader _, Credential.ClientCertificate _ ->
                throw new UnusableCredential("SSH takes a key or a password, and it is neither", null);
        }
    }

    private void withKey(SSHClient client, String account, SecretSource key, @Nullable SecretSource passphrase)
            throws UnusableCredential, IOException {
        try (Secret privateKey = secret(key);
                Secret phrase = passphrase == null ? null : secret(passphrase)) {
            char[] characters = phrase == null ? null : phrase.characters();
            try {
                client.authPublickey(account, load(client, key, privateKey, characters));
            } finally {
                if (characters != null) {
                    Arrays.fill(characters, '\0');
                }
            }
        }
    }

    private static KeyProvider load(SSHClient client, SecretSource source, Secret key, char @Nullable [] passphrase)
            throws UnusableCredential {
        // The finder wipes what it hands out, so it gets a copy.
        PasswordFinder finder = passphrase == null ? null : PasswordUtils.createOneOff(passphrase.clone());
        try {
            char[] text = key.characters();
            KeyProvider provider = client.loadKeys(new String(text), null, finder);
            Arrays.fill(text, '\0');
            // Decrypts now, so that a wrong passphrase is told apart from a refused login.
            provider.getPrivate();
            return provider;
        } catch (IOException | RuntimeException e) {
            String way = passphrase == null
                    ? " is not a private key without a passphrase in OpenSSH, PEM or PuTTY form; if it has a"
                            + " passphrase, give the credential a passphrase entry"
                    : " cannot be opened with its passphrase, or is not a private key in OpenSSH, PEM or PuTTY form";
            throw new UnusableCredential("the " + source.description() + way, e);
        }
    }

    private void withPassword(SSHClient client, String account, SecretSource source)
            throws UnusableCredential, IOException {
        try (Secret secret = secret(source)) {
            char[] characters = secret.characters();
            try {
                // Many servers take a password only through keyboard-interactive.
                client.auth(
                        account,
                        new AuthPassword(PasswordUtils.createOneOff(characters.clone())),
                        new AuthKeyboardInteractive(
                                new PasswordResponseProvider(PasswordUtils.createOneOff(characters.clone()))));
            } finally {
                Arrays.fill(characters, '\0');
            }
        }
    }

    private Secret secret(SecretSource source) throws UnusableCredential {
        return switch (secrets.read(source)) {
            case SecretReading.Read(Secret secret) -> secret;
            case SecretReading.Unavailable(String reason) -> throw new UnusableCredential(reason, null);
        };
    }
}
