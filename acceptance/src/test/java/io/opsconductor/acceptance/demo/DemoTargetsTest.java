package io.opsconductor.acceptance.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.acceptance.demo.OpenSshClient.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTargetsTest {
    @TempDir
    private Path home;

    private DemoTargets demo;

    @BeforeEach
    void start() throws IOException {
        demo = DemoTargets.start(home);
    }

    @AfterEach
    void stop() throws IOException {
        demo.close();
    }

    @Test
    void aCommandRunsForRealWithItsStreamsApartAndItsStatus() throws Exception {
        Answer answer = on("web-server-01").run("echo out; echo err >&2; exit 7");

        assertThat(answer).isEqualTo(new Answer(7, "out\n", "err\n"));
        assertThat(on("web-server-01").run("uname -s; pwd").out())
                .isEqualTo(uname() + "\n" + home.resolve("demo/web-server-01").toRealPath() + "\n");
    }

    @Test
    void largeOutputArrivesWhole() throws Exception {
        Answer answer = on("web-server-02").run("head -c 3000000 /dev/zero | tr '\\0' x");

        assertThat(answer.status()).isZero();
        assertThat(answer.out()).hasSize(3_000_000);
    }

    @Test
    void onlyTheDemosOwnKeyAndAccountGetIn() throws Exception {
        Path foreign = DemoKey.at(home.resolve("foreign"), "foreign").file();

        Answer otherKey = on("db-server-01").run(foreign, "demo", List.of("id"));
        Answer otherAccount = on("db-server-01").run(demo.directory().resolve("id_ed25519"), "root", List.of("id"));

        assertThat(otherKey.status()).isEqualTo(255);
        assertThat(otherKey.err()).contains("Permission denied (publickey)");
        assertThat(otherAccount.err()).contains("Permission denied (publickey)");
    }

    @Test
    void thereIsNoShellAndNoForwarding() throws Exception {
        Answer shell = on("web-server-01").run(demo.directory().resolve("id_ed25519"), "demo", List.of());

        assertThat(shell.status()).isEqualTo(255);
        assertThat(shell.out()).isEmpty();
    }

    @Test
    void closingTheConnectionEndsTheWholeProcessTree() throws Exception {
        Process client = on("web-server-01")
                .start(
                        demo.directory().resolve("id_ed25519"),
                        "demo",
                        List.of("sh -c 'sleep 600 & echo $!; echo $$; wait'"));
        var fromClient = client.inputReader();
        CompletableFuture<?> child = exit(fromClient.readLine());
        CompletableFuture<?> shell = exit(fromClient.readLine());

        client.destroyForcibly();

        assertThat(child).succeedsWithin(Duration.ofSeconds(20));
        assertThat(shell).succeedsWithin(Duration.ofSeconds(20));
    }

    @Test
    void nginxRestartsAsANewProcessAndSaysThatItIsADemoService() throws Exception {
        String before = on("web-server-01").run("service nginx status").out();

        Answer restart = on("web-server-01").run("sudo -n systemctl restart nginx.service");
        Answer after = on("web-server-01").run("service nginx status");

        assertThat(before).matches("nginx \\(demo service\\) is running, pid \\d+, since .*\n");
        assertThat(restart.status()).isZero();
        assertThat(after.out()).matches("nginx \\(demo service\\) is running, pid \\d+, since .*\n");
        assertThat(pid(after.out())).isNotEqualTo(pid(before));
        assertThat(alive(pid(before))).isFalse();
        assertThat(alive(pid(after.out()))).isTrue();
    }

    @Test
    void aStoppedServiceIsReportedBothWays() throws Exception {
        on("db-server-01").run("systemctl stop postgresql");

        assertThat(on("db-server-01").run("service postgresql status"))
                .isEqualTo(new Answer(3, "postgresql (demo service) is not running\n", ""));
        assertThat(on("db-server-01").run("systemctl is-active postgresql")).isEqualTo(new Answer(3, "inactive\n", ""));
        assertThat(on("db-server-01").run("systemctl status postgresql").status())
                .isEqualTo(3);
    }

    @Test
    void anUnknownServiceIsRefusedAndNeverLookedForOnTheMachine() throws Exception {
        assertThat(on("web-server-01").run("service docker restart"))
                .isEqualTo(new Answer(1, "", "docker: unrecognized service (web-server-01 has: nginx ssh)\n"));
        assertThat(on("web-server-01").run("systemctl restart ../bin/sudo"))
                .isEqualTo(new Answer(
                        5, "", "Failed to restart ../bin/sudo.service: Unit ../bin/sudo.service not found.\n"));
        assertThat(on("web-server-01").run("systemctl status docker").status()).isEqualTo(4);
    }

    @Test
    void aRestartKeepsKeysPortsAndAnEditedPolicy() throws Exception {
        Map<String, Integer> ports = demo.ports();
        String knownHosts = read("known_hosts");
        Files.writeString(demo.directory().resolve("policy.yaml"), "# mine\n");
        String service = on("web-server-01").run("service nginx status").out();

        demo.close();
        assertThat(alive(pid(service))).isFalse();
        demo = DemoTargets.start(home);

        assertThat(demo.ports()).isEqualTo(ports);
        assertThat(read("known_hosts")).isEqualTo(knownHosts);
        assertThat(read("policy.yaml")).isEqualTo("# mine\n");
        assertThat(on("web-server-01").run("true").status()).isZero();
    }

    @Test
    void aPortTakenMeanwhileIsReplacedAndKnownHostsFollow() throws Exception {
        int old = demo.port("web-server-02");
        demo.close();
        try (ServerSocket squatter = new ServerSocket(old, 1, InetAddress.getLoopbackAddress())) {
            assertThat(squatter.isBound()).isTrue();
            demo = DemoTargets.start(home);
        }

        assertThat(demo.port("web-server-02")).isNotEqualTo(old);
        assertThat(read("inventory.yaml")).contains("port: " + demo.port("web-server-02"));
        assertThat(on("web-server-02").run("true").status()).isZero();
    }

    @Test
    void runnersOfOtherContainersGetTheNameUnderWhichTheyReachIt() throws Exception {
        demo.close();
        demo = DemoTargets.start(home, DemoAddress.named("demo"));

        assertThat(read("inventory.yaml")).contains("address: demo, port: " + demo.port("web-server-01"));
        assertThat(read("known_hosts")).contains("[demo]:" + demo.port("db-server-01") + " ssh-ed25519 ");
        for (String none : List.of("", "Demo", "demo }", "-demo")) {
            assertThat(DemoAddress.isName(none)).as(none).isFalse();
        }
    }

    @Test
    void secretsAreReadableByTheirOwnerOnly() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(demo.directory())))
                .isEqualTo("rwx------");
        for (String file : List.of("id_ed25519", "web-server-01.host_key", "inventory.yaml", "known_hosts")) {
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(demo.directory().resolve(file))))
                    .as(file)
                    .isEqualTo("rw-------");
        }
    }

    private OpenSshClient on(String target) {
        return new OpenSshClient(demo.directory(), demo.port(target));
    }

    private String read(String file) throws IOException {
        return Files.readString(demo.directory().resolve(file));
    }

    private static long pid(String status) {
        var matcher = Pattern.compile("pid (\\d+)").matcher(status);
        assertThat(matcher.find()).as(status).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    /** A zombie nobody reaped yet has no command line and counts as gone. */
    private static boolean alive(long pid) {
        return ProcessHandle.of(pid).flatMap(handle -> handle.info().command()).isPresent();
    }

    private static CompletableFuture<?> exit(String pid) {
        Optional<ProcessHandle> handle = ProcessHandle.of(Long.parseLong(pid));
        return handle.<CompletableFuture<?>>map(ProcessHandle::onExit)
                .orElseGet(() -> CompletableFuture.completedFuture(pid));
    }

    private static String uname() throws Exception {
        Process process = new ProcessBuilder("uname", "-s").start();
        return process.inputReader().readLine();
    }
}
