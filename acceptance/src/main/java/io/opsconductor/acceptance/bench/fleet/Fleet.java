package io.opsconductor.acceptance.bench.fleet;

import io.opsconductor.acceptance.product.Command;
import io.opsconductor.counterpart.net.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Many targets that are one OpenSSH server: each has a loopback address of its own, so that nobody shares a connection. */
public final class Fleet implements AutoCloseable {
    /** Addresses 127.1.0.1 and so on; the last byte goes from 1 to 250. */
    private static final int LAST_BYTES = 250;

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Path folder;
    private final int port;
    private final Process server;

    private Fleet(Path folder, int port, Process server) {
        this.folder = folder;
        this.port = port;
        this.server = server;
    }

    /** Starts the server, with keys of its own in that folder. */
    public static Fleet start(Path folder) throws IOException {
        Files.createDirectories(folder);
        keygen(folder, "host");
        keygen(folder, "user");
        Files.copy(folder.resolve("user.pub"), folder.resolve("authorized"));
        if (System.getProperty("user.name").equals("root")) {
            Files.createDirectories(Path.of("/run/sshd"));
        }
        int port = FreePort.find();
        // It has to listen on every address, and lets in nobody who does not come from this machine and has no key.
        // What the
        // account's shell does at a login (a version manager's start takes half a second) is not what is measured.
        Files.writeString(folder.resolve("sshd_config"), """
                Port %1$d
                ListenAddress 0.0.0.0
                AllowUsers %3$s@127.*
                HostKey %2$s/host
                AuthorizedKeysFile %2$s/authorized
                PidFile none
                StrictModes no
                UsePAM no
                PasswordAuthentication no
                PermitRootLogin prohibit-password
                MaxStartups 1000
                UseDNS no
                SetEnv HOME=%2$s
                """.formatted(port, folder, user()));
        Process server = new ProcessBuilder(
                        "/usr/sbin/sshd",
                        "-D",
                        "-f",
                        folder.resolve("sshd_config").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("sshd.log").toFile())
                .start();
        Fleet fleet = new Fleet(folder, port, server);
        fleet.awaitServer();
        return fleet;
    }

    private void awaitServer() throws IOException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (socket.getInputStream().read() == 'S') {
                    return;
                }
            } catch (IOException e) {
                if (!server.isAlive() || System.nanoTime() > deadline) {
                    throw new IOException("sshd did not start: " + Files.readString(folder.resolve("sshd.log")), e);
                }
                Thread.onSpinWait();
            }
        }
    }

    private static void keygen(Path folder, String name) throws IOException {
        Path file = folder.resolve(name);
        Command made = Command.run(
                folder,
                Map.of(),
                LIMIT,
                List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "bench", "-f", file.toString()));
        if (made.exitCode() != 0) {
            throw new IllegalStateException("ssh-keygen: " + made.output());
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /** The account that is logged in to. */
    public static String user() {
        return System.getProperty("user.name");
    }

    /** Of a target, from 0. */
    public static String address(int target) {
        int block = target / LAST_BYTES;
        return "127." + (1 + block / LAST_BYTES) + "." + block % LAST_BYTES + "." + (1 + target % LAST_BYTES);
    }

    static List<String> addresses(int from, int to) {
        return IntStream.range(from, to).mapToObj(Fleet::address).toList();
    }

    /** At every address. */
    public int port() {
        return port;
    }

    /** Where its keys are. */
    public Path folder() {
        return folder;
    }

    /** The private key that is let in. */
    public Path userKey() {
        return folder.resolve("user");
    }

    /** Pins the one key for addresses up to {@code count}, in a file that is written anew. */
    public Path knownHosts(int count) throws IOException {
        String[] key = Files.readString(folder.resolve("host.pub")).split(" ", -1);
        return Files.writeString(
                folder.resolve("known_hosts"),
                IntStream.range(0, count)
                        .mapToObj(i -> "[" + address(i) + "]:" + port + " " + key[0] + " " + key[1].strip() + "\n")
                        .collect(Collectors.joining()));
    }

    /** Options that every caller of OpenSSH's client gets, without a ControlMaster. */
    List<String> sshOptions() {
        return List.of(
                "-F",
                "none",
                "-o",
                "BatchMode=yes",
                "-o",
                "UserKnownHostsFile=" + folder.resolve("known_hosts"),
                "-o",
                "IdentitiesOnly=yes",
                "-i",
                userKey().toString(),
                "-p",
                Integer.toString(port),
                "-l",
                user());
    }

    @Override
    public void close() {
        server.descendants().forEach(ProcessHandle::destroyForcibly);
        server.destroyForcibly();
    }
}
