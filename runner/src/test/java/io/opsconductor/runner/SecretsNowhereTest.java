package io.opsconductor.runner;

import static io.opsconductor.runner.TestCaller.plan;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opsconductor.counterpart.net.FreePort;
import io.opsconductor.plan.ExecuteRequest;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.PreviewAnswer;
import io.opsconductor.plan.Step;
import io.opsconductor.runner.winrm.WinRmCounterpart;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.command.AbstractCommandSupport;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every method logs in with a secret of its own, succeeds, is told the secret back, is refused, and runs into its limit, with
 * the log at its most talkative: afterwards no secret stands in anything that the runner wrote, answered or started.
 */
@Timeout(90)
class SecretsNowhereTest {
    private static final Pattern READY = Pattern.compile("API on port (\\d+), health on port (\\d+)");
    private static final String SSH = "canary-Ssh/9+\"quoted\"";
    private static final String HTTP = "canary-Bearer.8_7~6";
    private static final String WINDOWS = "canary-Windows%5<&>";
    private static final String DATABASE = "canary-Database?4=3";
    private static final String WRONG = "canary-Wrong2#1";
    private static final List<String> SECRETS = List.of(SSH, HTTP, WINDOWS, DATABASE, WRONG);

    @TempDir
    private Path directory;

    private final Map<String, String> seen = new LinkedHashMap<>();
    private final SshServer ssh = SshServer.setUpDefaultServer();
    private TestHome home;
    private HttpServer web;
    private WinRmCounterpart windows;
    private Process process;
    private Thread logged;
    private final StringBuilder log = new StringBuilder();
    private final CompletableFuture<Matcher> ready = new CompletableFuture<>();

    @BeforeEach
    void start() throws Exception {
        home = TestHome.make(directory.resolve("home"));
        startServers();
        Path secrets = Files.createDirectories(directory.resolve("secrets"));
        Files.writeString(secrets.resolve("ssh"), SSH + "\n");
        Files.writeString(secrets.resolve("http"), HTTP + "\n");
        Files.writeString(secrets.resolve("windows"), WINDOWS + "\n");
        Files.writeString(secrets.resolve("database"), DATABASE + "\n");
        Files.writeString(secrets.resolve("wrong"), WRONG + "\n");
        int nobody = FreePort.find();
        Files.writeString(home.path().resolve("inventory.yaml"), """
                known_hosts: known_hosts
                credentials:
                  ssh: { type: password, account: ops, password: { file: %1$s/ssh } }
                  ssh-wrong: { type: password, account: ops, password: { file: %1$s/wrong } }
                  http: { type: bearer, token: { file: %1$s/http } }
                  windows: { type: password, account: ops, password: { file: %1$s/windows } }
                  windows-wrong: { type: password, account: ops, password: { file: %1$s/wrong } }
                  database: { type: password, account: ops, password: { file: %1$s/database } }
                targets:
                  - { name: linux-01, address: 127.0.0.1, port: %2$d, platform: linux, credential: ssh }
                  - { name: linux-02, address: 127.0.0.1, port: %2$d, platform: linux, credential: ssh-wrong }
                  - name: shop
                    address: 127.0.0.1
                    http: { scheme: http, port: %3$d, networks: [loopback], credential: http }
                  - name: win-01
                    address: localhost
                    winrm: { transport: http, port: %4$d, auth: ntlm, credential: windows }
                  - name: win-02
                    address: localhost
                    winrm: { transport: http, port: %4$d, auth: ntlm, credential: windows-wrong }
                  - name: shop-db
                    address: 127.0.0.1
                    database: { type: postgresql, port: %5$d, name: shop, tls: off, credential: database }
                """.formatted(
                        secrets, ssh.getPort(), web.getAddress().getPort(), windows.port(), nobody));
        tools();
        ProcessBuilder command = RunnerProcess.command(home);
        command.environment().put("OPSCONDUCTOR_LOG_LEVEL", "TRACE");
        process = command.redirectErrorStream(true)
                .redirectError(ProcessBuilder.Redirect.PIPE)
                .start();
        logged = Thread.ofVirtual()
                .start(() -> process.inputReader(StandardCharsets.UTF_8).lines().forEach(this::logged));
    }

    private void startServers() throws IOException {
        SimpleGeneratorHostKeyProvider keys = new SimpleGeneratorHostKeyProvider();
        keys.setAlgorithm("EC");
        ssh.setHost("127.0.0.1");
        ssh.setPort(0);
        ssh.setKeyPairProvider(keys);
        ssh.setPasswordAuthenticator((user, password, session) -> password.equals(SSH));
        ssh.setCommandFactory((channel, line) -> new Told(line));
        ssh.start();
        Files.writeString(
                home.path().resolve("known_hosts"),
                "[127.0.0.1]:" + ssh.getPort() + " "
                        + PublicKeyEntry.toString(
                                keys.loadKeys(null).iterator().next().getPublic()) + "\n");
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        web.createContext("/", SecretsNowhereTest::tell);
        web.start();
        windows = new WinRmCounterpart(WinRmCounterpart.Settings.plain(Map.of("ops", WINDOWS)));
    }

    /** Answers with what it was sent, in several forms; refuses, or takes too long, where the path says so. */
    private static void tell(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.startsWith("/slow")) {
            return;
        }
        String sent = exchange.getRequestHeaders().getFirst("Authorization");
        byte[] body = told(sent.substring("Bearer ".length())).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("X-You-Sent", sent);
        exchange.sendResponseHeaders(path.startsWith("/refused") ? 401 : 200, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private static String told(String secret) {
        return "you sent " + String.join(" or ", forms(secret));
    }

    /** How a secret may be written. */
    private static List<String> forms(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        return List.of(
                secret,
                Base64.getEncoder().encodeToString(bytes),
                URLEncoder.encode(secret, StandardCharsets.UTF_8),
                secret.replace("\"", "\\\""));
    }

    private void tools() throws IOException {
        tool("over_ssh", "execution: {method: ssh}\ncommand_template: \"tell {how}\"\n");
        tool("over_http", "execution: {method: http}\nrequest: { method: GET, path: \"/{how}\" }\n");
        tool("over_winrm", "execution: {method: winrm}\npowershell: \"printf '%s' {how}\"\n");
        tool("over_database", "execution: {method: database}\nplatforms: [postgresql]\nquery: select {how} as how\n");
        Files.writeString(
                home.path().resolve("policy.yaml"),
                Files.readString(home.path().resolve("policy.yaml"))
                        .replace("[say, fail]", "[over_ssh, over_http, over_winrm, over_database]"));
    }

    private void tool(String name, String rest) throws IOException {
        Files.writeString(
                home.path().resolve("tools/" + name + ".yaml"),
                "name: " + name + "\ndescription: \"A tool of this test.\"\neffect: read\n"
                        + "parameters:\n  - {name: how, description: how, required: true}\ntimeout: 2s\n" + rest);
    }

    @AfterEach
    void stop() throws Exception {
        process.destroyForcibly().waitFor();
        windows.close();
        web.stop(0);
        ssh.stop(true);
    }

    @Test
    void noSecretStandsInAnythingThatTheRunnerWritesAnswersOrStarts() throws Exception {
        Matcher ports = ready.get(60, TimeUnit.SECONDS);
        List<Plan> plans = new ArrayList<>();
        for (String target : List.of("linux-01", "linux-02")) {
            plans.add(plan(new Step("over_ssh", Map.of("how", "back"), List.of(target))));
        }
        plans.add(plan(new Step("over_ssh", Map.of("how", "slow"), List.of("linux-01"))));
        for (String how : List.of("back", "refused", "slow")) {
            plans.add(plan(new Step("over_http", Map.of("how", how), List.of("shop"))));
        }
        for (String target : List.of("win-01", "win-02")) {
            plans.add(plan(new Step("over_winrm", Map.of("how", "back"), List.of(target))));
        }
        plans.add(plan(new Step("over_database", Map.of("how", "back"), List.of("shop-db"))));
        try (TestCaller chatbot = TestCaller.as("chatbot", home.path(), Integer.parseInt(ports.group(1)))) {
            for (Plan plan : plans) {
                run(chatbot, plan);
            }
            seen.put("GET /executions", chatbot.get("/executions").body().toString());
            seen.put("GET /tools", chatbot.get("/tools").body().toString());
            seen.put("GET /targets", chatbot.get("/targets").body().toString());
        }
        PlainPage plain = new PlainPage(Integer.parseInt(ports.group(2)));
        seen.put("/health", plain.get("/health").body());
        seen.put("/metrics", plain.get("/metrics").body());
        seen.put("command line", String.join(" ", process.info().arguments().orElse(new String[0])));
        process.destroy();
        assertThat(process.waitFor()).isEqualTo(143);
        logged.join();
        seen.put("log", log.toString());
        try (Stream<Path> files = Files.walk(home.path())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                seen.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }

        // It all happened, and what masks stands where the secrets stood.
        assertThat(seen.get("over_ssh back linux-01"))
                .contains("\"status\":\"succeeded\"", "you sent \u2022\u2022\u2022\u2022");
        assertThat(seen.get("over_ssh back linux-02")).contains("refused the login");
        assertThat(seen.get("over_ssh slow linux-01")).contains("\"status\":\"timed_out\"");
        assertThat(seen.get("over_http back shop"))
                .contains("\"status\":\"succeeded\"", "you sent \u2022\u2022\u2022\u2022");
        assertThat(seen.get("over_http refused shop")).contains("401");
        assertThat(seen.get("over_http slow shop")).contains("\"status\":\"timed_out\"");
        assertThat(seen.get("over_winrm back win-01")).contains("\"status\":\"succeeded\"");
        assertThat(seen.get("over_winrm back win-02")).contains("refused the login");
        assertThat(seen.get("over_database back shop-db")).contains("\"status\":\"unreachable\"");
        // More than what is logged usually; the driver of the store says whether there is anything finer.
        assertThat(List.of("TRACE", "DEBUG"))
                .anyMatch(level -> seen.get("log").contains("\"level\":\"" + level + "\""));
        assertThat(SECRETS.stream().flatMap(this::places)).isEmpty();
    }

    private void run(TestCaller chatbot, Plan plan) {
        PreviewAnswer preview = chatbot.preview(plan, "web:alice");
        ExecuteRequest request = chatbot.request(plan, preview, chatbot.approval(preview, "web:alice"));
        try (Stream<String> events = chatbot.executeStreaming(request)) {
            Step step = plan.steps().getFirst();
            String what = step.tool() + " " + step.parameters().get("how") + " "
                    + step.targets().getFirst();
            seen.put(what, events.collect(Collectors.joining("\n")));
            seen.put("preview of " + what, preview.preview().toString());
        }
    }

    private Stream<String> places(String secret) {
        List<String> looked = new ArrayList<>(forms(secret));
        looked.add(HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8)));
        return seen.entrySet().stream()
                .filter(place -> looked.stream().anyMatch(place.getValue()::contains))
                .map(place -> secret + " in " + place.getKey());
    }

    private void logged(String line) {
        log.append(line).append('\n');
        Matcher ports = READY.matcher(line);
        if (ports.find()) {
            ready.complete(ports);
        }
    }

    /** Tells whoever logged in their secret back, in several forms; or says nothing for long. */
    private static final class Told extends AbstractCommandSupport {
        Told(String line) {
            super(line, null);
        }

        @Override
        public void run() {
            try (OutputStream out = getOutputStream()) {
                if (getCommand().contains("slow")) {
                    out.write("you sent ".getBytes(StandardCharsets.UTF_8));
                    out.flush();
                    new CountDownLatch(1).await();
                }
                out.write(told(SSH).getBytes(StandardCharsets.UTF_8));
                out.flush();
                onExit(0);
            } catch (IOException e) {
                onExit(1, e.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
