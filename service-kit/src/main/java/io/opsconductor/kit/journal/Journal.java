package io.opsconductor.kit.journal;

import io.opsconductor.json.Json;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An append-only, hash-chained file of JSON lines, one writer per file. {@link #append} returns once the line is on disk
 * (fsync), {@link #note} once it is written; concurrent callers share one fsync. After the first failure every further append fails: a journal that lost a
 * line is not continued by the same process.
 */
public final class Journal implements AutoCloseable {
    private final Path file;
    // Not a channel: a thread that is interrupted while it uses one closes it, and with it the journal, for everybody.
    private final RandomAccessFile out;
    private final @Nullable Object identity;
    private final String writer;
    private final Clock clock;
    private final Consumer<JournalEntry> mirror;

    private final ReentrantLock appending = new ReentrantLock();
    private final ReentrantLock syncing = new ReentrantLock();
    private long seq;
    private String lastHash;
    private volatile long written;
    private volatile long durable;
    private volatile @Nullable String broken;

    private Journal(
            Path file,
            RandomAccessFile out,
            @Nullable Object identity,
            String writer,
            Clock clock,
            Consumer<JournalEntry> mirror,
            long seq,
            String lastHash) {
        this.file = file;
        this.out = out;
        this.identity = identity;
        this.writer = writer;
        this.clock = clock;
        this.mirror = mirror;
        this.seq = seq;
        this.lastHash = lastHash;
    }

    /**
     * Opens {@code directory/journal.jsonl}, or creates it, verifies the whole chain, and cuts off a last line that a
     * crash left half written (nobody was told that it was durable).
     *
     * @param writer name of the process, on every line
     * @param mirror told of each durable entry, the existing ones first, in order
     * @throws JournalUnavailableException when it cannot be opened, another process holds it, or its chain is broken
     */
    public static Journal open(Path directory, String writer, Clock clock, Consumer<JournalEntry> mirror) {
        Path file = directory.resolve("journal.jsonl");
        try {
            Files.createDirectories(directory);
            RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw");
            if (!locked(out.getChannel())) {
                out.close();
                throw new JournalUnavailableException("another process writes the journal " + file, null);
            }
            // Read through the one descriptor: closing any other of the same file would give up the lock.
            JournalVerification verification =
                    JournalVerification.of(Channels.newInputStream(out.getChannel()), mirror);
            if (!verification.intact()) {
                out.close();
                throw new JournalUnavailableException(
                        "the journal " + file + " is broken: " + String.join("; ", verification.problems())
                                + "; keep it as evidence, move the directory aside and start again",
                        null);
            }
            out.setLength(verification.completeBytes());
            out.seek(verification.completeBytes());
            return new Journal(
                    file, out, identity(file), writer, clock, mirror, verification.entries(), verification.lastHash());
        } catch (IOException e) {
            throw new JournalUnavailableException("the journal " + file + " cannot be opened: " + e.getMessage(), e);
        }
    }

    /**
     * Writes one record and waits until it is durable, and with it all that were written before.
     *
     * @throws JournalUnavailableException when it is not; nothing that depends on the record may happen
     */
    public JournalEntry append(JournalRecord record) {
        Written line = written(record);
        sync(line.position());
        return line.entry();
    }

    /**
     * Writes one record without waiting for the disk: it is durable once a later {@link #append} returns. For a record
     * on which nothing depends before that one.
     *
     * @throws JournalUnavailableException when it cannot be written
     */
    public JournalEntry note(JournalRecord record) {
        return written(record).entry();
    }

    private record Written(JournalEntry entry, long position) {}

    private Written written(JournalRecord record) {
        appending.lock();
        try {
            failIfBroken();
            JournalEntry entry = JournalEntry.chained(seq + 1, clock.instant(), writer, record, lastHash);
            out.write((Json.write(entry) + "\n").getBytes(StandardCharsets.UTF_8));
            seq = entry.seq();
            lastHash = entry.hash();
            written = out.getFilePointer();
            mirror.accept(entry);
            return new Written(entry, written);
        } catch (IOException e) {
            throw fail(e);
        } finally {
            appending.unlock();
        }
    }

    /** Whether appends still work; the reason when not, else null. */
    public @Nullable String broken() {
        if (broken != null) {
            return broken;
        }
        try {
            return Objects.equals(identity, identity(file))
                    ? null
                    : "the journal " + file + " was replaced by another file";
        } catch (NoSuchFileException e) {
            return "the journal " + file + " was deleted";
        } catch (IOException e) {
            return "the journal " + file + " cannot be looked at: " + e.getMessage();
        }
    }

    /** What tells the file from another one of the same name; null where the file system has nothing of the kind. */
    private static @Nullable Object identity(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private void sync(long position) {
        if (durable >= position) {
            return;
        }
        syncing.lock();
        try {
            if (durable >= position) {
                return;
            }
            failIfBroken();
            long upTo = written;
            out.getFD().sync();
            durable = upTo;
        } catch (IOException e) {
            throw fail(e);
        } finally {
            syncing.unlock();
        }
    }

    private void failIfBroken() {
        String reason = broken();
        if (reason != null) {
            broken = reason;
            throw new JournalUnavailableException(reason, null);
        }
    }

    private JournalUnavailableException fail(IOException e) {
        broken = "the journal " + file + " cannot be written: " + e.getMessage();
        return new JournalUnavailableException(broken, e);
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new JournalUnavailableException("the journal " + file + " cannot be closed: " + e.getMessage(), e);
        }
    }
}
