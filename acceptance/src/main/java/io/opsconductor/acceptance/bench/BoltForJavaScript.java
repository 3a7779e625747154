package io.opsconductor.acceptance.bench;

import io.opsconductor.acceptance.product.Command;
import io.opsconductor.counterpart.net.FreePort;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The official JavaScript framework for Slack apps, with the least app that acknowledges events, as a process. */
final class BoltForJavaScript implements AutoCloseable {
    private static final Duration INSTALL_LIMIT = Duration.ofMinutes(3);
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Process process;
    private final URI url;

    private BoltForJavaScript(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    /**
     * Installs it and starts it; without node or its packages it is left out, and that is said.
     *
     * @param directory made here, for the packages
     */
    static Optional<BoltForJavaScript> start(Path directory, String signingSecret) {
        try {
            Files.createDirectories(directory);
            for (String name : List.of("package.json", "package-lock.json", "server.js")) {
                Files.write(directory.resolve(name), resource(name));
            }
            Command install = Command.run(
                    directory,
                    Map.of(),
                    INSTALL_LIMIT,
                    List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"));
            if (install.exitCode() != 0) {
                return leftOut("npm ci ended with " + install.exitCode() + ": " + install.output());
            }
            return started(directory, signingSecret);
        } catch (IOException | UncheckedIOException e) {
            return leftOut("node and npm are needed: " + e.getMessage());
        } catch (IllegalStateException e) {
            return leftOut(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<BoltForJavaScript> started(Path directory, String signingSecret) throws IOException {
        int port = FreePort.find();
        Path log = directory.resolve("log");
        ProcessBuilder builder = new ProcessBuilder("node", "server.js")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("BENCH_PORT", Integer.toString(port));
        builder.environment().put("BENCH_SIGNING_SECRET", signingSecret);
        builder.environment().put("NODE_ENV", "production");
        Process process = builder.start();
        long begun = System.nanoTime();
        while (process.isAlive() && Samples.millisSince(begun) < START_LIMIT.toMillis()) {
            if (Files.readString(log).contains("ready")) {
                return Optional.of(
                        new BoltForJavaScript(process, URI.create("http://127.0.0.1:" + port + "/slack/events")));
            }
            pause(process);
        }
        process.destroyForcibly();
        return leftOut("its app did not start: " + Files.readString(log));
    }

    private static void pause(Process process) {
        try {
            process.waitFor(100, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the framework started", e);
        }
    }

    private static Optional<BoltForJavaScript> leftOut(String why) {
        System.err.println("The comparison with bolt-js is left out. " + why.strip());
        return Optional.empty();
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = BoltForJavaScript.class.getResourceAsStream("bolt/" + name)) {
            if (in == null) {
                throw new IOException("the bench's " + name + " is missing from its jar");
            }
            return in.readAllBytes();
        }
    }

    URI url() {
        return url;
    }

    ProcessHandle process() {
        return process.toHandle();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
