package io.opsconductor.acceptance.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.acceptance.product.ChatApi;
import io.opsconductor.acceptance.product.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 between approval and result: nothing lost, nothing run twice, and the chat is told the truth. */
class CrashTest {
    @TempDir
    Path home;

    @TempDir
    Path tools;

    @TempDir
    Path traces;

    @Test
    void aRunnerKilledInTheMiddleLeavesAnUnknownOutcomeAndRunsNothingTwice() throws IOException {
        try (Installation product = start()) {
            ChatApi chat = product.chat();
            String c = approveSlowWork(chat);

            product.kill("runner");
            assertThat(product.up().exitCode()).isZero();

            JsonNode result = chat.await(c, "result");
            assertThat(result.get("status").asText()).isEqualTo("interrupted");
            assertThat(result.at("/step_results/0/status").asText()).isEqualTo("interrupted");
            assertThat(result.at("/step_results/0/target").asText()).isEqualTo("web-server-01");
            assertThat(lines()).containsOnlyOnce("started");

            String again = chat.say("alice", "uptime on web-server-01");
            chat.approve(chat.await(again, "plan"), "alice");
            assertThat(chat.await(again, "result").get("status").asText()).isEqualTo("succeeded");
            assertThat(lines()).containsOnlyOnce("started");
            assertThat(product.launcher("audit", "verify").exitCode()).isZero();
        }
    }

    @Test
    void aChatbotKilledInTheMiddleStillDeliversTheResultOnce() throws IOException {
        try (Installation product = start()) {
            String c = approveSlowWork(product.chat());

            product.kill("chatbot");
            assertThat(product.up().exitCode()).isZero();

            ChatApi chat = product.chat();
            JsonNode result = chat.await(c, "result");
            assertThat(result.get("status").asText()).isEqualTo("succeeded");
            assertThat(result.at("/step_results/0/stdout").asText()).contains("finished");
            assertThat(lines()).containsExactly("started", "finished");
            assertThat(chat.events(c).stream()
                            .filter(event -> event.get("type").asText().equals("result")))
                    .hasSize(1);
            assertThat(product.launcher("audit", "verify").exitCode()).isZero();
        }
    }

    @Test
    void aMessageAcknowledgedBeforeTheKillIsStillAnswered() throws IOException {
        try (Installation product = start()) {
            String c = product.chat().say("alice", "uptime on web-server-01");
            product.kill("chatbot");
            assertThat(product.up().exitCode()).isZero();
            assertThat(product.chat().await(c, "plan").get("approval").asText()).isNotEmpty();
            assertThat(product.chat().events(c).stream()
                            .filter(event -> event.get("type").asText().equals("plan")))
                    .hasSize(1);
        }
    }

    private Installation start() throws IOException {
        Files.writeString(tools.resolve("slow_work.yaml"), """
                name: slow_work
                description: Writes a line, works for a while, writes another
                effect: read
                execution:
                  location: runner
                  method: ssh
                  requires_target: true
                examples:
                  - do the slow work on web-server-01
                  - slow work on web-server-01
                timeout: 60s
                command_template: "echo started >> %1$s; echo started; sleep 4; echo finished >> %1$s; echo finished"
                """.formatted(trace()));
        return Installation.start(home, "--tools", tools.toString());
    }

    private String approveSlowWork(ChatApi chat) throws IOException {
        String c = chat.say("alice", "do the slow work on web-server-01");
        chat.approve(chat.await(c, "plan"), "alice");
        chat.await(
                c,
                event -> event.get("type").asText().equals("progress")
                        && event.path("state").asText().equals("output"),
                "first output");
        assertThat(lines()).containsExactly("started");
        return c;
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(trace());
    }

    private Path trace() {
        return traces.resolve("trace");
    }
}
