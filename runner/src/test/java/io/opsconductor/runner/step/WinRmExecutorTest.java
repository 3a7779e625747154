package io.opsconductor.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.runner.credential.Credential;
import io.opsconductor.runner.credential.CredentialSource;
import io.opsconductor.runner.credential.SecretSource;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.inventory.WinRmAddress;
import io.opsconductor.runner.mask.Masker;
import io.opsconductor.runner.winrm.Scheme;
import io.opsconductor.runner.winrm.WinRmCounterpart;
import io.opsconductor.runner.winrm.WinRmCounterpart.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WinRmExecutorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String PASSWORD = "pässword-correct-horse";
    private static final Map<String, String> ACCOUNTS = Map.of("ops", PASSWORD);
    private static final String LOST = "Whether it took effect is unknown. Look at win-01 before running it again.";

    private final Masker masker = new Masker();
    private final TestAuthority authority = new TestAuthority();
    private final WinRmExecutor executor = new WinRmExecutor(
            new CredentialSource(
                    masker, Map.of("PASSWORD", PASSWORD, "WRONG", "not-the-password"), Path.of("no-age-keys")),
            masker);

    @AfterEach
    void close() {
        executor.close();
    }

    @Test
    void aScriptRunsOverSealedMessagesAndGivesOutputErrorsAndExitCode() throws Exception {
        try (WinRmCounterpart windows = plain()) {
            TargetOutcome outcome = run("echo hello; echo 'gone: <x> & y' >&2; exit 3", ntlm(windows));

            assertThat(outcome).isInstanceOfSatisfying(TargetOutcome.Exited.class, exited -> {
                assertThat(exited.exitCode()).isEqualTo(3);
                assertThat(exited.stdout().text()).isEqualTo("hello\n");
                assertThat(exited.stderr().text()).isEqualTo("gone: <x> & y\n");
            });
            assertThat(windows.shells().open()).isZero();
            assertThat(windows.refusals()).isEmpty();
            assertThat(windows.connections()).isOne();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Scheme.class,
            names = {"BASIC", "NTLM"})
    void overHttpsTheTargetsOwnAuthorityCountsForEveryLogin(Scheme scheme) throws Exception {
        try (WinRmCounterpart windows = tls()) {
            WinRmAddress address = https(windows, scheme, authority.pem(), "");

            assertThat(run("echo hello", address))
                    .isInstanceOfSatisfying(
                            TargetOutcome.Exited.class,
                            exited -> assertThat(exited.stdout().text()).isEqualTo("hello\n"));
            assertThat(run("echo hello", https(windows, scheme, null, "")))
                    .isEqualTo(new TargetOutcome.NotStarted(
                            "tls_failed",
                            "TLS with win-01 failed: nobody whom the runner trusts has signed its certificate. If it has"
                                    + " an authority of its own, name that authority's certificate as ca in the"
                                    + " inventory. Nothing was run."));
        }
    }

    @Test
    void aPinnedCertificateIsTheOnlyOneThatCounts() throws Exception {
        try (WinRmCounterpart windows = tls()) {
            String other = "0".repeat(64);
            TargetOutcome refused = run("echo hello", https(windows, Scheme.BASIC, null, other));
            assertThat(refused)
                    .isInstanceOfSatisfying(
                            TargetOutcome.NotStarted.class,
                            n -> assertThat(n.code()).isEqualTo("tls_failed"));
            Matcher shown = Pattern.compile("fingerprint ([0-9a-f]{64}), which is not the one")
                    .matcher(refused.reason());
            assertThat(shown.find()).as(refused.reason()).isTrue();

            assertThat(run("echo hello", https(windows, Scheme.NTLM, null, shown.group(1))))
                    .isInstanceOf(TargetOutcome.Exited.class);
        }
    }

    @Test
    void aCertificateForAnotherNameIsRefused() throws Exception {
        try (WinRmCounterpart windows = new WinRmCounterpart(
                Settings.tls(authority.server("other.example", Duration.ofHours(1), false), ACCOUNTS))) {
            assertThat(run("echo hello", https(windows, Scheme.BASIC, authority.pem(), ""))
                            .reason())
                    .startsWith("TLS with win-01 failed: its certificate is not for the name localhost.");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void charactersThatAreSplitBetweenPiecesAndAnswersArriveWhole(int pieceBytes) throws Exception {
        try (WinRmCounterpart windows =
                new WinRmCounterpart(Settings.plain(ACCOUNTS).withPieces(pieceBytes))) {
            assertThat(run(
                            "printf 'Gr\\xc3'; sleep 0.6; printf '\\xbc\\xc3\\x9fe \\xf0\\x9f\\x92'; sleep 0.6; printf '\\xbe €\\n'",
                            ntlm(windows)))
                    .isInstanceOfSatisfying(
                            TargetOutcome.Exited.class,
                            exited -> assertThat(exited.stdout().text()).isEqualTo("Grüße 💾 €\n"));
        }
    }

    @Test
    void longOutputIsCutVisiblyAndReadToItsEnd() throws Exception {
        try (WinRmCounterpart windows = plain()) {
            TargetOutcome outcome = executor.run(
                    command(
                            new RenderedCommand.PowerShell("seq 1 200000; exit 4"),
                            ntlm(windows),
                            Duration.ofSeconds(50),
                            1000),
                    (channel, text) -> {},
                    new Cancellation());

            assertThat(outcome).isInstanceOfSatisfying(TargetOutcome.Exited.class, exited -> {
                assertThat(exited.exitCode()).isEqualTo(4);
                assertThat(exited.stdout().truncated()).isTrue();
                assertThat(exited.stdout().totalBytes()).isEqualTo(1_288_895);
                assertThat(exited.stdout().text()).endsWith("[output cut here: 1000 of 1288895 bytes are shown]\n");
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 2_000, 4_000, 100_000})
    void aScriptOfAnyLengthRunsWholeAndLeavesNoFile(int length) throws Exception {
        String script = "x='" + "é".repeat(length / 2) + "'; printf %s \"$x\" | wc -c";
        try (WinRmCounterpart windows = plain()) {
            assertThat(run(script, ntlm(windows)))
                    .isInstanceOfSatisfying(
                            TargetOutcome.Exited.class,
                            exited -> assertThat(exited.stdout().text().strip()).isEqualTo(String.valueOf(length)));

            assertThat(windows.shells().lines())
                    .singleElement()
                    .satisfies(line -> assertThat(line.length()).isLessThan(8_191));
            assertThat(windows.shells().actions()).containsOnlyOnce("Command");
        }
    }

    @Test
    void aCommandLineRunsAsItStandsAndItsErrorsComeAsTheyAre() throws Exception {
        try (WinRmCounterpart windows = plain()) {
            TargetOutcome outcome = executor.run(
                    command(
                            new RenderedCommand.Cmd("echo one&& echo two >&2"),
                            ntlm(windows),
                            Duration.ofSeconds(20),
                            1000),
                    (channel, text) -> {},
                    new Cancellation());

            assertThat(outcome).isInstanceOfSatisfying(TargetOutcome.Exited.class, exited -> {
                assertThat(exited.stdout().text()).isEqualTo("one\n");
                assertThat(exited.stderr().text()).isEqualTo("two\n");
            });
            assertThat(windows.shells().lines()).containsExactly("echo one&& echo two >&2");
            assertThat(executor.run(
                                    command(
                                            new RenderedCommand.Cmd("echo " + "x".repeat(9_000)),
                                            ntlm(windows),
                                            Duration.ofSeconds(20),
                                            1000),
                                    (channel, text) -> {},
                                    new Cancellation())
                            .reason())
                    .startsWith("The command line has 9005 bytes, and the command interpreter of Windows takes 8000.");
        }
    }

    @Test
    void secretsAreMaskedInBothOutputs() throws Exception {
        try (WinRmCounterpart windows = plain()) {
            assertThat(run("echo " + PASSWORD + "; echo " + PASSWORD + " >&2", ntlm(windows)))
                    .isInstanceOfSatisfying(TargetOutcome.Exited.class, exited -> {
                        assertThat(exited.stdout().text()).isEqualTo("\u2022\u2022\u2022\u2022\n");
                        assertThat(exited.stderr().text()).isEqualTo("\u2022\u2022\u2022\u2022\n");
                    });
        }
    }

    @Test
    void outputArrivesWhileTheCommandRuns() throws Exception {
        try (WinRmCounterpart windows = plain()) {
            CountDownLatch seen = new CountDownLatch(1);
            Cancellation cancellation = new Cancellation();
            CompletableFuture<TargetOutcome> running = CompletableFuture.supplyAsync(() -> executor.run(
                    command(
                            new RenderedCommand.PowerShell("echo first; sleep 300"),
                            ntlm(windows),
                            Duration.ofSeconds(50),
                            1000),
                    (channel, text) -> {
                        if (text.contains("first")) {
                            seen.countDown();
                        }
                    },
                    cancellation));
            seen.await();

            cancellation.cancel("alice cancelled it.");

            assertThat(running.get()).isInstanceOfSatisfying(TargetOutcome.Cancelled.class, cancelled -> {
                assertThat(cancelled.stdout().text()).isEqualTo("first\n");
                assertThat(cancelled.reason()).isEqualTo("It was ended. alice cancelled it.");
            });
            assertThat(windows.shells().actions()).contains("Signal", "Delete");
            await(() -> windows.shells().running() == 0);
            assertThat(windows.shells().open()).isZero();
        }
    }

    @Test
    void aCommandThatRunsOutOfTimeIsEndedWithWhatItStarted() throws Exception {
        try (WinRmCounterpart windows = plain()) {
            TargetOutcome outcome = executor.run(
                    command(
                            new RenderedCommand.PowerShell("echo begun; sleep 301 & sleep 302"),
                            ntlm(windows),
                            Duration.ofSeconds(2),
                            1000),
                    (channel, text) -> {},
                    new Cancellation());

            assertThat(outcome).isInstanceOfSatisfying(TargetOutcome.TimedOut.class, late -> {
                assertThat(late.stdout().text()).isEqualTo("begun\n");
                assertThat(late.reason()).isEqualTo("It was still running after 2 s and was ended.");
            });
            await(() -> windows.shells().running() == 0);
            assertThat(windows.shells().open()).isZero();
        }
    }

    @Test
    void anEndThatTheServiceDoesNotConfirmIsSaid() throws Exception {
        try (WinRmCounterpart windows = plain()) {
            windows.at("Signal", new WinRmCounterpart.Hangup());

            assertThat(executor.run(
                                    command(
                                            new RenderedCommand.PowerShell("sleep 300"),
                                            ntlm(windows),
                                            Duration.ofSeconds(1),
                                            1000),
                                    (channel, text) -> {},
                                    new Cancellation())
                            .reason())
                    .isEqualTo(
                            "It was still running after 1 s and was ended. win-01 did not confirm that it has ended; it"
                                    + " ends a shell that nobody asks about after 3 minutes. Look there.");
        }
    }

    @Test
    void aCancelledCommandIsNotEvenSent() throws Exception {
        try (WinRmCounterpart windows = plain()) {
            Cancellation cancellation = new Cancellation();
            cancellation.cancel("alice cancelled it.");

            assertThat(executor.run(
                                    command(
                                            new RenderedCommand.PowerShell("echo x"),
                                            ntlm(windows),
                                            Duration.ofSeconds(9),
                                            1000),
                                    (channel, text) -> {},
                                    cancellation)
                            .reason())
                    .isEqualTo("Cancelled before it was started. alice cancelled it.");
            assertThat(windows.connections()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Scheme.class,
            names = {"BASIC", "NTLM"})
    void aWrongPasswordIsTriedOnceAndAnsweredAtOnce(Scheme scheme) throws Exception {
        try (WinRmCounterpart windows = tls()) {
            WinRmAddress address =
                    new WinRmAddress(true, windows.port(), scheme, authority.pem(), "", login("LAB\\ops", "WRONG"));
            WinRmAddress named = scheme == Scheme.BASIC
                    ? new WinRmAddress(true, windows.port(), scheme, authority.pem(), "", login("ops", "WRONG"))
                    : address;
            long began = System.nanoTime();

            TargetOutcome outcome = run("echo hello", named);

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            TargetOutcome.NotStarted.class,
                            n -> assertThat(n.code()).isEqualTo("login_refused"));
            assertThat(outcome.reason())
                    .startsWith("win-01 refused the login of account ")
                    .contains("with credential win-login. Nothing was run. It was tried once.");
            assertThat(windows.logins()).isOne();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
        }
    }

    @Test
    void aLoginThatIsNotOfferedIsSaidWithWhatIs() throws Exception {
        try (WinRmCounterpart windows =
                new WinRmCounterpart(Settings.tls(authority.server("localhost", Duration.ofHours(1), false), ACCOUNTS)
                        .withSchemes(Set.of("Negotiate")))) {
            assertThat(run("echo hello", https(windows, Scheme.BASIC, authority.pem(), "")))
                    .isEqualTo(new TargetOutcome.NotStarted(
                            "login_refused",
                            "win-01 takes no basic login; it offers Negotiate. Nothing was run. Allow it in its WinRM"
                                    + " service, or choose another auth in the inventory."));
        }
    }

    @Test
    void aFullShellQuotaIsSaidInTheServicesWords() throws Exception {
        try (WinRmCounterpart windows =
                new WinRmCounterpart(Settings.plain(ACCOUNTS).withMaxShells(0))) {
            assertThat(run("echo hello", ntlm(windows)))
                    .isInstanceOfSatisfying(TargetOutcome.NotStarted.class, busy -> {
                        assertThat(busy.code()).isEqualTo("busy");
                        assertThat(busy.reason())
                                .startsWith(
                                        "win-01 opens no further shell now (The WS-Management service cannot process"
                                                + " the request. This user is allowed a maximum number of 0 concurrent shells")
                                .endsWith(
                                        "Nothing was run. Wait until others have ended, or raise MaxShellsPerUser in its"
                                                + " WinRM settings.");
                    });
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "403 | login_refused | win-01 knows account LAB\\ops and does not let it use WinRM.",
                "404 | session_refused | win-01 answered with HTTP status 404, which is no answer of WinRM.",
                "503 | session_refused | win-01 answered with HTTP status 503, which is no answer of WinRM."
            })
    void aStatusInThePlaceOfAShellSaysWhatToDo(int status, String code, String words) throws Exception {
        try (WinRmCounterpart windows = plain()) {
            windows.at("Create", new WinRmCounterpart.Raw(status, ""));

            assertThat(run("echo hello", ntlm(windows))).isInstanceOfSatisfying(TargetOutcome.NotStarted.class, n -> {
                assertThat(n.code()).isEqualTo(code);
                assertThat(n.reason()).startsWith(words).contains("Nothing was run.");
            });
        }
    }

    @Test
    void aFaultThatRefusesAccessIsNoWrongPassword() throws Exception {
        try (WinRmCounterpart windows = plain()) {
            windows.at("Create", new WinRmCounterpart.Sealed(500, """
                    <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><s:Fault><s:Code>
                    <s:Value>s:Sender</s:Value><s:Subcode><s:Value>w:AccessDenied</s:Value></s:Subcode></s:Code>
                    <s:Reason><s:Text>Access is denied.</s:Text></s:Reason></s:Fault></s:Body></s:Envelope>"""));

            assertThat(run("echo hello", ntlm(windows)).reason())
                    .isEqualTo(
                            "win-01 knows account LAB\\ops and does not let it use WinRM (Access is denied.). Nothing was"
                                    + " run. Make it a member of the group Remote Management Users, or of the administrators.");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not XML at all",
                "<a><b></a>",
                "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>",
                "<!DOCTYPE a [<!ENTITY x \"xx\"><!ENTITY y \"&x;&x;&x;\">]><a>&y;</a>",
                "<html/>"
            })
    void garbageInThePlaceOfAShellIsNamedAsSuch(String body) throws Exception {
        try (WinRmCounterpart windows = plain()) {
            windows.at("Create", new WinRmCounterpart.Sealed(200, body));

            assertThat(run("echo hello", ntlm(windows))).isInstanceOfSatisfying(TargetOutcome.NotStarted.class, n -> {
                assertThat(n.code()).isEqualTo("session_refused");
                assertThat(n.reason()).matches("win-01 answered on port [0-9]+ with .*XML.*");
            });
        }
    }

    @Test
    void xmlOfAnyDepthOrSizeIsRefusedWithoutHarm() throws Exception {
        for (String body :
                List.of("<a>".repeat(100_000) + "</a>".repeat(100_000), "<a>" + "x".repeat(5 * 1024 * 1024) + "</a>")) {
            try (WinRmCounterpart windows = plain()) {
                windows.at("Create", new WinRmCounterpart.Sealed(200, body));

                assertThat(run("echo hello", ntlm(windows)))
                        .isInstanceOfSatisfying(
                                TargetOutcome.NotStarted.class,
                                n -> assertThat(n.code()).isEqualTo("session_refused"));
            }
        }
    }

    @Test
    void anAnswerInTheClearIsNotTakenForASealedOne() throws Exception {
        try (WinRmCounterpart windows = plain()) {
            windows.at("Create", new WinRmCounterpart.Raw(200, "<s/>"));

            assertThat(run("echo hello", ntlm(windows)).reason())
                    .isEqualTo("win-01 answered in the clear, although sealed messages were agreed on. Nothing was run."
                            + " Something between may alter them; use HTTPS.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Command", "Receive", "Send"})
    void aServiceThatHangsUpAfterTheCommandWasSentLeavesItsOutcomeUnknown(String action) throws Exception {
        try (WinRmCounterpart windows = plain()) {
            windows.at(action, new WinRmCounterpart.Hangup());
            String script = action.equals("Send") ? "echo " + "x".repeat(10_000) : "echo hello";

            assertThat(run(script, ntlm(windows)))
                    .isInstanceOfSatisfying(
                            TargetOutcome.Interrupted.class,
                            lost -> assertThat(lost.reason())
                                    .isEqualTo(
                                            "The connection to win-01 was lost after the command was sent. " + LOST));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Command", "Receive"})
    void aServiceThatFallsSilentIsLeftAtTheTimeoutAndTheShellIsEnded(String action) throws Exception {
        try (WinRmCounterpart windows = plain()) {
            windows.at(action, new WinRmCounterpart.Silence());

            TargetOutcome outcome = executor.run(
                    command(new RenderedCommand.PowerShell("sleep 300"), ntlm(windows), Duration.ofSeconds(1), 1000),
                    (channel, text) -> {},
                    new Cancellation());

            assertThat(outcome).isInstanceOf(TargetOutcome.TimedOut.class);
            assertThat(outcome.reason()).isEqualTo("It was still running after 1 s and was ended.");
            assertThat(windows.shells().open()).isZero();
        }
    }

    @Test
    void whatCameBeforeTheServiceHungUpIsKept() throws Exception {
        try (WinRmCounterpart windows = plain()) {
            TargetOutcome outcome = executor.run(
                    command(
                            new RenderedCommand.PowerShell("echo first; sleep 300"),
                            ntlm(windows),
                            Duration.ofSeconds(40),
                            1000),
                    (channel, text) -> windows.at("Receive", new WinRmCounterpart.Hangup()),
                    new Cancellation());

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            TargetOutcome.Interrupted.class,
                            lost -> assertThat(lost.stdout().text()).isEqualTo("first\n"));
        }
    }

    @Test
    void garbageAfterTheCommandWasSentLeavesItsOutcomeUnknown() throws Exception {
        try (WinRmCounterpart windows = plain()) {
            windows.at("Receive", new WinRmCounterpart.Sealed(200, "<oops"));

            assertThat(run("echo hello", ntlm(windows)))
                    .isInstanceOfSatisfying(
                            TargetOutcome.Interrupted.class,
                            lost -> assertThat(lost.reason())
                                    .isEqualTo(
                                            "win-01 answered with something that is not XML after the command was sent. "
                                                    + LOST));
        }
    }

    @Test
    void aServiceThatDoesNotAnswerIsLeftAfterTheTimeForReachingIt() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                WinRmExecutor hurried = new WinRmExecutor(
                        new CredentialSource(masker, Map.of("PASSWORD", PASSWORD), Path.of("no-age-keys")),
                        masker,
                        Duration.ofSeconds(2))) {
            WinRmAddress address =
                    new WinRmAddress(false, silent.getLocalPort(), Scheme.NTLM, null, "", login("ops", "PASSWORD"));

            assertThat(hurried.run(
                                    command(
                                            new RenderedCommand.PowerShell("echo x"),
                                            address,
                                            Duration.ofSeconds(9),
                                            1000),
                                    (channel, text) -> {},
                                    new Cancellation())
                            .reason())
                    .isEqualTo("win-01 did not make a WinRM shell ready on port " + silent.getLocalPort()
                            + " within 2 s. Nothing was run. Check that it is up and not overloaded, and the firewalls"
                            + " between it and the runner.");
        }
    }

    @Test
    void aPortWhereNothingListensIsSaid() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        assertThat(run("echo x", new WinRmAddress(false, port, Scheme.NTLM, null, "", login("ops", "PASSWORD"))))
                .isEqualTo(new TargetOutcome.NotStarted(
                        "not_reachable",
                        "win-01 refused the connection on port " + port
                                + ": no WinRM service listens there. Nothing was"
                                + " run. Check with winrm enumerate winrm/config/listener on it, and the port in the"
                                + " inventory."));
    }

    @Test
    void aTargetWithoutSettingsLoginOrSecretStartsNothing() {
        assertThat(run("echo x", null).reason())
                .isEqualTo("win-01 has no winrm settings in the inventory. Nothing was run. Describe them there.");
        assertThat(run("echo x", new WinRmAddress(false, 5985, Scheme.NTLM, null, "", null))
                        .reason())
                .startsWith("win-01 has no credential for WinRM in the inventory");
        assertThat(run("echo x", new WinRmAddress(false, 5985, Scheme.NTLM, null, "", login("ops", "NOT_SET")))
                        .reason())
                .startsWith(
                        "The credential win-login for win-01 cannot be used: the environment variable NOT_SET is not set");
    }

    @Test
    void theProbeLogsInAndAsksWhatItIs() throws Exception {
        try (WinRmCounterpart windows = plain();
                WinRmProbe probe = new WinRmProbe(
                        new CredentialSource(
                                masker, Map.of("PASSWORD", PASSWORD, "WRONG", "x-wrong"), Path.of("no-age-keys")),
                        masker,
                        Duration.ofSeconds(5))) {
            assertThat(probe.look(target(ntlm(windows))))
                    .isEqualTo(new Condition(
                            "win-01",
                            "winrm",
                            Condition.Reach.REACHED,
                            Condition.HostKeyStanding.NOT_CHECKED,
                            Condition.Login.ACCEPTED,
                            "windows",
                            ""));
            assertThat(probe.look(target(new WinRmAddress(
                                    false, windows.port(), Scheme.NTLM, null, "", login("ops", "WRONG"))))
                            .login())
                    .isEqualTo(Condition.Login.REFUSED);
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long limit = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited " + PATIENCE).isLessThan(limit);
            Thread.sleep(20);
        }
    }

    private WinRmCounterpart plain() throws IOException {
        return new WinRmCounterpart(Settings.plain(ACCOUNTS));
    }

    private WinRmCounterpart tls() throws IOException {
        return new WinRmCounterpart(Settings.tls(authority.server("localhost", Duration.ofHours(1), false), ACCOUNTS));
    }

    private static WinRmAddress ntlm(WinRmCounterpart windows) {
        return new WinRmAddress(false, windows.port(), Scheme.NTLM, null, "", login("LAB\\ops", "PASSWORD"));
    }

    private static WinRmAddress https(
            WinRmCounterpart windows, Scheme scheme, @Nullable String authority, String fingerprint) {
        return new WinRmAddress(true, windows.port(), scheme, authority, fingerprint, login("ops", "PASSWORD"));
    }

    private static Credential.Password login(String account, String variable) {
        return new Credential.Password("win-login", account, new SecretSource.InEnvironment(variable));
    }

    private TargetOutcome run(String script, @Nullable WinRmAddress address) {
        return executor.run(
                command(new RenderedCommand.PowerShell(script), address, Duration.ofSeconds(40), 1024 * 1024),
                (channel, text) -> {},
                new Cancellation());
    }

    private static StepCommand command(
            RenderedCommand command, @Nullable WinRmAddress address, Duration timeout, int limit) {
        return new StepCommand("execution-1", command, new Place.OnTarget(target(address)), timeout, limit);
    }

    private static Target target(@Nullable WinRmAddress address) {
        return new Target(
                "win-01",
                List.of(),
                "localhost",
                22,
                "windows",
                "",
                List.of(),
                Map.of(),
                null,
                List.of(),
                address,
                null,
                null);
    }
}
