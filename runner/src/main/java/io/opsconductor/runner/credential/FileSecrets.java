package io.opsconductor.runner.credential;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/** Secrets that are whole files, such as mounted Kubernetes Secrets. */
final class FileSecrets implements SecretProvider<SecretSource.InFile> {
    @Override
    public byte[] fetch(SecretSource.InFile source) throws SecretUnavailableException {
        return bytes(source.file());
    }

    /** A file's bytes, which the caller wipes. */
    static byte[] bytes(Path file) throws SecretUnavailableException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(CredentialSource.MAX_BYTES + 1);
            if (bytes.length > CredentialSource.MAX_BYTES) {
                Arrays.fill(bytes, (byte) 0);
                throw new SecretUnavailableException("the file " + file + " is larger than "
                        + CredentialSource.MAX_BYTES / 1024 + " KiB, so it is no key or password");
            }
            if (bytes.length == 0) {
                throw new SecretUnavailableException("the file " + file + " is empty");
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw new SecretUnavailableException("the file " + file + " does not exist");
        } catch (AccessDeniedException e) {
            throw new SecretUnavailableException("the runner's account may not read the file " + file);
        } catch (IOException e) {
            throw new SecretUnavailableException(
                    "the file " + file + " cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }
}
