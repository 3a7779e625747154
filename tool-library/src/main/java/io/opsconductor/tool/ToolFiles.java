package io.opsconductor.tool;

import io.opsconductor.yaml.Finding;
import io.opsconductor.yaml.Place;
import io.opsconductor.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds and reads the tool files below a folder. */
final class ToolFiles {
    /** Files below all folders together, at most. */
    static final int MAX_FILES = 5_000;

    private static final int MAX_DEPTH = 10;

    private final List<Finding> findings;
    private int count;

    ToolFiles(List<Finding> findings) {
        this.findings = findings;
    }

    /**
     * The {@code .yaml} and {@code .yml} files below a folder, sorted; a file given itself is taken as it is. Names that
     * begin with a dot are passed over: a mounted ConfigMap holds its files twice, once in such a folder.
     */
    List<Path> below(Path root) {
        if (!Files.exists(root)) {
            findings.add(
                    error(root, "expected a folder of tools or a tool file, found nothing there", "Check the path."));
            return List.of();
        }
        if (Files.isRegularFile(root)) {
            return List.of(root);
        }
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), MAX_DEPTH, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return !folder.equals(root) && isHidden(folder)
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (isTool(file) && attributes.isSymbolicLink()) {
                        // Links are followed, so one that is still a link leads nowhere.
                        findings.add(unreadable(file, new NoSuchFileException(file.toString())));
                    }
                    if (!isTool(file) || !attributes.isRegularFile()) {
                        return FileVisitResult.CONTINUE;
                    }
                    if (++count > MAX_FILES) {
                        findings.add(error(
                                root,
                                "expected at most " + MAX_FILES + " tool files, found more",
                                "Check the folder; the rest was not read."));
                        return FileVisitResult.TERMINATE;
                    }
                    files.add(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    if (!isHidden(file)) {
                        findings.add(unreadable(file, e));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            findings.add(unreadable(root, e));
        }
        files.sort(null);
        return files;
    }

    /** A file's bytes, or nothing when it cannot be read or is too large, which becomes a finding. */
    Optional<byte[]> read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(ToolFileParser.MAX_BYTES + 1);
            if (bytes.length > ToolFileParser.MAX_BYTES) {
                findings.add(YamlReader.tooLarge(file.toString(), ToolFileParser.MAX_BYTES));
                return Optional.empty();
            }
            return Optional.of(bytes);
        } catch (IOException e) {
            findings.add(unreadable(file, e));
            return Optional.empty();
        }
    }

    private static boolean isTool(Path file) {
        String name = name(file).toLowerCase(Locale.ROOT);
        return !isHidden(file) && (name.endsWith(".yaml") || name.endsWith(".yml"));
    }

    private static boolean isHidden(Path file) {
        return name(file).startsWith(".");
    }

    private static String name(Path file) {
        Path name = file.getFileName();
        return name == null ? "" : name.toString();
    }

    private static Finding unreadable(Path file, IOException e) {
        String found = switch (e) {
            case FileSystemLoopException _ -> "a loop of links";
            case NoSuchFileException _ -> "a link to nothing";
            case AccessDeniedException _ -> "one that may not be read";
            default -> "one that cannot be read (" + e.getClass().getSimpleName() + ")";
        };
        return error(file, "expected a readable file, found " + found, "Check the file's permissions and links.");
    }

    private static Finding error(Path file, String message, String fix) {
        return Finding.error(file.toString(), Place.START, "", message, fix);
    }
}
