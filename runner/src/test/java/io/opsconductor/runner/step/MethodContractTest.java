package io.opsconductor.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.plan.TargetResult;
import io.opsconductor.plan.TargetStatus;
import io.opsconductor.runner.credential.Credential;
import io.opsconductor.runner.credential.CredentialSource;
import io.opsconductor.runner.credential.SecretSource;
import io.opsconductor.runner.inventory.DatabaseAddress;
import io.opsconductor.runner.inventory.HostKey;
import io.opsconductor.runner.inventory.Network;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.inventory.WebAddress;
import io.opsconductor.runner.inventory.WinRmAddress;
import io.opsconductor.runner.mask.Masker;
import io.opsconductor.runner.step.SimulatedDevice.Family;
import io.opsconductor.runner.winrm.Scheme;
import io.opsconductor.runner.winrm.WinRmCounterpart;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import net.schmizz.sshj.common.Buffer;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for a command holds by whatever method it runs: one table of methods, one test for each term of the contract. */
@Timeout(60)
class MethodContractTest {
    private static final String SECRET = "correct-horse";
    private static final int LIMIT = 100;
    private static final Duration LONG = Duration.ofSeconds(40);

    @TempDir
    private static Path folder;

    private static final Masker MASKER = new Masker();
    private static final CredentialSource SECRETS =
            new CredentialSource(MASKER, Map.of("PASSWORD", SECRET), Path.of("age.txt"));
    private static final Credential.Password LOGIN =
            new Credential.Password("pw", "ops", new SecretSource.InEnvironment("PASSWORD"));
    private static final CountDownLatch OVER = new CountDownLatch(1);
    private static final Map<Method, Subject> SUBJECTS = new EnumMap<>(Method.class);

    private static RealSshd sshd;
    private static SshServer device;
    private static WinRmCounterpart windows;
    private static HttpServer web;

    enum Method {
        LOCAL_COMMAND,
        SSH,
        NETWORK_DEVICE,
        WINRM,
        HTTP,
        DATABASE
    }

    /**
     * A method and what it is asked.
     *
     * @param tells ends at once and has the secret in its output
     * @param floods has more than {@value #LIMIT} bytes of output
     * @param hangs goes on for ever
     * @param talks whether what hangs has said something before: a statement says nothing before its end
     */
    private record Subject(
            StepExecutor executor,
            Place place,
            RenderedCommand tells,
            RenderedCommand floods,
            RenderedCommand hangs,
            boolean talks) {}

    @BeforeAll
    static void start() throws Exception {
        MASKER.register(SECRET.getBytes(StandardCharsets.UTF_8));
        sshd = RealSshd.start(folder);
        device = device();
        windows = new WinRmCounterpart(WinRmCounterpart.Settings.plain(Map.of("ops", SECRET)));
        web = web();
        SshExecutor overSsh = new SshExecutor(SECRETS, MASKER);
        String tells = "echo begin; echo the word is " + SECRET;
        String floods = "i=0; while [ $i -lt 500 ]; do echo line $i; i=$((i+1)); done";
        String hangs = "echo begun; sleep 60; echo never";
        SUBJECTS.put(
                Method.LOCAL_COMMAND,
                new Subject(
                        new LocalCommandExecutor(MASKER, folder, Map.of()),
                        new Place.OnRunner(),
                        argv(tells),
                        argv(floods),
                        argv(hangs),
                        true));
        SUBJECTS.put(
                Method.SSH,
                new Subject(
                        overSsh,
                        new Place.OnTarget(sshd.target()),
                        new RenderedCommand.Shell(tells),
                        new RenderedCommand.Shell(floods),
                        new RenderedCommand.Shell(hangs),
                        true));
        SUBJECTS.put(
                Method.NETWORK_DEVICE,
                new Subject(
                        overSsh,
                        new Place.OnTarget(new Target(
                                "sw1",
                                List.of(),
                                "127.0.0.1",
                                device.getPort(),
                                Target.NETWORK,
                                "",
                                List.of(),
                                Map.of(),
                                LOGIN,
                                List.of(hostKey(device)))),
                        new RenderedCommand.Shell("show secret"),
                        new RenderedCommand.Shell("show interfaces"),
                        new RenderedCommand.Shell("show tech"),
                        true));
        SUBJECTS.put(
                Method.WINRM,
                new Subject(
                        new WinRmExecutor(SECRETS, MASKER),
                        at(new WinRmAddress(false, windows.port(), Scheme.NTLM, null, "", LOGIN), null, null),
                        new RenderedCommand.PowerShell(tells),
                        new RenderedCommand.PowerShell(floods),
                        new RenderedCommand.PowerShell(hangs),
                        true));
        SUBJECTS.put(
                Method.HTTP,
                new Subject(
                        new HttpExecutor(SECRETS, MASKER),
                        at(
                                null,
                                new WebAddress(
                                        false,
                                        web.getAddress().getPort(),
                                        "",
                                        null,
                                        Set.of(Network.LOOPBACK),
                                        false,
                                        null),
                                null),
                        get("/tells"),
                        get("/floods"),
                        get("/hangs"),
                        true));
        Path file = folder.resolve("jobs.db");
        DriverManager.getConnection("jdbc:sqlite:" + file).close();
        SUBJECTS.put(
                Method.DATABASE,
                new Subject(
                        new DatabaseExecutor(SECRETS, MASKER),
                        at(
                                null,
                                null,
                                new DatabaseAddress(DatabaseAddress.Kind.SQLITE, 0, "", file, false, null, "", null)),
                        select("select 'the word is " + SECRET + "' as told"),
                        select("with recursive n(i) as (select 1 union all select i + 1 from n where i < 50)"
                                + " select 'line ' || i as line from n"),
                        select(
                                "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n"),
                        false));
    }

    @AfterAll
    static void stop() throws IOException {
        OVER.countDown();
        SUBJECTS.values().forEach(subject -> subject.executor().close());
        web.stop(0);
        windows.close();
        device.stop(true);
        sshd.close();
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void whatIsToldIsWhatIsKeptAndTheSecretIsInNeither(Method method) {
        StringBuilder told = new StringBuilder();

        TargetResult result = run(method, Subject::tells, LONG, new Cancellation(), told);

        assertThat(result.status()).as(result.toString()).isEqualTo(TargetStatus.SUCCEEDED);
        assertThat(result.reason()).isEmpty();
        assertThat(result.stdoutTruncated()).isFalse();
        assertThat(result.stdout()).contains(Masker.MASK).doesNotContain(SECRET).isEqualTo(told.toString());
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void outputBeyondTheLimitIsCutVisiblyInWhatIsToldAndInWhatIsKept(Method method) {
        StringBuilder told = new StringBuilder();

        TargetResult result = run(method, Subject::floods, LONG, new Cancellation(), told);

        assertThat(result.status()).as(result.toString()).isEqualTo(TargetStatus.SUCCEEDED);
        assertThat(result.stdoutTruncated()).isTrue();
        assertThat(result.stdout())
                .containsPattern("\\[output cut here: " + LIMIT + " of [0-9]+ bytes are shown]\n$")
                .hasSizeLessThan(2 * LIMIT)
                .isEqualTo(told.toString());
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void whatHangsIsEndedAtItsDeadlineAndWhatItSaidIsKept(Method method) {
        TargetResult result =
                run(method, Subject::hangs, Duration.ofSeconds(3), new Cancellation(), new StringBuilder());

        assertThat(result.status()).as(result.toString()).isEqualTo(TargetStatus.TIMED_OUT);
        assertThat(result.reason()).isNotEmpty();
        assertThat(result.durationMs()).isBetween(3_000L, 20_000L);
        assertThat(result.stdout().isEmpty()).isNotEqualTo(subject(method).talks());
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void outputIsToldWhileItComesAndACancelEndsWhatHangs(Method method) throws Exception {
        Subject subject = subject(method);
        Cancellation cancellation = new Cancellation();
        CountDownLatch heard = new CountDownLatch(1);
        TargetOutcome[] outcome = new TargetOutcome[1];
        Thread running = Thread.ofVirtual()
                .start(() -> outcome[0] = subject.executor()
                        .run(
                                command(subject.place(), subject.hangs(), LONG),
                                (channel, text) -> heard.countDown(),
                                cancellation));
        if (subject.talks()) {
            assertThat(heard.await(20, TimeUnit.SECONDS)).isTrue();
        }

        cancellation.cancel("bob cancelled it.");

        assertThat(running.join(Duration.ofSeconds(15))).isTrue();
        assertThat(outcome[0].status()).as(outcome[0].toString()).isEqualTo(TargetStatus.CANCELLED);
        assertThat(outcome[0].reason()).contains("bob cancelled it.");
    }

    private static Subject subject(Method method) {
        return Objects.requireNonNull(SUBJECTS.get(method), "each method has one");
    }

    private static TargetResult run(
            Method method,
            Function<Subject, RenderedCommand> what,
            Duration timeout,
            Cancellation cancellation,
            StringBuilder told) {
        Subject subject = subject(method);
        return subject.executor()
                .run(
                        command(subject.place(), what.apply(subject), timeout),
                        (channel, text) -> told.append(text),
                        cancellation)
                .result(0, "tool", "target");
    }

    private static StepCommand command(Place place, RenderedCommand command, Duration timeout) {
        return new StepCommand("execution-1", command, place, timeout, LIMIT);
    }

    private static RenderedCommand argv(String script) {
        return new RenderedCommand.Argv(List.of("sh", "-c", script));
    }

    private static RenderedCommand get(String path) {
        return new RenderedCommand.Request("GET", path, List.of(), "", List.of(), "", 0);
    }

    private static RenderedCommand select(String sql) {
        return new RenderedCommand.Statement(sql, List.of(), true, 100);
    }

    private static Place at(
            @Nullable WinRmAddress winrm, @Nullable WebAddress web, @Nullable DatabaseAddress database) {
        return new Place.OnTarget(new Target(
                "shop",
                List.of(),
                winrm == null ? "127.0.0.1" : "localhost",
                22,
                winrm == null ? "" : "windows",
                "",
                List.of(),
                Map.of(),
                null,
                List.of(),
                winrm,
                web,
                database));
    }

    private static SshServer device() throws IOException {
        SshServer server = SshServer.setUpDefaultServer();
        SimpleGeneratorHostKeyProvider keys = new SimpleGeneratorHostKeyProvider();
        keys.setAlgorithm("EC");
        server.setHost("127.0.0.1");
        server.setPort(0);
        server.setKeyPairProvider(keys);
        server.setPasswordAuthenticator((user, password, session) -> password.equals(SECRET));
        server.setShellFactory(channel -> new SimulatedDevice(Family.IOS, true));
        server.start();
        return server;
    }

    private static HostKey hostKey(SshServer server) throws Exception {
        byte[] wire = new Buffer.PlainBuffer()
                .putPublicKey(server.getKeyPairProvider()
                        .loadKeys(null)
                        .iterator()
                        .next()
                        .getPublic())
                .getCompactData();
        return new HostKey(
                new String(wire, 4, wire[3], StandardCharsets.US_ASCII),
                Base64.getEncoder().encodeToString(wire));
    }

    private static HttpServer web() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.setExecutor(task -> Thread.ofVirtual().start(task));
        server.createContext("/", MethodContractTest::answer);
        server.start();
        return server;
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream body = exchange.getResponseBody()) {
            String text = path.equals("/tells") ? "the word is " + SECRET + "\n" : "a line of it\n";
            body.write(text.repeat(path.equals("/floods") ? 50 : 1).getBytes(StandardCharsets.UTF_8));
            body.flush();
            if (path.equals("/hangs")) {
                OVER.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
