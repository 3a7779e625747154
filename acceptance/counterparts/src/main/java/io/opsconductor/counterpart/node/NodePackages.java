package io.opsconductor.counterpart.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Packages of npm in a directory of their own. */
public final class NodePackages {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private NodePackages() {}

    /**
     * Installs what the directory's {@code package-lock.json} names, unless just that is there.
     *
     * @throws IllegalStateException when npm does not do it within ten minutes; what it said is in the message
     */
    public static void install(Path directory) {
        try {
            Path stamp = directory.resolve("installed");
            String wanted = Files.readString(directory.resolve("package-lock.json"));
            if (Files.exists(stamp) && Files.readString(stamp).equals(wanted)) {
                return;
            }
            Path log = directory.resolve("npm.log");
            Process npm = new ProcessBuilder(List.of("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"))
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            boolean ended = npm.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                npm.descendants().forEach(ProcessHandle::destroyForcibly);
                npm.destroyForcibly();
            }
            if (!ended || npm.exitValue() != 0) {
                throw new IllegalStateException("npm ci in " + directory + (ended ? " failed" : " took too long")
                        + ", and said:\n" + Files.readString(log, UTF_8));
            }
            Files.writeString(stamp, wanted);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while npm was installing", e);
        }
    }
}
