package io.opsconductor.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.runner.credential.Credential;
import io.opsconductor.runner.credential.CredentialSource;
import io.opsconductor.runner.credential.SecretSource;
import io.opsconductor.runner.inventory.DatabaseAddress;
import io.opsconductor.runner.inventory.DatabaseAddress.Kind;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.mask.Masker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What listens where a database is expected, and is none, or never finishes the login. */
@Timeout(60)
class BadDatabasesTest {
    private final Masker masker = new Masker();
    private final CredentialSource secrets =
            new CredentialSource(masker, Map.of("GOOD", "pw-correct-horse"), Path.of("age.txt"));
    private final DatabaseExecutor executor =
            new DatabaseExecutor(secrets, masker, InstantSource.system(), Duration.ofSeconds(1));

    @AfterEach
    void close() {
        executor.close();
    }

    /** What a server does with a connection. */
    private interface Manners {
        void answer(OutputStream out, InputStream in) throws IOException, InterruptedException;
    }

    /** Serves each connection the same way and tells when the other side has hung up. */
    private static final class Server implements AutoCloseable {
        private final ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        private final CountDownLatch hungUp = new CountDownLatch(1);

        Server(Manners manners) throws IOException {
            Thread.ofVirtual().start(() -> serve(manners));
        }

        private void serve(Manners manners) {
            try (Socket socket = listening.accept()) {
                try {
                    manners.answer(socket.getOutputStream(), socket.getInputStream());
                    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                } finally {
                    hungUp.countDown();
                }
            } catch (IOException | InterruptedException e) {
                // The other side hung up, which is what the test waits for.
                Thread.currentThread().interrupt();
            }
        }

        int port() {
            return listening.getLocalPort();
        }

        boolean wasLeft() throws InterruptedException {
            return hungUp.await(5, TimeUnit.SECONDS);
        }

        @Override
        public void close() throws IOException {
            listening.close();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"POSTGRESQL", "MARIADB"})
    void aServerThatNeverFinishesTheLoginIsLeft(Kind kind) throws Exception {
        try (Server silent = new Server((out, in) -> {});
                Server dripping = new Server((out, in) -> drip(kind, out));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<TargetOutcome> first = threads.submit(() -> run(executor, kind, silent.port(), new Cancellation()));
            Future<TargetOutcome> second =
                    threads.submit(() -> run(executor, kind, dripping.port(), new Cancellation()));

            assertThat(first.get()).isEqualTo(late(kind, silent.port()));
            assertThat(second.get()).isEqualTo(late(kind, dripping.port()));
            assertThat(silent.wasLeft()).isTrue();
            assertThat(dripping.wasLeft()).isTrue();
        }
    }

    private static TargetOutcome late(Kind kind, int port) {
        return new TargetOutcome.NotStarted(
                "not_reachable",
                "orders-db did not complete the login on port " + port
                        + " within 1 s. Nothing was run. Check that it is"
                        + " up and not overloaded, that a server for " + kind.word()
                        + " listens there, and that no firewall is between.");
    }

    /** The beginning of a long message, and the rest of it a byte at a time: no single read lasts long. */
    private static void drip(Kind kind, OutputStream out) throws IOException, InterruptedException {
        out.write(kind == Kind.POSTGRESQL ? new byte[] {'E', 0, 0, 0x20, 0} : new byte[] {0, 0x20, 0, 0, 10});
        while (true) {
            out.write('x');
            out.flush();
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"POSTGRESQL", "MARIADB"})
    void whatIsNoDatabaseIsNamed(Kind kind) throws Exception {
        List<byte[]> greetings = new ArrayList<>();
        greetings.add("SSH-2.0-OpenSSH_9.2p1\r\n".getBytes(StandardCharsets.US_ASCII));
        greetings.add("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        for (int seed = 1; seed <= 10; seed++) {
            byte[] noise = new byte[64 * 1024];
            new Random(seed).nextBytes(noise);
            greetings.add(noise);
        }
        List<Future<TargetOutcome>> outcomes = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (byte[] greeting : greetings) {
                outcomes.add(threads.submit(() -> {
                    try (Server server = new Server((out, in) -> out.write(greeting))) {
                        return run(executor, kind, server.port(), new Cancellation());
                    }
                }));
            }
        }
        for (Future<TargetOutcome> outcome : outcomes) {
            assertThat(outcome.get()).isInstanceOfSatisfying(TargetOutcome.NotStarted.class, failed -> {
                assertThat(failed.code()).isEqualTo("not_reachable");
                assertThat(failed.reason())
                        .contains("Nothing was run. Check that")
                        .contains("a server for " + kind.word() + " listens there");
            });
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"POSTGRESQL", "MARIADB"})
    void whoeverCancelsDuringTheLoginDoesNotWaitForIt(Kind kind) throws Exception {
        Cancellation cancellation = new Cancellation();
        try (DatabaseExecutor patient =
                        new DatabaseExecutor(secrets, masker, InstantSource.system(), Duration.ofMinutes(5));
                Server silent = new Server((out, in) -> cancellation.cancel("bob cancelled it."))) {
            assertThat(run(patient, kind, silent.port(), cancellation))
                    .isInstanceOfSatisfying(
                            TargetOutcome.Cancelled.class,
                            cancelled -> assertThat(cancelled.reason())
                                    .isEqualTo("Cancelled before it was started. bob cancelled it."));
            assertThat(silent.wasLeft()).isTrue();
        }
    }

    @Test
    void aPasswordIsNotEncryptedWithAKeyThatAnybodyCouldHaveSent() throws Exception {
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        try (DatabaseExecutor patient =
                        new DatabaseExecutor(secrets, masker, InstantSource.system(), Duration.ofSeconds(20));
                Server server = new Server((out, in) -> {
                    packet(out, 0, greeting());
                    packet(in, heard);
                    packet(
                            out,
                            2,
                            "\u00fecaching_sha2_password\0abcdefghijklmnopqrst\0"
                                    .getBytes(StandardCharsets.ISO_8859_1));
                    packet(in, heard);
                    // MySQL 8 does not know the password's digest yet and wants the password itself.
                    packet(out, 4, new byte[] {1, 4});
                })) {
            assertThat(run(patient, Kind.MYSQL, server.port(), new Cancellation()))
                    .isEqualTo(new TargetOutcome.NotStarted(
                            "tls_needed",
                            "orders-db wants the password encrypted with its public key, which without TLS anybody between"
                                    + " could replace by another. Nothing was run. Remove tls: off from its database"
                                    + " settings in the inventory, and name the authority that signed its certificate as"
                                    + " ca."));
            assertThat(server.wasLeft()).isTrue();
        }
        assertThat(heard.toString(StandardCharsets.ISO_8859_1)).contains("ops").doesNotContain("pw-correct-horse");
    }

    @Test
    void aServerWithoutTlsIsNotTalkedToInTheClear() throws Exception {
        try (Server server = new Server((out, in) -> {
            in.readNBytes(8);
            out.write('N');
            out.flush();
        })) {
            assertThat(run(executor, Kind.POSTGRESQL, server.port(), true, new Cancellation()))
                    .isEqualTo(new TargetOutcome.NotStarted(
                            "tls_failed",
                            "orders-db does not speak TLS on port " + server.port()
                                    + " (The server does not support SSL). Nothing was run. Give it a certificate, or,"
                                    + " where nobody can be between, write tls: off in its database settings in the"
                                    + " inventory."));
        }
    }

    /** As MySQL 8 says it, with the plug-in that it has by default. */
    private static byte[] greeting() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(10);
        all.write("8.4.0\0".getBytes(StandardCharsets.US_ASCII));
        all.write(new byte[] {7, 0, 0, 0});
        all.write("abcdefgh\0".getBytes(StandardCharsets.US_ASCII));
        // 4.1 protocol, database, transactions, secure connection, plug-ins.
        all.write(new byte[] {0x08, (byte) 0xa2, 45, 2, 0, 0x08, 0, 21});
        all.write(new byte[10]);
        all.write("ijklmnopqrst\0".getBytes(StandardCharsets.US_ASCII));
        all.write("caching_sha2_password\0".getBytes(StandardCharsets.US_ASCII));
        return all.toByteArray();
    }

    private static void packet(OutputStream out, int number, byte[] bytes) throws IOException {
        out.write(new byte[] {(byte) bytes.length, 0, 0, (byte) number});
        out.write(bytes);
        out.flush();
    }

    private static void packet(InputStream in, ByteArrayOutputStream heard) throws IOException {
        byte[] head = in.readNBytes(4);
        heard.write(in.readNBytes((head[0] & 0xff) + ((head[1] & 0xff) << 8)));
    }

    private static TargetOutcome run(DatabaseExecutor executor, Kind kind, int port, Cancellation cancellation) {
        return run(executor, kind, port, false, cancellation);
    }

    private static TargetOutcome run(
            DatabaseExecutor executor, Kind kind, int port, boolean tls, Cancellation cancellation) {
        DatabaseAddress address = new DatabaseAddress(
                kind,
                port,
                "shop",
                null,
                tls,
                null,
                "",
                new Credential.Password("db-ops", "ops", new SecretSource.InEnvironment("GOOD")));
        Target target = new Target(
                "orders-db",
                List.of(),
                "127.0.0.1",
                22,
                "",
                "",
                List.of(),
                Map.of(),
                null,
                List.of(),
                null,
                null,
                address);
        return executor.run(
                new StepCommand(
                        "execution-1",
                        new RenderedCommand.Statement("select 1", List.of(), true, 10),
                        new Place.OnTarget(target),
                        Duration.ofSeconds(20),
                        64 * 1024),
                (channel, text) -> {},
                cancellation);
    }
}
