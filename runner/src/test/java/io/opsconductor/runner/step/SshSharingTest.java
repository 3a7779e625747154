package io.opsconductor.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.plan.TargetStatus;
import io.opsconductor.runner.credential.CredentialSource;
import io.opsconductor.runner.mask.Masker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several commands on one connection, with servers that accept marks in the environment as Debian's does. */
@Timeout(90)
class SshSharingTest {
    private static final List<String> LIKE_DEBIAN = List.of("AcceptEnv LANG LC_*");

    @TempDir
    private Path folder;

    private final Masker masker = new Masker();
    private final SshExecutor executor =
            new SshExecutor(new CredentialSource(masker, Map.of(), Path.of("age.txt")), masker);

    @AfterEach
    void close() {
        executor.close();
    }

    @Test
    void sixteenCommandsAtOnceUseTwoConnectionsOnceTheyAreOpen() throws Exception {
        try (RealSshd sshd = RealSshd.start(folder, LIKE_DEBIAN, List.of())) {
            assertThat(run(sshd, "true").status()).isEqualTo(TargetStatus.SUCCEEDED);

            List<TargetOutcome> first = together(sshd, 8, "sleep 1; echo $PPID");
            assertThat(outputs(first)).hasSize(1);
            assertThat(sshd.logins()).isEqualTo(1);

            List<TargetOutcome> second = together(sshd, 16, "sleep 1; echo $PPID");
            assertThat(second).allMatch(o -> o.status() == TargetStatus.SUCCEEDED);
            assertThat(executor.pool().connections()).isEqualTo(sshd.logins()).isBetween(2, 5);
        }
    }

    @Test
    void aServerThatAllowsFewerSessionsGetsFewer() throws Exception {
        List<String> few = List.of("AcceptEnv LANG LC_*", "MaxSessions 3");
        try (RealSshd sshd = RealSshd.start(folder, few, List.of())) {
            assertThat(run(sshd, "true").status()).isEqualTo(TargetStatus.SUCCEEDED);

            assertThat(together(sshd, 10, "sleep 1; echo done")).allMatch(o -> o.status() == TargetStatus.SUCCEEDED);
            // Two on each connection: ending a command takes the third session.
            assertThat(sshd.logins()).isLessThan(10);
        }
    }

    @Test
    void endingOneCommandLeavesTheOthersOfItsConnectionAlone() throws Exception {
        try (RealSshd sshd = RealSshd.start(folder, LIKE_DEBIAN, List.of())) {
            assertThat(run(sshd, "true").status()).isEqualTo(TargetStatus.SUCCEEDED);
            String mark = "9" + Math.abs(UUID.randomUUID().getMostSignificantBits() % 1_000_000_000L);
            CountDownLatch begun = new CountDownLatch(1);
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<TargetOutcome> other = threads.submit(() -> executor.run(
                        command(sshd, "echo begun; sleep 4; echo still here", Duration.ofSeconds(50)),
                        (channel, text) -> begun.countDown(),
                        new Cancellation()));
                assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();

                TargetOutcome late = executor.run(
                        command(
                                sshd,
                                "setsid sh -c 'sleep " + mark + "' & trap '' TERM; sleep " + mark + "; sleep " + mark,
                                Duration.ofMillis(500)),
                        (channel, text) -> {},
                        new Cancellation());

                assertThat(late).isInstanceOf(TargetOutcome.TimedOut.class);
                assertThat(late.reason()).isEqualTo("It was still running after 0 s and was ended.");
                assertThat(ProcessHandle.allProcesses()
                                .flatMap(process -> process.info().commandLine().stream())
                                .filter(line -> line.contains("sleep " + mark)))
                        .isEmpty();
                assertThat(other.get(30, TimeUnit.SECONDS))
                        .isInstanceOfSatisfying(
                                TargetOutcome.Exited.class,
                                exited -> assertThat(exited.stdout().text()).isEqualTo("begun\nstill here\n"));
            }
            assertThat(sshd.logins()).isEqualTo(1);
        }
    }

    @Test
    void aServerThatAcceptsNoMarkServesOneCommandAConnection() throws Exception {
        try (RealSshd sshd = RealSshd.start(folder)) {
            assertThat(run(sshd, "true").status()).isEqualTo(TargetStatus.SUCCEEDED);

            assertThat(outputs(together(sshd, 4, "sleep 1; echo $PPID"))).hasSize(4);
        }
    }

    @Test
    void aScriptIsReadFromTheChannelAndLeavesNothingBehind() throws Exception {
        try (RealSshd sshd = RealSshd.start(folder)) {
            Path trace = folder.resolve("trace");
            Set<Path> before = files(folder);
            TargetOutcome outcome = run(
                    sshd,
                    new RenderedCommand.ShellInput(
                            "sh -s -- 'two words' '$(id)'",
                            "open=$(ls -l /proc/$$/fd)\necho \"$open\" >" + trace
                                    + "\n{\nprintf '%s|' \"$0\" \"$@\"\ncat\nexit 7\n} </dev/null\n",
                            "",
                            false));

            assertThat(outcome).isInstanceOfSatisfying(TargetOutcome.Exited.class, exited -> {
                assertThat(exited.stdout().text()).isEqualTo("sh|two words|$(id)|");
                assertThat(exited.exitCode()).isEqualTo(7);
            });
            // What the shell reads the script from is the channel: a pipe or a socket.
            assertThat(Files.readAllLines(trace))
                    .anyMatch(line -> line.matches(".* 0 -> (pipe|socket):.*"))
                    .noneMatch(line -> line.matches(".* -> /.*") && !line.contains("/dev/null"));
            before.add(trace);
            assertThat(files(folder)).isEqualTo(before);
        }
    }

    @Test
    void halfAScriptDoesNotRun() throws Exception {
        try (RealSshd sshd = RealSshd.start(folder)) {
            Path trace = folder.resolve("trace");

            TargetOutcome outcome = run(
                    sshd, new RenderedCommand.ShellInput("sh -s", "{\ntouch " + trace + "\necho cut he", "", false));

            assertThat(outcome.status()).isEqualTo(TargetStatus.FAILED);
            assertThat(trace).doesNotExist();
        }
    }

    private static Set<Path> files(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            return all.collect(Collectors.toCollection(HashSet::new));
        }
    }

    private static Set<String> outputs(List<TargetOutcome> outcomes) {
        Set<String> outputs = new HashSet<>();
        for (TargetOutcome outcome : outcomes) {
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            TargetOutcome.Exited.class,
                            exited -> outputs.add(exited.stdout().text()));
        }
        return outputs;
    }

    private List<TargetOutcome> together(RealSshd sshd, int count, String line) throws Exception {
        List<TargetOutcome> outcomes = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<TargetOutcome>> running = IntStream.range(0, count)
                    .mapToObj(i -> threads.submit(() -> run(sshd, line)))
                    .toList();
            for (Future<TargetOutcome> one : running) {
                outcomes.add(one.get());
            }
        }
        return outcomes;
    }

    private TargetOutcome run(RealSshd sshd, String line) throws Exception {
        return run(sshd, new RenderedCommand.Shell(line));
    }

    private TargetOutcome run(RealSshd sshd, RenderedCommand command) throws Exception {
        return executor.run(
                new StepCommand(
                        "execution-1",
                        command,
                        new Place.OnTarget(sshd.target()),
                        Duration.ofSeconds(30),
                        StepCommand.DEFAULT_OUTPUT_LIMIT_BYTES),
                (channel, text) -> {},
                new Cancellation());
    }

    private static StepCommand command(RealSshd sshd, String line, Duration timeout) throws Exception {
        return new StepCommand(
                "execution-1",
                new RenderedCommand.Shell(line),
                new Place.OnTarget(sshd.target()),
                timeout,
                StepCommand.DEFAULT_OUTPUT_LIMIT_BYTES);
    }
}
