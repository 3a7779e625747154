package io.opsconductor.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.counterpart.net.FreePort;
import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.plan.RenderedCommand.Header;
import io.opsconductor.runner.credential.Credential;
import io.opsconductor.runner.credential.CredentialSource;
import io.opsconductor.runner.credential.SecretSource;
import io.opsconductor.runner.inventory.Network;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.inventory.WebAddress;
import io.opsconductor.runner.mask.Masker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HttpExecutorTest {
    private static final String TOKEN = "tok-correct-horse";
    private static final Set<Network> LOCAL = Set.of(Network.LOOPBACK);

    private final Masker masker = new Masker();
    private final AtomicInteger lookups = new AtomicInteger();
    private List<InetAddress> addresses = List.of(InetAddress.getLoopbackAddress());
    private final HttpExecutor executor = new HttpExecutor(
            new CredentialSource(masker, Map.of("TOKEN", TOKEN, "TWO", "a\r\nX-Admin: 1"), Path.of("age.txt")),
            masker,
            host -> {
                lookups.incrementAndGet();
                if (host.equals("gone.example")) {
                    throw new UnknownHostException(host);
                }
                return addresses;
            });

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        executor.close();
    }

    @Test
    void whatIsSentIsWhatWasRenderedAndNothingElseButTheMessagesFrame() throws Exception {
        try (RawServer server = RawServer.saying(RawServer.ok("done"))) {
            RenderedCommand.Request request = new RenderedCommand.Request(
                    "POST",
                    "/base/a%20b%2F..%40evil/%E2%82%AC?zone=0&q=1%262&x=%3D&a=+&limit=5",
                    List.of(new Header("X-Trace", "t-1"), new Header("Content-Type", "application/json")),
                    "{\"name\":\"ü\"}",
                    List.of(),
                    "",
                    0);

            assertThat(run(request, web(server, LOCAL, bearer()))).isInstanceOf(TargetOutcome.Answered.class);

            String sent = server.requests().getFirst();
            assertThat(sent.lines().toList())
                    .startsWith("POST /base/a%20b%2F..%40evil/%E2%82%AC?zone=0&q=1%262&x=%3D&a=+&limit=5 HTTP/1.1")
                    .contains(
                            "Host: shop.example:" + server.port(),
                            "X-Trace: t-1",
                            "Content-Type: application/json",
                            "Content-Length: 13",
                            "Authorization: Bearer " + TOKEN,
                            "User-Agent: OpsConductor");
            assertThat(sent).endsWith("\r\n\r\n{\"name\":\"ü\"}");
            assertThat(sent.lines().takeWhile(l -> !l.isEmpty()).skip(1).map(l -> l.substring(0, l.indexOf(':'))))
                    .containsOnly(
                            "Host",
                            "X-Trace",
                            "Content-Type",
                            "Content-Length",
                            "Authorization",
                            "User-Agent",
                            "Connection");
        }
    }

    @Test
    void theAnswerIsShownWithItsStatusAndSecretsAreMasked() throws Exception {
        try (RawServer server = RawServer.saying(RawServer.ok("token is " + TOKEN + "\n"))) {
            TargetOutcome outcome = run(get("/x"), web(server, LOCAL, bearer()));

            assertThat(outcome).isInstanceOfSatisfying(TargetOutcome.Answered.class, answered -> {
                assertThat(answered.failure()).isEmpty();
                assertThat(answered.stdout().text())
                        .matches("HTTP 200 OK\ntime [0-9.]+ s\n\ntoken is \u2022\u2022\u2022\u2022\n");
            });
        }
    }

    @Test
    void basicAndHeaderLoginsAreSentAndMasked() throws Exception {
        SecretSource secret = new SecretSource.InEnvironment("TOKEN");
        try (RawServer server = new RawServer((n, out) ->
                out.write(RawServer.ok("b3BzOnRvay1jb3JyZWN0LWhvcnNl " + TOKEN).getBytes(StandardCharsets.UTF_8)))) {
            for (Credential login : List.of(
                    new Credential.Password("p", "ops", secret),
                    new Credential.SecretHeader("h", "X-Api-Key", secret))) {
                assertThat(run(get("/x"), web(server, LOCAL, login)))
                        .isInstanceOfSatisfying(
                                TargetOutcome.Answered.class,
                                a -> assertThat(a.stdout().text()).doesNotContain(TOKEN));
            }
            assertThat(server.requests().get(0)).contains("Authorization: Basic b3BzOnRvay1jb3JyZWN0LWhvcnNl\r\n");
            assertThat(server.requests().get(1)).contains("X-Api-Key: " + TOKEN + "\r\n");
        }
    }

    @Test
    void aSecretOfTwoLinesIsNoHeader() throws Exception {
        try (RawServer server = RawServer.saying(RawServer.ok(""))) {
            assertThat(run(
                            get("/x"),
                            web(server, LOCAL, new Credential.Bearer("t", new SecretSource.InEnvironment("TWO")))))
                    .isEqualTo(new TargetOutcome.NotStarted(
                            "credential_unavailable",
                            "The credential t for shop cannot be used: the environment variable TWO holds more than one"
                                    + " line or characters that no header takes. Nothing was sent."));
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aWrongStatusFailsInWordsAndTheAnswerIsKept() throws Exception {
        try (RawServer server = RawServer.saying("HTTP/1.1 503 Busy\r\nContent-Length: 5\r\n\r\nlater")) {
            assertThat(run(get("/x"), web(server, LOCAL, null)))
                    .isInstanceOfSatisfying(TargetOutcome.Answered.class, answered -> {
                        assertThat(answered.failure())
                                .isEqualTo("shop answered with status 503; expected a status from 200 to 299. It has a"
                                        + " problem of its own: look at its logs.");
                        assertThat(answered.stdout().text())
                                .startsWith("HTTP 503 Busy\n")
                                .endsWith("\nlater");
                    });
        }
    }

    @Test
    void aValueIsExtractedByItsPointer() throws Exception {
        try (RawServer server = RawServer.saying(RawServer.ok("{\"a\":[{\"b\":\"x\"}]}"))) {
            assertThat(stdout(run(extract("/a/0/b"), web(server, LOCAL, null)))).isEqualTo("x\n");
            assertThat(run(extract("/c"), web(server, LOCAL, null)).reason())
                    .isEqualTo("shop answered, and the value at /c could not be read: the answer has no such place.");
        }
        try (RawServer server = RawServer.saying(RawServer.ok("<html>"))) {
            assertThat(run(extract("/a"), web(server, LOCAL, null)).reason())
                    .isEqualTo("shop answered, and the value at /a could not be read: the answer is not JSON.");
        }
    }

    @Test
    void aPassingFailureIsTriedAgainOnlyAsOftenAsTheToolSays() throws Exception {
        try (RawServer server = new RawServer((number, out) ->
                out.write((number < 3 ? "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n" : RawServer.ok("fine"))
                        .getBytes(StandardCharsets.UTF_8)))) {
            assertThat(run(withRetries(1), web(server, LOCAL, null)).reason()).contains("status 503");
            assertThat(server.requests()).hasSize(2);
            assertThat(stdout(run(withRetries(1), web(server, LOCAL, null)))).endsWith("fine");
            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void addressesThatTheInventoryDoesNotAllowAreNotDialled() throws Exception {
        try (RawServer server = RawServer.saying(RawServer.ok(""))) {
            assertThat(run(get("/x"), web(server, Set.of(Network.PUBLIC), null)))
                    .isEqualTo(new TargetOutcome.NotStarted(
                            "address_refused",
                            "shop.example of shop leads to 127.0.0.1, a loopback address, which the inventory does not"
                                    + " allow for it. Nothing was sent. If that is right, add loopback to its http"
                                    + " networks."));
            addresses = List.of(InetAddress.getLoopbackAddress(), InetAddress.getByName("169.254.169.254"));
            assertThat(run(get("/x"), web(server, LOCAL, null)).reason()).contains("a link-local address");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void theAddressThatWasCheckedIsTheOneThatIsDialled() throws Exception {
        try (RawServer server = RawServer.saying(RawServer.ok("here"))) {
            run(get("/x"), web(server, LOCAL, null));
            assertThat(lookups).hasValue(1);
            assertThat(server.requests()).singleElement().asString().contains("Host: shop.example:" + server.port());
        }
    }

    @Test
    void aRedirectIsFollowedWithinTheOriginAndOnlyWhereTheTargetAllowsIt() throws Exception {
        try (RawServer server = new RawServer((number, out) -> out.write((number == 2
                        ? RawServer.ok("there")
                        : "HTTP/1.1 302 Found\r\nLocation: /there?x=1\r\nContent-Length: 0\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8)))) {
            WebAddress follows = new WebAddress(false, server.port(), "", null, LOCAL, true, bearer());
            assertThat(stdout(run(get("/x"), follows))).endsWith("there");
            assertThat(server.requests().get(1)).startsWith("GET /there?x=1 HTTP/1.1\r\n");

            assertThat(run(get("/x"), web(server, LOCAL, null)).reason())
                    .isEqualTo("shop answered with status 302, a redirect to /there?x=1, which was not followed. If it"
                            + " should be, write redirects: same-origin in the target's http settings.");
        }
        for (String away : List.of(
                "http://169.254.169.254/latest",
                "//evil.example/x",
                "https://shop.example/x",
                "http://shop.example@evil.example/")) {
            try (RawServer server =
                    RawServer.saying("HTTP/1.1 302 Found\r\nLocation: " + away + "\r\nContent-Length: 0\r\n\r\n")) {
                WebAddress follows = new WebAddress(false, server.port(), "", null, LOCAL, true, bearer());
                assertThat(run(get("/x"), follows).reason())
                        .isEqualTo("shop answered with status 302, a redirect to " + away + ", which was not followed."
                                + " It leads to another place; correct the target's address if that one is right.");
                assertThat(server.requests()).hasSize(1);
            }
        }
    }

    @Test
    void whatChangesSomethingIsNotSentToAnotherPlaceEvenWhereRedirectsAreAllowed() throws Exception {
        for (int status : List.of(301, 302, 303, 307, 308)) {
            try (RawServer server = RawServer.saying(
                    "HTTP/1.1 " + status + " Elsewhere\r\nLocation: /there\r\nContent-Length: 0\r\n\r\n")) {
                WebAddress follows = new WebAddress(false, server.port(), "", null, LOCAL, true, bearer());

                assertThat(run(post(), follows).reason())
                        .startsWith("shop answered with status " + status
                                + ", a redirect to /there, which was not followed.");
                assertThat(server.requests()).hasSize(1);
            }
        }
    }

    @Test
    void theStatusesThatAToolExpectsAreTheOnlyOnesThatAreWell() throws Exception {
        try (RawServer server = RawServer.saying("HTTP/1.1 404 Gone\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(run(expecting(404), web(server, LOCAL, null)).reason()).isEmpty();
            assertThat(run(expecting(410, 404), web(server, LOCAL, null)).reason())
                    .isEmpty();
        }
        try (RawServer server = RawServer.saying(RawServer.ok("here"))) {
            assertThat(run(expecting(404), web(server, LOCAL, null)))
                    .isInstanceOfSatisfying(
                            TargetOutcome.Answered.class,
                            answered -> assertThat(answered.failure())
                                    .isEqualTo("shop answered with status 200; expected status 404."));
            assertThat(run(expecting(204, 201), web(server, LOCAL, null)).reason())
                    .isEqualTo("shop answered with status 200; expected status 204 or 201.");
        }
    }

    @Test
    void whatCannotBeReachedIsNamed() throws Exception {
        int closed = FreePort.find();
        assertThat(run(get("/x"), new WebAddress(false, closed, "", null, LOCAL, false, null)))
                .isEqualTo(new TargetOutcome.NotStarted(
                        "not_reachable",
                        "shop refused the connection on port " + closed
                                + ". Nothing was sent. Check that its service runs and listens there."));
        assertThat(run(
                        "gone.example",
                        get("/x"),
                        new WebAddress(false, closed, "", null, LOCAL, false, null),
                        Duration.ofSeconds(5)))
                .isEqualTo(new TargetOutcome.NotStarted(
                        "not_resolved",
                        "The address gone.example of shop cannot be found. Nothing was sent. Correct the address in the"
                                + " inventory, or the runner's name service."));
    }

    @Test
    void anAnswerThatIsNoneIsNamed() throws Exception {
        try (RawServer server = RawServer.saying("SSH-2.0-OpenSSH_9.2\r\n\r\n\r\n")) {
            assertThat(run(get("/x"), web(server, LOCAL, null)).reason()).contains("something that is not HTTP");
        }
        try (RawServer server = RawServer.saying("")) {
            assertThat(run(get("/x"), web(server, LOCAL, null)).reason())
                    .isEqualTo("shop took the connection on port " + server.port()
                            + " and ended it without a whole answer.");
            assertThat(run(post(), web(server, LOCAL, null)))
                    .isInstanceOfSatisfying(
                            TargetOutcome.Interrupted.class,
                            lost -> assertThat(lost.reason())
                                    .endsWith(
                                            "Whether the request took effect is unknown. Look at shop before sending it"
                                                    + " again."));
        }
        try (RawServer server = RawServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nshort")) {
            assertThat(run(get("/x"), web(server, LOCAL, null)).reason())
                    .isEqualTo("shop answered with status 200, and the connection broke in the middle of the answer.");
        }
    }

    @Test
    void invalidUtf8AndControlCharactersAreMadeVisible() throws Exception {
        try (RawServer server = new RawServer((number, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            out.write(new byte[] {'a', (byte) 0xff, 0x1b, '[', 'm', 'b'});
        })) {
            assertThat(stdout(run(get("/x"), web(server, LOCAL, null)))).endsWith("a\ufffd\\u{1B}[mb");
        }
    }

    @Test
    void anEndlessAnswerIsCutVisiblyAndNotReadForEver() throws Exception {
        byte[] block = "x".repeat(64 * 1024).getBytes(StandardCharsets.UTF_8);
        try (RawServer server = new RawServer((number, out) -> {
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            while (true) {
                out.write(block);
            }
        })) {
            assertThat(run(get("/x"), web(server, LOCAL, null)))
                    .isInstanceOfSatisfying(TargetOutcome.Answered.class, answered -> {
                        assertThat(answered.stdout().truncated()).isTrue();
                        assertThat(answered.stdout().text()).contains("[output cut here: 1000 of ");
                        assertThat(answered.stderr().text())
                                .isEqualTo("The answer went on after 8 MiB; the rest was not read.\n");
                    });
        }
    }

    @Test
    void anAnswerThatDripsIsEndedAtTheDeadlineAndItsConnectionIsClosed() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        try (RawServer server = new RawServer((number, out) -> {
            try {
                out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                while (true) {
                    out.write('x');
                    out.flush();
                    Thread.sleep(50);
                }
            } catch (IOException e) {
                gone.countDown();
            }
        })) {
            TargetOutcome outcome = run("shop.example", get("/x"), web(server, LOCAL, null), Duration.ofSeconds(1));

            assertThat(outcome).isInstanceOfSatisfying(TargetOutcome.TimedOut.class, late -> {
                assertThat(late.reason()).isEqualTo("It was still running after 1 s and was ended.");
                assertThat(late.stdout().text()).startsWith("HTTP 200 OK").endsWith("x");
                assertThat(late.duration()).isLessThan(Duration.ofSeconds(4));
            });
            gone.await();
        }
    }

    @Test
    void cancellingEndsARequestThatWaitsForItsAnswer() throws Exception {
        Cancellation cancellation = new Cancellation();
        CountDownLatch hold = new CountDownLatch(1);
        try (RawServer server = new RawServer((number, out) -> {
            cancellation.cancel("bob cancelled it.");
            hold.await();
        })) {
            TargetOutcome outcome = executor.run(
                    command("shop.example", post(), web(server, LOCAL, null), Duration.ofSeconds(20)),
                    (channel, text) -> {},
                    cancellation);
            hold.countDown();
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            TargetOutcome.Cancelled.class,
                            c -> assertThat(c.reason())
                                    .isEqualTo(
                                            "It was ended. bob cancelled it. Whether the request took effect is unknown. Look at shop"
                                                    + " before sending it again."));
        }
    }

    @Test
    void tlsChecksTheAuthorityTheNameAndTheDates() throws Exception {
        TestAuthority ours = new TestAuthority();
        String answer = RawServer.ok("secret");
        RawServer.Answer say = (number, out) -> out.write(answer.getBytes(StandardCharsets.UTF_8));
        try (RawServer server = new RawServer(ours.server("shop.example", Duration.ofHours(1), false), say)) {
            assertThat(stdout(run(get("/x"), tls(server, ours.pem(), null)))).endsWith("secret");
            assertThat(run(get("/x"), tls(server, new TestAuthority().pem(), null))
                            .reason())
                    .isEqualTo(
                            "TLS with shop failed: nobody whom the runner trusts has signed its certificate. If it has"
                                    + " an authority of its own, name that authority's certificate as ca in the inventory."
                                    + " Nothing was sent.");
            assertThat(run(get("/x"), tls(server, null, null)).reason()).contains("nobody whom the runner trusts");
            assertThat(server.requests()).hasSize(1);
        }
        try (RawServer server = new RawServer(ours.server("other.example", Duration.ofHours(1), false), say)) {
            assertThat(run(get("/x"), tls(server, ours.pem(), null)).reason())
                    .startsWith("TLS with shop failed: its certificate is not for the name shop.example.");
            assertThat(server.requests()).isEmpty();
        }
        try (RawServer server = new RawServer(ours.server("shop.example", Duration.ofHours(-1), false), say)) {
            assertThat(run(get("/x"), tls(server, ours.pem(), null)).reason()).contains("its certificate has expired");
        }
        try (RawServer server = RawServer.atOnce("HTTP/1.1 400 Bad Request\r\n\r\n")) {
            assertThat(run(get("/x"), tls(server, ours.pem(), null)).reason())
                    .startsWith("TLS with shop failed: it does not speak TLS on port ");
        }
    }

    @Test
    void aClientCertificateIsShownToWhoAsksForOne() throws Exception {
        TestAuthority ours = new TestAuthority();
        ours.writeClient(folder);
        Credential certificate = new Credential.ClientCertificate(
                "c",
                new SecretSource.InFile(folder.resolve("client.pem")),
                new SecretSource.InFile(folder.resolve("client-key.pem")));
        try (RawServer server = new RawServer(
                ours.server("shop.example", Duration.ofHours(1), true),
                (number, out) -> out.write(RawServer.ok("in").getBytes(StandardCharsets.UTF_8)))) {
            assertThat(stdout(run(get("/x"), tls(server, ours.pem(), certificate))))
                    .endsWith("in");
            assertThat(run(get("/x"), tls(server, ours.pem(), null)).status().word())
                    .isNotEqualTo("succeeded");
            assertThat(server.requests()).hasSize(1);
        }
    }

    private static Credential bearer() {
        return new Credential.Bearer("shop-token", new SecretSource.InEnvironment("TOKEN"));
    }

    private static WebAddress web(RawServer server, Set<Network> networks, @Nullable Credential login) {
        return new WebAddress(false, server.port(), "", null, networks, false, login);
    }

    private static WebAddress tls(RawServer server, @Nullable String authority, @Nullable Credential login) {
        return new WebAddress(true, server.port(), "", authority, LOCAL, false, login);
    }

    private static RenderedCommand.Request get(String path) {
        return new RenderedCommand.Request("GET", path, List.of(), "", List.of(), "", 0);
    }

    private static RenderedCommand.Request post() {
        return new RenderedCommand.Request("POST", "/x", List.of(), "", List.of(), "", 0);
    }

    private static RenderedCommand.Request expecting(Integer... statuses) {
        return new RenderedCommand.Request("GET", "/x", List.of(), "", List.of(statuses), "", 0);
    }

    private static RenderedCommand.Request extract(String pointer) {
        return new RenderedCommand.Request("GET", "/x", List.of(), "", List.of(), pointer, 0);
    }

    private static RenderedCommand.Request withRetries(int retries) {
        return new RenderedCommand.Request("GET", "/x", List.of(), "", List.of(), "", retries);
    }

    private static String stdout(TargetOutcome outcome) {
        assertThat(outcome).isInstanceOf(TargetOutcome.Answered.class);
        assertThat(outcome.reason()).isEmpty();
        return ((TargetOutcome.Answered) outcome).stdout().text();
    }

    private TargetOutcome run(RenderedCommand.Request request, WebAddress address) {
        return run("shop.example", request, address, Duration.ofSeconds(15));
    }

    private TargetOutcome run(String host, RenderedCommand.Request request, WebAddress address, Duration timeout) {
        return executor.run(command(host, request, address, timeout), (channel, text) -> {}, new Cancellation());
    }

    private static StepCommand command(
            String host, RenderedCommand.Request request, WebAddress address, Duration timeout) {
        Target target = new Target(
                "shop", List.of(), host, 22, "", "", List.of(), Map.of(), null, List.of(), null, address, null);
        return new StepCommand("execution-1", request, new Place.OnTarget(target), timeout, 1000);
    }
}
