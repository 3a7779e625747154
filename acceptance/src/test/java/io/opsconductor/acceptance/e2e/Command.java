package io.opsconductor.acceptance.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program run to its end. */
record Command(int exitCode, String output) {
    static Command run(Path directory, Map<String, String> environment, Duration limit, List<String> words) {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(words).directory(directory.toFile()).redirectErrorStream(true);
            builder.environment().putAll(environment);
            Path out = java.nio.file.Files.createTempFile("command", ".out");
            builder.redirectOutput(out.toFile());
            builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
            Process process = builder.start();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(words + " did not end within " + limit + ":\n"
                        + java.nio.file.Files.readString(out, StandardCharsets.UTF_8));
            }
            String output = java.nio.file.Files.readString(out, StandardCharsets.UTF_8);
            java.nio.file.Files.delete(out);
            return new Command(process.exitValue(), output);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
