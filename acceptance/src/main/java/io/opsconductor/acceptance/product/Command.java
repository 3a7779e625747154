package io.opsconductor.acceptance.product;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that was run to its end.
 *
 * @param exitCode its exit code
 * @param output stdout and stderr together
 */
public record Command(int exitCode, String output) {
    /**
     * Runs a program with nothing on its standard input.
     *
     * @throws IllegalStateException when it does not end within the limit; its output so far is in the message
     */
    public static Command run(Path directory, Map<String, String> environment, Duration limit, List<String> words) {
        try {
            Path out = Files.createTempFile("command", ".out");
            ProcessBuilder builder = new ProcessBuilder(words)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(out.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            String output = Files.readString(out, StandardCharsets.UTF_8);
            Files.delete(out);
            if (!ended) {
                process.destroyForcibly();
                throw new IllegalStateException(words + " did not end within " + limit + ":\n" + output);
            }
            return new Command(process.exitValue(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(words + " was interrupted", e);
        }
    }
}
