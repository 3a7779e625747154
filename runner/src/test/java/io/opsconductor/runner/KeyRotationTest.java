package io.opsconductor.runner;

import static io.opsconductor.runner.TestCaller.plan;
import static io.opsconductor.runner.TestCaller.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsconductor.counterpart.net.FreePort;
import io.opsconductor.kit.keys.Fingerprint;
import io.opsconductor.kit.keys.KeyFileException;
import io.opsconductor.kit.keys.Pem;
import io.opsconductor.kit.keys.PublicKeyFile;
import io.opsconductor.plan.ExecuteRequest;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.PreviewAnswer;
import io.opsconductor.runner.api.RevokedCertificates;
import io.opsconductor.runner.cli.RunnerCli;
import io.opsconductor.runner.keys.KeyRotation;
import io.opsconductor.runner.keys.KeysException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Keys are replaced while everything runs: valid work is never refused, and what was revoked is refused at once. */
class KeyRotationTest {
    private static final Plan PLAN = plan(step("say", Map.of("text", "hello")));

    @TempDir
    private Path directory;

    private final TestClock clock = new TestClock();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private TestHome home;
    private Runner runner;
    private TestCaller chatbot;

    @BeforeEach
    void start() throws IOException {
        home = TestHome.make(directory.resolve("home"));
        runner = Main.start(home.settings(), home.environment(), clock);
        chatbot = TestCaller.following(home.path(), runner.apiPort());
    }

    @AfterEach
    void stop() {
        chatbot.close();
        runner.close();
    }

    private KeyRotation rotation() {
        return rotation(Duration.ofSeconds(30));
    }

    private KeyRotation rotation(Duration patience) {
        return new KeyRotation(
                home.path(),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), runner.apiPort()),
                patience,
                InstantSource.system());
    }

    private String approvalKey() {
        return PublicKeyFile.read(home.path().resolve("keys/chatbot.pub")).id();
    }

    private String fingerprint(String name) {
        return Fingerprint.of(
                Pem.certificates(home.path().resolve("tls/" + name + ".crt")).getFirst());
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for a minute").isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    @Test
    void anApprovalOfTheFormerKeyCountsUntilItsEndAndNoLonger() {
        PreviewAnswer preview = chatbot.preview(PLAN, "web:alice");
        ExecuteRequest request = chatbot.request(PLAN, preview, chatbot.approval(preview, "web:alice"));
        PreviewAnswer late = chatbot.preview(PLAN, "web:alice");
        ExecuteRequest tooLate = chatbot.request(PLAN, late, chatbot.approval(late, "web:alice"));
        String former = approvalKey();
        rotation().signing(Duration.ofMinutes(5));
        assertThat(approvalKey()).isNotEqualTo(former);
        assertThat(chatbot.execute(request).status()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(6));
        TestCaller.Answer answer = chatbot.execute(tooLate);
        assertThat(answer.code()).isEqualTo("ended_key");
        assertThat(answer.message())
                .startsWith("the approval is signed with the key " + former + ", which counted until ");
    }

    @Test
    void aRevokedApprovalKeyIsRefusedAtOnceAlsoForWhatItSignedBefore() throws InterruptedException {
        PreviewAnswer preview = chatbot.preview(PLAN, "web:alice");
        ExecuteRequest request = chatbot.request(PLAN, preview, chatbot.approval(preview, "web:alice"));
        String former = approvalKey();
        assertThatThrownBy(() -> rotation().revoke(former, "lost", false))
                .isInstanceOf(KeysException.class)
                .hasMessage(
                        "the approval key " + former + " is in use: replace it first, with ./opsconductor keys rotate"
                                + " signing, or add --in-use, and nothing works until then.");
        rotation().signing(Duration.ofDays(1));
        rotation().revoke(former, "lost", false);
        TestCaller.Answer answer = chatbot.execute(request);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("revoked_key");
        assertThat(chatbot.execute(chatbot.approved(
                                plan(step(
                                        "note",
                                        Map.of("file", directory.resolve("ran").toString()))),
                                "web:alice",
                                "web:bob"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aRevokedCertificateIsRefusedOnOpenConnectionsAndItsStreamsEnd() throws Exception {
        home.tool(
                "pause",
                "change",
                "sh -c 'echo begun; while [ ! -e \"$0\" ]; do sleep 0.02; done' {file}",
                List.of("file: path"));
        Path end = directory.resolve("end");
        try (TestCaller stolen = TestCaller.as("chatbot", home.path(), runner.apiPort())) {
            assertThat(stolen.get("/tools").status()).isEqualTo(200);
            ExecuteRequest request =
                    stolen.approved(plan(step("pause", Map.of("file", end.toString()))), "web:alice", "web:bob");
            try (Stream<String> events = stolen.executeStreaming(request)) {
                Iterator<String> each = events.iterator();
                while (!each.next().contains("begun")) {
                    assertThat(each.hasNext()).isTrue();
                }
                String former = fingerprint("chatbot");
                rotation().certificates();
                rotation().revoke(former, "a laptop was stolen", false);

                TestCaller.Answer answer = stolen.get("/tools");
                assertThat(answer.status()).isEqualTo(403);
                assertThat(answer.code()).isEqualTo("revoked_certificate");
                assertThat(chatbot.get("/tools").status()).isEqualTo(200);
                // The stream of a heartbeat every 200 ms ends although the execution goes on.
                each.forEachRemaining(line -> assertThat(line).doesNotContain("finished"));
                assertThat(chatbot.get("/executions/" + request.executionId())
                                .body()
                                .path("status")
                                .asText())
                        .isEqualTo("running");
            }
            Files.createFile(end);
            await(() -> !chatbot.get("/executions/" + request.executionId())
                    .body()
                    .path("status")
                    .asText()
                    .equals("running"));
        }
    }

    @Test
    void certificatesAreOfTheNewAuthorityOnlyOnceTheRunnerTrustsIt() throws IOException {
        String authority = fingerprint("ca");
        String server = fingerprint("runner");
        // It reads other files than those that are changed, so that it never trusts what is new in them.
        TestHome copy = TestHome.make(directory.resolve("copy"));
        for (String file : List.of("ca.crt", "ca.key", "runner.crt", "runner.key")) {
            Files.copy(
                    home.path().resolve("tls/" + file),
                    copy.path().resolve("tls/" + file),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        KeyRotation rotation = new KeyRotation(
                copy.path(),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), runner.apiPort()),
                Duration.ofMillis(300),
                InstantSource.system());
        assertThatThrownBy(rotation::authority)
                .isInstanceOf(KeysException.class)
                .hasMessageStartingWith(
                        "The runner at localhost:" + runner.apiPort() + " has not read the changed files within 0 s: ")
                .hasMessageEndingWith(". Its log says why; nothing else was changed.");
        assertThat(Pem.certificates(copy.path().resolve("tls/ca.crt")))
                .extracting(Fingerprint::of)
                .hasSize(2)
                .contains(authority);
        assertThat(Fingerprint.of(
                        Pem.certificates(copy.path().resolve("tls/runner.crt")).getFirst()))
                .isEqualTo(server);

        // The new one is trusted by its own runner once it was waited for, and the former one may go.
        assertThat(keys("rotate", "authority")).as(err.toString()).isZero();
        assertThat(chatbot.get("/tools").status()).isEqualTo(200);
        assertThat(keys("revoke", authority, "--reason", "followed by another one"))
                .as(err.toString())
                .isZero();
        assertThat(chatbot.get("/tools").status()).isEqualTo(200);
        assertThat(Pem.certificates(home.path().resolve("tls/ca.crt")))
                .extracting(Fingerprint::of)
                .hasSize(1)
                .doesNotContain(authority);
    }

    @Test
    void whereNoRunnerOfTheHomeAnswersThereIsNoneToWaitFor() throws Exception {
        TestHome other = TestHome.make(directory.resolve("other"));
        int free = FreePort.find();
        // The runner of another home, and nobody at all.
        for (int port : List.of(runner.apiPort(), free)) {
            assertThat(keysOf(other, port, "rotate", "authority"))
                    .as(err.toString())
                    .isZero();
            assertThat(out.toString())
                    .containsOnlyOnce(
                            "no runner of this home answers at 127.0.0.1:" + port + ", so there was none to wait for");
        }
    }

    @Test
    void aCertificateMayBeNamedByItsSerialNumberAndABadLineIsSaid() throws IOException {
        try (TestCaller stolen = TestCaller.as("chatbot", home.path(), runner.apiPort())) {
            assertThat(stolen.get("/tools").status()).isEqualTo(200);
            String serial = Pem.certificates(home.path().resolve("tls/chatbot.crt"))
                    .getFirst()
                    .getSerialNumber()
                    .toString(16);
            Files.writeString(
                    home.path().resolve("tls/revoked.txt"), "# lost\nnonsense\nserial:" + serial + " a laptop\n");
            assertThat(stolen.get("/tools").code()).isEqualTo("revoked_certificate");
            assertThat(new PlainPage(runner.healthPort()).get("/health").body())
                    .contains("revoked.txt:2 begins neither with a SHA-256 fingerprint");
        }
    }

    @Test
    void aFileOfRevokedCertificatesThatCannotBeReadIsNotTakenForAnEmptyOne() {
        assertThatThrownBy(() -> new RevokedCertificates(home.path()))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining("cannot be read, and the certificates that it revokes would count");
    }

    @Test
    void aCertificateThatEndedIsRefusedOnOpenConnectionsAndHealthSaysBefore() {
        assertThat(chatbot.get("/tools").status()).isEqualTo(200);
        clock.advance(Duration.ofDays(710));
        assertThat(chatbot.get("/tools").status()).isEqualTo(200);
        assertThat(new PlainPage(runner.healthPort()).get("/health").body())
                .contains(
                        "the runner's certificate ends on ",
                        ": ./opsconductor keys rotate certificates, or replace runner.crt");
        clock.advance(Duration.ofDays(21));
        assertThat(chatbot.get("/tools").code()).isEqualTo("ended_certificate");
    }

    @Test
    void theListSaysWhatThereIsAndHoldsNothingSecret() throws IOException {
        assertThat(keys("list")).isZero();
        assertThat(out.toString()
                        .lines()
                        .skip(1)
                        .map(line -> line.substring(0, 22).strip()))
                .containsExactly(
                        "authority",
                        "runner's certificate",
                        "chatbot's certificate",
                        "approval key",
                        "chatbot's audit key",
                        "runner's audit key");
        String former = approvalKey();
        assertThat(keys("rotate", "signing", "--overlap", "2h")).isZero();
        assertThat(keys("rotate", "audit")).isZero();
        assertThat(keys("rotate", "certificates")).isZero();
        assertThat(keys("revoke", former, "--reason", "a test")).isZero();
        out.getBuffer().setLength(0);
        assertThat(keys("list")).isZero();
        assertThat(out.toString())
                .containsPattern("approval key +" + former + " +\\S+ +\\S+ +revoked")
                .containsPattern("chatbot's certificate +\\S+ +\\S+ +\\S+ +counts")
                .containsPattern("runner's audit key +\\S+ +\\S+ +\\S+ +former");
        try (Stream<Path> files = Files.walk(home.path())) {
            for (Path file : files.filter(each -> each.toString().matches(".*/(tls|keys)/.*"))
                    .toList()) {
                if (Files.isRegularFile(file) && !file.getFileName().toString().equals(".lock")) {
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .as(file.toString())
                            .isEqualTo("rw-------");
                }
            }
        }
        String secret = Files.readString(home.path().resolve("keys/chatbot.key"))
                .lines()
                .skip(1)
                .findFirst()
                .orElseThrow();
        assertThat(out + err.toString()).doesNotContain(secret);
    }

    @Test
    void wrongUsageIsSaid() {
        assertThat(keys("rotate", "signing", "--overlap", "31d")).isEqualTo(2);
        assertThat(keys("revoke", "0123456789abcdef", "--reason", "none")).isEqualTo(3);
        assertThat(keys("rotate", "certificates", "--runner", "nowhere")).isEqualTo(2);
        assertThat(err.toString())
                .contains("--overlap takes a time from 0m to 30d")
                .contains("There is no key with the id 0123456789abcdef. ./opsconductor keys list shows all.");
    }

    private int keys(String... arguments) {
        return keysOf(home, runner.apiPort(), arguments);
    }

    private int keysOf(TestHome where, int port, String... arguments) {
        CommandLine line = RunnerCli.commandLine();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        List<String> all = new ArrayList<>(List.of("keys"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--home", where.path().toString()));
        if (!arguments[0].equals("list")) {
            all.addAll(List.of("--runner", "127.0.0.1:" + port));
        }
        return line.execute(all.toArray(String[]::new));
    }
}
