package io.opsconductor.runner.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.plan.TargetStatus;
import io.opsconductor.runner.mask.Masker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real ping and traceroute, as nobody and without any capability, in a network of their own, as in a container. */
@Timeout(60)
class LocalCapabilityTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void needsRoot() {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root can make a network and give rights up");
    }

    @Test
    void pingWorksWithoutRootWhereTheRangeOfGroupsAllowsIt() throws Exception {
        without("ping", "/usr/bin/ping", "0 2147483647");

        TargetOutcome outcome = run(program("ping"), "-c", "1", "127.0.0.1");

        assertThat(outcome.status()).as(outcome.toString()).isEqualTo(TargetStatus.SUCCEEDED);
    }

    @Test
    void pingThatMayNotSendSaysWhichCapabilityIsMissing() throws Exception {
        without("ping", "/usr/bin/ping", "1 0");

        assertThat(run(program("ping"), "-c", "1", "127.0.0.1"))
                .isEqualTo(new TargetOutcome.NotStarted(
                        "capability_missing",
                        "ping may not send on the runner, so nothing was sent. Give the runner's container the capability"
                                + " NET_RAW, or allow it without one by the sysctl"
                                + " net.ipv4.ping_group_range=\"0 2147483647\" for its pod."));
    }

    @Test
    void tracerouteByUdpNeedsNothing() throws Exception {
        without("traceroute", "/usr/sbin/traceroute", "1 0");

        TargetOutcome outcome = run(program("traceroute"), "-n", "127.0.0.1");

        assertThat(outcome.status()).as(outcome.toString()).isEqualTo(TargetStatus.SUCCEEDED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-I", "-T"})
    void anotherKindOfTracerouteSaysWhichCapabilityIsMissing(String kind) throws Exception {
        without("traceroute", "/usr/sbin/traceroute", "1 0");

        assertThat(run(program("traceroute"), kind, "-n", "127.0.0.1"))
                .isEqualTo(new TargetOutcome.NotStarted(
                        "capability_missing",
                        "This kind of traceroute may not send on the runner, so nothing was sent. Give the runner's"
                                + " container the capability NET_RAW, or use the kind by UDP, which needs none: traceroute"
                                + " without -I and -T."));
    }

    @Test
    void aProgramFileThatCarriesAForbiddenCapabilityIsNamed() {
        List<String> ping = List.of("/usr/bin/ping");
        String refused =
                Programs.refusedStart(ping, 126, "setsid: failed to execute /usr/bin/ping: Operation not permitted\n");
        assertThat(refused).isEqualTo("Operation not permitted");
        assertThat(Programs.refusedStart(ping, 1, "setsid: failed to execute /usr/bin/ping: Operation not permitted\n"))
                .isNull();
        assertThat(MissingCapability.atStart(ping, Objects.requireNonNull(refused)))
                .isEqualTo(
                        new TargetOutcome.NotStarted(
                                "capability_missing",
                                "The program /usr/bin/ping could not be started on the runner: its file carries a capability that"
                                        + " the runner's container may not have. Give the runner's container the capability"
                                        + " NET_RAW, or take it from the file when the image is made: setcap -r /usr/bin/ping."));
    }

    /** Puts a program of that name in front of the real one, whose copy has no capability of its own. */
    private void without(String name, String real, String groups) throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path copy = folder.resolve(name + "-copy");
        Files.copy(Path.of(real).toRealPath(), copy);
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path program = Files.writeString(folder.resolve(name), """
                #!/bin/sh
                exec /usr/bin/unshare --net --mount --propagation private /bin/sh -c '
                  ip link set lo up && mount -t proc proc /proc && echo "%s" >/proc/sys/net/ipv4/ping_group_range &&
                  exec setpriv --reuid 65534 --regid 65534 --clear-groups --no-new-privs --bounding-set=-all \
                    --inh-caps=-all "$@"' sh %s "$@"
                """.formatted(groups, copy));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** By its whole path: the Java runtime looks for names on its own search path. */
    private String program(String name) {
        return folder.resolve(name).toString();
    }

    private TargetOutcome run(String... argv) {
        try (LocalCommandExecutor executor = new LocalCommandExecutor(
                new Masker(), folder.resolve("work"), Map.of("PATH", folder + ":/usr/sbin:/usr/bin:/sbin:/bin"))) {
            return executor.run(
                    new StepCommand(
                            "execution-1",
                            new RenderedCommand.Argv(List.of(argv)),
                            new Place.OnRunner(),
                            Duration.ofSeconds(20),
                            StepCommand.DEFAULT_OUTPUT_LIMIT_BYTES),
                    (channel, text) -> {},
                    new Cancellation());
        }
    }
}
