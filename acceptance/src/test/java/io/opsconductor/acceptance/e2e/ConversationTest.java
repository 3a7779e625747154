package io.opsconductor.acceptance.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.acceptance.product.ChatApi;
import io.opsconductor.acceptance.product.ChatApi.Answer;
import io.opsconductor.acceptance.product.Command;
import io.opsconductor.acceptance.product.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the founding document promises, through the public chat API. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConversationTest {
    private Installation product;
    private ChatApi chat;

    @BeforeAll
    void start(@TempDir Path home) {
        product = Installation.start(home);
        chat = product.chat();
    }

    @AfterAll
    void stop() {
        product.close();
    }

    @Test
    void aReadIsShownApprovedAndRun() {
        String c = chat.say("alice", "check disk space on web-server-01");
        JsonNode plan = chat.await(c, "plan");
        assertThat(plan.get("effect").asText()).isEqualTo("read");
        assertThat(plan.at("/steps/0/tool").asText()).isEqualTo("check_disk_space");
        assertThat(plan.at("/steps/0/targets/0").asText()).isEqualTo("web-server-01");
        assertThat(plan.at("/steps/0/command").asText()).startsWith("df ");

        chat.approve(plan, "alice");

        JsonNode result = chat.await(c, "result");
        assertThat(result.get("status").asText()).isEqualTo("succeeded");
        JsonNode target = result.at("/step_results/0");
        assertThat(target.get("target").asText()).isEqualTo("web-server-01");
        assertThat(target.get("exit_code").asInt()).isZero();
        assertThat(DiskFree.filesystems(target.get("stdout").asText()))
                .isEqualTo(DiskFree.ofThisMachine(plan.at("/steps/0/command").asText()))
                .isNotEmpty();
    }

    @Test
    void aChangeNeedsAColleagueAndOneDecisionIsEnough() {
        String c = chat.say("alice", "restart nginx on web-server-01, then check its status");
        JsonNode plan = chat.await(c, "plan");
        assertThat(plan.get("effect").asText()).isEqualTo("change");
        assertThat(plan.get("steps")).hasSize(2);

        Answer own = chat.decide(plan, "alice", "approve");
        assertThat(own.status()).isEqualTo(403);
        assertThat(own.message()).contains("alice");

        chat.approve(plan, "bob");
        Answer late = chat.decide(plan, "carol", "approve");
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.message()).contains("bob");

        JsonNode result = chat.await(c, "result");
        assertThat(result.get("status").asText()).as(result.toString()).isEqualTo("succeeded");
        assertThat(result.get("step_results")).hasSize(2);
    }

    @Test
    void aDeniedPlanNeverRuns() {
        String c = chat.say("alice", "restart nginx on web-server-02");
        JsonNode plan = chat.await(c, "plan");
        assertThat(chat.decide(plan, "bob", "deny").status()).isEqualTo(200);
        assertThat(chat.await(c, "result").get("status").asText()).isEqualTo("denied");
        assertThat(chat.decide(plan, "bob", "approve").status()).isEqualTo(409);
        assertThat(chat.events(c)).noneMatch(event -> event.get("type").asText().equals("progress"));
    }

    @Test
    void aGroupRunsOnAllItsTargets() {
        String c = chat.say("alice", "uptime on all web servers");
        JsonNode plan = chat.await(c, "plan");
        assertThat(texts(plan.at("/steps/0/targets"))).containsExactlyInAnyOrder("web-server-01", "web-server-02");
        chat.approve(plan, "alice");
        JsonNode result = chat.await(c, "result");
        assertThat(result.get("status").asText()).isEqualTo("succeeded");
        assertThat(result.get("step_results")).hasSize(2);
    }

    @Test
    void aMissingTargetIsAskedForAndTheAnswerCompletesThePlan() {
        String c = chat.say("alice", "check disk space");
        JsonNode question = chat.await(c, "question");
        assertThat(question.get("choices")).isNotEmpty();
        chat.say(c, "alice", "web-server-02");
        JsonNode plan = chat.await(c, "plan");
        assertThat(texts(plan.at("/steps/0/targets"))).containsExactly("web-server-02");
    }

    @Test
    void anUnknownHostIsRefusedWithTheNearestNames() {
        String c = chat.say("alice", "check disk space on web-server-09");
        JsonNode error = chat.await(c, "error");
        assertThat(error.get("message").asText()).contains("web-server-09");
        assertThat(error.toString()).contains("web-server-01");
        assertNothingRan(c);
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "what can you do?"})
    void helpListsTheTools(String text) {
        String c = chat.say("alice", text);
        JsonNode answer = chat.await(c, event -> event.path("from").asText().equals("opsconductor"), "answer");
        assertThat(answer.get("text").asText()).contains("disk").contains("restart");
    }

    @ParameterizedTest
    @FieldSource("io.opsconductor.acceptance.e2e.Sentences#NOT_FOR_IT")
    void whatIsNotForItIsAnsweredAndRunsNothing(String text) {
        String c = chat.say("alice", text);
        chat.await(c, event -> !event.path("from").asText().equals("alice"), "answer");
        assertNothingRan(c);
    }

    @ParameterizedTest
    @FieldSource("io.opsconductor.acceptance.e2e.Sentences#HOSTILE")
    void hostileWordsNeverBecomePartOfACommand(String text) {
        String c = chat.say("alice", text);
        JsonNode answer = chat.await(c, event -> !event.path("from").asText().equals("alice"), "answer");
        if (answer.get("type").asText().equals("plan")) {
            String command = answer.at("/steps/0/command").asText();
            assertThat(command).doesNotContain("rm -rf").doesNotContain("reboot");
            assertThat(command.replaceAll("'[^']*'", "")).doesNotContain("$(").doesNotContain("`");
        }
        assertNothingRan(c);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    application/json | {"user":"alice","text":""}                      | 400
                    application/json | {"user":"alice","text":"   "}                   | 400
                    application/json | {"user":"alice","text":"a\\u0007b"}             | 400
                    application/json | {"user":"alice","text":"x","sudo":true}         | 400
                    application/json | {"user":"al ice","text":"x"}                    | 400
                    application/json | {"user":"alice","text":7}                       | 400
                    application/json | {"user":"alice","text":"x","conversation":"../"} | 400
                    application/json | {"user":                                        | 400
                    application/json | []                                              | 400
                    text/plain       | {"user":"alice","text":"help"}                  | 415
                    """)
    void badRequestsGetAClearAnswer(String contentType, String body, int status) {
        Answer answer = chat.postRaw("/chat/messages", contentType, body);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
        assertThat(answer.code()).isNotEmpty();
        assertThat(answer.message()).isNotEmpty();
    }

    @Test
    void aHugeMessageIsRefused() {
        Answer answer = chat.post("/chat/messages", Map.of("user", "alice", "text", "x".repeat(100_000)));
        assertThat(answer.status()).isIn(400, 413);
        assertThat(answer.message()).isNotEmpty();
    }

    @Test
    void aDecisionOnAnotherDigestChangesNothing() {
        String c = chat.say("alice", "uptime on web-server-01");
        JsonNode plan = chat.await(c, "plan");
        Answer answer = chat.post(
                "/chat/approvals/" + plan.get("approval").asText(),
                Map.of("user", "alice", "decision", "approve", "digest", "sha256:" + "0".repeat(64)));
        assertThat(answer.status()).isEqualTo(409);
        assertNothingRan(c);
        chat.approve(plan, "alice");
        assertThat(chat.await(c, "result").get("status").asText()).isEqualTo("succeeded");
    }

    @Test
    void aStrangerMayNotAskOrApprove() {
        String c = chat.say("mallory", "uptime on web-server-01");
        assertThat(chat.await(c, "error").get("message").asText()).contains("mallory");
        String asked = chat.say("alice", "uptime on web-server-01");
        JsonNode plan = chat.await(asked, "plan");
        assertThat(chat.decide(plan, "mallory", "approve").status()).isEqualTo(403);
        assertNothingRan(asked);
    }

    @Test
    void theTerminalClientDoesTheSame() {
        Command answer = product.launcher("chat", "--user", "alice", "--approve", "check disk space on web-server-01");
        assertThat(answer.exitCode()).as(answer.output()).isZero();
        assertThat(answer.output()).contains("df ").contains("Mounted on").contains("web-server-01");
    }

    @Test
    void theTerminalClientSaysNoWithItsExitCode() {
        Command answer = product.launcher("chat", "--user", "alice", "--approve", "check disk space on nowhere-01");
        assertThat(answer.exitCode()).as(answer.output()).isEqualTo(1);
    }

    @Test
    void bothJournalsVerifyAndBelongTogether() {
        String c = chat.say("alice", "uptime on db-server-01");
        chat.approve(chat.await(c, "plan"), "alice");
        chat.await(c, "result");
        Command verify = product.launcher("audit", "verify");
        assertThat(verify.exitCode()).as(verify.output()).isZero();
    }

    @Test
    void bothProcessesSayHowTheyAreAndCountWhatTheyDid() {
        String c = chat.say("alice", "uptime on db-server-01");
        chat.approve(chat.await(c, "plan"), "alice");
        chat.await(c, "result");
        JsonNode chatbot = chat.json("/health");
        assertThat(chatbot.get("ready").asBoolean()).isTrue();
        assertThat(chatbot.get("depends_on").has("runner")).isTrue();
        JsonNode runner = product.runnerPage().json("/health");
        assertThat(runner.get("ready").asBoolean()).isTrue();
        assertThat(runner.get("depends_on").has("journal")).isTrue();
        assertThat(chat.text("/metrics"))
                .contains(
                        "opsconductor_requests_received_total ",
                        "opsconductor_plans_generated_total ",
                        "opsconductor_execution_requests_sent_total ",
                        "opsconductor_execution_results_received_total{status=\"succeeded\"");
        assertThat(product.runnerPage().text("/metrics"))
                .contains(
                        "opsconductor_execution_requests_received_total ",
                        "opsconductor_commands_executed_total{",
                        "opsconductor_execution_duration_seconds_count",
                        "opsconductor_executions_total{status=\"succeeded\"");
    }

    @Test
    void everyLogLineIsJsonAndTheExecutionIsOnTheLinesAboutIt() throws IOException {
        String c = chat.say("alice", "uptime on db-server-01");
        chat.approve(chat.await(c, "plan"), "alice");
        String execution = chat.await(c, "result").get("execution").asText();
        for (String process : List.of("runner", "chatbot")) {
            List<JsonNode> lines = Files.readAllLines(product.home().resolve("logs/" + process + ".log")).stream()
                    .filter(line -> line.startsWith("{"))
                    .map(ChatApi::read)
                    .toList();
            assertThat(lines)
                    .isNotEmpty()
                    .allMatch(line -> line.has("conversation") && line.has("execution"))
                    .anyMatch(line -> line.get("execution").asText().equals(execution)
                            && line.get("conversation").asText().equals(c));
        }
    }

    private void assertNothingRan(String conversation) {
        assertThat(chat.events(conversation))
                .noneMatch(event ->
                        List.of("progress", "result").contains(event.get("type").asText()));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(node -> texts.add(node.asText()));
        return texts;
    }
}
