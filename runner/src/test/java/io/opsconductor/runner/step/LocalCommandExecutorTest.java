package io.opsconductor.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.plan.TargetStatus;
import io.opsconductor.runner.mask.Masker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LocalCommandExecutorTest {
    @TempDir
    Path folder;

    private final Masker masker = new Masker();
    private LocalCommandExecutor executor;

    @BeforeEach
    void open() {
        executor = new LocalCommandExecutor(masker, folder.resolve("work"), System.getenv());
    }

    @AfterEach
    void close() {
        executor.close();
    }

    @Test
    void outputAndExitCodeComeBackApart() {
        assertThat(run("sh", "-c", "echo out; echo err >&2; exit 4"))
                .isInstanceOfSatisfying(TargetOutcome.Exited.class, exited -> {
                    assertThat(exited.exitCode()).isEqualTo(4);
                    assertThat(exited.stdout().text()).isEqualTo("out\n");
                    assertThat(exited.stderr().text()).isEqualTo("err\n");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"; rm -rf /", "$(id)", "`id`", "a\nb", "-oProxyCommand=id", "it's \"quoted\" *", "\u00e4\u6f22"})
    void hostileValueArrivesAsOneLiteralArgument(String value) {
        assertThat(run("printf", "[%s]", value))
                .isInstanceOfSatisfying(
                        TargetOutcome.Exited.class,
                        exited -> assertThat(exited.stdout().text()).isEqualTo("[" + value + "]"));
    }

    @Test
    void environmentIsCleanAndFolderIsItsOwnAndEmpty() throws Exception {
        assertThat(run("sh", "-c", "env | cut -d= -f1 | sort | tr '\\n' ' '; ls -A; pwd"))
                .isInstanceOfSatisfying(TargetOutcome.Exited.class, exited -> {
                    List<String> lines = exited.stdout().text().lines().toList();
                    assertThat(lines.getFirst())
                            .startsWith("HOME LANG OPSCONDUCTOR_COMMAND OPSCONDUCTOR_EXECUTION PATH PWD ");
                    assertThat(lines.getFirst()).contains(folder.resolve("work").toString());
                });
        try (Stream<Path> left = Files.list(folder.resolve("work"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void missingProgramSaysWhatToInstall() {
        LocalCommandExecutor elsewhere =
                new LocalCommandExecutor(masker, folder, java.util.Map.of("PATH", folder.toString()));

        assertThat(elsewhere.run(command(Duration.ofSeconds(5), "traceroute", "db"), (c, t) -> {}, new Cancellation()))
                .isEqualTo(new TargetOutcome.NotStarted(
                        "program_not_found",
                        "The program traceroute is not installed on the runner, so nothing was run. Install it there,"
                                + " on Debian and Ubuntu with: apt-get install traceroute."));
    }

    @Test
    void timeoutEndsTheWholeTree() {
        String mark = mark();
        TargetOutcome outcome = executor.run(
                command(Duration.ofMillis(500), "sh", "-c", "echo begun; sleep " + mark + " & sleep " + mark),
                (channel, text) -> {},
                new Cancellation());

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        TargetOutcome.TimedOut.class,
                        timedOut -> assertThat(timedOut.stdout().text()).isEqualTo("begun\n"));
        assertEnded(mark);
    }

    @Test
    void childThatLeftTheTreeIsFoundByItsTag() {
        String mark = mark();
        TargetOutcome outcome = executor.run(
                command(Duration.ofMillis(500), "sh", "-c", "setsid sh -c 'sleep " + mark + "' & exec sleep 30"),
                (channel, text) -> {},
                new Cancellation());

        assertThat(outcome.status()).isEqualTo(TargetStatus.TIMED_OUT);
        assertEnded(mark);
    }

    @Test
    void childThatLeftTheTreeAndItsTagIsFoundByItsSession() {
        String mark = mark();
        TargetOutcome outcome = executor.run(
                command(Duration.ofMillis(500), "sh", "-c", "(env -i sleep " + mark + " &) ; exec sleep 30"),
                (channel, text) -> {},
                new Cancellation());

        assertThat(outcome.status()).isEqualTo(TargetStatus.TIMED_OUT);
        assertEnded(mark);
    }

    @Test
    void aProgramsGroupIsItsOwnAndNotTheRunners() {
        TargetOutcome outcome = executor.run(
                command(Duration.ofSeconds(10), "sh", "-c", "echo $$; cut -d' ' -f5 /proc/$$/stat"),
                (channel, text) -> {},
                new Cancellation());

        assertThat(outcome).isInstanceOfSatisfying(TargetOutcome.Exited.class, exited -> {
            List<String> pidAndGroup = exited.stdout().text().lines().toList();
            assertThat(pidAndGroup.getLast()).isEqualTo(pidAndGroup.getFirst());
        });
    }

    @Test
    void aScriptWithoutItsInterpreterIsNotStarted() throws Exception {
        Path file = Files.writeString(folder.resolve("script"), "#!/nowhere/interpreter\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        TargetOutcome outcome = executor.run(
                command(Duration.ofSeconds(10), file.toString()), (channel, text) -> {}, new Cancellation());

        assertThat(outcome)
                .isEqualTo(new TargetOutcome.NotStarted(
                        "not_startable",
                        "The program " + file + " could not be started on the runner: No such file or directory."));
    }

    @Test
    void programThatIgnoresTheFirstSignalIsEnded() {
        String mark = mark();
        TargetOutcome outcome = executor.run(
                command(Duration.ofMillis(500), "sh", "-c", "trap '' TERM; sleep " + mark + "; sleep " + mark),
                (channel, text) -> {},
                new Cancellation());

        assertThat(outcome.status()).isEqualTo(TargetStatus.TIMED_OUT);
        assertEnded(mark);
    }

    @Test
    void cancelEndsTheProgram() {
        String mark = mark();
        Cancellation cancellation = new Cancellation();
        TargetOutcome outcome = executor.run(
                command(Duration.ofSeconds(50), "sh", "-c", "echo begun; sleep " + mark),
                (channel, text) -> cancellation.cancel("Cancelled by alice."),
                cancellation);

        assertThat(outcome.status()).isEqualTo(TargetStatus.CANCELLED);
        assertThat(outcome.reason()).isEqualTo("It was ended. Cancelled by alice.");
        assertEnded(mark);
    }

    @Test
    void backgroundChildDoesNotHoldTheStepUp() {
        String mark = mark();
        TargetOutcome outcome = executor.run(
                command(Duration.ofSeconds(50), "sh", "-c", "sleep " + mark + " & echo done"),
                (channel, text) -> {},
                new Cancellation());

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        TargetOutcome.Exited.class,
                        exited -> assertThat(exited.duration()).isLessThan(Duration.ofSeconds(20)));
        assertEnded(mark);
    }

    @Test
    void backgroundChildThatGaveUpItsPipesEndsWithTheProgramToo() {
        String mark = mark();
        assertThat(run("sh", "-c", "sleep " + mark + " >/dev/null 2>&1 & echo done"))
                .isInstanceOf(TargetOutcome.Exited.class);
        assertEnded(mark);
    }

    @Test
    void longOutputIsCutVisibly() {
        assertThat(run("sh", "-c", "head -c 5000000 /dev/zero | tr '\\0' y"))
                .isInstanceOfSatisfying(TargetOutcome.Exited.class, exited -> {
                    assertThat(exited.stdout().truncated()).isTrue();
                    assertThat(exited.stdout().text())
                            .endsWith("y\n[output cut here: 1048576 of 5000000 bytes are shown]\n");
                });
    }

    @Test
    void secretThatStraddlesTheCutDoesNotShowItsBeginning() {
        masker.register("correct-horse".getBytes(StandardCharsets.UTF_8));
        TargetOutcome outcome = executor.run(
                new StepCommand(
                        "execution-1",
                        new RenderedCommand.Argv(List.of("printf", "0123456789correct-horse")),
                        new Place.OnRunner(),
                        Duration.ofSeconds(20),
                        17),
                (channel, text) -> {},
                new Cancellation());

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        TargetOutcome.Exited.class,
                        exited -> assertThat(exited.stdout().text())
                                .isEqualTo("0123456789\n[output cut here: 17 of 23 bytes are shown]\n"));
    }

    @Test
    void controlCharactersBecomeVisibleAndBrokenTextIsReplaced() {
        assertThat(run("printf", "a\\033[31mred\\r\\nb\\rc\\td\\377\\342\\200\\256e"))
                .isInstanceOfSatisfying(
                        TargetOutcome.Exited.class,
                        exited -> assertThat(exited.stdout().text())
                                .isEqualTo("a\\u{1B}[31mred\nb\nc\td\uFFFD\\u{202E}e"));
    }

    @Test
    void hundredsOfProgramsRunWithoutStarvingEachOther() throws Exception {
        List<Future<TargetOutcome>> outcomes = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 150; i++) {
                outcomes.add(threads.submit(() -> run("sleep", "0.2")));
            }
            for (Future<TargetOutcome> outcome : outcomes) {
                assertThat(outcome.get().status()).isEqualTo(TargetStatus.SUCCEEDED);
            }
        }
    }

    private TargetOutcome run(String... argv) {
        return executor.run(command(Duration.ofSeconds(30), argv), (channel, text) -> {}, new Cancellation());
    }

    private static StepCommand command(Duration timeout, String... argv) {
        return new StepCommand(
                "execution-1",
                new RenderedCommand.Argv(List.of(argv)),
                new Place.OnRunner(),
                timeout,
                StepCommand.DEFAULT_OUTPUT_LIMIT_BYTES);
    }

    private static String mark() {
        return "8" + Math.abs(UUID.randomUUID().getMostSignificantBits() % 1_000_000_000L);
    }

    /** A process that was killed stays listed until it is reaped: it must be gone soon, not at once. */
    private static void assertEnded(String mark) {
        ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains("sleep " + mark))
                .forEach(process -> assertThat(process.onExit()).succeedsWithin(Duration.ofSeconds(20)));
    }
}
