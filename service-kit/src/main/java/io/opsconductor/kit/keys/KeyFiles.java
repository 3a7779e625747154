package io.opsconductor.kit.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A value read from key files, which is read again when they change. While what they hold cannot be used, because somebody
 * is replacing them for instance, the last good value is in force and reading is tried again each time.
 */
public final class KeyFiles<T> {
    private static final Logger LOG = LoggerFactory.getLogger(KeyFiles.class);

    private final List<Path> files;
    private final Supplier<T> reader;
    private volatile State<T> state;
    private volatile @Nullable String problem;

    private record State<T>(T value, List<Object> stamps) {}

    /**
     * Reads the files.
     *
     * @param reader throws {@link KeyFileException} when they cannot be used
     * @throws KeyFileException when they cannot be used now
     */
    public KeyFiles(List<Path> files, Supplier<T> reader) {
        this.files = List.copyOf(files);
        this.reader = reader;
        // The stamps are older than the reading, so that a change between the two is seen the next time.
        List<Object> stamps = stamps();
        this.state = new State<>(reader.get(), stamps);
    }

    /** The value as the files have it now, or the last good one. */
    public T current() {
        List<Object> stamps = stamps();
        return stamps.equals(state.stamps()) ? state.value() : readAgain();
    }

    /** Why the files as they are now cannot be used; null while the value is theirs. */
    public @Nullable String problem() {
        return problem;
    }

    private synchronized T readAgain() {
        List<Object> stamps = stamps();
        State<T> before = state;
        if (stamps.equals(before.stamps())) {
            return before.value();
        }
        try {
            state = new State<>(reader.get(), stamps);
            problem = null;
            LOG.info("read again: {}", files.getFirst());
        } catch (KeyFileException e) {
            if (problem == null) {
                LOG.warn("what was read before stays in force: {}", e.getMessage());
            }
            problem = e.getMessage();
        }
        return state.value();
    }

    private List<Object> stamps() {
        return files.stream().map(KeyFiles::stamp).toList();
    }

    private static Object stamp(Path file) {
        record Stamp(long modifiedNanos, long size, String identity) {}
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(
                    now.lastModifiedTime().to(TimeUnit.NANOSECONDS), now.size(), String.valueOf(now.fileKey()));
        } catch (IOException e) {
            return "absent";
        }
    }
}
