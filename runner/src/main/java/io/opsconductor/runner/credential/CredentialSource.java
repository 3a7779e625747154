package io.opsconductor.runner.credential;

import io.opsconductor.runner.mask.Masker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Fetches secrets at the moment of use, from wherever they are kept, and registers each with the masker first. */
public final class CredentialSource {
    /** More than any key or password; what is larger is a mistake. */
    static final int MAX_BYTES = 64 * 1024;

    private final Masker masker;
    private final FileSecrets files = new FileSecrets();
    private final EnvironmentSecrets environment;
    private final AgeSecrets ageFiles;

    /**
     * @param masker told about every secret before it is handed out
     * @param environment the runner's environment variables
     * @param ageKeys the file of secret keys that open files encrypted with age; looked for only when one is used
     */
    public CredentialSource(Masker masker, Map<String, String> environment, Path ageKeys) {
        this.masker = masker;
        this.environment = new EnvironmentSecrets(environment);
        this.ageFiles = new AgeSecrets(ageKeys);
    }

    /** The secret as it is now; a changed file counts at the next use. One line end at its end does not belong to it. */
    public SecretReading read(SecretSource source) {
        try {
            return known(
                    switch (source) {
                        case SecretSource.InFile file -> files.fetch(file);
                        case SecretSource.InEnvironment variable -> environment.fetch(variable);
                        case SecretSource.InAgeFile file -> ageFiles.fetch(file);
                    });
        } catch (SecretUnavailableException e) {
            return new SecretReading.Unavailable(e.reason());
        }
    }

    private SecretReading known(byte[] raw) {
        int length = raw.length;
        if (length > 0 && raw[length - 1] == '\n') {
            length--;
            if (length > 0 && raw[length - 1] == '\r') {
                length--;
            }
        }
        byte[] bytes = Arrays.copyOf(raw, length);
        Arrays.fill(raw, (byte) 0);
        masker.register(bytes);
        return new SecretReading.Read(new Secret(bytes));
    }

    /** A warning when others than the owner and the group may read or change a secret's file; empty when all is well. */
    public static Optional<String> permissionWarning(SecretSource source) {
        return switch (source) {
            case SecretSource.InFile(Path file) -> permissionWarning(file, true);
            // What it holds is no secret without the key.
            case SecretSource.InAgeFile(Path file) -> permissionWarning(file, false);
            case SecretSource.InEnvironment _ -> Optional.empty();
        };
    }

    private static Optional<String> permissionWarning(Path file, boolean readable) {
        try {
            if (!Files.exists(file)) {
                return Optional.of("the file " + file + " does not exist; logins that need it will fail");
            }
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            boolean open = (readable && permissions.contains(PosixFilePermission.OTHERS_READ))
                    || permissions.contains(PosixFilePermission.OTHERS_WRITE)
                    || permissions.contains(PosixFilePermission.GROUP_WRITE);
            return open
                    ? Optional.of("the file " + file + " can be read or changed by other accounts; run chmod 600 on it")
                    : Optional.empty();
        } catch (UnsupportedOperationException | IOException e) {
            return Optional.of("the permissions of " + file + " cannot be checked ("
                    + e.getClass().getSimpleName() + ")");
        }
    }
}
