package io.opsconductor.runner.store;

import io.opsconductor.json.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Outputs as files, each under its digest, so that the same output is kept once. A file is on disk when it is known. */
public final class OutputFiles implements KeptOutputs {
    private static final Logger LOG = LoggerFactory.getLogger(OutputFiles.class);
    private static final String PREFIX = "sha256:";

    private final Path folder;
    private final InstantSource clock;

    /**
     * @param folder made when it is needed
     * @param clock says since when an output is kept
     */
    public OutputFiles(Path folder, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
    }

    @Override
    public String keep(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        String digest = Digest.of(bytes);
        Path file = file(digest);
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(file.getParent());
                Path partial = file.resolveSibling("partial-" + UUID.randomUUID());
                try (FileChannel channel =
                        FileChannel.open(partial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                    ByteBuffer buffer = ByteBuffer.wrap(bytes);
                    while (buffer.hasRemaining()) {
                        channel.write(buffer);
                    }
                    channel.force(true);
                }
                Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
            }
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
            return digest;
        } catch (IOException e) {
            throw new UncheckedIOException("an output cannot be kept in " + folder, e);
        }
    }

    @Override
    public Optional<String> read(String digest) {
        Path file = file(digest);
        try {
            byte[] bytes = Files.readAllBytes(file);
            if (Digest.of(bytes).equals(digest)) {
                return Optional.of(new String(bytes, StandardCharsets.UTF_8));
            }
            LOG.error("the output {} was changed, so it is not shown", file);
        } catch (NoSuchFileException e) {
            LOG.debug("the output {} is not kept any more", file);
        } catch (IOException e) {
            LOG.error("the output {} cannot be read", file, e);
        }
        return Optional.empty();
    }

    @Override
    public long forgetBefore(Instant limit) {
        long forgotten = 0;
        for (Path file : files()) {
            try {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(limit)) {
                    Files.deleteIfExists(file);
                    forgotten++;
                }
            } catch (IOException e) {
                LOG.warn("the output {} cannot be deleted now", file, e);
            }
        }
        return forgotten;
    }

    private List<Path> files() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            LOG.warn("the outputs in {} cannot be listed now", folder, e);
            return List.of();
        }
    }

    private Path file(String digest) {
        String hex = digest.substring(PREFIX.length());
        return folder.resolve(hex.substring(0, 2)).resolve(hex);
    }
}
