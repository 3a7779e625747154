package io.opsconductor.chat.slack.command;

import io.opsconductor.chat.command.Findings;
import io.opsconductor.chat.slack.SlackSettings;
import io.opsconductor.kit.config.SecretReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Whether others on this machine can read the files with secrets. */
final class FileModes {
    private static final Set<PosixFilePermission> OTHERS =
            Set.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.GROUP_WRITE);

    private FileModes() {}

    static void check(SlackSettings settings, Findings findings) {
        Stream.of(
                        settings.botToken(),
                        settings.signingSecret(),
                        settings.appToken(),
                        settings.clientSecret(),
                        settings.tokenKey())
                .flatMap(reference -> file(reference).stream())
                .filter(FileModes::isForOthers)
                .forEach(file -> findings.note(
                        "everybody on this machine can read or change " + file, "make it private: chmod 600 " + file));
    }

    private static Optional<Path> file(SecretReference reference) {
        return reference.file().filter(Files::exists);
    }

    private static boolean isForOthers(Path file) {
        try {
            return Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
