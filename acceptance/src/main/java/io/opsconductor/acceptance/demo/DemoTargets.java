package io.opsconductor.acceptance.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** The running demo. Everything it writes lies in {@code HOME/demo}; a restart has the same keys and ports. */
public final class DemoTargets implements AutoCloseable {
    private final Path directory;
    private final DemoAddress address;
    private final List<DemoServer> servers = new ArrayList<>();

    private DemoTargets(Path directory, DemoAddress address) {
        this.directory = directory;
        this.address = address;
    }

    /** Starts all servers on the loopback address, see {@link #start(Path, DemoAddress)}. */
    public static DemoTargets start(Path home) throws IOException {
        return start(home, DemoAddress.LOOPBACK);
    }

    /**
     * Starts all servers and their services; {@code inventory.yaml}, {@code known_hosts} and {@code policy.yaml}
     * are written when this returns.
     *
     * @param home of one OpsConductor; its {@code demo} directory is made
     * @param address under which runners reach the servers
     * @throws IOException when a file or a socket is refused; nothing is left running then
     */
    public static DemoTargets start(Path home, DemoAddress address) throws IOException {
        Path directory = home.toAbsolutePath().resolve("demo");
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        DemoTargets demo = new DemoTargets(directory, address);
        try {
            demo.startServers();
        } catch (IOException e) {
            demo.close();
            throw e;
        }
        return demo;
    }

    private void startServers() throws IOException {
        DemoKey clientKey = DemoKey.at(directory.resolve("id_ed25519"), "opsconductor demo");
        DemoFiles files = new DemoFiles(directory, address);
        for (DemoTarget target : DemoTarget.ALL) {
            DemoKey hostKey = DemoKey.at(directory.resolve(target.name() + ".host_key"), target.name());
            DemoMachine machine = DemoMachine.at(directory, target);
            servers.add(DemoServer.start(machine, hostKey, clientKey, address, files.port(target)));
        }
        files.write(servers);
        onEveryMachine(DemoMachine::startServices);
    }

    /** Where the demo's files lie. */
    public Path directory() {
        return directory;
    }

    /** The port of each target, by name. */
    public Map<String, Integer> ports() {
        Map<String, Integer> ports = new LinkedHashMap<>();
        servers.forEach(server -> ports.put(server.target().name(), server.port()));
        return ports;
    }

    /** @throws IllegalArgumentException when the demo has no such target */
    public int port(String target) {
        return servers.stream()
                .filter(server -> server.target().name().equals(target))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the demo has no " + target + ", only " + ports()))
                .port();
    }

    @Override
    public void close() throws IOException {
        for (DemoServer server : servers) {
            server.close();
        }
        onEveryMachine(DemoMachine::stopServices);
        servers.clear();
    }

    private void onEveryMachine(Consumer<DemoMachine> work) {
        List<Thread> threads = servers.stream()
                .map(server -> Thread.startVirtualThread(() -> work.accept(server.machine())))
                .toList();
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Runs until SIGTERM. When all servers accept commands, {@code HOME/demo/ready} holds this process's id.
     *
     * @param arguments {@code --home DIR}, and {@code --name NAME} where runners reach it from other machines, under that name
     */
    public static void main(String[] arguments) throws InterruptedException {
        boolean named = arguments.length == 4 && arguments[2].equals("--name") && DemoAddress.isName(arguments[3]);
        boolean known = named || arguments.length == 2;
        if (!known || !arguments[0].equals("--home")) {
            System.err.println("usage: DemoTargets --home DIR [--name NAME]");
            System.exit(2);
        }
        try {
            DemoTargets demo =
                    start(Path.of(arguments[1]), named ? DemoAddress.named(arguments[3]) : DemoAddress.LOOPBACK);
            Path ready = demo.directory().resolve("ready");
            CountDownLatch stopped = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    Files.deleteIfExists(ready);
                    demo.close();
                    System.out.println("demo targets stopped");
                } catch (IOException e) {
                    System.err.println("demo targets did not stop cleanly: " + e.getMessage());
                } finally {
                    stopped.countDown();
                }
            }));
            OwnFile.write(ready, ProcessHandle.current().pid() + "\n", "rw-------");
            System.out.println("demo targets ready: " + demo.ports());
            stopped.await();
        } catch (IOException e) {
            System.err.println("The demo targets could not start: " + e.getMessage());
            System.exit(3);
        }
    }
}
