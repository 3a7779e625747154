package io.opsconductor.kit.journal;

import io.opsconductor.json.InvalidJsonException;
import io.opsconductor.json.Json;
import io.opsconductor.kit.keys.Signer;
import io.opsconductor.kit.store.Database;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints of one journal: a file of its own, {@code checkpoints.jsonl}, each line on disk when it is written, and
 * copied to the table {@code checkpoint}. One writer.
 */
public final class Checkpoints implements AutoCloseable {
    public static final String FILE = "checkpoints.jsonl";

    private final RandomAccessFile out;
    private final String writer;
    private final Supplier<Signer> key;
    private final Database database;
    private final CopyOf whose;
    private final InstantSource clock;
    private volatile @Nullable Checkpoint last;

    private Checkpoints(
            RandomAccessFile out,
            String writer,
            Supplier<Signer> key,
            Database database,
            CopyOf whose,
            InstantSource clock,
            @Nullable Checkpoint last) {
        this.out = out;
        this.writer = writer;
        this.key = key;
        this.database = database;
        this.whose = whose;
        this.clock = clock;
        this.last = last;
    }

    /**
     * Opens {@code directory/checkpoints.jsonl}, or creates it, cuts off a last line that a crash left half written, and
     * completes the copy.
     *
     * @param key signs; asked anew for each
     * @throws JournalUnavailableException when the file cannot be opened or is none of checkpoints
     */
    public static Checkpoints open(
            Path directory, String writer, Supplier<Signer> key, Database database, InstantSource clock) {
        return open(directory, writer, key, database, CopyOf.THE_ONLY, clock);
    }

    /**
     * As {@link #open(Path, String, Supplier, Database, InstantSource)}.
     *
     * @param whose journal they are of, for their copy and for whoever is told of them
     */
    public static Checkpoints open(
            Path directory, String writer, Supplier<Signer> key, Database database, CopyOf whose, InstantSource clock) {
        Path file = directory.resolve(FILE);
        try {
            Files.createDirectories(directory);
            RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw");
            byte[] bytes = Files.readAllBytes(file);
            int complete = bytes.length;
            while (complete > 0 && bytes[complete - 1] != '\n') {
                complete--;
            }
            List<Checkpoint> all = new String(bytes, 0, complete, StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> Json.read(line, Checkpoint.class))
                    .toList();
            out.setLength(complete);
            out.seek(complete);
            Checkpoints opened =
                    new Checkpoints(out, writer, key, database, whose, clock, all.isEmpty() ? null : all.getLast());
            opened.completeCopy(all);
            return opened;
        } catch (IOException | InvalidJsonException e) {
            throw new JournalUnavailableException(
                    "the checkpoints " + file + " cannot be used: " + e.getMessage()
                            + "; put a copy back, or keep them as evidence and begin anew with: opsconductor audit anew",
                    e);
        }
    }

    private void completeCopy(List<Checkpoint> all) {
        long copied = whose.last(database, "checkpoint", "number");
        all.stream().filter(each -> each.number() > copied).forEach(this::copy);
    }

    /** What was signed last; empty before the first. */
    public Optional<JournalHead> signed() {
        return Optional.ofNullable(last).map(Checkpoint::head);
    }

    /** The latest one's number and digest, and whose it is of several, as {@link Witness#HEADER} says them. */
    public Optional<String> said() {
        return Optional.ofNullable(last).map(each -> each.number() + " " + each.digest() + whose.said());
    }

    /** Signs how far the journal goes, and keeps that. */
    void add(JournalHead head) throws IOException {
        Checkpoint before = last;
        Signer signer = key.get();
        Checkpoint unsigned = new Checkpoint(
                before == null ? 1 : before.number() + 1,
                writer,
                clock.instant(),
                head.file(),
                head.seq(),
                head.hash(),
                head.seq() - (before == null ? 0 : before.seq()),
                before == null ? JournalEntry.GENESIS : before.digest(),
                signer.keyId(),
                "");
        Checkpoint checkpoint = unsigned.signed(signer.sign(unsigned.signedBytes()));
        long position = out.getFilePointer();
        try {
            out.write((Json.write(checkpoint) + "\n").getBytes(StandardCharsets.UTF_8));
            out.getFD().sync();
        } catch (IOException e) {
            out.setLength(position);
            out.seek(position);
            throw e;
        }
        last = checkpoint;
        copy(checkpoint);
    }

    private void copy(Checkpoint checkpoint) {
        database.change(
                whose.insert("checkpoint", "number, at, seq, hash, digest, line"),
                whose.values(
                        checkpoint.number(),
                        checkpoint.at().toString(),
                        checkpoint.seq(),
                        checkpoint.hash(),
                        checkpoint.digest(),
                        Json.write(checkpoint)));
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new JournalUnavailableException("the checkpoints cannot be closed: " + e.getMessage(), e);
        }
    }
}
