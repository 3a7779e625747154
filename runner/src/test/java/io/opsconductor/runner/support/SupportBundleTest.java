package io.opsconductor.runner.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(60)
class SupportBundleTest {
    private static final String IN_A_FILE = "signing-Secret/of+slack=1";
    private static final String IN_A_VARIABLE = "canary-password?4";
    private static final String IN_A_NAMED_FILE = "canary-elsewhere~7";
    private static final String FOREIGN = "xoxb-1234567890-abcdefghij";

    @TempDir
    private Path directory;

    private Path home;
    private Path file;
    private HttpServer pages;
    private final Map<String, String> environment = new HashMap<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void prepare() throws IOException {
        home = Files.createDirectories(directory.resolve("home"));
        file = directory.resolve("bundle.zip");
        pages = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        pages.createContext("/", exchange -> {
            byte[] body = ("page " + exchange.getRequestURI()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(503, body.length);
            try (OutputStream answer = exchange.getResponseBody()) {
                answer.write(body);
            }
        });
        pages.start();
        write("slack/signing-secret", IN_A_FILE + "\n");
        write("slack/seal.key", "-----BEGIN PRIVATE KEY-----\nc2VjcmV0IGtleSBtYXRlcmlhbA\n-----END PRIVATE KEY-----\n");
        write("inventory.yaml", "targets:\n  - { name: web-01, address: 10.0.0.1, platform: linux }\n");
        write("policy.yaml", "rulez: []\n");
        write(
                "logs/runner.log",
                "it began\n" + told(IN_A_FILE) + told(IN_A_VARIABLE) + told(IN_A_NAMED_FILE) + told(FOREIGN)
                        + "key c2VjcmV0IGtleSBtYXRlcmlhbA\nit ended\n");
        write("chatbot.yaml", "slack:\n  app-token: " + FOREIGN + "\n  mode: socket\nport: 3005\n");
        environment.put(
                "OPSCONDUCTOR_RUNNER_INVENTORY", home.resolve("inventory.yaml").toString());
        environment.put(
                "OPSCONDUCTOR_RUNNER_POLICY", home.resolve("policy.yaml").toString());
        environment.put(
                "OPSCONDUCTOR_RUNNER_HEALTH_PORT",
                Integer.toString(pages.getAddress().getPort()));
        environment.put("OPSCONDUCTOR_CHATBOT_PORT", "1");
        environment.put(
                "OPSCONDUCTOR_CHATBOT_CONFIG", home.resolve("chatbot.yaml").toString());
        environment.put("DB_PASSWORD", IN_A_VARIABLE);
        environment.put(
                "OPSCONDUCTOR_CHATBOT_MODEL_API_KEY_FILE",
                Files.writeString(directory.resolve("model-key"), IN_A_NAMED_FILE + "\n")
                        .toString());
        environment.put("HOSTNAME", "a-name-of-no-concern");
    }

    @AfterEach
    void stop() {
        pages.stop(0);
    }

    private void write(String name, String text) throws IOException {
        Path path = home.resolve(name);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    /** A secret as programs write it. */
    private static String told(String secret) {
        return "sent " + secret + " or " + Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8))
                + "\n";
    }

    @Test
    void noSecretIsInItAndWhatHelpsIs() throws IOException {
        assertThat(run()).as(err.toString()).isZero();

        Map<String, String> parts = parts();
        assertThat(parts.keySet())
                .contains(
                        "about.txt",
                        "settings.txt",
                        "files.txt",
                        "configuration.txt",
                        "journals.txt",
                        "health/runner.json",
                        "metrics/chatbot.txt",
                        "stores/runner.txt",
                        "logs/runner.log");
        parts.forEach((name, text) -> assertThat(text)
                .as(name)
                .doesNotContain(
                        IN_A_FILE,
                        IN_A_VARIABLE,
                        IN_A_NAMED_FILE,
                        "c2VjcmV0IGtleSBtYXRlcmlhbA",
                        Base64.getEncoder().encodeToString(IN_A_FILE.getBytes(StandardCharsets.UTF_8)),
                        FOREIGN,
                        "a-name-of-no-concern",
                        "10.0.0.1"));
        assertThat(parts.get("logs/runner.log"))
                .startsWith("it began\nsent ••••")
                .endsWith("it ended\n");
        assertThat(parts.get("settings.txt"))
                .contains(
                        "OPSCONDUCTOR_CHATBOT_PORT = 1\n",
                        "slack.app-token = (set, not shown)\n",
                        "slack.mode = socket");
        assertThat(parts.get("configuration.txt"))
                .contains("inventory: 1 targets, {linux=1}", "policy: cannot be used", "rulez");
        assertThat(parts.get("health/runner.json")).isEqualTo("page /health");
        assertThat(parts.get("health/chatbot.json")).startsWith("could not be had: ");
        assertThat(parts.get("files.txt")).contains("slack/signing-secret");
        assertThat(out.toString()).contains(file + " (", "  logs/runner.log", "Look through it before you send it");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void whatCannotBeHadIsSaidAndTheRestIsThere() throws IOException {
        environment.put("OPSCONDUCTOR_RUNNER_API_PORT", "many");
        environment.put("OPSCONDUCTOR_RUNNER_STORE_URL", "postgresql://ops:" + FOREIGN + "@db.example/ops");

        assertThat(run()).as(err.toString()).isZero();

        assertThat(parts().get("configuration.txt")).contains("could not be had: ", "api.port");
        assertThat(parts().get("settings.txt")).contains("postgresql://••••@db.example/ops");
        assertThat(parts().values()).noneMatch(text -> text.contains(FOREIGN));
        assertThat(parts().get("logs/runner.log")).contains("it began");
    }

    @Test
    void ofALongLogOnlyWholeLinesOfItsEndAreThere() throws IOException {
        write("logs/runner.log", "the first line\n" + "a line in between\n".repeat(100_000) + "the last line\n");

        assertThat(run()).as(err.toString()).isZero();

        assertThat(parts().get("logs/runner.log"))
                .startsWith("[")
                .contains(" bytes before this are left out]\na line in between\n")
                .endsWith("the last line\n")
                .hasSizeLessThan(1024 * 1024 + 100);
    }

    @Test
    void anotherFileIsNeverReplacedAndAHomeThatIsNotThereIsSaid() throws IOException {
        Files.writeString(file, "mine");
        assertThat(run()).isEqualTo(3);
        assertThat(err.toString()).contains(file + " is there already");
        assertThat(file).hasContent("mine");

        home = directory.resolve("elsewhere");
        assertThat(run()).isEqualTo(3);
        assertThat(err.toString()).contains("there is no installation in " + home);
    }

    private int run() {
        return new CommandLine(new SupportCommand(environment))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute("--home", home.toString(), "--output", file.toString());
    }

    private Map<String, String> parts() throws IOException {
        Map<String, String> parts = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (var entry : zip.stream().toList()) {
                parts.put(
                        entry.getName(), new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return parts;
    }
}
