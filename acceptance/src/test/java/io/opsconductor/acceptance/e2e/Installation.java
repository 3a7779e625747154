package io.opsconductor.acceptance.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One started product in a home of its own, on free ports, started and stopped by the launcher. */
final class Installation implements AutoCloseable {
    private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    private final Path home;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<String> options;
    private final int chatPort;

    private Installation(Path home, List<String> options) {
        this.home = home;
        this.options = List.copyOf(options);
        int[] ports = freePorts();
        this.chatPort = ports[0];
        environment.put("OPSCONDUCTOR_HOME", home.toString());
        environment.put("OPSCONDUCTOR_CHATBOT_PORT", Integer.toString(ports[0]));
        environment.put("OPSCONDUCTOR_RUNNER_API_PORT", Integer.toString(ports[1]));
        environment.put("OPSCONDUCTOR_RUNNER_HEALTH_PORT", Integer.toString(ports[2]));
    }

    /** Starts everything and waits until it is healthy. */
    static Installation start(Path home, String... options) {
        Installation installation = new Installation(home, List.of(options));
        Command up = installation.up();
        assertThat(up.exitCode()).as(up.output()).isZero();
        return installation;
    }

    /** {@code up --detach} with this installation's options: starts what does not run. */
    Command up() {
        List<String> words = new ArrayList<>(List.of("up", "--detach"));
        words.addAll(options);
        return launcher(words.toArray(String[]::new));
    }

    /** Runs {@code ./opsconductor} with these words. */
    Command launcher(String... words) {
        List<String> command =
                new ArrayList<>(List.of(CHECKOUT.resolve("opsconductor").toString()));
        command.addAll(List.of(words));
        return Command.run(CHECKOUT, environment, START_LIMIT, command);
    }

    ChatApi chat() {
        return new ChatApi(address());
    }

    String address() {
        return "http://localhost:" + chatPort;
    }

    Path home() {
        return home;
    }

    /** Kills a process ({@code runner} or {@code chatbot}) with SIGKILL and waits until it is gone. */
    void kill(String process) {
        ProcessHandle handle = handle(process);
        handle.destroyForcibly();
        handle.onExit().orTimeout(10, java.util.concurrent.TimeUnit.SECONDS).join();
    }

    ProcessHandle handle(String process) {
        try {
            long pid = Long.parseLong(Files.readString(home.resolve("run").resolve(process + ".pid"))
                    .strip()
                    .lines()
                    .findFirst()
                    .orElseThrow());
            return ProcessHandle.of(pid).orElseThrow(() -> new AssertionError(process + " does not run"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int[] freePorts() {
        try (ServerSocket a = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket b = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket c = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new int[] {a.getLocalPort(), b.getLocalPort(), c.getLocalPort()};
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Command down = launcher("down");
        assertThat(down.exitCode()).as(down.output()).isZero();
    }
}
