package io.opsconductor.acceptance.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./opsconductor} answers before it starts anything. */
class LauncherUsageTest {
    private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    private Path directory;

    private record Answer(int status, String out, String err) {}

    @Test
    void withoutACommandItShowsItsUsage() throws Exception {
        Answer answer = run(Map.of());

        assertThat(answer.status()).isEqualTo(2);
        assertThat(answer.err()).startsWith("usage: ./opsconductor COMMAND\n");
        assertThat(run(Map.of(), "help").status()).isZero();
    }

    @Test
    void wrongUsageIsNamedAndStartsNothing() throws Exception {
        assertThat(run(Map.of(), "fly"))
                .isEqualTo(refused(2, "There is no command 'fly'. What there is: ./opsconductor help"));
        assertThat(run(Map.of(), "up", "--fast"))
                .isEqualTo(refused(2, "up knows no '--fast'. See ./opsconductor help"));
        assertThat(run(Map.of(), "up", "--policy"))
                .isEqualTo(refused(2, "--policy needs a value. See ./opsconductor help"));
        assertThat(run(Map.of(), "up", "--inventory", "hosts.yaml"))
                .isEqualTo(refused(2, "--inventory hosts.yaml: there is no readable file or directory of that name."));
        assertThat(run(Map.of(), "up", "--tools", "tools"))
                .isEqualTo(refused(2, "--tools tools: there is no readable directory of that name."));
        assertThat(run(Map.of(), "images", "--fast"))
                .isEqualTo(refused(2, "images knows no '--fast'. See ./opsconductor images --help"));
        assertThat(run(Map.of(), "images", "--only", "chatbot,web"))
                .isEqualTo(refused(2, "--only web: there is no such image. There are: chatbot runner demo"));
        assertThat(run(Map.of(), "images", "--engine", "make"))
                .isEqualTo(refused(2, "--engine make: it must be docker, podman or buildah."));
        assertThat(directory.resolve("home")).doesNotExist();
    }

    @Test
    void leavingTheDemoOutAsksForTargetsAndRules() throws Exception {
        Files.writeString(directory.resolve("hosts.yaml"), "targets: []\n");

        assertThat(run(Map.of(), "up", "--no-demo", "--inventory", "hosts.yaml"))
                .isEqualTo(refused(2, """
                Without the demo there are no targets and no rules, so --no-demo needs both:
                  --inventory FILE   the machines that can be named in the chat, and how to reach them
                  --policy FILE      who may do what, and who must approve"""));
    }

    @Test
    void aPortThatIsNoneIsNamed() throws Exception {
        assertThat(run(Map.of("OPSCONDUCTOR_CHATBOT_PORT", "70000"), "status"))
                .isEqualTo(refused(2, "OPSCONDUCTOR_CHATBOT_PORT is '70000', not a port from 1 to 65535."));
        assertThat(run(Map.of("OPSCONDUCTOR_CHATBOT_PORT", "3003"), "status"))
                .isEqualTo(refused(2, "Three different ports are needed, not 3003, 3003 and 8010."));
    }

    @Test
    void nothingRunningIsSaid() throws Exception {
        assertThat(run(Map.of(), "status"))
                .isEqualTo(new Answer(1, "Nothing is running. Start: ./opsconductor up\n", ""));
        assertThat(run(Map.of(), "down")).isEqualTo(new Answer(0, "Nothing is running.\n", ""));
    }

    @Test
    void aRecordedProcessIdThatNowBelongsToAnotherProcessIsNotTouched() throws Exception {
        Path run = Files.createDirectories(directory.resolve("home/run"));
        Process bystander = new ProcessBuilder("sleep", "600").start();
        try {
            Files.writeString(run.resolve("runner.pid"), bystander.pid() + " 1\n");

            assertThat(run(Map.of(), "down")).isEqualTo(new Answer(0, "Nothing is running.\n", ""));
            assertThat(bystander.isAlive()).isTrue();
            assertThat(run.resolve("runner.pid")).doesNotExist();
        } finally {
            bystander.destroyForcibly();
        }
    }

    @Test
    void aProcessThatSaysInWordsWhyItDidNotStartIsQuotedWithThoseAlone() throws Exception {
        Path log = directory.resolve("chatbot.log");
        Files.writeString(log, """
                --- 2026-11-25 10:00:00: starting the chatbot
                opsconductor chatbot: an older mistake
                --- 2026-11-25 10:01:00: starting the chatbot
                {"level":"ERROR","message":"the chatbot did not start: 2 mistakes"}
                opsconductor chatbot: 2 mistakes in the settings:
                - port is "many": it must be a whole number
                """);
        String script = ". '%s/service-kit/launcher/up.sh'; warn() { echo \"$*\" >&2; }; stop_started() { :; };"
                        .formatted(CHECKOUT)
                + " log_of() { echo '%s'; }; gave_up chatbot 'did not start'".formatted(log);

        Answer answer = execute(List.of("bash", "-c", script), Map.of());

        assertThat(answer).isEqualTo(new Answer(3, "", """
                The chatbot did not start. The end of %s:
                  | opsconductor chatbot: 2 mistakes in the settings:
                  | - port is "many": it must be a whole number
                """.formatted(log)));
    }

    @Test
    void evalMeasuresWithNothingStartedAndPrintsOneObject() throws Exception {
        Answer answer = run(Map.of("OPSCONDUCTOR_SKIP_BUILD", "yes"), "eval", "--requests", "fresh", "--json");

        assertThat(answer.status()).isZero();
        assertThat(answer.err()).isEmpty();
        assertThat(answer.out()).startsWith("{").contains("\"requests\":120").endsWith("}\n");
        assertThat(directory.resolve("home/run")).doesNotExist();
    }

    @Test
    void itWorksThroughASymbolicLinkFromAnyDirectory() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("oc"), CHECKOUT.resolve("opsconductor"));

        assertThat(run(link, Map.of(), "down")).isEqualTo(new Answer(0, "Nothing is running.\n", ""));
    }

    @Test
    void aMachineWithoutAJdkIsToldHowToGetOne() throws Exception {
        String script =
                ". '%s/service-kit/launcher/common.sh'; . '%s/service-kit/launcher/jdk.sh'; OLDEST_JDK=999; find_jdk"
                        .formatted(CHECKOUT, CHECKOUT);

        Answer answer = execute(List.of("bash", "-c", script), Map.of());

        assertThat(answer.status()).isEqualTo(3);
        assertThat(answer.err())
                .startsWith("OpsConductor needs a JDK 999 or newer, and found none.\n")
                .contains("JDK " + Runtime.version().feature() + " in ", "sudo apt-get install openjdk-25-jdk");
    }

    @Test
    void aTakenPortIsNamedWithTheWayOut() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = socket.getLocalPort();
            String script =
                    "ROOT='%s'; . \"$ROOT/service-kit/launcher/parts.sh\"; warn() { echo \"$*\" >&2; }; require_port %d X chatbot"
                            .formatted(CHECKOUT, port);

            Answer answer = execute(List.of("bash", "-c", script), Map.of());

            assertThat(answer.status()).isEqualTo(1);
            assertThat(answer.err())
                    .startsWith("Port " + port + ", which the chatbot needs, is taken by ")
                    .endsWith("Stop that, or choose another port: X=" + (port + 1000) + " ./opsconductor up\n");
        }
    }

    private static Answer refused(int status, String sentence) {
        return new Answer(status, "", sentence + "\n");
    }

    private Answer run(Map<String, String> environment, String... arguments) throws Exception {
        return run(CHECKOUT.resolve("opsconductor"), environment, arguments);
    }

    private Answer run(Path launcher, Map<String, String> environment, String... arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of("bash", launcher.toString()));
        line.addAll(Arrays.asList(arguments));
        return execute(line, environment);
    }

    private Answer execute(List<String> line, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("OPSCONDUCTOR_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("OPSCONDUCTOR_HOME", directory.resolve("home").toString());
        builder.environment().putAll(environment);
        int status = builder.start().waitFor();
        return new Answer(status, Files.readString(out), Files.readString(err));
    }
}
