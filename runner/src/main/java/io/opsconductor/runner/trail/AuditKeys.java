package io.opsconductor.runner.trail;

import io.opsconductor.kit.keys.KeyFileException;
import io.opsconductor.kit.keys.PublicKeyFile;
import io.opsconductor.kit.keys.Verifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The public keys with which a process signs how far its journal goes: the one now, and those before. */
final class AuditKeys {
    private final Map<String, PublicKeyFile> byId = new HashMap<>();
    private final Map<String, Verifier> verifiers = new HashMap<>();

    private AuditKeys() {}

    /** Those of a process: {@code NAME.pub}, and {@code NAME-ID.pub} of before. */
    static AuditKeys of(String process, Path directory) throws IOException {
        AuditKeys keys = new AuditKeys();
        Pattern name = Pattern.compile(Pattern.quote(process) + "(-[0-9a-f]{16})?\\.pub");
        List<Path> files = PublicKeyFile.paths(directory).stream()
                .filter(file -> name.matcher(String.valueOf(file.getFileName())).matches())
                .toList();
        files.stream().map(AuditKeys::read).flatMap(Optional::stream).forEach(key -> {
            keys.byId.put(key.id(), key);
            keys.verifiers.put(key.id(), new Verifier(key.key()));
        });
        return keys;
    }

    private static Optional<PublicKeyFile> read(Path file) {
        try {
            return Optional.of(PublicKeyFile.read(file));
        } catch (KeyFileException e) {
            // Whatever is signed with it is then found to be signed with an unknown key.
            return Optional.empty();
        }
    }

    Optional<Verifier> find(String id) {
        return Optional.ofNullable(verifiers.get(id));
    }

    /** Whether one key handed on to the other. */
    boolean isHandedOn(String before, String next) {
        PublicKeyFile from = byId.get(before);
        PublicKeyFile to = byId.get(next);
        return from != null && to != null && to.isEndorsedBy(from);
    }
}
