package io.opsconductor.runner.file;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What tells a file from itself before a change, without reading it.
 *
 * @param modified when it was written last; 1970 when it is absent
 * @param size in bytes; -1 when it is absent
 * @param folder whether it is a folder
 * @param identity which file of that name it is; null when it is absent or the file system has nothing of the kind
 */
public record FileStamp(
        FileTime modified,
        long size,
        boolean folder,
        @Nullable Object identity) {
    private static final FileStamp ABSENT = new FileStamp(FileTime.fromMillis(0), -1, false, null);

    /** How files and folders, and the entries of these folders, look now. Equal maps stand for unchanged files. */
    public static Map<Path, FileStamp> of(List<Path> paths) {
        Map<Path, FileStamp> stamps = new HashMap<>();
        for (Path path : paths) {
            if (stamps.computeIfAbsent(path, FileStamp::of).folder()) {
                addEntries(path, stamps);
            }
        }
        return stamps;
    }

    private static void addEntries(Path folder, Map<Path, FileStamp> stamps) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                stamps.computeIfAbsent(entry, FileStamp::of);
            }
        } catch (IOException | DirectoryIteratorException e) {
            stamps.put(folder, ABSENT);
        }
    }

    private static FileStamp of(Path path) {
        try {
            BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
            return new FileStamp(now.lastModifiedTime(), now.size(), now.isDirectory(), now.fileKey());
        } catch (IOException e) {
            return ABSENT;
        }
    }
}
