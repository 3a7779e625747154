package io.opsconductor.runner.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/**
 * How some files look at one moment: which they are, and of each its time, size and identity, of a folder also its
 * entries'. Two equal stamps mean that nothing changed in between.
 */
public record Stamp(String text) {
    /** Of the files as they are now, existing or not. */
    public static Stamp of(List<Path> files) {
        StringBuilder text = new StringBuilder();
        for (Path file : files) {
            add(text, file);
            if (Files.isDirectory(file)) {
                try (Stream<Path> entries = Files.list(file)) {
                    entries.sorted().forEach(entry -> add(text, entry));
                } catch (IOException e) {
                    text.append("unreadable\n");
                }
            }
        }
        return new Stamp(text.toString());
    }

    private static void add(StringBuilder text, Path file) {
        text.append(file).append('=').append(look(file)).append('\n');
    }

    private static String look(Path file) {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return now.lastModifiedTime().toInstant() + "/" + now.size() + "/" + now.fileKey();
        } catch (IOException e) {
            return "absent";
        }
    }
}
