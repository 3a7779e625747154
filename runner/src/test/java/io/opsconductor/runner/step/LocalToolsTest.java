package io.opsconductor.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.counterpart.net.FreePort;
import io.opsconductor.plan.TargetStatus;
import io.opsconductor.runner.mask.Masker;
import io.opsconductor.tool.CommandRendering.Surroundings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The tools that look at other hosts from the runner, with the programs that they start and servers of this machine. */
@Timeout(60)
class LocalToolsTest {
    @TempDir
    Path folder;

    private final TestAuthority authority = new TestAuthority();

    @Test
    void aCertificateIsShownWithItsEndAndFailsWhenThatIsNear() throws Exception {
        try (RawServer server = new RawServer(
                authority.server("localhost", Duration.ofDays(40), false),
                (number, out) -> out.write(RawServer.ok("x").getBytes(StandardCharsets.UTF_8)))) {
            String port = String.valueOf(server.port());

            TargetOutcome good = run("tls_certificate", Map.of("host", "localhost", "port", port));
            assertThat(good.status()).isEqualTo(TargetStatus.SUCCEEDED);
            assertThat(((TargetOutcome.Exited) good).stdout().text())
                    .contains("notAfter=", "subject=", "issuer=", "DNS:localhost", "Certificate will not expire");

            TargetOutcome near = run("tls_certificate", Map.of("host", "localhost", "port", port, "days", "60"));
            assertThat(near.status()).isEqualTo(TargetStatus.FAILED);
            assertThat(((TargetOutcome.Exited) near).stdout().text()).contains("Certificate will expire");
        }
    }

    @Test
    void whereNoTlsAnswersTheCertificateIsNotMadeUp() throws Exception {
        int closed = FreePort.find();
        TargetOutcome outcome = run("tls_certificate", Map.of("host", "localhost", "port", String.valueOf(closed)));

        assertThat(outcome).isInstanceOfSatisfying(TargetOutcome.Exited.class, exited -> {
            assertThat(exited.exitCode()).isEqualTo(2);
            assertThat(exited.stdout().text()).isEqualTo("no TLS at localhost:" + closed + "\n");
        });
    }

    @Test
    void theTimeOfAnAddressIsShownPartByPart() throws Exception {
        try (RawServer server = RawServer.saying(RawServer.ok("hello"))) {
            TargetOutcome outcome = run("http_check", Map.of("url", "http://127.0.0.1:" + server.port() + "/a?b=c"));

            assertThat(((TargetOutcome.Exited) outcome).stdout().text())
                    .startsWith("HTTP 200\ntime ")
                    .containsPattern(
                            "\nname look-up [0-9.]+ s\nconnected [0-9.]+ s\ntls 0\\.0+ s\nfirst byte [0-9.]+ s\n");
            assertThat(server.requests().getFirst()).startsWith("GET /a?b=c HTTP/1.1\r\n");
        }
    }

    /** RFC 3912: a line ended by CR LF is asked, and the answer ends with the connection. */
    @Test
    void aWhoisServerIsAskedOneLine() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<String> asked = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> answer(server, asked));

            TargetOutcome outcome = run(
                    "whois",
                    Map.of(
                            "name",
                            "example.com",
                            "server",
                            "127.0.0.1",
                            "port",
                            String.valueOf(server.getLocalPort())));

            assertThat(((TargetOutcome.Exited) outcome).stdout().text()).isEqualTo("domain: EXAMPLE.COM\n");
            assertThat(asked.get(10, TimeUnit.SECONDS)).isEqualTo("example.com");
        }
    }

    @Test
    void aHostileValueIsRefused() {
        for (String tool : java.util.List.of("tls_certificate", "http_check", "whois")) {
            for (String value : java.util.List.of(ShippedTools.HOSTILE, "-oProxyCommand=x", "a$(id)", "a b")) {
                for (var parameter : ShippedTools.named(tool).parameters()) {
                    assertThat(ShippedTools.rendered(
                                    ShippedTools.named(tool), Map.of(parameter.name(), value), Surroundings.PLAIN))
                            .as(tool + " " + parameter.name() + " " + value)
                            .isEqualTo(Optional.empty());
                }
            }
        }
    }

    private static void answer(ServerSocket server, CompletableFuture<String> asked) {
        try (Socket socket = server.accept()) {
            asked.complete(new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine());
            socket.getOutputStream().write("domain: EXAMPLE.COM\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            asked.completeExceptionally(e);
        }
    }

    private TargetOutcome run(String tool, Map<String, Object> values) throws IOException {
        try (LocalCommandExecutor executor =
                new LocalCommandExecutor(new Masker(), Files.createTempDirectory(folder, "run"), System.getenv())) {
            return executor.run(
                    new StepCommand(
                            "execution-1",
                            ShippedTools.rendered(tool, values, Surroundings.PLAIN),
                            new Place.OnRunner(),
                            Duration.ofSeconds(20),
                            StepCommand.DEFAULT_OUTPUT_LIMIT_BYTES),
                    (channel, text) -> {},
                    new Cancellation());
        }
    }
}
