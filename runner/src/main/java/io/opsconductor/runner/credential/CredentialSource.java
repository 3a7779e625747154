package io.opsconductor.runner.credential;

import io.opsconductor.runner.mask.Masker;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Fetches secrets at the moment of use, from files and the environment, and registers each with the masker first. */
public final class CredentialSource {
    /** More than any key or password; a larger file is a mistake. */
    private static final int MAX_BYTES = 64 * 1024;

    private final Masker masker;
    private final Map<String, String> environment;

    /**
     * @param masker told about every secret before it is handed out
     * @param environment the runner's environment variables
     */
    public CredentialSource(Masker masker, Map<String, String> environment) {
        this.masker = masker;
        this.environment = Map.copyOf(environment);
    }

    /** The secret as it is now; a changed file counts at the next use. One line end at its end does not belong to it. */
    public SecretReading read(SecretSource source) {
        return switch (source) {
            case SecretSource.InFile(Path file) -> readFile(file);
            case SecretSource.InEnvironment(String variable) -> {
                String value = environment.get(variable);
                yield value == null || value.isEmpty()
                        ? new SecretReading.Unavailable(
                                "the environment variable " + variable + " is not set in the runner's environment")
                        : known(value.getBytes(StandardCharsets.UTF_8));
            }
        };
    }

    private SecretReading readFile(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                Arrays.fill(bytes, (byte) 0);
                return new SecretReading.Unavailable("the file " + file + " is larger than " + MAX_BYTES / 1024
                        + " KiB, so it is no key or password");
            }
            if (bytes.length == 0) {
                return new SecretReading.Unavailable("the file " + file + " is empty");
            }
            return known(bytes);
        } catch (NoSuchFileException e) {
            return new SecretReading.Unavailable("the file " + file + " does not exist");
        } catch (AccessDeniedException e) {
            return new SecretReading.Unavailable("the runner's account may not read the file " + file);
        } catch (IOException e) {
            return new SecretReading.Unavailable(
                    "the file " + file + " cannot be read (" + e.getClass().getSimpleName() + ")");
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
        if (!(source instanceof SecretSource.InFile(Path file))) {
            return Optional.empty();
        }
        try {
            if (!Files.exists(file)) {
                return Optional.of("the file " + file + " does not exist; logins that need it will fail");
            }
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            boolean open = permissions.contains(PosixFilePermission.OTHERS_READ)
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
