package io.opsconductor.acceptance.bench.several;

import io.opsconductor.acceptance.product.Installation;
import io.opsconductor.counterpart.net.FreePort;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** One process of the product, with a home and ports of its own, which can be killed and started again. */
final class Member implements AutoCloseable {
    private static final Duration READY = Duration.ofMinutes(2);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    /** What a process is of. */
    enum Kind {
        RUNNER("runner", "io.opsconductor.runner.Main"),
        CHATBOT("chat-adapters", "io.opsconductor.chat.Main");

        private final String module;
        private final String main;

        Kind(String module, String main) {
            this.module = module;
            this.main = main;
        }

        String process() {
            return this == RUNNER ? "runner" : "chatbot";
        }
    }

    private final Kind kind;
    private final Path home;
    private final Map<String, String> environment;
    private final int port;
    private final int healthPort;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(ANSWER).build();
    private Process process;

    private Member(Kind kind, Path home, Map<String, String> environment, int port, int healthPort) throws IOException {
        this.kind = kind;
        this.home = home;
        this.environment = environment;
        this.port = port;
        this.healthPort = healthPort;
        this.process = launched();
    }

    /**
     * Starts one, and does not wait for it.
     *
     * @param settings variables of the environment, besides those of the home and the ports
     */
    static Member start(Kind kind, Path home, Map<String, String> settings) throws IOException {
        int port = FreePort.find();
        Map<String, String> environment = new LinkedHashMap<>(settings);
        environment.put("OPSCONDUCTOR_HOME", home.toString());
        if (kind == Kind.CHATBOT) {
            environment.put("OPSCONDUCTOR_CHATBOT_PORT", Integer.toString(port));
            return new Member(kind, home, environment, port, port);
        }
        int healthPort = FreePort.find();
        environment.put("OPSCONDUCTOR_RUNNER_API_PORT", Integer.toString(port));
        environment.put("OPSCONDUCTOR_RUNNER_HEALTH_PORT", Integer.toString(healthPort));
        return new Member(kind, home, environment, port, healthPort);
    }

    private Process launched() throws IOException {
        // As the launcher starts it.
        List<String> words = new ArrayList<>(List.of(
                java(),
                "-XX:+UseSerialGC",
                "-XX:MaxNewSize=64m",
                "-XX:+UseCompactObjectHeaders",
                "-Xss512k",
                kind == Kind.RUNNER ? "-Xmx384m" : "-Xmx256m",
                "-XX:+ExitOnOutOfMemoryError",
                "-Xlog:aot*=off",
                "-Xlog:cds*=off",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        Path quick = Installation.checkout().resolve("target/quick-start/" + kind.process() + ".aot");
        if (Files.exists(quick)
                && Files.getLastModifiedTime(quick).compareTo(Files.getLastModifiedTime(jar(kind.module))) > 0) {
            // One that was made of other classes would be believed.
            words.add("-XX:AOTCache=" + quick);
        }
        words.addAll(List.of("-cp", classPath(kind.module), kind.main));
        Path log = Files.createDirectories(home.resolve("logs")).resolve(kind.process() + ".log");
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        clean(builder.environment());
        builder.environment().putAll(environment);
        return builder.start();
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Without what is set for somebody else's product. */
    static void clean(Map<String, String> environment) {
        environment.keySet().removeIf(name -> name.startsWith("OPSCONDUCTOR_"));
    }

    /** Of a module as it was built. */
    static String classPath(String module) {
        Path jar = jar(module);
        return jar + File.pathSeparator + jar.resolveSibling("lib") + "/*";
    }

    private static Path jar(String module) {
        try (Stream<Path> files =
                Files.list(Installation.checkout().resolve(module).resolve("target"))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(module + " is not built"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Kind kind() {
        return kind;
    }

    Path home() {
        return home;
    }

    /** Of its home's files, such as {@code r-1}. */
    String name() {
        return home.getFileName().toString();
    }

    /** The settings of the process, for looking at what it left. */
    Map<String, String> environment() {
        return environment;
    }

    /** Where it is asked: a runner's API, a chatbot's page. */
    int port() {
        return port;
    }

    int healthPort() {
        return healthPort;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Whether {@code /health} says so. */
    boolean isReady() {
        return health() == 200;
    }

    /** Whether it says anything of itself, were it that it stands by. */
    boolean answers() {
        return health() > 0;
    }

    /** The status of {@code /health}; 0 when nobody answers. */
    private int health() {
        try {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + healthPort + "/health"))
                                    .timeout(ANSWER)
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    void awaitReady() {
        long until = System.nanoTime() + READY.toNanos();
        while (!isReady()) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException(name() + " is not ready; its log is in " + home.resolve("logs"));
            }
            LockSupport.parkNanos(50_000_000);
        }
    }

    /** SIGKILL; answers when it is gone. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Starts it again after it ended. */
    void startAgain() throws IOException {
        process = launched();
    }

    @Override
    public void close() {
        kill();
        http.close();
    }
}
