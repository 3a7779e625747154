package io.opsconductor.acceptance.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.acceptance.product.ChatApi;
import io.opsconductor.acceptance.product.Installation;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
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

    private SlowWork work;

    @BeforeEach
    void writeTool() throws IOException {
        work = SlowWork.in(tools, traces, 4);
    }

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
            assertThat(work.lines()).containsOnlyOnce("started");

            String again = chat.say("alice", "uptime on web-server-01");
            chat.approve(chat.await(again, "plan"), "alice");
            assertThat(chat.await(again, "result").get("status").asText()).isEqualTo("succeeded");
            assertThat(work.lines()).containsOnlyOnce("started");
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
            assertThat(work.lines()).containsExactly("started", "finished");
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

    private Installation start() {
        return Installation.start(home, "--tools", tools.toString());
    }

    private String approveSlowWork(ChatApi chat) throws IOException {
        String c = chat.say("alice", SlowWork.REQUEST);
        chat.approve(chat.await(c, "plan"), "alice");
        chat.await(
                c,
                event -> event.get("type").asText().equals("progress")
                        && event.path("state").asText().equals("output"),
                "first output");
        assertThat(work.lines()).containsExactly("started");
        return c;
    }
}
