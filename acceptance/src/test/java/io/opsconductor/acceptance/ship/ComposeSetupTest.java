package io.opsconductor.acceptance.ship;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the scripts in images/compose do, in a directory that stands for the image and its volumes. */
class ComposeSetupTest {
    private static final List<String> VOLUMES = List.of(
            "setup",
            "chatbot",
            "standby",
            "runner",
            "demo",
            "postgres",
            "postgres-run",
            "postgres-setup",
            "valkey-setup");

    @TempDir
    private static Path directory;

    private static Path image;
    private static Path volumes;

    private final List<Process> started = new ArrayList<>();

    @BeforeAll
    static void setUpOnce() throws Exception {
        image = directory.resolve("image");
        volumes = directory.resolve("volumes");
        Files.createDirectories(image.resolve("compose"));
        Files.createDirectories(image.resolve("example"));
        for (String script : List.of("setup", "databases.sh", "in-own-home")) {
            Files.copy(
                    Path.of("../images/compose", script),
                    image.resolve("compose").resolve(script));
        }
        for (String example : List.of("inventory.yaml", "policy.yaml")) {
            Files.copy(
                    Path.of("../images/example", example),
                    image.resolve("example").resolve(example));
        }
        program("bin/opsconductor", "exec " + Path.of("../opsconductor").toRealPath() + " \"$@\"");
        program("bin/chown", "exit 0");
        for (String volume : VOLUMES) {
            Files.createDirectories(volumes.resolve(volume));
        }
        setUp();
    }

    @AfterEach
    void stop() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void everyServiceGetsWhatItNeedsAndNothingThatIsAnothersSecret() throws Exception {
        assertThat(files("chatbot")).isEqualTo(files("standby"));
        assertThat(files("chatbot"))
                .containsExactly(
                        "keys/audit/chatbot.key",
                        "keys/audit/chatbot.pub",
                        "keys/audit/runner.pub",
                        "keys/chatbot.key",
                        "keys/chatbot.pub",
                        "store-password",
                        "tls/ca.crt",
                        "tls/chatbot.crt",
                        "tls/chatbot.key");
        assertThat(files("runner"))
                .containsExactly(
                        "inventory.yaml",
                        "keys/audit/chatbot.pub",
                        "keys/audit/runner.key",
                        "keys/audit/runner.pub",
                        "keys/chatbot.pub",
                        "policy.yaml",
                        "redis-password",
                        "store-password",
                        "tls/ca.crt",
                        "tls/runner.crt",
                        "tls/runner.key");
        assertThat(files("valkey-setup")).containsExactly("ca.crt", "server.crt", "server.key", "users.acl");
        assertThat(files("postgres-setup"))
                .containsExactly(
                        "databases.sh",
                        "opsconductor/ca.crt",
                        "opsconductor/chatbot",
                        "opsconductor/postgres",
                        "opsconductor/runner",
                        "opsconductor/server.crt",
                        "opsconductor/server.key");
        for (String volume : VOLUMES) {
            for (String file : files(volume)) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(
                                volumes.resolve(volume).resolve(file))))
                        .as(volume + "/" + file)
                        .endsWith("------");
            }
        }
        assertThat(Stream.of("chatbot", "runner", "postgres")
                        .map(name -> read("postgres-setup/opsconductor/" + name))
                        .distinct())
                .hasSize(3)
                .allMatch(password -> password.matches("[0-9a-f]{48}"));
        assertThat(read("chatbot/store-password")).isEqualTo(read("postgres-setup/opsconductor/chatbot"));
        assertThat(read("runner/store-password")).isEqualTo(read("postgres-setup/opsconductor/runner"));
        assertThat(read("valkey-setup/users.acl"))
                .contains("user default reset\n", "#" + sha256(read("runner/redis-password")) + " ")
                .doesNotContain(read("runner/redis-password"));
    }

    @Test
    void aSecondStartKeepsPasswordsAndWhatPeopleChanged() throws Exception {
        Files.writeString(volumes.resolve("runner/inventory.yaml"), "targets: []\n");
        Files.writeString(volumes.resolve("demo/inventory.yaml"), "# of the demo\n");
        Map<String, String> before = contents();

        setUp();

        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void everyPathThatAServiceIsToldIsThere() throws IOException {
        Compose compose = Compose.read();
        Pattern path = Pattern.compile("/[a-z][A-Za-z0-9./_-]*");
        int seen = 0;
        for (String service : compose.services()) {
            List<String> texts = new ArrayList<>(compose.environment(service).values());
            texts.addAll(compose.words(service, "command"));
            texts.addAll(compose.words(service, "entrypoint"));
            for (String found : texts.stream()
                    .flatMap(text -> path.matcher(text).results())
                    .map(found -> found.group())
                    .toList()) {
                for (Map.Entry<String, String> mount : longestFirst(compose.mounts(service))) {
                    if (found.startsWith(mount.getKey() + "/") && !found.endsWith("/pgdata")) {
                        assertThat(volumes.resolve(mount.getValue()
                                        + found.substring(mount.getKey().length())))
                                .as(service + " is told of " + found)
                                .exists();
                        seen++;
                        break;
                    }
                }
                if (found.startsWith("/opt/opsconductor/runner/compose/")) {
                    Path script =
                            Path.of("../images/compose").resolve(Path.of(found).getFileName());
                    assertThat(script).isExecutable();
                    seen++;
                }
            }
        }
        assertThat(seen).as("paths that were looked at").isGreaterThan(15);
    }

    private static List<Map.Entry<String, String>> longestFirst(Map<String, String> mounts) {
        return mounts.entrySet().stream()
                .sorted((a, b) -> b.getKey().length() - a.getKey().length())
                .toList();
    }

    @Test
    void eachRunnerHasAHomeOfItsOwnAndOneThatWasKilledLeavesItsToTheNext() throws Exception {
        program("jre/bin/java", "echo \"$(readlink \"$OPSCONDUCTOR_HOME\")\"; exec cat >/dev/null");
        Path runners = directory.resolve("runners");
        Path homes = Files.createDirectories(runners.resolve("homes"));
        Files.createDirectories(runners.resolve("tls"));
        Files.writeString(runners.resolve("tls/runner.crt"), "of all\n");

        Process first = runner("a");
        assertThat(line(first)).isEqualTo(homes.resolve("1").toString());
        Process second = runner("b");
        assertThat(line(second)).isEqualTo(homes.resolve("2").toString());
        assertThat(homes.resolve("2/tls/runner.crt")).content().isEqualTo("of all\n");

        first.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
        assertThat(line(runner("c"))).isEqualTo(homes.resolve("1").toString());
        assertThat(line(runner("d"))).isEqualTo(homes.resolve("3").toString());
    }

    private Process runner(String name) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                image.resolve("compose/in-own-home").toString(),
                directory.resolve("runners/homes").toString());
        builder.environment()
                .put("OPSCONDUCTOR_HOME", directory.resolve("run-" + name).toString());
        Process process = builder.redirectErrorStream(true).start();
        started.add(process);
        return process;
    }

    private static String line(Process process) throws IOException {
        BufferedReader out = process.inputReader();
        return String.valueOf(out.readLine());
    }

    private static void setUp() throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(image.resolve("compose/setup").toString(), volumes.toString());
        builder.environment().merge("PATH", image.resolve("bin").toString(), (path, ours) -> ours + ":" + path);
        builder.environment().put("OPSCONDUCTOR_SKIP_BUILD", "yes");
        builder.environment()
                .put("OPSCONDUCTOR_HOME", directory.resolve("launcher").toString());
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static void program(String name, String does) throws IOException {
        Path file = image.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + does + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private List<String> files(String volume) throws IOException {
        try (Stream<Path> all = Files.walk(volumes.resolve(volume))) {
            return all.filter(Files::isRegularFile)
                    .map(file -> volumes.resolve(volume).relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        for (String volume : VOLUMES) {
            for (String file : files(volume)) {
                contents.put(volume + "/" + file, read(volume + "/" + file));
            }
        }
        return contents;
    }

    private String read(String file) {
        try {
            return Files.readString(volumes.resolve(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
