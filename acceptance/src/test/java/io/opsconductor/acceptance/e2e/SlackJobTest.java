package io.opsconductor.acceptance.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.acceptance.product.ChatApi;
import io.opsconductor.acceptance.product.Command;
import io.opsconductor.acceptance.product.InSlack;
import io.opsconductor.counterpart.slack.Answer;
import io.opsconductor.counterpart.slack.Delivery;
import io.opsconductor.counterpart.slack.OpenView;
import io.opsconductor.counterpart.slack.Person;
import io.opsconductor.counterpart.slack.PostedMessage;
import io.opsconductor.counterpart.slack.SignedPost;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the local chat does, in Slack: the real product, and a Slack that keeps Slack's limits. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlackJobTest {
    private InSlack slack;

    @BeforeAll
    void start(@TempDir Path home, @TempDir Path tools, @TempDir Path traces) throws IOException {
        SlowWork.in(tools, traces, 100);
        Files.writeString(tools.resolve("say_word.yaml"), """
                name: say_word
                description: Says a word.
                effect: read
                execution: { method: ssh }
                parameters:
                  - { name: word, description: The word, type: enum, allowed: [hello, goodbye], default: hello }
                command_template: echo {word}
                examples: [say a word on db-server-01, say goodbye on db-server-01, let db-server-01 say hello]
                """);
        slack = InSlack.start(
                home, InSlack.Transport.HTTP, List.of("alice", "bob", "carol"), "--tools", tools.toString());
    }

    @AfterAll
    void stop() {
        slack.close();
    }

    @Test
    void aReadIsShownApprovedAndRunAndItsCardSaysSo() {
        SlackThread thread = SlackThread.ask(slack, "alice", "check disk space on web-server-01");
        PostedMessage card = thread.awaitCard();
        assertThat(card.allText())
                .contains("Read on 1 target")
                .contains("check_disk_space")
                .contains("web-server-01");
        String command = DiskFree.command(card.allText());

        thread.press("alice", card, "ops_approve");

        thread.awaitResult("Succeeded");
        assertThat(DiskFree.filesystems(thread.awaitOutput("web-server-01")))
                .isEqualTo(DiskFree.ofThisMachine(command))
                .isNotEmpty();
        PostedMessage done = thread.awaitText(card, "Succeeded");
        assertThat(done.actionIds()).isEmpty();
        assertThat(done.allText()).contains(command);
        assertThat(thread.channel().messages())
                .allMatch(message -> message.rootTs().equals(thread.asked().ts()));
    }

    @Test
    void aChangeNeedsAColleagueAndOneDecisionIsEnough() {
        SlackThread thread = SlackThread.ask(slack, "alice", "restart nginx on web-server-01, then check its status");
        PostedMessage card = thread.awaitCard();
        assertThat(card.allText())
                .contains("Change on 1 target")
                .contains("Step 1 of 2")
                .contains("Step 2 of 2");
        assertThat(card.blocks().toString())
                .contains(slack.person("bob").id(), slack.person("carol").id());

        thread.press("alice", card, "ops_approve");
        assertThat(thread.awaitWhisper("alice", "somebody else to approve").allText())
                .contains("bob");
        thread.press(InSlack.VIEWER, card, "ops_approve");
        assertThat(thread.awaitWhisper(InSlack.VIEWER, "Who may").allText()).contains("bob");
        assertThat(thread.ran()).isFalse();

        thread.press("bob", card, "ops_approve");
        assertThat(thread.awaitResult("Succeeded").allText())
                .contains("All 2 runs succeeded.")
                .contains("step 1")
                .contains("step 2");
        thread.awaitText(card, "Succeeded");
        assertThat(card.blocks().toString()).contains(slack.person("bob").id());

        thread.pressAsFirstPosted("carol", card, "ops_approve");
        thread.awaitWhisper("carol", "approved this plan");
        assertThat(thread.results()).hasSize(1);
    }

    @Test
    void aPlanDeniedWithAReasonNeverRuns() {
        SlackThread thread = SlackThread.ask(slack, "alice", "restart nginx on web-server-02");
        PostedMessage card = thread.awaitCard();
        Person bob = slack.person("bob");
        thread.press("bob", card, "ops_deny");
        OpenView form = bob.awaitView("Deny this plan");
        bob.submits(form, Map.of("ops_reason", "not on a Friday")).orFail();

        thread.awaitText(card, "not on a Friday");
        assertThat(card.allText()).contains("Denied");
        assertThat(card.blocks().toString()).contains(bob.id());
        assertThat(card.actionIds()).isEmpty();

        thread.pressAsFirstPosted("carol", card, "ops_approve");
        thread.awaitWhisper("carol", "denied this plan");
        assertThat(thread.ran()).isFalse();
    }

    @Test
    void aGroupRunsOnAllItsTargets() {
        SlackThread thread = SlackThread.ask(slack, "alice", "uptime on all web servers");
        PostedMessage card = thread.awaitCard();
        assertThat(card.allText()).contains("web-server-01").contains("web-server-02");
        thread.press("alice", card, "ops_approve");
        assertThat(thread.awaitResult("Succeeded").allText())
                .contains("web-server-01")
                .contains("web-server-02");
        assertThat(thread.awaitOutput("web-server-01")).contains("load average");
        assertThat(thread.awaitOutput("web-server-02")).contains("load average");
    }

    @Test
    void aMissingTargetIsAskedForAndAClickCompletesThePlan() {
        SlackThread thread = SlackThread.ask(slack, "alice", "check disk space");
        PostedMessage question = thread.await("question", message -> SlackThread.has(message, "ops_say"));
        thread.pressLabelled("alice", question, "web-server-02");
        PostedMessage card = thread.awaitCard();
        assertThat(card.allText()).contains("web-server-02").doesNotContain("web-server-01");
    }

    @Test
    void anAnswerInTheThreadNeedsNoMention() {
        SlackThread thread = SlackThread.ask(slack, "alice", "check disk space");
        thread.await("question", message -> SlackThread.has(message, "ops_say"));
        slack.person("alice").repliesTo(thread.asked(), "web-server-01");
        assertThat(thread.awaitCard().allText()).contains("web-server-01");
    }

    @Test
    void anUnknownHostIsRefusedWithTheNearestNames() {
        SlackThread thread = SlackThread.ask(slack, "alice", "check disk space on web-server-09");
        PostedMessage answer = thread.awaitText("web-server-09");
        assertThat(answer.allText()).contains("web-server-01");
        assertThat(thread.ran()).isFalse();
    }

    @Test
    void helpListsTheTools() {
        // A bare mention is somebody who does not know what to say.
        for (String text : List.of("help", "what can you do?", "")) {
            SlackThread thread = SlackThread.ask(slack, "alice", text);
            thread.awaitText("disk");
            thread.awaitText("restart");
        }
    }

    @Test
    void whatIsNotForItIsAnsweredAndRunsNothing() {
        List<SlackThread> threads = Sentences.NOT_FOR_IT.stream()
                .map(text -> SlackThread.ask(slack, "alice", text))
                .toList();
        for (SlackThread thread : threads) {
            PostedMessage answer = thread.awaitAnswer();
            assertThat(SlackThread.has(answer, "ops_approve"))
                    .as(answer.toString())
                    .isFalse();
            assertThat(thread.ran()).isFalse();
        }
    }

    @Test
    void hostileWordsNeverBecomePartOfACommand() {
        List<SlackThread> threads = Sentences.HOSTILE.stream()
                .map(text -> SlackThread.ask(slack, "alice", text))
                .toList();
        for (SlackThread thread : threads) {
            PostedMessage answer = thread.awaitAnswer();
            if (SlackThread.has(answer, "ops_approve")) {
                for (String command : commands(answer)) {
                    assertThat(command).doesNotContain("rm -rf").doesNotContain("reboot");
                    assertThat(command.replaceAll("'[^']*'", ""))
                            .doesNotContain("$(")
                            .doesNotContain("`");
                }
            }
            assertThat(thread.ran()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "[]", "{\"type\":\"event_callback\"}", "{\"type\":\"event_callback\",\"event\":[]}"})
    void badDeliveriesGetAClearAnswer(String body) {
        SignedPost delivery = slack.slack()
                .post(slack.app(), URI.create(slack.product().address() + "/slack/events"))
                .json(body);
        Answer answer = delivery.send();
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json().path("error").asText()).isEqualTo("malformed_payload");
        Answer unsigned = delivery.unsigned().send();
        assertThat(unsigned.status()).isEqualTo(401);
        assertThat(unsigned.json().at("/error/message").asText()).isNotEmpty();
    }

    @Test
    void whatCannotBeTakenIsRefusedToItsWriterAlone() {
        SlackThread huge = SlackThread.ask(slack, "alice", "x".repeat(30_000));
        SlackThread control = SlackThread.ask(slack, "alice", "uptime\u0007 on web-server-01");
        huge.awaitWhisper("alice", "characters");
        control.awaitWhisper("alice", "control character");
        assertThat(huge.answers()).isEmpty();
        assertThat(control.answers()).isEmpty();
    }

    @Test
    void aDecisionOnAnotherDigestChangesNothing() {
        SlackThread thread = SlackThread.ask(slack, "alice", "uptime on web-server-01");
        PostedMessage card = thread.awaitCard();
        thread.pressForged(
                "alice",
                card,
                "ops_approve",
                value -> value.replaceAll("sha256:[0-9a-f]{64}", "sha256:" + "0".repeat(64)));
        thread.awaitWhisper("alice", "digest differs");
        assertThat(thread.ran()).isFalse();
        thread.press("alice", card, "ops_approve");
        thread.awaitResult("Succeeded");
    }

    @Test
    void aToolOfTheUsersOwnThatNeedsNoApprovalRunsAtOnce() {
        SlackThread thread = SlackThread.ask(slack, InSlack.WATCHER, "say goodbye on db-server-01");
        thread.awaitResult("Succeeded");
        assertThat(thread.awaitOutput("db-server-01")).contains("goodbye");
        assertThat(thread.cards()).isEmpty();
    }

    @Test
    void aPlanEditedIsAnotherPlanAndTheFirstCannotBeApproved() {
        SlackThread thread = SlackThread.ask(slack, "alice", "show the last 5 lines of /etc/hosts on web-server-01");
        PostedMessage first = thread.awaitCard();
        assertThat(first.allText()).contains("tail -n 5 /etc/hosts");
        Person alice = slack.person("alice");
        thread.press("alice", first, "ops_edit");
        OpenView form = alice.awaitView("Edit this plan");
        alice.submits(form, Map.of(field(form, "lines"), "1")).orFail();

        PostedMessage second = thread.awaitCardAfter(first);
        assertThat(second.allText()).contains("tail -n 1 /etc/hosts");
        thread.awaitText(first, "Replaced");
        thread.pressAsFirstPosted("alice", first, "ops_approve");
        thread.awaitWhisper("alice", "");
        assertThat(thread.ran()).isFalse();

        thread.press("alice", second, "ops_approve");
        thread.awaitResult("Succeeded");
        assertThat(thread.results()).hasSize(1);
    }

    @Test
    void whatRunsCanBeCancelled() {
        SlackThread thread = SlackThread.ask(slack, "alice", SlowWork.REQUEST);
        PostedMessage card = thread.awaitCard();
        thread.press("alice", card, "ops_approve");
        PostedMessage running = thread.awaitProgress("started");
        thread.press("alice", running, "ops_cancel");
        thread.awaitResult("Cancelled");
        assertThat(thread.awaitText(card, "Cancelled").actionIds()).isEmpty();
    }

    @Test
    void whatTheOutputsSayIsATableAndWhatComesNextIsOnePressAndAnApprovalAway() {
        SlackThread disks = SlackThread.ask(slack, "alice", "check disk space on all web servers");
        disks.press("alice", disks.awaitCard(), "ops_approve");
        assertThat(disks.awaitResult("Succeeded").allText())
                .contains("Fullest: ")
                .contains("file system")
                .contains("in use");

        SlackThread thread = SlackThread.ask(slack, "alice", "uptime on db-server-01");
        thread.press("alice", thread.awaitCard(), "ops_approve");
        PostedMessage result = thread.awaitResult("Succeeded");
        thread.pressLabelled("bob", result, "show the top processes by cpu on db-server-01");
        assertThat(thread.awaitCardAfter(result).allText())
                .contains("top_processes")
                .contains("db-server-01");
    }

    @Test
    void whatRanCanBeRunAgain() {
        SlackThread thread = SlackThread.ask(slack, "alice", "uptime on db-server-01");
        thread.press("alice", thread.awaitCard(), "ops_approve");
        PostedMessage result = thread.awaitResult("Succeeded");
        thread.press("bob", result, "ops_run_again");
        PostedMessage again = thread.awaitCardAfter(result);
        thread.press("bob", again, "ops_approve");
        thread.awaitText(again, "Succeeded");
        thread.await(
                "second result",
                message -> message.ts().compareTo(again.ts()) > 0 && SlackThread.has(message, "ops_run_again"));
    }

    @Test
    void aStrangerMayNotAskOrApprove() {
        SlackThread own = SlackThread.ask(slack, InSlack.STRANGER, "uptime on web-server-01");
        assertThat(own.awaitAnswer().allText()).contains("The policy does not know");
        SlackThread thread = SlackThread.ask(slack, "alice", "uptime on web-server-01");
        thread.press(InSlack.STRANGER, thread.awaitCard(), "ops_approve");
        thread.awaitWhisper(InSlack.STRANGER, "");
        assertThat(own.ran() || thread.ran()).isFalse();
    }

    @Test
    void anEventThatSlackSendsTwiceIsWorkedOnOnce() {
        SlackThread thread = SlackThread.ask(slack, "alice", "uptime on web-server-02");
        thread.awaitCard();
        Delivery mention = slack.slack()
                .deliveries()
                .await(
                        "mention",
                        delivery -> delivery.type().equals("app_mention")
                                && delivery.payload()
                                        .at("/event/ts")
                                        .asText()
                                        .equals(thread.asked().ts()));
        assertThat(slack.slack()
                        .deliveries()
                        .repeat(mention)
                        .awaitFinished(java.time.Duration.ofSeconds(60))
                        .acknowledged())
                .isTrue();
        // What is said after it in the same channel is worked on after it.
        slack.person("alice").repliesTo(thread.asked(), slack.bot().bot().mention() + " what can you do?");
        thread.awaitText("restart");
        assertThat(thread.cards()).hasSize(1);
    }

    @Test
    void aDirectMessageNeedsNoMention() {
        Person alice = slack.person("alice");
        PostedMessage asked = alice.saysTo(slack.bot(), "uptime on web-server-01");
        SlackThread thread = new SlackThread(slack, asked.channel(), asked);
        PostedMessage card = asked.channel().awaitMessage("card", message -> SlackThread.has(message, "ops_approve"));
        thread.press("alice", card, "ops_approve");
        asked.channel().awaitMessage("result", message -> SlackThread.has(message, "ops_run_again"));
    }

    @Test
    void theJournalsVerifyAndBothProcessesSayHowTheyAreAndWhatTheyDid() throws IOException {
        SlackThread thread = SlackThread.ask(slack, "alice", "uptime on db-server-01");
        thread.press("alice", thread.awaitCard(), "ops_approve");
        String execution = SlackThread.execution(thread.awaitResult("Succeeded"));
        Command verify = slack.product().launcher("audit", "verify");
        assertThat(verify.exitCode()).as(verify.output()).isZero();
        ChatApi chatbot = slack.product().chat();
        JsonNode health = chatbot.json("/health");
        assertThat(health.get("ready").asBoolean()).isTrue();
        assertThat(health.get("depends_on").has("slack")).isTrue();
        assertThat(chatbot.text("/metrics"))
                .contains("opsconductor_slack_arrivals_total{kind=\"event\"")
                .contains("opsconductor_slack_arrivals_total{kind=\"action\"")
                .contains("opsconductor_requests_received_total ")
                .contains("opsconductor_plans_generated_total ")
                .contains("opsconductor_execution_results_received_total{status=\"succeeded\"");
        ChatApi runner = slack.product().runnerPage();
        assertThat(runner.json("/health").get("ready").asBoolean()).isTrue();
        assertThat(runner.text("/metrics")).contains("opsconductor_executions_total{status=\"succeeded\"");
        for (String process : List.of("runner", "chatbot")) {
            List<JsonNode> lines =
                    Files.readAllLines(slack.product().home().resolve("logs/" + process + ".log")).stream()
                            .filter(line -> line.startsWith("{"))
                            .map(ChatApi::read)
                            .toList();
            assertThat(lines).anyMatch(line -> line.get("execution").asText().equals(execution));
        }
    }

    @Test
    void theCheckSaysThatAllIsWell() {
        Command check = slack.product().launcher("slack", "check");
        assertThat(check.exitCode()).as(check.output()).isZero();
        assertThat(check.output()).contains("Acme").doesNotContain("more than is used");
    }

    /** The action id of the input for a parameter. */
    private static String field(OpenView form, String parameter) {
        for (JsonNode block : form.blocks()) {
            if (block.at("/label/text").asText().equals(parameter)) {
                return block.at("/element/action_id").asText();
            }
        }
        throw new AssertionError("no field " + parameter + " in " + form);
    }

    /** What stands in code blocks. */
    private static List<String> commands(PostedMessage card) {
        return card.blocks().findParents("type").stream()
                .filter(node -> node.path("type").asText().equals("rich_text_preformatted"))
                .map(node -> String.join("", node.path("elements").findValuesAsText("text")))
                .toList();
    }
}
