package io.opsconductor.kit.journal;

import io.opsconductor.json.InvalidJsonException;
import io.opsconductor.json.Json;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An append-only, hash-chained file of JSON lines, one writer per directory. {@link #append} returns once the line is on disk
 * (fsync), {@link #note} once it is written; concurrent callers share one fsync. A full file is put aside and the chain goes
 * on in the next one.
 *
 * <p>Where a line cannot be written, a full disk for instance, nobody is told that it was: what was half written is taken
 * back, and the journal goes on as soon as there is room. After a failed fsync nobody knows what is on the disk, so that the
 * journal is not continued by the same process.
 */
public final class Journal implements AutoCloseable {
    /** A file larger than this is put aside. */
    public static final long FULL_BYTES = 64L << 20;

    private static final String WAY_OUT =
            ": put the very file back, or restart this process, which then says what is missing";

    private final JournalFiles files;
    private final FileChannel lock;
    private final String writer;
    private final Clock clock;
    private final JournalSink sink;
    private final long fullBytes;

    private final ReentrantLock appending = new ReentrantLock();
    private final ReentrantLock syncing = new ReentrantLock();
    private final Queue<Written> undurable = new ConcurrentLinkedQueue<>();
    // Not a channel: a thread that is interrupted while it uses one closes it, and with it the journal, for everybody.
    private volatile RandomAccessFile out;
    private volatile @Nullable Object identity;
    private volatile boolean puttingAside;
    private long fileFrom;
    private long firstSeq;
    private long seq;
    private String lastHash;
    private volatile long said;
    private volatile long written;
    private volatile long durable;
    private volatile @Nullable String broken;
    private volatile @Nullable Unwritable unwritable;

    private record Unwritable(String reason, Instant since) {}

    private Journal(
            JournalFiles files,
            FileChannel lock,
            RandomAccessFile out,
            String writer,
            Clock clock,
            JournalSink sink,
            long fullBytes,
            long firstSeq,
            JournalVerification verified)
            throws IOException {
        this.files = files;
        this.lock = lock;
        this.out = out;
        this.identity = identity(files.live());
        this.writer = writer;
        this.clock = clock;
        this.sink = sink;
        this.fullBytes = fullBytes;
        this.firstSeq = firstSeq;
        this.seq = verified.lastSeq();
        this.said = verified.lastSeq();
        this.lastHash = verified.lastHash();
        this.written = verified.completeBytes();
    }

    /**
     * Opens {@code directory/journal.jsonl}, or creates it, verifies its chain, and cuts off a last line that a crash left
     * half written (nobody was told that it was durable).
     *
     * @param writer name of the process, on every line
     * @param sink told of each durable entry, the existing ones that it has not first, in order
     * @throws JournalUnavailableException when it cannot be opened, another process holds it, or its chain is broken
     */
    public static Journal open(Path directory, String writer, Clock clock, JournalSink sink) {
        return open(directory, writer, clock, sink, Optional.empty(), FULL_BYTES);
    }

    /**
     * As {@link #open(Path, String, Clock, JournalSink)}.
     *
     * @param signed what was signed last; a journal that ends before it, or has another line there, is not continued
     * @param fullBytes size beyond which a file is put aside
     */
    public static Journal open(
            Path directory,
            String writer,
            Clock clock,
            JournalSink sink,
            Optional<JournalHead> signed,
            long fullBytes) {
        JournalFiles files = new JournalFiles(directory.toAbsolutePath());
        Path live = files.live();
        FileChannel lock = null;
        RandomAccessFile out = null;
        try {
            Files.createDirectories(directory);
            lock = locked(files);
            List<Path> full = files.full();
            // Full files were verified when they were written; `audit verify` walks all of them.
            long firstSeq = 1;
            String prev = JournalEntry.GENESIS;
            if (!full.isEmpty()) {
                JournalEntry last = Json.read(JournalFiles.lastLine(full.getLast()), JournalEntry.class);
                firstSeq = last.seq() + 1;
                prev = last.hash();
                if (sink.has() < last.seq()) {
                    tell(full, sink);
                }
            }
            out = new RandomAccessFile(live.toFile(), "rw");
            SignedPlace place = new SignedPlace(signed, firstSeq - 1, prev);
            JournalVerification verification = JournalVerification.ofLive(
                    live, Channels.newInputStream(out.getChannel()), firstSeq, prev, entry -> {
                        place.see(entry);
                        sink.accept(entry, entry.line());
                    });
            refuse(live, verification, place.problem());
            out.setLength(verification.completeBytes());
            out.seek(verification.completeBytes());
            return new Journal(files, lock, out, writer, clock, sink, fullBytes, firstSeq, verification);
        } catch (IOException | InvalidJsonException e) {
            close(out, lock);
            throw new JournalUnavailableException("the journal " + live + " cannot be opened: " + e.getMessage(), e);
        } catch (JournalUnavailableException e) {
            close(out, lock);
            throw e;
        }
    }

    /**
     * Looks whether a process writes the journal of a directory.
     *
     * @throws JournalUnavailableException when one does
     */
    public static void refuseWhileWritten(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            locked(new JournalFiles(directory)).close();
        }
    }

    private static void refuse(Path live, JournalVerification verification, Optional<String> unsigned) {
        String problem = verification.intact() ? unsigned.orElse("") : verification.sentence();
        if (!problem.isEmpty()) {
            throw new JournalUnavailableException(
                    "the journal " + live + " is broken: " + problem
                            + "; put a copy back, or keep it as evidence and begin anew with: opsconductor audit anew",
                    null);
        }
    }

    private static void tell(List<Path> full, JournalSink sink) throws IOException {
        for (Path file : full) {
            try (var lines = Files.lines(file)) {
                lines.forEach(line -> sink.accept(Json.read(line, JournalEntry.class), line));
            }
        }
    }

    /** Whether the line that was signed last is there. */
    private static final class SignedPlace {
        private final Optional<JournalHead> signed;
        private boolean found;

        SignedPlace(Optional<JournalHead> signed, long before, String hashBefore) {
            this.signed = signed;
            found = signed.isEmpty()
                    || signed.get().seq() < before
                    || (signed.get().seq() == before && signed.get().hash().equals(hashBefore));
        }

        void see(JournalEntry entry) {
            found |= entry.seq() == signed.map(JournalHead::seq).orElse(0L)
                    && entry.hash().equals(signed.get().hash());
        }

        Optional<String> problem() {
            return found
                    ? Optional.empty()
                    : Optional.of(
                            "line " + signed.orElseThrow().seq()
                                    + ", which this process has signed, is not in it: its end was cut off, or it is another one");
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

    /** How far it goes, once all of that is durable. */
    JournalHead durableHead() {
        JournalHead head;
        long position;
        appending.lock();
        try {
            failIfBroken();
            head = new JournalHead(JournalFiles.LIVE, seq, lastHash);
            position = written;
        } finally {
            appending.unlock();
        }
        sync(position);
        return head;
    }

    /** Number of the last line that says more than that a checkpoint of another process was seen. */
    long lastSaid() {
        return said;
    }

    private record Written(JournalEntry entry, String line, long position) {}

    private Written written(JournalRecord record) {
        appending.lock();
        try {
            failIfBroken();
            if (unwritable != null) {
                takeBack();
            } else if (written - fileFrom >= fullBytes) {
                putAside();
            }
            JournalEntry entry = JournalEntry.chained(seq + 1, clock.instant(), writer, record, lastHash);
            String text = entry.line();
            out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
            seq = entry.seq();
            lastHash = entry.hash();
            if (!record.type().equals(Witness.RECORD)) {
                said = seq;
            }
            Written line = new Written(entry, text, fileFrom + out.getFilePointer());
            undurable.add(line);
            written = line.position();
            unwritable = null;
            return line;
        } catch (IOException e) {
            throw cannotWrite(e);
        } finally {
            appending.unlock();
        }
    }

    /** Whatever was written of a line that nobody was told of. */
    private void takeBack() throws IOException {
        out.setLength(written - fileFrom);
        out.seek(written - fileFrom);
    }

    /** The lines of the full file are durable before the first one of the next is written. */
    private void putAside() throws IOException {
        syncing.lock();
        try {
            syncTo(written);
            Path full = files.full(firstSeq);
            puttingAside = true;
            Files.move(files.live(), full, StandardCopyOption.ATOMIC_MOVE);
            RandomAccessFile next;
            try {
                next = new RandomAccessFile(files.live().toFile(), "rw");
            } catch (IOException e) {
                Files.move(full, files.live(), StandardCopyOption.ATOMIC_MOVE);
                throw e;
            }
            out.close();
            out = next;
            identity = identity(files.live());
            fileFrom = written;
            firstSeq = seq + 1;
            try (FileChannel directory = FileChannel.open(files.directory(), StandardOpenOption.READ)) {
                directory.force(true);
            }
        } finally {
            puttingAside = false;
            syncing.unlock();
        }
    }

    /** Whether appends work, as far as is known; the reason when not, else null. */
    public @Nullable String broken() {
        if (broken != null) {
            return broken;
        }
        Unwritable cannot = unwritable;
        return cannot != null
                ? cannot.reason() + ", since " + cannot.since() + "; it goes on by itself as soon as it can"
                : replaced();
    }

    /** Tries to write again after writing failed; records that it works again, and how long it did not. */
    void recover() {
        Unwritable cannot = unwritable;
        if (cannot != null && broken == null) {
            append(new JournalRecord(
                    "journal_recovered",
                    "",
                    "",
                    "",
                    Map.of("reason", cannot.reason(), "since", cannot.since().toString())));
        }
    }

    private @Nullable String replaced() {
        Path file = files.live();
        Object mine = identity;
        try {
            if (Objects.equals(mine, identity(file)) || isBeingPutAside(mine)) {
                return null;
            }
            return "the journal " + file + " was replaced by another file" + WAY_OUT;
        } catch (NoSuchFileException e) {
            return isBeingPutAside(mine) ? null : "the journal " + file + " was deleted" + WAY_OUT;
        } catch (IOException e) {
            return "the journal " + file + " cannot be looked at: " + e.getMessage();
        }
    }

    private boolean isBeingPutAside(@Nullable Object seen) {
        return puttingAside || !Objects.equals(seen, identity);
    }

    /** What tells the file from another one of the same name; null where the file system has nothing of the kind. */
    private static @Nullable Object identity(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    private static FileChannel locked(JournalFiles files) throws IOException {
        FileChannel channel = FileChannel.open(
                files.directory().resolve("journal.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // This very process has it open already.
            lock = null;
        }
        if (lock == null) {
            channel.close();
            throw new JournalUnavailableException("another process writes the journal " + files.live(), null);
        }
        return channel;
    }

    private void sync(long position) {
        if (durable >= position) {
            return;
        }
        syncing.lock();
        try {
            if (durable < position) {
                failIfBroken();
                syncTo(written);
            }
        } catch (IOException e) {
            throw fail(e);
        } finally {
            syncing.unlock();
        }
    }

    private void syncTo(long position) throws IOException {
        try {
            out.getFD().sync();
        } catch (IOException e) {
            throw new UnsyncedException(e);
        }
        durable = position;
        for (Written next = undurable.peek(); next != null && next.position() <= position; next = undurable.peek()) {
            undurable.remove();
            sink.accept(next.entry(), next.line());
        }
    }

    private static final class UnsyncedException extends IOException {
        private static final long serialVersionUID = 1L;

        UnsyncedException(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    private void failIfBroken() {
        String reason = broken != null ? broken : replaced();
        if (reason != null) {
            throw new JournalUnavailableException(reason, null);
        }
    }

    private JournalUnavailableException cannotWrite(IOException e) {
        if (e instanceof UnsyncedException) {
            return fail(e);
        }
        String reason = "the journal " + files.live() + " cannot be written: " + e.getMessage();
        Unwritable before = unwritable;
        unwritable = new Unwritable(reason, before == null ? clock.instant() : before.since());
        try {
            takeBack();
        } catch (IOException stillNot) {
            e.addSuppressed(stillNot);
        }
        return new JournalUnavailableException(reason, e);
    }

    private JournalUnavailableException fail(IOException e) {
        broken = "the journal " + files.live() + " cannot be made durable: " + e.getMessage()
                + "; look at the disk, then restart this process";
        return new JournalUnavailableException(broken, e);
    }

    @Override
    public void close() {
        try (lock;
                RandomAccessFile _ = out) {
            if (broken == null && !undurable.isEmpty()) {
                sync(written);
            }
        } catch (IOException e) {
            throw new JournalUnavailableException(
                    "the journal " + files.live() + " cannot be closed: " + e.getMessage(), e);
        }
    }

    private static void close(@Nullable RandomAccessFile out, @Nullable FileChannel lock) {
        try (FileChannel _ = lock;
                RandomAccessFile _ = out) {
            return;
        } catch (IOException e) {
            throw new JournalUnavailableException("a journal cannot be closed: " + e.getMessage(), e);
        }
    }
}
