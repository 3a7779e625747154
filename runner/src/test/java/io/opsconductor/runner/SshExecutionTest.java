package io.opsconductor.runner;

import static io.opsconductor.runner.TestCaller.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.opsconductor.json.Json;
import io.opsconductor.plan.ExecutionAnswer;
import io.opsconductor.plan.ExecutionEvent;
import io.opsconductor.plan.ExecutionStatus;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.PreviewAnswer;
import io.opsconductor.plan.Step;
import io.opsconductor.plan.TargetResult;
import io.opsconductor.plan.TargetStatus;
import io.opsconductor.runner.step.RealSshd;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way against a real sshd. */
class SshExecutionTest {
    private static final int TARGETS = 20;

    @TempDir
    private Path directory;

    private TestHome home;
    private RealSshd sshd;
    private Runner runner;
    private TestCaller chatbot;

    @BeforeEach
    void start() throws Exception {
        home = TestHome.make(directory.resolve("home"));
        sshd = RealSshd.start(Files.createDirectories(directory.resolve("sshd")));
        Files.writeString(home.path().resolve("tools/kernel.yaml"), """
                name: kernel
                description: "Says a word and the kernel of a machine."
                effect: read
                execution:
                  method: ssh
                parameters:
                  - name: word
                    description: "the word"
                    type: string
                    required: true
                command_template: "printf '%s\\\\n' {word}; uname -r"
                """);
        inventory(sshd.port());
        Files.writeString(
                home.path().resolve("policy.yaml"),
                Files.readString(home.path().resolve("policy.yaml")).replace("[say, fail]", "[say, fail, kernel]"));
        // One sshd stands for all targets here, and it refuses some of more than ten log-ins at a time (MaxStartups).
        Map<String, String> environment = home.environment();
        environment.put("OPSCONDUCTOR_RUNNER_EXECUTIONS_PARALLEL_TARGETS", "8");
        runner = Main.start(RunnerSettings.read(environment), environment, Clock.systemUTC());
        chatbot = TestCaller.as("chatbot", home.path(), runner.apiPort());
    }

    private void inventory(int port) throws Exception {
        String hostKey = Files.readString(sshd.folder().resolve("host_ed25519.pub"));
        Files.writeString(home.path().resolve("known_hosts"), "[127.0.0.1]:" + port + " " + hostKey);
        StringBuilder targets = new StringBuilder();
        for (String name : targets()) {
            targets.append(
                    "  - name: %s\n    address: 127.0.0.1\n    port: %d\n    platform: linux\n    credential: key\n"
                            .formatted(name, port));
        }
        Files.writeString(
                home.path().resolve("inventory.yaml"),
                """
                credentials:
                  key:
                    type: ssh-key
                    account: %s
                    private_key: { file: %s/user_ed25519 }
                known_hosts: known_hosts
                targets:
                """.formatted(System.getProperty("user.name"), sshd.folder()) + targets);
    }

    private static List<String> targets() {
        return IntStream.rangeClosed(1, TARGETS).mapToObj("web-%02d"::formatted).toList();
    }

    @AfterEach
    void stop() {
        chatbot.close();
        runner.close();
        sshd.close();
    }

    @Test
    void aPreviewedCommandRunsOnEveryTargetAsItWasShown() throws Exception {
        String hostile = "$(id); `id` 'x' && rm";
        Plan plan = plan(new Step("kernel", Map.of("word", hostile), targets()));
        PreviewAnswer preview = chatbot.preview(plan, "web:alice");
        assertThat(preview.preview().blastRadius().targets()).isEqualTo(TARGETS);

        List<ExecutionEvent> events;
        try (Stream<String> lines =
                chatbot.executeStreaming(chatbot.request(plan, preview, chatbot.approval(preview, "web:alice")))) {
            events = lines.filter(line -> line.startsWith("data: "))
                    .map(line -> Json.read(line.substring(6), ExecutionEvent.class))
                    .toList();
        }

        assertThat(events).extracting(ExecutionEvent::seq).isSorted().doesNotHaveDuplicates();
        assertThat(events.stream().filter(ExecutionEvent.TargetStarted.class::isInstance))
                .hasSize(TARGETS);
        assertThat(((ExecutionEvent.Finished) events.getLast()).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        String kernel = new String(
                        new ProcessBuilder("uname", "-r")
                                .start()
                                .getInputStream()
                                .readAllBytes(),
                        StandardCharsets.UTF_8)
                .strip();
        assertThat(events.stream()
                        .filter(ExecutionEvent.TargetFinished.class::isInstance)
                        .map(e -> ((ExecutionEvent.TargetFinished) e).result().stdout()))
                .hasSize(TARGETS)
                .containsOnly(hostile + "\n" + kernel + "\n");
    }

    @Test
    void aTargetThatIsGoneIsUnreachableAndTheOthersStand() throws Exception {
        String text = Files.readString(home.path().resolve("inventory.yaml"));
        Files.writeString(home.path().resolve("inventory.yaml"), text.replaceFirst("port: " + sshd.port(), "port: 1"));
        Plan plan = plan(new Step("kernel", Map.of("word", "x"), List.of("web-01", "web-02")));

        ExecutionAnswer answer = chatbot.execute(chatbot.approved(plan, "web:alice", "web:alice"))
                .as(ExecutionAnswer.class);

        assertThat(answer.status()).isEqualTo(ExecutionStatus.PARTIAL);
        assertThat(answer.stepResults())
                .extracting(TargetResult::target, TargetResult::status)
                .containsExactly(tuple("web-01", TargetStatus.UNREACHABLE), tuple("web-02", TargetStatus.SUCCEEDED));
        assertThat(answer.result().succeeded()).isEqualTo(1);
        assertThat(answer.result().failed()).isEqualTo(1);
    }

    @Test
    void anAddressThatChangedSinceThePreviewIsRefused() throws Exception {
        Plan plan = plan(new Step("kernel", Map.of("word", "x"), List.of("web-01")));
        var request = chatbot.approved(plan, "web:alice", "web:alice");
        inventory(sshd.port() + 1);
        TestCaller.Answer answer = chatbot.execute(request);
        assertThat(answer.code()).isEqualTo("changed_since_preview");
        assertThat(answer.message()).isEqualTo("since the preview was shown, this changed: the target web-01");
    }
}
