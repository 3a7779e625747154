package io.opsconductor.runner;

import io.opsconductor.runner.file.Reading;
import io.opsconductor.tool.ToolLibrary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads the tool folders so that they can be followed. A file with a mistake is left out, and said so; one that was good at an
 * earlier look stays as it was. For one thread at a time.
 */
final class ToolFolders {
    private static final int MAX_DEPTH = 8;

    private final List<Path> folders;
    private ToolLibrary last = ToolLibrary.empty();

    ToolFolders(List<Path> folders) {
        this.folders = List.copyOf(folders);
    }

    /** All tools that may be used; every mistake as a warning. */
    Reading.Good<ToolLibrary> read() {
        // Listed before they are read, so that a change in between is seen at the next look.
        List<Path> followed = withSubfolders(folders);
        ToolLibrary.LoadResult loaded = ToolLibrary.reload(folders, last);
        last = loaded.library();
        return new Reading.Good<>(loaded.library(), loaded.findings(), followed);
    }

    /** The folders and all folders below them, as they are now. */
    static List<Path> withSubfolders(List<Path> folders) {
        List<Path> all = new ArrayList<>(folders);
        folders.stream().filter(Files::isDirectory).forEach(folder -> all.addAll(below(folder)));
        return all;
    }

    /** Folders below; none when the folder cannot be read, which loading it reports. */
    private static List<Path> below(Path folder) {
        try (Stream<Path> below = Files.walk(folder, MAX_DEPTH)) {
            return below.filter(path -> !path.equals(folder) && Files.isDirectory(path))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }
}
