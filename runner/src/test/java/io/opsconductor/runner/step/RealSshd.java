package io.opsconductor.runner.step;

import io.opsconductor.counterpart.net.FreePort;
import io.opsconductor.runner.credential.Credential;
import io.opsconductor.runner.credential.SecretSource;
import io.opsconductor.runner.inventory.HostKey;
import io.opsconductor.runner.inventory.Target;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A real OpenSSH server of the current user on a free loopback port, with fresh host keys. */
public final class RealSshd implements AutoCloseable {
    /** It listens on 127.0.0.1 to 127.0.0.8, so that it can stand for several machines. */
    public static final int ADDRESSES = 8;

    /** Private and public half, by the file's name. */
    private static final Map<String, List<String>> RSA = new HashMap<>();

    private static final Path SSHD = Path.of("/usr/sbin/sshd");

    private final Path folder;
    private final int port;
    private final Process process;
    private final AtomicInteger accepted = new AtomicInteger();
    private final CountDownLatch listening = new CountDownLatch(ADDRESSES);

    private RealSshd(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    public static RealSshd start(Path folder) throws Exception {
        return start(folder, List.of(), List.of());
    }

    /**
     * Starts one with further lines in its settings.
     *
     * @param before a command that starts it in surroundings of its own; empty for none
     */
    static RealSshd start(Path folder, List<String> settings, List<String> before) throws Exception {
        if (!Files.isExecutable(SSHD)) {
            throw new AssertionError("These tests need OpenSSH's server. Install it: apt-get install openssh-server");
        }
        if (System.getProperty("user.name").equals("root")) {
            Files.createDirectories(Path.of("/run/sshd"));
        }
        keygen(folder.resolve("host_ed25519"), "ed25519", "");
        rsa(folder.resolve("host_rsa"));
        keygen(folder.resolve("host_ecdsa"), "ecdsa", "");
        keygen(folder.resolve("user_ed25519"), "ed25519", "");
        rsa(folder.resolve("user_rsa"));
        keygen(folder.resolve("user_ecdsa"), "ecdsa", "");
        keygen(folder.resolve("user_encrypted"), "ed25519", "correct horse");
        keygen(folder.resolve("user_unknown"), "ed25519", "");
        StringBuilder authorized = new StringBuilder();
        for (String key : List.of("user_ed25519", "user_rsa", "user_ecdsa", "user_encrypted")) {
            authorized.append(Files.readString(folder.resolve(key + ".pub")));
        }
        Files.writeString(folder.resolve("authorized_keys"), authorized);
        int port = FreePort.find();
        Files.writeString(
                folder.resolve("sshd_config"), """
                Port %d
                %3$s
                HostKey %2$s/host_ed25519
                HostKey %2$s/host_rsa
                HostKey %2$s/host_ecdsa
                AuthorizedKeysFile %2$s/authorized_keys
                PidFile none
                StrictModes no
                UsePAM no
                PasswordAuthentication no
                PermitRootLogin yes
                SetEnv HOME=%2$s
                LogLevel VERBOSE
                %4$s
                """.formatted(port, folder, listen(), String.join("\n", settings)));
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                SSHD.toString(), "-D", "-e", "-f", folder.resolve("sshd_config").toString()));
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        RealSshd sshd = new RealSshd(folder, port, process);
        Thread.ofPlatform().daemon().start(sshd::readLog);
        if (!sshd.listening.await(20, TimeUnit.SECONDS)) {
            throw new AssertionError("sshd did not start");
        }
        return sshd;
    }

    private static String listen() {
        return IntStream.rangeClosed(1, ADDRESSES)
                .mapToObj(last -> "ListenAddress 127.0.0." + last)
                .collect(Collectors.joining("\n"));
    }

    private void readLog() {
        try (BufferedReader log = process.errorReader(StandardCharsets.UTF_8)) {
            for (String line = log.readLine(); line != null; line = log.readLine()) {
                if (line.contains("Server listening on")) {
                    listening.countDown();
                }
                if (line.contains("Accepted publickey")) {
                    accepted.incrementAndGet();
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public int port() {
        return port;
    }

    public Path folder() {
        return folder;
    }

    /** How many logins there have been. */
    int logins() {
        return accepted.get();
    }

    /** The processes that serve connections, the newest last. */
    List<ProcessHandle> connections() {
        return process.children().toList();
    }

    Target target() throws IOException {
        return target("user_ed25519", List.of(hostKey("host_ed25519")));
    }

    Target target(String userKey, List<HostKey> pinned) {
        return target(key(userKey, null), pinned);
    }

    Target target(Credential credential, List<HostKey> pinned) {
        return new Target(
                "web-server-01",
                List.of(),
                "127.0.0.1",
                port,
                "linux",
                "production",
                List.of(),
                Map.of(),
                credential,
                pinned);
    }

    Credential key(String file, @Nullable SecretSource passphrase) {
        return new Credential.SshKey(
                "demo", System.getProperty("user.name"), new SecretSource.InFile(folder.resolve(file)), passphrase);
    }

    HostKey hostKey(String file) throws IOException {
        String[] parts = Files.readString(folder.resolve(file + ".pub")).split(" ", -1);
        return new HostKey(parts[0], parts[1].strip());
    }

    /** Every server of this Java process has the same, because a second may pass until one is found. */
    private static void rsa(Path file) throws Exception {
        synchronized (RSA) {
            String name = file.getFileName().toString();
            if (!RSA.containsKey(name)) {
                Path made = Files.createTempDirectory("rsa").resolve(name);
                keygen(made, "rsa", "");
                RSA.put(name, List.of(Files.readString(made), Files.readString(made.resolveSibling(name + ".pub"))));
            }
            List<String> pair = Objects.requireNonNull(RSA.get(name), name);
            Files.writeString(file, pair.getFirst());
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            Files.writeString(file.resolveSibling(name + ".pub"), pair.getLast());
        }
    }

    private static void keygen(Path file, String type, String passphrase) throws Exception {
        run("ssh-keygen", "-q", "-t", type, "-N", passphrase, "-C", "test", "-f", file.toString());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(new ArrayList<>(Arrays.asList(command)))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(String.join(" ", command) + ": " + output);
        }
        return output;
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
