package io.opsconductor.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.plan.TargetStatus;
import io.opsconductor.runner.credential.Credential;
import io.opsconductor.runner.credential.CredentialSource;
import io.opsconductor.runner.credential.SecretSource;
import io.opsconductor.runner.inventory.HostKey;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.mask.Masker;
import io.opsconductor.runner.step.SimulatedDevice.Family;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.schmizz.sshj.common.Buffer;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Switches and routers: a terminal with prompts, echo, pages and modes, and no way to run a single command. */
@Timeout(60)
class NetworkDeviceTest {
    private static final String INTERFACES = IntStream.rangeClosed(1, 60)
            .mapToObj(i -> "GigabitEthernet1/0/" + i + " is up\n")
            .collect(Collectors.joining());

    private final Masker masker = new Masker();
    private final SshServer server = SshServer.setUpDefaultServer();
    private final SshExecutor executor = new SshExecutor(
            new CredentialSource(masker, Map.of("PASSWORD", "correct-horse"), Path.of("age.txt")), masker);

    @BeforeEach
    void start() throws Exception {
        SimpleGeneratorHostKeyProvider keys = new SimpleGeneratorHostKeyProvider();
        keys.setAlgorithm("EC");
        server.setHost("127.0.0.1");
        server.setPort(0);
        server.setKeyPairProvider(keys);
        server.setPasswordAuthenticator((user, password, session) -> password.equals("correct-horse"));
        device(Family.IOS, true);
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        executor.close();
        server.stop(true);
    }

    @ParameterizedTest
    @CsvSource({"IOS, true", "IOS, false", "JUNOS, true", "JUNOS, false"})
    void longOutputComesWholeWhetherOrNotPagingCanBeTurnedOff(Family family, boolean turnsPagingOff) throws Exception {
        device(family, turnsPagingOff);

        assertThat(run("show interfaces")).isInstanceOfSatisfying(TargetOutcome.Answered.class, answered -> {
            assertThat(answered.status()).isEqualTo(TargetStatus.SUCCEEDED);
            assertThat(answered.stdout().text()).isEqualTo(INTERFACES);
        });
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void outputHasNoEchoAndNoPrompt(Family family) throws Exception {
        device(family, true);

        assertThat(run("show version").result(0, "show_version", "sw1").stdout())
                .isEqualTo((family == Family.IOS ? "sw1" : "ops@router1")
                        + " Software, Version 17.3\nuptime is 5 weeks\n");
    }

    @Test
    void aSecretInTheOutputIsMaskedAlsoWhileItComes() throws Exception {
        List<String> heard = new ArrayList<>();

        assertThat(run("show secret", Duration.ofSeconds(20), new Cancellation(), (channel, text) -> heard.add(text))
                        .result(0, "show_secret", "sw1")
                        .stdout())
                .isEqualTo("enable password " + Masker.MASK + "\nend\n");
        assertThat(String.join("", heard)).doesNotContain("correct-horse").contains(Masker.MASK);
    }

    @Test
    void outputBeyondTheLimitIsCutVisiblyAndTheNextLineIsStillSent() throws Exception {
        TargetOutcome outcome = executor.run(
                new StepCommand(
                        "execution-1",
                        new RenderedCommand.Shell("show interfaces\nshow bogus"),
                        new Place.OnTarget(target()),
                        Duration.ofSeconds(20),
                        100),
                (channel, text) -> {},
                new Cancellation());

        assertThat(outcome).isInstanceOfSatisfying(TargetOutcome.Answered.class, answered -> {
            assertThat(answered.reason()).startsWith("sw1 refused \"show bogus\"");
            assertThat(answered.stdout().truncated()).isTrue();
            assertThat(answered.stdout().text())
                    .startsWith("GigabitEthernet1/0/1 is up\n")
                    .contains("[output cut here: 100 of ")
                    .hasSizeLessThan(200);
        });
    }

    @Test
    void colourIsLeftOut() throws Exception {
        assertThat(run("show colours").result(0, "show_colours", "sw1").stdout())
                .isEqualTo("red and plain\n");
    }

    @Test
    void linesGoThroughModes() throws Exception {
        assertThat(run("configure terminal\ninterface GigabitEthernet1/0/1\nshutdown\nend")
                        .status())
                .isEqualTo(TargetStatus.SUCCEEDED);
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void aRefusedLineFailsAndIsTheLastOne(Family family) throws Exception {
        device(family, true);

        assertThat(run("show bogus\nshow version")).isInstanceOfSatisfying(TargetOutcome.Answered.class, answered -> {
            assertThat(answered.status()).isEqualTo(TargetStatus.FAILED);
            assertThat(answered.reason())
                    .isEqualTo("sw1 refused \"show bogus\": "
                            + (family == Family.IOS
                                    ? "% Invalid input detected at '^' marker."
                                    : "syntax error, expecting <command>.")
                            + " The lines after it were not sent.");
            assertThat(answered.stdout().text()).doesNotContain("Version");
        });
    }

    @Test
    void aQuestionIsNotAnswered() throws Exception {
        assertThat(run("reload").reason())
                .isEqualTo(
                        "sw1 asked \"Proceed with reload? [confirm]\", which the runner does not answer; it was stopped"
                                + " there. Use a command that does not ask.");
    }

    @Test
    void timeoutStopsTheCommandAndKeepsWhatCame() throws Exception {
        TargetOutcome outcome = run("show tech", Duration.ofSeconds(1), new Cancellation(), (channel, text) -> {});

        assertThat(outcome).isInstanceOfSatisfying(TargetOutcome.TimedOut.class, timedOut -> {
            assertThat(timedOut.reason()).isEqualTo("It was still running after 1 s and was stopped.");
            assertThat(timedOut.stdout().text()).startsWith("still working\nstill working\n");
        });
    }

    @Test
    void cancelStopsTheCommand() throws Exception {
        Cancellation cancellation = new Cancellation();

        assertThat(run(
                                "show tech",
                                Duration.ofSeconds(30),
                                cancellation,
                                (channel, text) -> cancellation.cancel("Cancelled by alice."))
                        .reason())
                .isEqualTo("It was stopped. Cancelled by alice.");
    }

    @Test
    void whoeverCancelsWhileATerminalIsOpenedDoesNotWaitForIt() throws Exception {
        Cancellation cancellation = new Cancellation();
        CountDownLatch over = new CountDownLatch(1);
        server.setShellFactory(channel -> {
            cancellation.cancel("Cancelled by alice.");
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new SimulatedDevice(Family.IOS, true);
        });

        TargetOutcome outcome = run("show version", Duration.ofSeconds(20), cancellation, (channel, text) -> {});
        over.countDown();

        assertThat(outcome.reason()).isEqualTo("Cancelled before it was started. Cancelled by alice.");
        assertThat(outcome).isInstanceOf(TargetOutcome.Cancelled.class);
    }

    @Test
    void aDeviceWithoutAPromptIsNotWaitedForOnceItIsCancelled() throws Exception {
        Cancellation cancellation = new Cancellation();
        server.setShellFactory(channel -> new SimulatedDevice(Family.IOS, true) {
            @Override
            void prompt() {
                cancellation.cancel("Cancelled by alice.");
            }
        });

        assertThat(run("show version", Duration.ofSeconds(20), cancellation, (channel, text) -> {})
                        .reason())
                .isEqualTo("Cancelled before it was started. Cancelled by alice.");
    }

    @Test
    void aSessionThatEndsLeavesTheOutcomeUnknown() throws Exception {
        assertThat(run("exit")).isInstanceOf(TargetOutcome.Interrupted.class);
    }

    @Test
    void aCheckSeesThePrompt() throws Exception {
        try (SshProbe probe = new SshProbe(
                new CredentialSource(masker, Map.of("PASSWORD", "correct-horse"), Path.of("age.txt")),
                masker,
                Duration.ofSeconds(10))) {
            Condition condition = probe.look(target());

            assertThat(condition.isWell()).as(condition.reason()).isTrue();
            assertThat(condition.platform()).isEqualTo("network");
        }
    }

    private void device(Family family, boolean turnsPagingOff) {
        server.setShellFactory(channel -> new SimulatedDevice(family, turnsPagingOff));
    }

    private TargetOutcome run(String lines) throws Exception {
        return run(lines, Duration.ofSeconds(20), new Cancellation(), (channel, text) -> {});
    }

    private TargetOutcome run(String lines, Duration timeout, Cancellation cancellation, OutputListener listener)
            throws Exception {
        return executor.run(
                new StepCommand(
                        "execution-1",
                        new RenderedCommand.Shell(lines),
                        new Place.OnTarget(target()),
                        timeout,
                        StepCommand.DEFAULT_OUTPUT_LIMIT_BYTES),
                listener,
                cancellation);
    }

    private Target target() throws Exception {
        byte[] wire = new Buffer.PlainBuffer()
                .putPublicKey(server.getKeyPairProvider()
                        .loadKeys(null)
                        .iterator()
                        .next()
                        .getPublic())
                .getCompactData();
        String type = new String(wire, 4, wire[3], StandardCharsets.US_ASCII);
        return new Target(
                "sw1",
                List.of(),
                "127.0.0.1",
                server.getPort(),
                Target.NETWORK,
                "",
                List.of(),
                Map.of(),
                new Credential.Password("pw", "ops", new SecretSource.InEnvironment("PASSWORD")),
                List.of(new HostKey(type, Base64.getEncoder().encodeToString(wire))));
    }
}
