package io.opsconductor.chat.slack.workspace;

import io.opsconductor.kit.config.InvalidSettingsException;
import io.opsconductor.kit.config.SecretReference;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The key that seals tokens. A file that is missing is made, for its owner alone. */
final class TokenKey {
    private static final int BYTES = 32;
    private static final String KEY = "slack.token-key";

    private TokenKey() {}

    /** @throws InvalidSettingsException naming what is wrong with the key and what to do */
    static SecretKey of(SecretReference reference) {
        reference.file().filter(file -> !Files.exists(file)).ifPresent(TokenKey::make);
        String text = reference
                .read()
                .orElseThrow(() -> wrong("there is nothing in " + reference
                        + "; put there 32 random bytes in base64: openssl rand -base64 32"));
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (bytes.length == BYTES) {
                return new SecretKeySpec(bytes, "AES");
            }
        } catch (IllegalArgumentException e) {
            // Said below, without the text.
        }
        throw wrong("what is in " + reference + " is not 32 bytes in base64, as openssl rand -base64 32 makes them");
    }

    private static void make(Path file) {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        FileAttribute<?> privately = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (FileChannel out = FileChannel.open(
                    file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), privately)) {
                out.write(ByteBuffer.wrap(Base64.getEncoder().encode(bytes)));
                out.force(true);
            }
        } catch (FileAlreadyExistsException e) {
            // Another process was quicker; its key is as good.
        } catch (IOException e) {
            throw wrong("the file " + file + " cannot be made: " + e.getMessage());
        }
    }

    private static InvalidSettingsException wrong(String problem) {
        return new InvalidSettingsException(List.of(KEY + ": " + problem));
    }
}
