package io.opsconductor.kit.journal;

import io.opsconductor.json.Json;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** What one of several processes is called: its home has the name, because that has the journal of which the store has a copy under this name. */
public final class InstanceName {
    private static final String FILE = "instance";
    private static final int RANDOM_BYTES = 6;

    private InstanceName() {}

    /**
     * The name by a home, as it is.
     *
     * @param own the process's directory in it
     */
    public static CopyOf of(Path own) {
        return written(own).orElse(CopyOf.THE_FIRST);
    }

    /** The name of a runner that has its store for itself. */
    public static CopyOf alone(Path own, Database database) {
        return written(own)
                .orElseGet(() -> firstLineInStore(database)
                        .filter(hash -> !firstLine(own).equals(Optional.of(hash)))
                        .map(_ -> made(own, "r-"))
                        .orElse(CopyOf.THE_FIRST));
    }

    /**
     * The name of a process that is one of several with one store: one of its own, unless it is the one that had it before others came.
     *
     * @param kind what new names begin with, such as {@code r-}
     */
    public static CopyOf shared(Path own, Database database, String kind) {
        return written(own)
                .orElseGet(() -> firstLineInStore(database)
                        .filter(hash -> firstLine(own).equals(Optional.of(hash)))
                        .map(_ -> write(own, CopyOf.THE_FIRST.instance()))
                        .orElseGet(() -> made(own, kind)));
    }

    private static Optional<CopyOf> written(Path own) {
        Path file = own.resolve(FILE);
        try {
            return Files.exists(file)
                    ? Optional.of(new CopyOf(Files.readString(file).strip()))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("the process's name " + file + " cannot be read", e);
        }
    }

    private static CopyOf made(Path own, String kind) {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        return write(own, kind + HexFormat.of().formatHex(random));
    }

    private static CopyOf write(Path own, String name) {
        Path file = own.resolve(FILE);
        try {
            Files.createDirectories(own);
            Files.writeString(file, name + "\n");
            return new CopyOf(name);
        } catch (IOException e) {
            throw new UncheckedIOException("the process's name " + file + " cannot be kept", e);
        }
    }

    private static Optional<String> firstLineInStore(Database database) {
        return database.one(
                "select hash from journal where instance = ? and seq = 1",
                row -> Rows.text(row, "hash"),
                CopyOf.THE_FIRST.instance());
    }

    /** Hash of the first line of the journal of a home. */
    private static Optional<String> firstLine(Path own) {
        JournalFiles files = new JournalFiles(own.resolve("journal"));
        try {
            List<Path> full = files.full();
            Path first = full.isEmpty() ? files.live() : full.getFirst();
            if (!Files.exists(first)) {
                return Optional.empty();
            }
            try (BufferedReader lines = Files.newBufferedReader(first)) {
                return Optional.ofNullable(lines.readLine())
                        .map(line -> Json.read(line, JournalEntry.class).hash());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the journal in " + own + " cannot be read", e);
        }
    }
}
