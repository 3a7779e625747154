package io.opsconductor.kit.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The files of one journal: {@code journal.jsonl}, which is written to, and full ones beside it, each named by the number of
 * its first line, such as {@code journal-000000000001.jsonl}. The chain goes on from one to the next.
 */
public record JournalFiles(Path directory) {
    public static final String LIVE = "journal.jsonl";
    private static final Pattern FULL = Pattern.compile("journal-(\\d{12})\\.jsonl");
    private static final int TAIL_BYTES = 1 << 20;

    /** The files of which this is the one that is written to. */
    static JournalFiles around(Path live) {
        return new JournalFiles(Objects.requireNonNull(live.toAbsolutePath().getParent(), "a file is in a directory"));
    }

    public Path live() {
        return directory.resolve(LIVE);
    }

    /** What the live file is called once it is full. */
    Path full(long firstSeq) {
        return directory.resolve("journal-%012d.jsonl".formatted(firstSeq));
    }

    /** The full ones, oldest first. */
    public List<Path> full() throws IOException {
        List<Path> found = new ArrayList<>();
        if (!Files.isDirectory(directory)) {
            return found;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "journal-*.jsonl")) {
            for (Path file : files) {
                if (FULL.matcher(String.valueOf(file.getFileName())).matches()) {
                    found.add(file);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        found.sort(null);
        return found;
    }

    /** A file's last line. */
    static String lastLine(Path file) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(0, in.length() - TAIL_BYTES);
            in.seek(from);
            byte[] tail = new byte[(int) (in.length() - from)];
            in.readFully(tail);
            String text = new String(tail, StandardCharsets.UTF_8).stripTrailing();
            return text.substring(text.lastIndexOf('\n') + 1);
        }
    }
}
