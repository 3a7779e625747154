package io.opsconductor.acceptance.product;

import io.opsconductor.counterpart.net.FreePort;
import io.opsconductor.counterpart.store.TestStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One started product in a home of its own, on free ports, started and stopped by the launcher. Its stores are of the kind in which
 * tests run, see {@link TestStore#usual()}.
 */
public final class Installation implements AutoCloseable {
    private static final Path CHECKOUT = checkout();
    /** The first start of a build also makes the next ones quick. */
    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    private static final int TRIES = 3;

    private final Path home;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<String> options;
    private final int chatPort;

    private Installation(Path home, Map<String, String> settings, List<String> options) {
        this.home = home;
        this.options = List.copyOf(options);
        this.chatPort = FreePort.find();
        for (String process : List.of("chatbot", "runner")) {
            environment.putAll(TestStore.usual().settings(process, home));
        }
        environment.putAll(settings);
        environment.put("OPSCONDUCTOR_HOME", home.toString());
        environment.put("OPSCONDUCTOR_CHATBOT_PORT", Integer.toString(chatPort));
        environment.put("OPSCONDUCTOR_RUNNER_API_PORT", Integer.toString(FreePort.find()));
        environment.put("OPSCONDUCTOR_RUNNER_HEALTH_PORT", Integer.toString(FreePort.find()));
    }

    /** Starts everything and waits until it is healthy. */
    public static Installation start(Path home, String... options) {
        return start(home, Map.of(), options);
    }

    /**
     * Starts everything with settings of its own.
     *
     * @param settings variables of the environment, such as {@code OPSCONDUCTOR_CHATBOT_SLACK_MODE}
     */
    public static Installation start(Path home, Map<String, String> settings, String... options) {
        Installation installation = new Installation(home, settings, List.of(options));
        Command up = installation.up();
        for (int i = 1; i < TRIES && portWasTaken(up); i++) {
            // Another process took the port between our looking and our start.
            installation = new Installation(home, settings, List.of(options));
            up = installation.up();
        }
        if (up.exitCode() != 0) {
            throw new IllegalStateException("up ended with " + up.exitCode() + ":\n" + up.output());
        }
        return installation;
    }

    /** Said by the launcher, or by a process that it started. */
    private static boolean portWasTaken(Command up) {
        return up.output().contains("is taken by") || up.output().contains("cannot listen on");
    }

    /** Runs {@code ./opsconductor} with these words and settings in a home where nothing need run. */
    public static Command command(Path home, Map<String, String> settings, String... words) {
        return new Installation(home, settings, List.of()).launcher(words);
    }

    /** {@code up --detach} with this installation's options: starts what does not run. */
    public Command up() {
        List<String> words = new ArrayList<>(List.of("up", "--detach"));
        words.addAll(options);
        return launcher(words.toArray(String[]::new));
    }

    /** Runs {@code ./opsconductor} with these words. */
    public Command launcher(String... words) {
        List<String> command =
                new ArrayList<>(List.of(CHECKOUT.resolve("opsconductor").toString()));
        command.addAll(List.of(words));
        return Command.run(CHECKOUT, environment, START_LIMIT, command);
    }

    public ChatApi chat() {
        return new ChatApi(address());
    }

    /** The runner's plain port: health and metrics. */
    public ChatApi runnerPage() {
        return new ChatApi("http://localhost:" + environment.get("OPSCONDUCTOR_RUNNER_HEALTH_PORT"));
    }

    /** The runner's API, which wants a certificate. */
    public String runnerAddress() {
        return "https://127.0.0.1:" + environment.get("OPSCONDUCTOR_RUNNER_API_PORT");
    }

    public String address() {
        return "http://localhost:" + chatPort;
    }

    public Path home() {
        return home;
    }

    /** Kills a process ({@code runner} or {@code chatbot}) with SIGKILL and waits until it is gone. */
    public void kill(String process) {
        ProcessHandle handle = handle(process);
        handle.destroyForcibly();
        handle.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }

    public ProcessHandle handle(String process) {
        try {
            long pid = Long.parseLong(Files.readString(home.resolve("run").resolve(process + ".pid"))
                    .strip()
                    .lines()
                    .findFirst()
                    .orElseThrow());
            return ProcessHandle.of(pid).orElseThrow(() -> new IllegalStateException(process + " does not run"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The directory that holds the launcher: the working directory or one above it. */
    public static Path checkout() {
        Path here = Path.of("").toAbsolutePath();
        for (Path dir = here; dir != null; dir = dir.getParent()) {
            if (Files.isExecutable(dir.resolve("opsconductor"))) {
                return dir;
            }
        }
        throw new IllegalStateException("no launcher in " + here + " or above: run this inside the checkout");
    }

    @Override
    public void close() {
        Command down = launcher("down");
        if (down.exitCode() != 0) {
            throw new IllegalStateException("down ended with " + down.exitCode() + ":\n" + down.output());
        }
    }
}
