package io.opsconductor.acceptance.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.acceptance.product.Command;
import io.opsconductor.acceptance.product.Installation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one command for people. */
class LauncherTest {
    private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    Path home;

    @Test
    void aSecondUpSaysWhatRunsAndDownStopsIt() {
        Installation product = Installation.start(home);
        ProcessHandle runner = product.handle("runner");
        ProcessHandle chatbot = product.handle("chatbot");
        assertThat(runner.pid()).isNotEqualTo(chatbot.pid());

        Command second = product.up();
        assertThat(second.exitCode()).isZero();
        assertThat(second.output()).contains("already running").contains(product.address());
        assertThat(product.handle("runner").pid()).isEqualTo(runner.pid());

        Command status = product.launcher("status");
        assertThat(status.exitCode()).isZero();
        assertThat(status.output()).contains("runner").contains("chatbot").contains("demo");

        Command bundle = product.launcher(
                "support-bundle", "--output", home.resolve("bundle.zip").toString());
        assertThat(bundle.exitCode()).as(bundle.output()).isZero();
        assertThat(bundle.output())
                .contains("health/runner.json", "logs/runner-threads.txt", "logs/chatbot-threads.txt");

        product.close();
        assertThat(runner.onExit()).succeedsWithin(Duration.ofSeconds(10));
        assertThat(chatbot.onExit()).succeedsWithin(Duration.ofSeconds(10));
        assertThat(product.launcher("chat", "hello").exitCode()).isEqualTo(3);
    }

    @Test
    void theKeysAreReplacedWhileItRunsAndKeptAfterwardsAndPrivate() throws IOException {
        try (Installation product = Installation.start(home)) {
            String former = authority(product);
            String approvals = Files.readString(home.resolve("keys/chatbot.pub"));
            done(product, "keys", "rotate", "authority");
            done(product, "keys", "revoke", former, "--reason", "followed by another one");
            done(product, "keys", "rotate", "signing", "--overlap", "1h");
            assertThat(authority(product)).isNotEqualTo(former);
            assertThat(Files.readString(home.resolve("keys/chatbot.pub"))).isNotEqualTo(approvals);
            done(product, "chat", "--approve", "check disk space on web-server-01");
        }
        String first = Files.readString(home.resolve("keys/chatbot.pub"));
        Installation.start(home).close();
        assertThat(Files.readString(home.resolve("keys/chatbot.pub"))).isEqualTo(first);
        assertThat(java.nio.file.attribute.PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(home.resolve("keys/chatbot.key"))))
                .isEqualTo("rw-------");
    }

    private static void done(Installation product, String... words) {
        Command command = product.launcher(words);
        assertThat(command.exitCode())
                .as(String.join(" ", words) + ": " + command.output())
                .isZero();
        assertThat(command.output()).doesNotContain("no runner of this home answers");
    }

    /** The id of the authority, as people see it. */
    private static String authority(Installation product) {
        return product.launcher("keys", "list")
                .output()
                .lines()
                .filter(line -> line.startsWith("authority ") && line.endsWith("in use"))
                .findFirst()
                .orElseThrow()
                .replaceFirst("^authority +(\\S+) .*", "$1");
    }

    @Test
    void aTakenPortIsNamedWithTheWayOut() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Command up = Command.run(
                    CHECKOUT,
                    Map.of(
                            "OPSCONDUCTOR_HOME",
                            home.toString(),
                            "OPSCONDUCTOR_CHATBOT_PORT",
                            Integer.toString(taken.getLocalPort())),
                    Duration.ofMinutes(3),
                    List.of(CHECKOUT.resolve("opsconductor").toString(), "up", "--detach"));
            assertThat(up.exitCode()).isEqualTo(3);
            assertThat(up.output())
                    .contains(Integer.toString(taken.getLocalPort()))
                    .contains("OPSCONDUCTOR_CHATBOT_PORT");
        }
    }

    @Test
    void wrongUsageIsTwo() {
        assertThat(run("fly").exitCode()).isEqualTo(2);
        assertThat(run("up", "--inventory", "/no/such/file").exitCode()).isEqualTo(2);
        assertThat(run("up", "--no-demo").output()).contains("--inventory");
    }

    @Test
    void theLibraryIsFreeOfMistakes() {
        Command lint = run("tools", "lint");
        assertThat(lint.exitCode()).as(lint.output()).isZero();
        assertThat(run("tools", "list").output()).contains("ping").contains("check_disk_space");
    }

    @Test
    void aMistakeInAToolIsShownWithItsPlace() throws IOException {
        Path tool = Files.writeString(home.resolve("bad.yaml"), "name: bad\ndescription: x\nefect: read\n");
        Command lint = run("tools", "lint", tool.toString());
        assertThat(lint.exitCode()).isEqualTo(1);
        assertThat(lint.output()).contains("bad.yaml:3:1").contains("efect");
    }

    private Command run(String... words) {
        List<String> command = new java.util.ArrayList<>(
                List.of(CHECKOUT.resolve("opsconductor").toString()));
        command.addAll(List.of(words));
        return Command.run(CHECKOUT, Map.of("OPSCONDUCTOR_HOME", home.toString()), Duration.ofSeconds(60), command);
    }
}
