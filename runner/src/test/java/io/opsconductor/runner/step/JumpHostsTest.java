package io.opsconductor.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.plan.TargetStatus;
import io.opsconductor.runner.credential.CredentialSource;
import io.opsconductor.runner.inventory.HostKey;
import io.opsconductor.runner.inventory.SshSettings;
import io.opsconductor.runner.inventory.Sudo;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.mask.Masker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Targets behind other hosts, each a real server with host keys and user keys of its own. */
@Timeout(60)
class JumpHostsTest {
    @TempDir
    static Path folder;

    private static RealSshd outer;
    private static RealSshd inner;
    private static RealSshd last;

    private final Masker masker = new Masker();
    private final CredentialSource secrets = new CredentialSource(masker, Map.of(), Path.of("age.txt"));
    private final SshExecutor executor = new SshExecutor(secrets, masker);

    @BeforeAll
    static void startServers() throws Exception {
        outer = RealSshd.start(Files.createDirectory(folder.resolve("outer")));
        inner = RealSshd.start(Files.createDirectory(folder.resolve("inner")));
        last = RealSshd.start(Files.createDirectory(folder.resolve("last")), List.of("AcceptEnv LC_*"), List.of());
    }

    @AfterAll
    static void stopServers() {
        outer.close();
        inner.close();
        last.close();
    }

    @AfterEach
    void close() {
        executor.close();
    }

    @Test
    void aCommandGoesThroughTwoHostsEachWithItsOwnKeyAndCredential() throws Exception {
        TargetOutcome outcome = run(
                "echo here; echo $SSH_CONNECTION", behind(last, "db-01", host(outer, "outer"), host(inner, "inner")));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        TargetOutcome.Exited.class,
                        exited -> assertThat(exited.stdout().text())
                                .startsWith("here\n")
                                .endsWith(" 127.0.0.1 " + last.port() + "\n"));
    }

    @Test
    void targetsBehindOneHostShareTheConnectionToIt() throws Exception {
        int before = outer.logins();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<TargetOutcome>> running = new ArrayList<>();
            for (RealSshd server : List.of(inner, last, inner, last)) {
                Target target = behind(server, "behind", host(outer, "outer"));
                running.add(threads.submit(() -> run("sleep 1", target)));
            }
            for (Future<TargetOutcome> one : running) {
                assertThat(one.get().status()).isEqualTo(TargetStatus.SUCCEEDED);
            }
        }

        assertThat(outer.logins() - before).isEqualTo(1);
    }

    @Test
    void theConnectionToAHostOnTheWayIsClosedWhenNothingLeadsThroughItAnyMore() throws Exception {
        assertThat(run("true", behind(last, "db-01", host(outer, "outer"))).status())
                .isEqualTo(TargetStatus.SUCCEEDED);
        assertThat(executor.pool().connections()).isEqualTo(2);

        executor.pool().close();

        assertThat(executor.pool().connections()).isZero();
    }

    @Test
    void aHostOnTheWayMustProveItselfToo() throws Exception {
        Target impostor = renamed(outer, "outer", List.of(outer.hostKey("user_unknown")));

        assertThat(run("true", behind(last, "db-01", impostor)))
                .isInstanceOfSatisfying(TargetOutcome.NotStarted.class, notStarted -> {
                    assertThat(notStarted.code()).isEqualTo("jump_failed");
                    assertThat(notStarted.reason())
                            .startsWith(
                                    "db-01 is reached through outer, and that failed: outer presented the ssh-ed25519 key")
                            .contains("Nothing was run.");
                });
    }

    @Test
    void theTargetBehindMustProveItself() throws Exception {
        Target target = renamed(last, "db-01", List.of(last.hostKey("user_unknown")))
                .with(new SshSettings(List.of(host(outer, "outer")), Sudo.ON_REQUEST));

        assertThat(run("true", target))
                .isInstanceOfSatisfying(
                        TargetOutcome.NotStarted.class,
                        notStarted -> assertThat(notStarted.code()).isEqualTo("host_key_changed"));
    }

    @Test
    void aRefusedConnectionSaysFromWhere() throws Exception {
        Target gone = behind(last, "db-01", host(outer, "outer"));
        Target closed = new Target(
                        "db-01",
                        List.of(),
                        "127.0.0.1",
                        1,
                        "linux",
                        "",
                        List.of(),
                        Map.of(),
                        gone.credential(),
                        gone.hostKeys())
                .with(gone.ssh());

        assertThat(run("true", closed))
                .isEqualTo(new TargetOutcome.NotStarted(
                        "not_reachable",
                        "db-01 on port 1 refused the connection from outer: no SSH server listens there. Nothing was run."
                                + " Check that it is up, that sshd runs on it, and the network between the two."));
    }

    @Test
    void aNameIsLookedUpByTheLastHostOnTheWay() throws Exception {
        Target gone = behind(last, "db-01", host(outer, "outer"));
        Target unknown = new Target(
                        "db-01",
                        List.of(),
                        "no-such-host.invalid",
                        22,
                        "linux",
                        "",
                        List.of(),
                        Map.of(),
                        gone.credential(),
                        gone.hostKeys())
                .with(gone.ssh());

        assertThat(run("true", unknown)).isInstanceOfSatisfying(TargetOutcome.NotStarted.class, notStarted -> {
            assertThat(notStarted.code()).isEqualTo("not_resolved");
            assertThat(notStarted.reason()).startsWith("outer does not know the address of db-01 in the inventory.");
        });
    }

    @Test
    void aHostThatForbidsToGoOnSaysSo() throws Exception {
        Path own = Files.createDirectory(folder.resolve("strict"));
        try (RealSshd strict = RealSshd.start(own, List.of("AllowTcpForwarding no"), List.of())) {
            assertThat(run("true", behind(last, "db-01", host(strict, "strict"))))
                    .isEqualTo(
                            new TargetOutcome.NotStarted(
                                    "jump_failed",
                                    "strict does not allow to go on from it to db-01 on port " + last.port()
                                            + ". Nothing was run. Check AllowTcpForwarding and PermitOpen in its sshd_config."));
        }
    }

    @Test
    void aHostOnTheWayWithoutACredentialIsNamed() throws Exception {
        Target open = outer.target();
        Target without = new Target(
                "outer",
                List.of(),
                open.address(),
                open.port(),
                "linux",
                "",
                List.of(),
                Map.of(),
                null,
                open.hostKeys());

        assertThat(run("true", behind(last, "db-01", without)).reason())
                .isEqualTo(
                        "db-01 is reached through outer, and that failed: outer has no credential in the inventory, so"
                                + " nobody can log in. Nothing was run. Give the target a credential entry.");
    }

    @Test
    void keysAreAskedForThroughTheHostsOnTheWay() throws Exception {
        List<HostKey> own = List.of(last.hostKey("host_ed25519"), last.hostKey("host_rsa"));
        try (HostKeyScan scan = new HostKeyScan(secrets, Duration.ofSeconds(10))) {
            assertThat(scan.scan(behind(last, "db-01", host(outer, "outer"), host(inner, "inner"))))
                    .isInstanceOfSatisfying(
                            HostKeyScan.Presented.class,
                            presented -> assertThat(presented.keys()).containsAll(own));
        }
    }

    @Test
    void aCheckLooksThroughTheHostsOnTheWay() throws Exception {
        try (SshProbe probe = new SshProbe(secrets, masker, Duration.ofSeconds(10))) {
            Condition well = probe.look(behind(last, "db-01", host(outer, "outer")));
            assertThat(well.isWell()).as(well.reason()).isTrue();
            assertThat(well.platform()).isEqualTo("linux");

            Condition behindAnImpostor =
                    probe.look(behind(last, "db-01", renamed(outer, "outer", List.of(outer.hostKey("user_unknown")))));
            assertThat(behindAnImpostor.reach()).isEqualTo(Condition.Reach.NOT_REACHED);
            assertThat(behindAnImpostor.reason()).contains("db-01 is reached through outer");
        }
    }

    @Test
    void timeoutEndsTheProcessBehindAHost() throws Exception {
        String mark = "9" + Math.abs(System.nanoTime() % 1_000_000_000L);
        TargetOutcome outcome = executor.run(
                new StepCommand(
                        "execution-1",
                        new RenderedCommand.Shell("sleep " + mark),
                        new Place.OnTarget(behind(last, "db-01", host(outer, "outer"))),
                        Duration.ofMillis(500),
                        StepCommand.DEFAULT_OUTPUT_LIMIT_BYTES),
                (channel, text) -> {},
                new Cancellation());

        assertThat(outcome).isInstanceOf(TargetOutcome.TimedOut.class);
        assertThat(ProcessHandle.allProcesses()
                        .flatMap(process -> process.info().commandLine().stream())
                        .filter(line -> line.contains("sleep " + mark)))
                .isEmpty();
    }

    private TargetOutcome run(String line, Target target) {
        return executor.run(
                new StepCommand(
                        "execution-1",
                        new RenderedCommand.Shell(line),
                        new Place.OnTarget(target),
                        Duration.ofSeconds(20),
                        StepCommand.DEFAULT_OUTPUT_LIMIT_BYTES),
                (channel, text) -> {},
                new Cancellation());
    }

    private static Target behind(RealSshd server, String name, Target... hosts) throws Exception {
        return host(server, name).with(new SshSettings(List.of(hosts), Sudo.ON_REQUEST));
    }

    private static Target host(RealSshd server, String name) throws Exception {
        return renamed(server, name, List.of(server.hostKey("host_ed25519")));
    }

    private static Target renamed(RealSshd server, String name, List<HostKey> keys) throws Exception {
        Target target = server.target("user_ed25519", keys);
        return new Target(
                name,
                List.of(),
                target.address(),
                target.port(),
                "linux",
                "",
                List.of(),
                Map.of(),
                target.credential(),
                keys);
    }
}
