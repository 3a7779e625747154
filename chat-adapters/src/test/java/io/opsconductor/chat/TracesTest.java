package io.opsconductor.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.counterpart.otlp.TraceCollector;
import io.opsconductor.counterpart.otlp.TraceCollector.Recorded;
import io.opsconductor.runner.Runner;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One message in the traces of both processes, as a collector gets them. */
class TracesTest {
    /** In the command, in a value, and so in the output. */
    private static final String PLANTED = "planted-7731";

    private static final String HEADER_SECRET = "planted-header-4410";

    @TempDir
    private Path home;

    private final TraceCollector collector = TraceCollector.start();
    private @Nullable Runner runner;
    private @Nullable RunningChatbot chatbot;

    @BeforeEach
    void begin() throws IOException {
        RunningChatbot.keys(home);
        Files.createDirectories(home.resolve("tools"));
        Files.writeString(home.resolve("tools/say_word.yaml"), """
                name: say_word
                description: "Says a word."
                effect: read
                execution:
                  method: local-command
                  requires_target: false
                parameters:
                  - name: word
                    description: "What to say"
                    required: true
                command_template: "echo %s-command {word}"
                timeout: 10s
                """.formatted(PLANTED));
    }

    @AfterEach
    void end() {
        stop();
        collector.close();
    }

    /** Both send what is left. */
    private void stop() {
        if (chatbot != null && runner != null) {
            chatbot.close();
            runner.close();
            chatbot = null;
            runner = null;
        }
    }

    private void start(URI endpoint) throws IOException {
        Path headers = Files.writeString(home.resolve("headers"), "Authorization: Bearer " + HEADER_SECRET + "\n");
        Runner started = RealRunner.start(home, RealRunner.LOOKING, settings("RUNNER", endpoint, headers));
        runner = started;
        chatbot = RunningChatbot.at(
                home, URI.create("https://127.0.0.1:" + started.apiPort()), settings("CHATBOT", endpoint, headers));
    }

    private static Map<String, String> settings(String process, URI endpoint, Path headers) {
        String prefix = "OPSCONDUCTOR_" + process + "_TRACING_";
        return Map.of(
                prefix + "ENDPOINT",
                endpoint.toString(),
                prefix + "HEADERS",
                "file:" + headers,
                prefix + "TIMEOUT",
                "500ms");
    }

    private RunningChatbot chatbot() {
        return Objects.requireNonNull(chatbot);
    }

    private JsonNode card(String conversation) {
        return chatbot().caller().await(conversation, "plan");
    }

    @Test
    void aMessageIsOneTreeFromTheChatToTheTargetAlsoAcrossARestart() throws IOException {
        start(collector.endpoint());
        String conversation = chatbot().caller().say("alice", "tool: say_word word=" + PLANTED + "-value");
        JsonNode card = card(conversation);
        chatbot().stop();
        chatbot().startAgain();
        assertThat(chatbot().caller().decide(card, "alice", "approve").status()).isEqualTo(200);
        JsonNode result = chatbot().caller().await(conversation, "result");
        assertThat(result.toString()).contains(PLANTED + "-command " + PLANTED + "-value");
        stop();

        Recorded message = only("message", "chatbot");
        assertThat(message.parent()).isEmpty();
        List<Recorded> tree = collector.spans().stream()
                .filter(span -> span.trace().equals(message.trace()))
                .toList();
        assertThat(paths(tree))
                .contains(
                        "chatbot message",
                        "chatbot message > chatbot receive",
                        "chatbot message > chatbot planning",
                        "chatbot message > chatbot preview > chatbot POST /plans/preview"
                                + " > runner POST /plans/preview > runner preview",
                        "chatbot message > chatbot reply",
                        "chatbot message > chatbot approval",
                        "chatbot message > chatbot decision > chatbot POST /decisions/check"
                                + " > runner POST /decisions/check",
                        "chatbot message > chatbot execution > chatbot POST /execute-plan > runner POST /execute-plan"
                                + " > runner admission > runner execution > runner step > runner target");
        assertThat(collector.spans().stream().map(Recorded::trace).collect(Collectors.toSet()))
                .as("what nobody's message asks for is in no trace")
                .containsExactly(message.trace());
        Recorded target = only("target", "runner");
        assertThat(target.attributes())
                .containsEntry("opsconductor.method", "local-command")
                .containsEntry("opsconductor.step", "1")
                .containsEntry("opsconductor.tool", "say_word")
                .containsEntry("opsconductor.outcome", "succeeded");
        assertThat(only("execution", "chatbot").attributes())
                .containsEntry("opsconductor.execution", result.get("execution").asText())
                .containsEntry("opsconductor.outcome", "succeeded");
        assertThat(only("POST /plans/preview", "runner").kind()).isEqualTo("SERVER");
        assertThat(only("approval", "chatbot").attributes()).containsEntry("opsconductor.outcome", "approve");

        assertThat(collector.everything()).contains("say_word").doesNotContain(PLANTED, HEADER_SECRET, "echo", "alice");
        assertThat(collector.authorizations()).containsOnly("Bearer " + HEADER_SECRET);
    }

    private Recorded only(String name, String process) {
        List<Recorded> found = collector.spans().stream()
                .filter(span -> span.name().equals(name) && span.process().equals(process))
                .toList();
        assertThat(found).as("%s of %s", name, process).hasSize(1);
        return found.getFirst();
    }

    private static Collection<String> paths(List<Recorded> tree) {
        Map<String, Recorded> byId = tree.stream().collect(Collectors.toMap(Recorded::id, span -> span));
        TreeSet<String> paths = new TreeSet<>();
        for (Recorded span : tree) {
            String path = span.process() + " " + span.name();
            String parent = span.parent();
            while (!parent.isEmpty()) {
                assertThat(byId).as("the parent of %s", path).containsKey(parent);
                Recorded above = Objects.requireNonNull(byId.get(parent));
                path = above.process() + " " + above.name() + " > " + path;
                parent = above.parent();
            }
            paths.add(path);
        }
        return paths;
    }

    @Test
    void aCollectorThatNeverAnswersHoldsUpNobody() throws IOException {
        start(collector.silent().endpoint());
        long began = System.nanoTime();
        for (int i = 0; i < 3; i++) {
            String conversation = chatbot().caller().say("alice", "check the clock");
            chatbot().caller().decide(card(conversation), "alice", "approve");
            assertThat(chatbot()
                            .caller()
                            .await(conversation, "result")
                            .get("status")
                            .asText())
                    .isEqualTo("succeeded");
        }
        collector.await("piece of work", span -> span.name().equals("message"));
        stop();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(40));
        assertThat(collector.requests()).isPositive();
    }

    @Test
    void aPlanThatCameOfNoMessageHasATraceOfItsOwn() throws IOException {
        start(collector.endpoint());
        String conversation = chatbot().caller().say("alice", "check the clock");
        chatbot().caller().decide(card(conversation), "alice", "approve");
        String execution = chatbot()
                .caller()
                .await(conversation, "result")
                .get("execution")
                .asText();
        assertThat(chatbot()
                        .caller()
                        .post("/chat/executions/" + execution + "/rerun", Map.of("user", "alice", "targets", "all"))
                        .status())
                .isEqualTo(200);
        JsonNode again = chatbot().caller().events(conversation, "plan").getLast();
        chatbot().caller().decide(again, "alice", "approve");
        chatbot()
                .caller()
                .await(
                        conversation,
                        "result",
                        event -> !event.get("execution").asText().equals(execution));
        stop();
        Predicate<Recorded> own =
                span -> again.get("approval").asText().equals(span.attributes().get("opsconductor.approval"));
        Recorded approval =
                collector.await("approval", own.and(span -> span.name().equals("approval")));
        assertThat(approval.parent()).isEmpty();
        Recorded ran = collector.await("execution", own.and(span -> span.name().equals("execution")));
        assertThat(ran.trace()).isEqualTo(approval.trace());
        assertThat(ran.parent()).isEqualTo(approval.id());
    }
}
