package io.opsconductor.acceptance.product;

import io.opsconductor.counterpart.net.FreePort;
import io.opsconductor.counterpart.node.NodePackages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Microsoft's Agents Playground, in front of a chatbot whose Teams mode is {@code playground}. Its licence is for evaluation, so it
 * is fetched for a test and is no part of the product. It listens on this machine alone, and reaches nothing else.
 */
public final class Playground implements AutoCloseable {
    private static final Path SOURCES = Path.of("src/test/js-playground");
    private static final Path WORK = Path.of("target/js-playground");
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    /** Whoever sits in front of it, as the policy names that person. */
    public static final String PERSON =
            "teams:7f1b2c3d-0000-4000-8000-000000000001/7f1b2c3d-0000-4000-8000-0000000000a0";

    private final Process process;
    private final int port;
    private final Path log;

    private Playground(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /**
     * Starts it and waits until it answers.
     *
     * @param chatbot the chatbot's address, such as {@code http://127.0.0.1:3005}
     */
    public static Playground start(String chatbot) {
        try {
            Files.createDirectories(WORK);
            try (Stream<Path> all = Files.list(SOURCES)) {
                for (Path source : all.filter(Files::isRegularFile).toList()) {
                    Files.copy(source, WORK.resolve(source.getFileName()), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            NodePackages.install(WORK);
            int port = FreePort.find();
            Path log = WORK.resolve("playground.log");
            ProcessBuilder node = new ProcessBuilder(List.of(
                            "node",
                            "--require",
                            "./loopback.cjs",
                            "node_modules/@microsoft/m365agentsplayground/cli.js",
                            "start",
                            "--app-endpoint",
                            chatbot + "/api/messages",
                            "--channel-id",
                            "msteams",
                            "--port",
                            Integer.toString(port),
                            "--disable-telemetry"))
                    .directory(WORK.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            node.environment().keySet().retainAll(List.of("PATH", "LANG"));
            node.environment().put("HOME", WORK.toAbsolutePath().toString());
            node.environment().put("TEAMSAPPTESTER_BROWSER", "none");
            Playground playground = new Playground(node.start(), port, log);
            playground.awaitAnswer();
            return playground;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String address() {
        return "http://localhost:" + port;
    }

    private void awaitAnswer() throws IOException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (!answers()) {
            if (System.nanoTime() > end || !process.isAlive()) {
                String said = Files.readString(log);
                close();
                throw new IllegalStateException("the playground did not start, and said:\n" + said);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(100);
            } catch (InterruptedException e) {
                close();
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the playground was starting", e);
            }
        }
    }

    private boolean answers() {
        // It takes every wish for another protocol for a web socket, and answers none but that.
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return client.send(
                                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                                            .timeout(Duration.ofSeconds(5))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
