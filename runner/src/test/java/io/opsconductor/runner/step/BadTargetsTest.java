package io.opsconductor.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.counterpart.net.FreePort;
import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.runner.credential.Credential;
import io.opsconductor.runner.credential.CredentialSource;
import io.opsconductor.runner.credential.SecretSource;
import io.opsconductor.runner.inventory.HostKey;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.mask.Masker;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Everything that a target may do or fail to do, beside a target that is well and must not notice. */
@Timeout(90)
class BadTargetsTest {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(6);

    @TempDir
    static Path folder;

    private static RealSshd sshd;
    private static RealSshd strict;

    private final Masker masker = new Masker();
    private final SshExecutor executor = new SshExecutor(
            new CredentialSource(masker, Map.of("WRONG", "battery-staple"), Path.of("age.txt")),
            masker,
            InstantSource.system(),
            CONNECT_LIMIT);

    @BeforeAll
    static void startServers() throws Exception {
        sshd = RealSshd.start(Files.createDirectory(folder.resolve("well")));
        strict = RealSshd.start(
                Files.createDirectory(folder.resolve("strict")), List.of("MaxAuthTries 1", "MaxSessions 0"), List.of());
    }

    @AfterAll
    static void stopServers() {
        sshd.close();
        strict.close();
    }

    @AfterEach
    void close() {
        executor.close();
    }

    /** What a bad target comes to. */
    enum Bad {
        UNREACHABLE("not_reachable", "bad-01 did not .*Nothing was run\\. Check that it is up.*"),
        REFUSED("not_reachable", "bad-01 refused the connection on port \\d+: no SSH server listens there\\. .*"),
        UNKNOWN_HOST_KEY(
                "host_key_unknown", "bad-01 presented the ssh-ed25519 key SHA256:.*, and known_hosts has no .*"),
        CHANGED_HOST_KEY("host_key_changed", "bad-01 presented .*, and known_hosts expects .* Nothing was run\\. .*"),
        WRONG_KEY(
                "login_refused",
                "bad-01 refused the login of account \\S+ with credential demo\\. Nothing was run\\. .*"),
        WRONG_PASSWORD(
                "login_refused",
                "bad-01 refused the login of account \\S+ with credential pw\\. Nothing was run\\. .*"),
        TOO_MANY_FAILURES("login_refused", "bad-01 refused the login .* Nothing was run\\. .*"),
        NO_SESSION("session_refused", "bad-01 accepted the login and then refused to start a command\\. Nothing .*"),
        SILENT(
                "not_reachable",
                "bad-01 did not complete the SSH login on port \\d+ within 6 s\\. Nothing was run\\. .*"),
        GARBAGE("not_reachable", "(The connection to bad-01|bad-01 did not complete) .*Nothing was run\\. .*"),
        GARBAGE_AFTER_A_GREETING("not_reachable", "(The connection to bad-01|bad-01) .*Nothing was run\\. .*"),
        NOT_SSH("not_reachable", "(The connection to bad-01|bad-01) .*Nothing was run\\. .*"),
        A_BYTE_A_SECOND("not_reachable", "bad-01 did not complete the SSH login on port \\d+ within 6 s\\. .*"),
        HANGS("timed_out", "It was still running after 2 s and was ended\\."),
        DRIPS("timed_out", "It was still running after 2 s and was ended\\."),
        CLOSES_IN_THE_MIDDLE("interrupted", "The connection to bad-01 was lost after the command was sent, .*"),
        VANISHES("interrupted", "The connection to bad-01 was lost after the command was sent, .*"),
        BINARY("succeeded", ""),
        BROKEN_TEXT("succeeded", ""),
        ESCAPE_SEQUENCES("succeeded", "");

        private final String answer;
        private final String reason;

        /**
         * @param answer the code of what was not started, or the status of what was
         * @param reason what the sentence matches
         */
        Bad(String answer, String reason) {
            this.answer = answer;
            this.reason = reason;
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachBadTargetIsAnsweredInWordsAndTheOthersGoOn(Bad bad) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                FaultProxy proxy = FaultProxy.to(sshd.port());
                ServerSocket raw =
                        new ServerSocket(0, bad == Bad.UNREACHABLE ? 1 : 5, InetAddress.getLoopbackAddress());
                Crowd crowd = new Crowd()) {
            if (bad == Bad.UNREACHABLE) {
                crowd.before(raw.getLocalPort());
            } else {
                Thread.ofVirtual().start(() -> misbehave(bad, raw));
            }
            Future<TargetOutcome> well = threads.submit(() -> run(sshd.target(), "echo well", Duration.ofSeconds(10)));

            TargetOutcome outcome = executor.run(
                    command(target(bad, proxy, raw), line(bad), Duration.ofSeconds(bad == Bad.VANISHES ? 40 : 2)),
                    (channel, text) -> {
                        switch (bad) {
                            case CLOSES_IN_THE_MIDDLE -> proxy.cut();
                            case VANISHES -> proxy.freeze();
                            default -> {}
                        }
                    },
                    new Cancellation());

            String answer = outcome instanceof TargetOutcome.NotStarted(String code, String _)
                    ? code
                    : outcome.status().word();
            assertThat(answer).as(outcome.reason()).isEqualTo(bad.answer);
            assertThat(outcome.reason()).matches(bad.reason);
            output(bad, outcome);
            assertThat(well.get(20, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            TargetOutcome.Exited.class,
                            exited -> assertThat(exited.stdout().text()).isEqualTo("well\n"));
        }
    }

    /** Connections that nobody accepts: once they fill the queue, the machine answers no further one, as if it were gone. */
    private static final class Crowd implements AutoCloseable {
        private final List<SocketChannel> waiting = new ArrayList<>();

        void before(int port) throws IOException {
            for (int i = 0; i < 8; i++) {
                SocketChannel one = SocketChannel.open();
                one.configureBlocking(false);
                one.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                waiting.add(one);
            }
        }

        @Override
        public void close() throws IOException {
            for (SocketChannel one : waiting) {
                one.close();
            }
        }
    }

    private static void output(Bad bad, TargetOutcome outcome) {
        String stdout = outcome.result(0, "tool", "bad-01").stdout();
        switch (bad) {
            case DRIPS, CLOSES_IN_THE_MIDDLE, VANISHES -> assertThat(stdout).startsWith("x");
            case BINARY -> {
                assertThat(stdout).hasSizeBetween(1_000, 20_000);
                assertThat(stdout.chars().filter(c -> c < ' ' && c != '\n' && c != '\t'))
                        .isEmpty();
            }
            case BROKEN_TEXT -> assertThat(stdout).isEqualTo("\uFFFD\uFFFDab \u00e4 \uFFFD");
            case ESCAPE_SEQUENCES -> assertThat(stdout).isEqualTo("\\u{1B}[31mred\\u{1B}]0;title\\u{7} \\u{202E}txt");
            default -> {}
        }
    }

    private static String line(Bad bad) {
        return switch (bad) {
            case HANGS -> "sleep 600";
            case DRIPS, CLOSES_IN_THE_MIDDLE, VANISHES -> "while :; do printf x; sleep 1; done";
            case BINARY -> "head -c 4096 /dev/urandom";
            case BROKEN_TEXT -> "printf '\\377\\376ab \\303\\244 \\303'";
            case ESCAPE_SEQUENCES -> "printf '\\033[31mred\\033]0;title\\007 \\342\\200\\256txt'";
            default -> "echo never";
        };
    }

    private static Target target(Bad bad, FaultProxy proxy, ServerSocket raw) throws Exception {
        List<HostKey> pinned = List.of(sshd.hostKey("host_ed25519"));
        Credential key = sshd.key("user_ed25519", null);
        return switch (bad) {
            case REFUSED -> at("127.0.0.1", FreePort.find(), key, pinned);
            case UNKNOWN_HOST_KEY -> at("127.0.0.1", sshd.port(), key, List.of());
            case CHANGED_HOST_KEY -> at("127.0.0.1", sshd.port(), key, List.of(sshd.hostKey("user_unknown")));
            case WRONG_KEY -> at("127.0.0.1", sshd.port(), sshd.key("user_unknown", null), pinned);
            case WRONG_PASSWORD ->
                at(
                        "127.0.0.1",
                        sshd.port(),
                        new Credential.Password("pw", "ops", new SecretSource.InEnvironment("WRONG")),
                        pinned);
            case TOO_MANY_FAILURES ->
                at(
                        "127.0.0.1",
                        strict.port(),
                        strict.key("user_unknown", null),
                        List.of(strict.hostKey("host_ed25519")));
            case NO_SESSION ->
                at(
                        "127.0.0.1",
                        strict.port(),
                        strict.key("user_ed25519", null),
                        List.of(strict.hostKey("host_ed25519")));
            case UNREACHABLE, SILENT, GARBAGE, GARBAGE_AFTER_A_GREETING, NOT_SSH, A_BYTE_A_SECOND ->
                at("127.0.0.1", raw.getLocalPort(), key, pinned);
            case CLOSES_IN_THE_MIDDLE, VANISHES -> at("127.0.0.1", proxy.port(), key, pinned);
            case HANGS, DRIPS, BINARY, BROKEN_TEXT, ESCAPE_SEQUENCES -> at("127.0.0.1", sshd.port(), key, pinned);
        };
    }

    private static void misbehave(Bad bad, ServerSocket raw) {
        try (Socket socket = raw.accept();
                OutputStream out = socket.getOutputStream()) {
            byte[] noise = new byte[64 * 1024];
            new Random(7).nextBytes(noise);
            switch (bad) {
                case GARBAGE -> out.write(noise);
                case GARBAGE_AFTER_A_GREETING -> {
                    out.write("SSH-2.0-noise\r\n".getBytes(StandardCharsets.US_ASCII));
                    out.write(noise);
                }
                case NOT_SSH -> {
                    out.write("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
                    return;
                }
                case A_BYTE_A_SECOND -> {
                    while (true) {
                        out.write('x');
                        out.flush();
                        TimeUnit.SECONDS.sleep(1);
                    }
                }
                default -> {}
            }
            out.flush();
            // Says nothing more until the other side has had enough.
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException | InterruptedException e) {
            // The other side hung up, or the test is over.
            Thread.currentThread().interrupt();
        }
    }

    private TargetOutcome run(Target target, String line, Duration timeout) {
        return executor.run(command(target, line, timeout), (channel, text) -> {}, new Cancellation());
    }

    private static StepCommand command(Target target, String line, Duration timeout) {
        return new StepCommand(
                "execution-1",
                new RenderedCommand.Shell(line),
                new Place.OnTarget(target),
                timeout,
                StepCommand.DEFAULT_OUTPUT_LIMIT_BYTES);
    }

    private static Target at(String address, int port, Credential credential, List<HostKey> pinned) {
        return new Target("bad-01", List.of(), address, port, "linux", "", List.of(), Map.of(), credential, pinned);
    }
}
