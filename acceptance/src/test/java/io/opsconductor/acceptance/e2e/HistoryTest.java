package io.opsconductor.acceptance.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.acceptance.product.ChatApi;
import io.opsconductor.acceptance.product.Command;
import io.opsconductor.acceptance.product.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two people with differing rights ask the same questions about what ran, before and after a restart. */
class HistoryTest {
    private static final String POLICY = """
            actors:
              alice: { identities: ["web:alice"], roles: [operator] }
              bob: { identities: ["web:bob"], roles: [operator] }
              dan: { identities: ["web:dan"], roles: [web-viewer] }
            groups:
              approvers: [alice, bob]
            rules:
              - { name: operators look, roles: [operator], effects: [read], approval: requester }
              - name: changes need a colleague
                roles: [operator]
                effects: [change]
                approval: { someone_else: 1, of: approvers }
              - name: web viewers look at web servers
                roles: [web-viewer]
                effects: [read]
                target_groups: [web-servers]
                approval: requester
            """;

    @TempDir
    Path home;

    @TempDir
    Path own;

    @Test
    void eachIsToldWhatTheyMaySeeAlsoAfterARestart() throws IOException {
        Path policy = Files.writeString(own.resolve("policy.yaml"), POLICY);
        try (Installation product = Installation.start(home, "--policy", policy.toString())) {
            ChatApi chat = product.chat();
            ran(chat, "uptime on db-server-01", "alice");
            ran(chat, "restart nginx on web-server-01", "bob");
            ran(chat, "uptime on web-server-02", "alice");
            String denied = chat.say("alice", "restart nginx on db-server-01");
            chat.decide(chat.await(denied, "plan"), "bob", "deny");
            chat.await(denied, "result");

            String alices = chat.say("alice", "what ran today?");
            String dans = chat.say("dan", "what ran today?");
            operatorSeesAll(answer(chat, alices, 1));
            viewerSeesTheWebServersAlone(answer(chat, dans, 1));

            product.kill("chatbot");
            assertThat(product.up().exitCode()).isZero();

            ChatApi again = product.chat();
            again.say(alices, "alice", "what ran today?");
            again.say(dans, "dan", "what ran today?");
            operatorSeesAll(answer(again, alices, 2));
            viewerSeesTheWebServersAlone(answer(again, dans, 2));
            assertThat(answer(again, again.say("dan", "who denied the restart of nginx on db-server-01"), 1))
                    .startsWith("Nothing that you may see was denied");
            assertThat(answer(again, again.say("bob", "who denied the restart of nginx on db-server-01"), 1))
                    .contains("restart_service (nginx) on db-server-01: denied. Asked by alice, denied by bob.");
            assertThat(answer(again, again.say("dan", "which tools can I use on db-server-01"), 1))
                    .isEqualTo("There is no tool on db-server-01 that you may use.");
            assertThat(answer(again, again.say("dan", "which tools can I use on web-server-01"), 1))
                    .contains("Check disk space")
                    .doesNotContain("Restart service");
            Command terminal = product.launcher("chat", "--user", "dan", "what ran on web-server-01 today?");
            assertThat(terminal.exitCode()).as(terminal.output()).isZero();
            assertThat(terminal.output())
                    .contains("restart_service (nginx) on web-server-01: succeeded. Asked by alice, approved by bob.");
        }
    }

    private static void ran(ChatApi chat, String request, String approver) {
        String c = chat.say("alice", request);
        chat.approve(chat.await(c, "plan"), approver);
        assertThat(chat.await(c, "result").get("status").asText()).isEqualTo("succeeded");
    }

    private static void operatorSeesAll(String text) {
        assertThat(text.lines()).hasSize(4);
        assertThat(text)
                .contains("uptime_load on web-server-02: succeeded. Asked by alice, approved by alice.")
                .contains("restart_service (nginx) on web-server-01: succeeded. Asked by alice, approved by bob.")
                .contains("uptime_load on db-server-01: succeeded. Asked by alice, approved by alice.")
                .doesNotContain("load average");
    }

    private static void viewerSeesTheWebServersAlone(String text) {
        assertThat(text.lines()).hasSize(3);
        assertThat(text).contains("web-server-01", "web-server-02").doesNotContain("db-server-01");
    }

    /** Our so-manieth message. */
    private static String answer(ChatApi chat, String conversation, int number) {
        int[] seen = {0};
        JsonNode message = chat.await(
                conversation,
                event -> event.path("from").asText().equals("opsconductor") && ++seen[0] == number,
                "answer " + number);
        return message.get("text").asText();
    }
}
