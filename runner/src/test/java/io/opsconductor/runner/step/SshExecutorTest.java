package io.opsconductor.runner.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsconductor.counterpart.net.FreePort;
import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.plan.TargetStatus;
import io.opsconductor.runner.credential.Credential;
import io.opsconductor.runner.credential.CredentialSource;
import io.opsconductor.runner.credential.SecretSource;
import io.opsconductor.runner.inventory.HostKey;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.mask.Masker;
import io.opsconductor.runner.step.OutputListener.Channel;
import io.opsconductor.runner.step.SshConnector.Connecting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import net.schmizz.sshj.common.SSHException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SshExecutorTest {
    @TempDir
    static Path folder;

    private static RealSshd sshd;

    private final Masker masker = new Masker();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final InstantSource clock = now::get;
    private final SshExecutor executor = new SshExecutor(
            new CredentialSource(masker, Map.of("PHRASE", "correct horse"), Path.of("age.txt")),
            masker,
            clock,
            Duration.ofSeconds(10));

    @BeforeAll
    static void startServer() throws Exception {
        sshd = RealSshd.start(folder);
    }

    @AfterAll
    static void stopServer() {
        sshd.close();
    }

    @AfterEach
    void close() {
        executor.close();
    }

    @Test
    void outputAndExitCodeComeBackApart() throws Exception {
        TargetOutcome outcome = run("echo out; echo err >&2; exit 3");

        assertThat(outcome).isInstanceOfSatisfying(TargetOutcome.Exited.class, exited -> {
            assertThat(exited.exitCode()).isEqualTo(3);
            assertThat(exited.stdout().text()).isEqualTo("out\n");
            assertThat(exited.stderr().text()).isEqualTo("err\n");
            assertThat(exited.status()).isEqualTo(TargetStatus.FAILED);
            assertThat(exited.reason()).isEqualTo("The command ended with exit code 3.");
        });
    }

    @Test
    void successfulCommandSucceeds() throws Exception {
        assertThat(run("printf ok")).isInstanceOfSatisfying(TargetOutcome.Exited.class, exited -> {
            assertThat(exited.status()).isEqualTo(TargetStatus.SUCCEEDED);
            assertThat(exited.stdout().text()).isEqualTo("ok");
            assertThat(exited.reason()).isEmpty();
        });
    }

    @Test
    void commandWithoutInputSeesItsEnd() throws Exception {
        assertThat(run("cat; echo done").status()).isEqualTo(TargetStatus.SUCCEEDED);
    }

    @Test
    void foreignSignalIsNamed() throws Exception {
        assertThat(run("kill -KILL $$")).isInstanceOfSatisfying(TargetOutcome.Signalled.class, signalled -> {
            assertThat(signalled.signal()).isEqualTo("KILL");
            assertThat(signalled.status()).isEqualTo(TargetStatus.FAILED);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "; rm -rf /",
                "$(id)",
                "`id`",
                "a\nb",
                "-oProxyCommand=id",
                "it's \"quoted\" \\ && || | > < * ? [a] {b} ~ !",
                "\u202e\u0430dmin",
                "\u00e4\u6f22\ud83d\ude00"
            })
    void hostileValueArrivesAsOneLiteralArgument(String value) throws Exception {
        String quoted = "'" + value.replace("'", "'\\''") + "'";
        StringBuilder expected = new StringBuilder();
        for (byte b : value.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            expected.append(String.format("%02x", b));
        }

        assertThat(run("printf %s " + quoted + " | od -An -v -tx1 | tr -d ' \\n'"))
                .isInstanceOfSatisfying(
                        TargetOutcome.Exited.class,
                        exited -> assertThat(exited.stdout().text()).isEqualTo(expected.toString()));
    }

    @Test
    void fiftyMegabytesAreDrainedAndCutVisibly() throws Exception {
        AtomicLong passedOn = new AtomicLong();
        TargetOutcome outcome = executor.run(
                command("head -c 52428800 /dev/zero | tr '\\0' x; echo end >&2", sshd.target(), Duration.ofSeconds(50)),
                (channel, text) -> passedOn.addAndGet(text.length()),
                new Cancellation());

        assertThat(outcome).isInstanceOfSatisfying(TargetOutcome.Exited.class, exited -> {
            assertThat(exited.exitCode()).isZero();
            assertThat(exited.stdout().totalBytes()).isEqualTo(52_428_800);
            assertThat(exited.stdout().truncated()).isTrue();
            assertThat(exited.stdout().text())
                    .endsWith("x\n[output cut here: 1048576 of 52428800 bytes are shown]\n")
                    .hasSizeLessThan(1_048_700);
            assertThat(exited.stderr().text()).isEqualTo("end\n");
            assertThat(passedOn.get())
                    .isEqualTo(exited.stdout().text().length()
                            + exited.stderr().text().length());
        });
    }

    @Test
    void timeoutEndsTheRemoteProcess() throws Exception {
        String mark = mark();
        TargetOutcome outcome = executor.run(
                command("echo begun; sleep " + mark, sshd.target(), Duration.ofMillis(700)),
                (channel, text) -> {},
                new Cancellation());

        assertThat(outcome).isInstanceOfSatisfying(TargetOutcome.TimedOut.class, timedOut -> {
            assertThat(timedOut.stdout().text()).isEqualTo("begun\n");
            assertThat(timedOut.reason()).isEqualTo("It was still running after 0 s and was ended.");
        });
        assertThat(running(mark)).isEmpty();
    }

    @Test
    void timeoutEndsAProcessThatIgnoresTheFirstSignal() throws Exception {
        String mark = mark();
        TargetOutcome outcome = executor.run(
                command(
                        "trap '' TERM; sh -c 'trap \"\" TERM; sleep " + mark + "' & wait",
                        sshd.target(),
                        Duration.ofMillis(700)),
                (channel, text) -> {},
                new Cancellation());

        assertThat(outcome).isInstanceOf(TargetOutcome.TimedOut.class);
        assertThat(running(mark)).isEmpty();
    }

    @Test
    void cancelEndsTheRemoteProcess() throws Exception {
        String mark = mark();
        Cancellation cancellation = new Cancellation();
        TargetOutcome outcome = executor.run(
                command("echo begun; sleep " + mark, sshd.target(), Duration.ofSeconds(50)),
                (channel, text) -> cancellation.cancel("Cancelled by alice."),
                cancellation);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        TargetOutcome.Cancelled.class,
                        cancelled -> assertThat(cancelled.reason()).isEqualTo("It was ended. Cancelled by alice."));
        assertThat(running(mark)).isEmpty();
    }

    @Test
    void endingOneCommandLeavesAnotherOnTheSameTargetAlone() throws Exception {
        String mark = mark();
        CountDownLatch begun = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<TargetOutcome> other = threads.submit(() -> executor.run(
                    command("echo begun; sleep 3; echo still here", sshd.target(), Duration.ofSeconds(50)),
                    (channel, text) -> begun.countDown(),
                    new Cancellation()));
            assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
            executor.run(
                    command("sleep " + mark, sshd.target(), Duration.ofMillis(300)),
                    (channel, text) -> {},
                    new Cancellation());

            assertThat(running(mark)).isEmpty();
            assertThat(other.get(30, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            TargetOutcome.Exited.class,
                            exited -> assertThat(exited.stdout().text()).isEqualTo("begun\nstill here\n"));
        }
    }

    @Test
    void alreadyCancelledCommandIsNotStarted() throws Exception {
        Cancellation cancellation = new Cancellation();
        cancellation.cancel("Cancelled by alice.");
        Path trace = folder.resolve("trace-" + mark());

        TargetOutcome outcome = executor.run(
                command("touch " + trace, sshd.target(), Duration.ofSeconds(5)), (channel, text) -> {}, cancellation);

        assertThat(outcome.reason()).isEqualTo("Cancelled before it was started. Cancelled by alice.");
        assertThat(trace).doesNotExist();
    }

    @Test
    void backgroundProcessDoesNotHoldTheStepUp() throws Exception {
        TargetOutcome outcome = executor.run(
                command("sleep 20 & echo started", sshd.target(), Duration.ofSeconds(50)),
                (channel, text) -> {},
                new Cancellation());

        assertThat(outcome).isInstanceOfSatisfying(TargetOutcome.Exited.class, exited -> {
            assertThat(exited.exitCode()).isZero();
            assertThat(exited.duration()).isLessThan(Duration.ofSeconds(10));
        });
    }

    @Test
    void unknownHostIsRefusedWithTheFingerprint() throws Exception {
        Target target = sshd.target("user_ed25519", List.of());

        assertThat(run("echo never", target))
                .isEqualTo(new TargetOutcome.NotStarted(
                        "host_key_unknown",
                        "web-server-01 presented the ssh-ed25519 key " + fingerprint("host_ed25519")
                                + ", and known_hosts has no key for it. Nothing was run. Compare the fingerprint on the machine"
                                + " itself, with: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub. If it is the same, trust"
                                + " it: ./opsconductor hosts enrol web-server-01."));
    }

    @Test
    void changedHostKeyIsRefusedWithBothFingerprints() throws Exception {
        HostKey other = sshd.hostKey("user_unknown");

        assertThat(run("echo never", sshd.target("user_ed25519", List.of(other))))
                .isEqualTo(new TargetOutcome.NotStarted(
                        "host_key_changed",
                        "web-server-01 presented the ssh-ed25519 key " + fingerprint("host_ed25519")
                                + ", and known_hosts expects ssh-ed25519 " + fingerprint("user_unknown")
                                + ". Nothing was run. Either the machine was installed anew, or something else answers in its"
                                + " place. Compare the fingerprint on the machine itself, with: ssh-keygen -lf"
                                + " /etc/ssh/ssh_host_ed25519_key.pub. Only if it is the same, replace the key in the"
                                + " inventory's known_hosts file."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"host_ed25519", "host_rsa", "host_ecdsa"})
    void anyPinnedKindOfHostKeyIsEnough(String hostKey) throws Exception {
        assertThat(run("true", sshd.target("user_ed25519", List.of(sshd.hostKey(hostKey))))
                        .status())
                .isEqualTo(TargetStatus.SUCCEEDED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"user_ed25519", "user_rsa", "user_ecdsa"})
    void everyKindOfUserKeyLogsIn(String key) throws Exception {
        assertThat(run("true", sshd.target(key, List.of(sshd.hostKey("host_ed25519"))))
                        .status())
                .isEqualTo(TargetStatus.SUCCEEDED);
    }

    @Test
    void encryptedKeyLogsInWithItsPassphrase() throws Exception {
        Credential credential = sshd.key("user_encrypted", new SecretSource.InEnvironment("PHRASE"));

        assertThat(run("true", sshd.target(credential, List.of(sshd.hostKey("host_ed25519"))))
                        .status())
                .isEqualTo(TargetStatus.SUCCEEDED);
    }

    @Test
    void wrongPassphraseIsSaidAndNotTheTargetsFault() throws Exception {
        Path wrong = Files.writeString(folder.resolve("wrong-phrase"), "battery staple\n");
        Credential credential = sshd.key("user_encrypted", new SecretSource.InFile(wrong));

        assertThat(run("true", sshd.target(credential, List.of(sshd.hostKey("host_ed25519")))))
                .isEqualTo(new TargetOutcome.NotStarted(
                        "credential_unavailable",
                        "The credential demo for web-server-01 cannot be used: the file "
                                + folder.resolve("user_encrypted")
                                + " cannot be opened with its passphrase, or is not a private key in OpenSSH, PEM or"
                                + " PuTTY form. Nothing was run."));
    }

    @Test
    void missingKeyFileIsNamed() throws Exception {
        assertThat(run("true", sshd.target("absent", List.of(sshd.hostKey("host_ed25519")))))
                .isEqualTo(new TargetOutcome.NotStarted(
                        "credential_unavailable",
                        "The credential demo for web-server-01 cannot be used: the file " + folder.resolve("absent")
                                + " does not exist. Nothing was run."));
    }

    @Test
    void keyThatTheTargetDoesNotKnowIsRefused() throws Exception {
        assertThat(run("true", sshd.target("user_unknown", List.of(sshd.hostKey("host_ed25519")))))
                .isEqualTo(new TargetOutcome.NotStarted(
                        "login_refused",
                        "web-server-01 refused the login of account " + System.getProperty("user.name")
                                + " with credential demo. Nothing was run. Check that the key's public half is in the"
                                + " account's authorized_keys, and that the account is not locked."));
    }

    @Test
    void closedPortIsSaid() throws Exception {
        int port = FreePort.find();
        assertThat(run("true", at("127.0.0.1", port)))
                .isEqualTo(new TargetOutcome.NotStarted(
                        "not_reachable",
                        "web-server-01 refused the connection on port " + port
                                + ": no SSH server listens there. Nothing was run. Check that sshd runs on it, and the"
                                + " port in the inventory."));
    }

    @Test
    void nameThatDoesNotResolveIsSaid() throws Exception {
        assertThat(run("true", at("no-such-host.invalid", 22)))
                .isEqualTo(new TargetOutcome.NotStarted(
                        "not_resolved",
                        "The address of web-server-01 in the inventory is not known to the runner's name service."
                                + " Nothing was run. Check the address for a typing mistake, or use the IP address."));
    }

    @Test
    void silentServerIsGivenUpInTime() throws Exception {
        SshExecutor impatient = new SshExecutor(
                new CredentialSource(masker, Map.of(), Path.of("age.txt")), masker, clock, Duration.ofSeconds(1));
        try (impatient;
                ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            TargetOutcome outcome = impatient.run(
                    command("true", at("127.0.0.1", silent.getLocalPort()), Duration.ofSeconds(5)),
                    (channel, text) -> {},
                    new Cancellation());

            assertThat(outcome)
                    .isEqualTo(new TargetOutcome.NotStarted(
                            "not_reachable",
                            "web-server-01 did not complete the SSH login on port " + silent.getLocalPort()
                                    + " within 1 s. Nothing was run. Check that it is up and not overloaded, and the"
                                    + " firewalls between it and the runner."));
        }
    }

    @Test
    void whoeverCancelsDuringTheLoginOrInTheQueueBeforeItDoesNotWaitForIt() throws Exception {
        SshExecutor patient = new SshExecutor(
                new CredentialSource(masker, Map.of(), Path.of("age.txt")), masker, clock, Duration.ofMinutes(5));
        Cancellation cancellation = new Cancellation();
        try (patient;
                var threads = Executors.newVirtualThreadPerTaskExecutor();
                ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            List<Future<TargetOutcome>> outcomes = new ArrayList<>();
            // Four log in, the others wait for their turn.
            for (int i = 0; i < 6; i++) {
                outcomes.add(threads.submit(() -> patient.run(
                        command("true", at("127.0.0.1", silent.getLocalPort()), Duration.ofSeconds(5)),
                        (channel, text) -> {},
                        cancellation)));
            }
            for (int i = 0; i < 4; i++) {
                silent.accept();
            }
            while (patient.pool().waitingForALogin() < 2) {
                Thread.onSpinWait();
            }
            cancellation.cancel("Cancelled by alice.");

            for (Future<TargetOutcome> outcome : outcomes) {
                assertThat(outcome.get(10, TimeUnit.SECONDS).reason())
                        .isEqualTo("Cancelled before it was started. Cancelled by alice.");
            }
        }
    }

    @Test
    void whoeverLeavesTheQueueLeavesItsTurnToTheNext() throws Exception {
        LoginTurns turns = new LoginTurns(1);
        assertThat(turns.take(Duration.ZERO, new Cancellation())).isEqualTo(Ending.Cause.ENDED);
        assertThat(turns.take(Duration.ofMillis(1), new Cancellation())).isEqualTo(Ending.Cause.TIMED_OUT);
        Cancellation cancellation = new Cancellation();
        cancellation.cancel("Cancelled by alice.");
        assertThat(turns.take(Duration.ofMinutes(5), cancellation)).isEqualTo(Ending.Cause.CANCELLED);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Ending.Cause> next = threads.submit(() -> turns.take(Duration.ofMinutes(5), new Cancellation()));
            while (turns.waiting() == 0) {
                Thread.onSpinWait();
            }
            turns.giveBack();
            assertThat(next.get()).isEqualTo(Ending.Cause.ENDED);
        }
        turns.giveBack();
        assertThat(turns.take(Duration.ZERO, new Cancellation())).isEqualTo(Ending.Cause.ENDED);
    }

    @Test
    void anotherCredentialGetsAnotherConnection() throws Exception {
        int before = sshd.logins();
        List<HostKey> pinned = List.of(sshd.hostKey("host_ed25519"));
        for (String key : List.of("user_ed25519", "user_rsa", "user_ed25519", "user_rsa")) {
            assertThat(run("true", sshd.target(key, pinned)).status()).isEqualTo(TargetStatus.SUCCEEDED);
        }

        assertThat(executor.pool().idleConnections()).isEqualTo(2);
        assertThat(sshd.logins() - before).isEqualTo(2);
    }

    @Test
    void anIdleConnectionThatWentSilentIsGivenUpInTime() throws Exception {
        SshExecutor impatient = new SshExecutor(
                new CredentialSource(masker, Map.of(), Path.of("age.txt")), masker, clock, Duration.ofSeconds(3));
        try (impatient;
                FaultProxy proxy = FaultProxy.to(sshd.port())) {
            Target target = at("127.0.0.1", proxy.port());
            StepCommand command = command("echo once", target, Duration.ofSeconds(5));
            assertThat(impatient
                            .run(command, (channel, text) -> {}, new Cancellation())
                            .status())
                    .isEqualTo(TargetStatus.SUCCEEDED);
            proxy.freeze();

            assertThat(impatient.run(command, (channel, text) -> {}, new Cancellation()))
                    .isInstanceOfSatisfying(TargetOutcome.NotStarted.class, notStarted -> {
                        assertThat(notStarted.code()).isEqualTo("not_reachable");
                        assertThat(notStarted.reason()).contains("within 3 s. Nothing was run.");
                    });
        }
    }

    @Test
    void whoeverCancelsAtAServerThatWentSilentDoesNotWaitForIt() throws Exception {
        SshExecutor patient = new SshExecutor(
                new CredentialSource(masker, Map.of(), Path.of("age.txt")), masker, clock, Duration.ofMinutes(5));
        Cancellation cancellation = new Cancellation();
        try (patient;
                var threads = Executors.newVirtualThreadPerTaskExecutor();
                FaultProxy proxy = FaultProxy.to(sshd.port())) {
            StepCommand command = command("echo once", at("127.0.0.1", proxy.port()), Duration.ofSeconds(5));
            patient.run(command, (channel, text) -> {}, new Cancellation());
            proxy.freeze();
            Future<TargetOutcome> outcome =
                    threads.submit(() -> patient.run(command, (channel, text) -> {}, cancellation));
            while (patient.pool().idleConnections() > 0) {
                Thread.onSpinWait();
            }
            cancellation.cancel("Cancelled by alice.");

            assertThat(outcome.get(10, TimeUnit.SECONDS).reason())
                    .isEqualTo("Cancelled before it was started. Cancelled by alice.");
        }
    }

    @Test
    void connectionLostAfterTheStartMeansAnUnknownOutcome() throws Exception {
        TargetOutcome outcome = executor.run(
                command("echo begun; sleep 30", sshd.target(), Duration.ofSeconds(50)),
                (channel, text) -> sshd.connections().forEach(ProcessHandle::destroyForcibly),
                new Cancellation());

        assertThat(outcome).isInstanceOfSatisfying(TargetOutcome.Interrupted.class, interrupted -> {
            assertThat(interrupted.stdout().text()).isEqualTo("begun\n");
            assertThat(interrupted.status()).isEqualTo(TargetStatus.INTERRUPTED);
            assertThat(interrupted.reason())
                    .isEqualTo("The connection to web-server-01 was lost after the command was sent, so whether it took"
                            + " effect is unknown. Look at web-server-01 before running it again.");
        });
    }

    @Test
    void aServerThatGoesSilentIsNoticedWhileACommandRuns() throws Exception {
        SshExecutor watchful = new SshExecutor(
                new CredentialSource(masker, Map.of(), Path.of("age.txt")),
                masker,
                clock,
                Duration.ofSeconds(10),
                Duration.ofMillis(100));
        try (watchful) {
            TargetOutcome outcome = watchful.run(
                    command("echo begun; sleep 30", sshd.target(), Duration.ofSeconds(50)),
                    (channel, text) -> signal("STOP"),
                    new Cancellation());

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            TargetOutcome.Interrupted.class,
                            interrupted ->
                                    assertThat(interrupted.stdout().text()).isEqualTo("begun\n"));
        } finally {
            signal("KILL");
        }
    }

    /** To all processes that serve a connection. */
    private static void signal(String name) {
        List<String> line = new ArrayList<>(List.of("kill", "-" + name));
        sshd.connections().forEach(process -> line.add(Long.toString(process.pid())));
        try {
            new ProcessBuilder(line).start().waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void ofTheConnectionsOnWhichNothingRunsTheLongestIdleGiveWay() throws Exception {
        Target target = sshd.target();
        Credential account = Objects.requireNonNull(target.credential());
        SshConnector connector =
                new SshConnector(new CredentialSource(masker, Map.of(), Path.of("age.txt")), Duration.ofSeconds(10));
        SshPool pool = new SshPool(connector, clock, Duration.ofMinutes(5), 2);
        try {
            List<SshConnection> taken = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                assertThat(pool.takeNew(target, account, new Cancellation()))
                        .isInstanceOfSatisfying(
                                SshConnector.Connecting.Connected.class, made -> taken.add(made.connection()));
            }
            taken.forEach(pool::giveBack);

            assertThat(pool.connections()).isEqualTo(2);
            assertThat(pool.idleConnections()).isEqualTo(2);
            assertThat(taken.getFirst().isRetired()).isTrue();
        } finally {
            pool.close();
        }
        assertThat(pool.idleConnections()).isZero();
    }

    @Test
    void connectionIsUsedAgain() throws Exception {
        Set<String> servers = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            assertThat(run("echo $PPID"))
                    .isInstanceOfSatisfying(
                            TargetOutcome.Exited.class,
                            exited -> servers.add(exited.stdout().text()));
        }

        assertThat(servers).hasSize(1);
    }

    @Test
    void connectionThatDiedWhileIdleIsReplacedWithoutAWord() throws Exception {
        assertThat(run("true").status()).isEqualTo(TargetStatus.SUCCEEDED);
        sshd.connections().forEach(connection -> {
            connection.destroyForcibly();
            connection.onExit().join();
        });

        assertThat(run("echo again"))
                .isInstanceOfSatisfying(
                        TargetOutcome.Exited.class,
                        exited -> assertThat(exited.stdout().text()).isEqualTo("again\n"));
    }

    @Test
    void aConnectionThatDiedAfterItWasTakenIsAFailureOfTheConnection() throws Exception {
        Target target = sshd.target();
        SshConnection taken = ((Connecting.Connected)
                        executor.pool().take(target, Objects.requireNonNull(target.credential()), new Cancellation()))
                .connection();
        taken.client().disconnect();

        assertThatThrownBy(taken::session).isInstanceOf(SSHException.class);
    }

    @Test
    void connectionIsClosedAfterFiveIdleMinutes() throws Exception {
        run("true");
        now.updateAndGet(t -> t.plus(Duration.ofMinutes(4)));
        executor.pool().closeIdle();
        assertThat(executor.pool().idleConnections()).isEqualTo(1);

        now.updateAndGet(t -> t.plus(Duration.ofMinutes(1)));
        executor.pool().closeIdle();
        assertThat(executor.pool().idleConnections()).isZero();
    }

    @Test
    void manyCommandsOnOneTargetRunAtOnce() throws Exception {
        List<Future<TargetOutcome>> outcomes = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 30; i++) {
                outcomes.add(threads.submit(() -> run("sleep 0.5; echo $PPID")));
            }
            for (Future<TargetOutcome> outcome : outcomes) {
                assertThat(outcome.get().status()).isEqualTo(TargetStatus.SUCCEEDED);
            }
        }
        assertThat(executor.pool().idleConnections()).isLessThanOrEqualTo(8);
    }

    @Test
    void secretInTheOutputIsMasked() throws Exception {
        masker.register("hunter2-hunter2".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        List<String> pieces = new ArrayList<>();
        TargetOutcome outcome = executor.run(
                command("printf 'a hunter2-'; sleep 0.3; printf 'hunter2 b'", sshd.target(), Duration.ofSeconds(20)),
                (channel, text) -> pieces.add(text),
                new Cancellation());

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        TargetOutcome.Exited.class,
                        exited -> assertThat(exited.stdout().text()).isEqualTo("a \u2022\u2022\u2022\u2022 b"));
        assertThat(String.join("", pieces)).isEqualTo("a \u2022\u2022\u2022\u2022 b");
    }

    @Test
    void privateKeyOfTheLoginIsMasked() throws Exception {
        assertThat(run("cat " + sshd.folder().resolve("user_ed25519") + "; tail -n 3 "
                        + sshd.folder().resolve("user_ed25519")))
                .isInstanceOfSatisfying(
                        TargetOutcome.Exited.class,
                        exited -> assertThat(exited.stdout().text()).isEqualTo("""
                                \u2022\u2022\u2022\u2022
                                \u2022\u2022\u2022\u2022
                                \u2022\u2022\u2022\u2022
                                -----END OPENSSH PRIVATE KEY-----
                                """));
    }

    @Test
    void targetWithoutACredentialIsRefused() throws Exception {
        Target with = sshd.target();
        Target without = new Target(
                with.name(),
                List.of(),
                with.address(),
                with.port(),
                "linux",
                "",
                List.of(),
                Map.of(),
                null,
                with.hostKeys());

        assertThat(run("true", without).reason())
                .isEqualTo("web-server-01 has no credential in the inventory, so nobody can log in. Nothing was run."
                        + " Give the target a credential entry.");
    }

    @Test
    void closedExecutorEndsWhatRuns() throws Exception {
        String mark = mark();
        TargetOutcome outcome = executor.run(
                command("echo begun; sleep " + mark, sshd.target(), Duration.ofSeconds(50)),
                (channel, text) -> executor.close(),
                new Cancellation());

        assertThat(outcome.reason()).isEqualTo("It was ended. The runner is stopping.");
        assertThat(running(mark)).isEmpty();
    }

    private TargetOutcome run(String line) throws Exception {
        return run(line, sshd.target());
    }

    private TargetOutcome run(String line, Target target) {
        return executor.run(
                command(line, target, Duration.ofSeconds(20)),
                (Channel channel, String text) -> {},
                new Cancellation());
    }

    private static StepCommand command(String line, Target target, Duration timeout) {
        return new StepCommand(
                "execution-1",
                new RenderedCommand.Shell(line),
                new Place.OnTarget(target),
                timeout,
                StepCommand.DEFAULT_OUTPUT_LIMIT_BYTES);
    }

    private static Target at(String address, int port) throws Exception {
        Target real = sshd.target();
        return new Target(
                real.name(),
                List.of(),
                address,
                port,
                "linux",
                "",
                List.of(),
                Map.of(),
                real.credential(),
                real.hostKeys());
    }

    private static String fingerprint(String key) throws Exception {
        return RealSshd.run("ssh-keygen", "-lf", folder.resolve(key + ".pub").toString())
                .split(" ", -1)[1];
    }

    /** A number of seconds that no other test sleeps. */
    private static String mark() {
        return "9" + Math.abs(UUID.randomUUID().getMostSignificantBits() % 1_000_000_000L);
    }

    private static List<String> running(String mark) {
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .filter(line -> line.contains("sleep " + mark))
                .toList();
    }
}
