package io.opsconductor.acceptance.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;

/** Files the demo writes: whole or not at all, and untouched while they say the same. */
final class OwnFile {
    private OwnFile() {}

    static void write(Path file, String content, String permissions) throws IOException {
        write(file, content.getBytes(StandardCharsets.UTF_8), permissions);
    }

    /** @param permissions as {@code ls} shows them, nine letters */
    static void write(Path file, byte[] content, String permissions) throws IOException {
        var wanted = PosixFilePermissions.fromString(permissions);
        if (Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), content)) {
            Files.setPosixFilePermissions(file, wanted);
            return;
        }
        Path temporary = Path.of(file + ".new");
        Files.deleteIfExists(temporary);
        Files.createFile(temporary, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(temporary, content);
        Files.setPosixFilePermissions(temporary, wanted);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
