package io.opsconductor.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.opsconductor.json.Json;
import io.opsconductor.runner.step.RealSshd;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The two commands as people run them, with an inventory of Ansible's and a real sshd. */
@Timeout(120)
class InventoryCheckTest {
    @TempDir
    static Path server;

    private static RealSshd sshd;

    @TempDir
    Path home;

    private record Ran(int code, String out, String err) {}

    @BeforeAll
    static void startServer() throws Exception {
        sshd = RealSshd.start(server);
    }

    @AfterAll
    static void stopServer() {
        sshd.close();
    }

    @BeforeEach
    void inventory() throws IOException {
        Files.writeString(home.resolve("hosts"), """
                [web]
                web-01
                intruder ansible_ssh_private_key_file=%1$s/user_unknown
                keyless
                [web:vars]
                ansible_host=127.0.0.1
                ansible_port=%2$d
                ansible_user=%3$s
                ansible_ssh_private_key_file=%1$s/user_ed25519
                """.formatted(server, sshd.port(), System.getProperty("user.name")));
        Files.writeString(home.resolve("inventory.yaml"), """
                known_hosts: known_hosts
                credentials:
                  none: { type: password, account: x, password: { env: OPSCONDUCTOR_TEST_NOT_SET } }
                ansible:
                  - include: hosts
                    platform: linux
                    hosts: { keyless: { credential: none } }
                """);
        Files.writeString(home.resolve("known_hosts"), "");
    }

    @Test
    void checkSaysWhatIsWrongWithWhomAndExitsAccordingly() throws Exception {
        Ran unknown = check("web-01");
        assertThat(unknown.code()).as(unknown.toString()).isEqualTo(1);
        assertThat(unknown.out())
                .containsPattern("web-01 +ssh +reached +unknown +not checked +-")
                .contains("known_hosts has no key for it", "0 well, 1 not well");

        pin("host_ed25519");
        Ran well = check("web-01");
        assertThat(well.code()).as(well.toString()).isZero();
        assertThat(well.out())
                .containsPattern("web-01 +ssh +reached +known +accepted +linux")
                .contains("1 well, 0 not well");

        Ran all = check("--json");
        assertThat(all.code()).isEqualTo(1);
        JsonNode answer = Json.tree(all.out());
        assertThat(answer.path("well").asInt()).isEqualTo(1);
        assertThat(answer.path("targets"))
                .extracting(t -> t.path("target").asText() + " "
                        + t.path("host_key").asText() + " " + t.path("login").asText())
                .containsExactly("intruder known refused", "keyless known no_credential", "web-01 known accepted");

        Files.writeString(home.resolve("known_hosts"), "");
        pin("user_ed25519");
        Ran changed = check("web-01");
        assertThat(changed.code()).isEqualTo(1);
        assertThat(changed.out()).containsPattern("web-01 +ssh +reached +changed +not checked");
    }

    @Test
    void targetThatSaysNothingIsGivenUpAfterItsLimit() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Files.writeString(
                    home.resolve("hosts"),
                    "keyless ansible_host=127.0.0.1 ansible_port=%d\nweb-01 ansible_host=127.0.0.1 ansible_port=1\n"
                            .formatted(mute.getLocalPort()));

            Ran ran = run("", "inventory", "check", "--timeout", "2");

            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.out())
                    .containsPattern("keyless +ssh +not reached")
                    .containsPattern("web-01 +ssh +not reached")
                    .contains("0 well, 2 not well");
        }
    }

    @Test
    void enrolShowsTheFingerprintsAndWritesOnlyAfterYes() throws Exception {
        Ran refused = run("no\n", "hosts", "enrol", "web-01");
        assertThat(refused.code()).as(refused.toString()).isEqualTo(1);
        assertThat(refused.out())
                .contains("web-01 ([127.0.0.1]:" + sshd.port() + ") presents:")
                .contains(fingerprint("host_ed25519"), fingerprint("host_ecdsa"), fingerprint("host_rsa"));
        assertThat(refused.err()).contains("Nothing was written.");
        assertThat(home.resolve("known_hosts")).isEmptyFile();

        Ran agreed = run("yes\n", "hosts", "enrol", "web-01");
        assertThat(agreed.code()).as(agreed.toString()).isZero();
        assertThat(agreed.out()).contains("3 keys were added to " + home.resolve("known_hosts"));
        assertThat(Files.readString(home.resolve("known_hosts")))
                .contains("[127.0.0.1]:" + sshd.port() + " ssh-ed25519 ");
        assertThat(check("web-01").code()).isZero();

        Ran again = run("", "hosts", "enrol", "web-01");
        assertThat(again.code()).isZero();
        assertThat(again.out()).contains("It is known already: ");
    }

    @Test
    void enrolWithAFingerprintAddsThatKeyAloneAndHashed() throws Exception {
        Ran wrong = run("", "hosts", "enrol", "web-01", "--fingerprint", "SHA256:nothing");
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.err()).contains("web-01 does not present \"SHA256:nothing\". Nothing was written.");

        Ran right = run("", "hosts", "enrol", "web-01", "--fingerprint", fingerprint("host_ed25519"), "--hash");
        assertThat(right.code()).as(right.toString()).isZero();
        String line = Files.readString(home.resolve("known_hosts"));
        assertThat(line).startsWith("|1|").contains(" ssh-ed25519 ").hasLineCount(1);
        assertThat(shell(
                        "ssh-keygen",
                        "-F",
                        "[127.0.0.1]:" + sshd.port(),
                        "-f",
                        home.resolve("known_hosts").toString()))
                .contains("found: line 1");
        assertThat(check("web-01").code()).isZero();
    }

    @Test
    void enrolAndCheckGoThroughTheHostsOnTheWay() throws Exception {
        Files.createDirectories(home.resolve("gate"));
        try (RealSshd gate = RealSshd.start(home.resolve("gate"))) {
            Files.writeString(home.resolve("inventory.yaml"), """
                    known_hosts: known_hosts
                    credentials:
                      gate: { type: ssh-key, account: %1$s, private_key: { file: gate/user_ed25519 } }
                      inner: { type: ssh-key, account: %1$s, private_key: { file: %2$s/user_ed25519 } }
                    targets:
                      - { name: db-01, address: 127.0.0.1, port: %3$d, platform: linux, credential: inner, jump: [{ address: localhost, port: %4$d, credential: gate }] }
                    """.formatted(
                            System.getProperty("user.name"), server, sshd.port(), gate.port()));
            String way = "localhost:" + gate.port();

            Ran early = run("yes\n", "hosts", "enrol", "db-01");
            assertThat(early.code()).isEqualTo(3);
            assertThat(early.err())
                    .contains("db-01 is reached through " + way + ", and that failed: " + way + " presented the")
                    .contains("./opsconductor hosts enrol " + way);
            assertThat(run("yes\n", "hosts", "enrol", way).code()).isZero();
            Ran agreed = run("yes\n", "hosts", "enrol", "db-01");
            assertThat(agreed.code()).as(agreed.toString()).isZero();
            assertThat(agreed.out()).contains(fingerprint("host_ed25519"));

            Ran well = check();
            assertThat(well.code()).as(well.toString()).isZero();
            assertThat(well.out()).containsPattern("db-01 +ssh +reached +known +accepted +linux");
        }
    }

    @Test
    void enrolReplacesNoKeyTrustsNoRevokedOneAndNamesAuthorities() throws Exception {
        pin("user_ed25519");
        Files.writeString(
                home.resolve("known_hosts"),
                Files.readString(home.resolve("known_hosts")) + "@cert-authority *,[127.0.0.1]:* " + key("user_rsa")
                        + "\n");
        String before = Files.readString(home.resolve("known_hosts"));
        Ran changed = run("yes\n", "hosts", "enrol", "web-01");
        assertThat(changed.code()).isEqualTo(1);
        assertThat(changed.out()).contains("Line 2 of", "names a certificate authority for it. It is not used");
        assertThat(changed.err())
                .contains("expected ssh-ed25519 " + fingerprint("user_ed25519"))
                .contains("ssh-keygen -R '[127.0.0.1]:" + sshd.port() + "' -f ");
        assertThat(home.resolve("known_hosts")).hasContent(before);

        Files.writeString(home.resolve("known_hosts"), "@revoked * " + key("host_ed25519") + "\n");
        Ran revoked = run("yes\n", "hosts", "enrol", "web-01");
        assertThat(revoked.code()).isEqualTo(1);
        assertThat(revoked.err()).contains("is revoked");
    }

    @Test
    void unknownNamesAndSelectionsAreAnsweredWithTheNearest() throws Exception {
        Ran host = run("", "hosts", "enrol", "web-1");
        assertThat(host.code()).isEqualTo(1);
        assertThat(host.err()).contains("There is no target \"web-1\". Did you mean web-01");
        Ran selection = run("", "inventory", "check", "group:wbe");
        assertThat(selection.code()).isEqualTo(1);
        assertThat(selection.err()).contains("There is no group \"wbe\"", "Did you mean web?");
        Ran listed = run("", "inventory", "list", "web", "and", "not", "web-01");
        assertThat(listed.out()).contains("intruder", "keyless", "2 targets").doesNotContain("web-01");
    }

    @Test
    void whoWatchesSeesHowFarItIsAndEveryWayToATargetIsLookedAt() throws Exception {
        HttpServer web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        web.start();
        try (var jobs = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("jobs.db"));
                var statement = jobs.createStatement()) {
            statement.execute("create table jobs (id integer)");
            Files.writeString(home.resolve("inventory.yaml"), """
                    targets:
                      - { name: shop-api, address: 127.0.0.1, http: { scheme: http, port: %d, networks: [loopback] } }
                      - { name: jobs-db, database: { type: sqlite, file: jobs.db } }
                    """.formatted(
                            web.getAddress().getPort()));

            Ran ran = inTerminal("", "inventory", "check", "--timeout", "60");

            assertThat(ran.code()).as(ran.toString()).isZero();
            assertThat(ran.out())
                    .contains("\u001B[K1 of 2 checked, 0 not well")
                    .containsPattern("shop-api +http +reached")
                    .containsPattern("jobs-db +database +reached .*sqlite")
                    .contains("2 well, 0 not well");
        } finally {
            web.stop(0);
        }
    }

    private void pin(String keyFile) throws IOException {
        Files.writeString(home.resolve("known_hosts"), "[127.0.0.1]:" + sshd.port() + " " + key(keyFile) + "\n");
    }

    private static String key(String file) throws IOException {
        String[] parts = Files.readString(server.resolve(file + ".pub")).split(" ", -1);
        return parts[0] + " " + parts[1];
    }

    private static String fingerprint(String file) throws Exception {
        return shell("ssh-keygen", "-lf", server.resolve(file + ".pub").toString())
                .split(" ", -1)[1];
    }

    private static String shell(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    /** What is well is so however busy this machine is. */
    private Ran check(String... words) {
        return run(
                "",
                Stream.concat(Stream.of("inventory", "check", "--timeout", "60"), Stream.of(words))
                        .toArray(String[]::new));
    }

    private Ran run(String input, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = RunnerCli.commandLine(
                        Map.of("OPSCONDUCTOR_HOME", home.toString()),
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Ran(code, out.toString(), err.toString());
    }

    /** The command in a process of its own, in the terminal that {@code script} makes for it. */
    private Ran inTerminal(String input, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                RunnerCli.class.getName()));
        Stream.of(arguments).forEach(command::add);
        String line = command.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        ProcessBuilder builder = new ProcessBuilder("script", "-qec", line, "/dev/null");
        builder.environment().keySet().removeIf(name -> name.startsWith("OPSCONDUCTOR_"));
        builder.environment().put("OPSCONDUCTOR_HOME", home.toString());
        Process process = builder.redirectErrorStream(true).start();
        try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
            in.write(input);
        }
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            String text = out.lines().collect(Collectors.joining("\n"));
            return new Ran(process.waitFor(), text, "");
        }
    }
}
