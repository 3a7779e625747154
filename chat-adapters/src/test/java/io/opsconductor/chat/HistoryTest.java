package io.opsconductor.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.chat.scripted.Rules;
import io.opsconductor.chat.scripted.ScriptedExecution;
import io.opsconductor.plan.ExecutionStatus;
import io.opsconductor.plan.Rights;
import io.opsconductor.plan.TargetStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What ran, who approved, what waits: answered from the store, for each person what that person may see. */
class HistoryTest extends WithChatbot {
    private static final Rights.Grant FIRST =
            new Rights.Grant(List.of("web-server-01"), List.of("check_disk_space", "restart_service"));

    /** What somebody is told about a question, in a conversation of its own. */
    private String asked(String user, String question) {
        return answer(chat.say(user, question), 1);
    }

    private String told(String conversation, String user, String question, int answers) {
        chat.say(conversation, user, question);
        return answer(conversation, answers);
    }

    /** Our so-manieth message of a conversation. */
    private String answer(String conversation, int number) {
        int[] seen = {0};
        return chat.await(
                        conversation,
                        "message",
                        event -> event.get("from").asText().equals("opsconductor") && ++seen[0] == number)
                .get("text")
                .asText();
    }

    private void ran(String user, String request, String approver, TargetStatus status, String... targets)
            throws InterruptedException {
        String conversation = chat.say(user, request);
        chat.decide(chat.await(conversation, "plan"), approver, "approve");
        ScriptedExecution execution = runner.arrived();
        for (String target : targets) {
            execution.finished(0, target, status);
        }
        execution.ended(
                status == TargetStatus.SUCCEEDED ? ExecutionStatus.SUCCEEDED : ExecutionStatus.FAILED, "It ended.");
        chat.await(conversation, "result");
    }

    @Test
    void whatRanIsListedNewestFirstWithWhoAskedAndWhoApprovedAlsoAfterARestart() throws Exception {
        ran("alice", "check disk space on web-server-01", "bob", TargetStatus.SUCCEEDED, "web-server-01");
        ran("carol", "restart nginx on web-server-01", "bob", TargetStatus.FAILED, "web-server-01");
        for (int start = 0; start < 2; start++) {
            List<String> lines =
                    asked("alice", "what ran on web-server-01 today?").lines().toList();
            assertThat(lines.getFirst())
                    .matches("What ran on web-server-01 on \\d{4}-\\d\\d-\\d\\d \\(UTC\\), newest first:");
            assertThat(lines.get(1))
                    .matches("- \\d\\d:\\d\\d restart_service \\(nginx\\) on web-server-01: failed\\."
                            + " Asked by carol, approved by bob\\.");
            assertThat(lines.get(2))
                    .matches("- \\d\\d:\\d\\d check_disk_space on web-server-01: succeeded\\."
                            + " Asked by alice, approved by bob\\.");
            assertThat(lines).hasSize(3);
            restart();
        }
        assertThat(asked("alice", "what ran on web-server-02 today?"))
                .matches("Nothing that you may see ran on web-server-02 on .*\\.");
        assertThat(asked("alice", "what ran yesterday?")).startsWith("Nothing that you may see ran on ");
    }

    @Test
    void nobodySeesWhatRanWhereThePolicyGrantsThemNothing() throws Exception {
        runner.grant("web:dan", FIRST);
        runner.grant("web:eve");
        ran(
                "alice",
                "check disk space on all web servers",
                "bob",
                TargetStatus.SUCCEEDED,
                "web-server-01",
                "web-server-02");
        ran("alice", "check disk space on web-server-02", "bob", TargetStatus.FAILED, "web-server-02");
        assertThat(asked("carol", "what ran today"))
                .contains("on web-server-01, web-server-02: succeeded")
                .contains("on web-server-02: failed");
        assertThat(asked("dan", "what ran today"))
                .contains("check_disk_space on web-server-01: succeeded")
                .doesNotContain("web-server-02");
        assertThat(asked("dan", "what failed today")).startsWith("Nothing that you may see failed");
        assertThat(asked("dan", "what ran on web-server-02")).startsWith("Nothing that you may see ran");
        assertThat(asked("dan", "who approved that on web-server-02")).startsWith("Nothing that you may see");
        assertThat(asked("eve", "what did alice run today")).startsWith("Nothing that you may see ran");
    }

    @Test
    void whatSomebodyAskedForDecidedAboutOrMayDecideAboutTheySeeWhateverThePolicyGrants() throws Exception {
        runner.grant("web:alice");
        runner.grant("web:bob");
        runner.grant("web:carol");
        ran("alice", "check disk space on web-server-02", "bob", TargetStatus.SUCCEEDED, "web-server-02");
        assertThat(asked("alice", "what did I run today")).contains("check_disk_space on web-server-02");
        assertThat(asked("bob", "what did I approve today")).contains("Asked by alice, approved by bob");
        chat.await(chat.say("alice", "restart nginx on web-server-01"), "plan");
        assertThat(asked("carol", "what is waiting for approval"))
                .contains("restart_service (nginx) on web-server-01: waiting. Asked by alice, needs 1 of bob, carol");
        assertThat(asked("eve", "what is waiting for approval")).contains("restart_service");
        runner.grant("web:eve");
        assertThat(asked("eve", "what is waiting for approval"))
                .isEqualTo("Nothing that you may see waits for approval.");
    }

    @Test
    void whoApprovedAndWhoDeniedIsSaidOfTheRightPlan() throws Exception {
        ran("alice", "restart nginx on web-server-02", "carol", TargetStatus.SUCCEEDED, "web-server-02");
        ran("alice", "restart ssh on web-server-02", "bob", TargetStatus.SUCCEEDED, "web-server-02");
        String conversation = chat.say("alice", "restart redis on web-server-01");
        chat.decide(chat.await(conversation, "plan"), "bob", "deny");
        chat.await(conversation, "result");
        assertThat(asked("alice", "who approved the restart of nginx on web-server-02?"))
                .contains("restart_service (nginx) on web-server-02: succeeded. Asked by alice, approved by carol.")
                .doesNotContain("bob");
        assertThat(asked("alice", "who denied the restart of redis"))
                .contains("restart_service (redis) on web-server-01: denied. Asked by alice, denied by bob.");
        assertThat(told(conversation, "alice", "who denied that?", 1)).contains("denied by bob");
    }

    @Test
    void aLongListGoesOnWithMoreForWhoeverAskedAlsoAfterARestart() {
        runner.rules(Rules.someoneElse());
        for (int i = 0; i < 13; i++) {
            chat.await(chat.say("alice", "restart nginx on web-server-01"), "plan");
        }
        String conversation = chat.say("bob", "what is waiting for approval?");
        JsonNode first = chat.await(
                conversation, "message", event -> event.get("from").asText().equals("opsconductor"));
        List<String> lines = first.get("text").asText().lines().toList();
        assertThat(lines).hasSize(12);
        assertThat(lines.getLast()).isEqualTo("and 3 more: say \"more\".");
        assertThat(first.get("choices").findValuesAsText("reply")).contains("more");
        restart();
        List<String> rest = told(conversation, "bob", "more", 2).lines().toList();
        assertThat(rest.getFirst()).isEqualTo("More:");
        assertThat(rest).hasSize(4);
        assertThat(told(conversation, "bob", "more", 3)).doesNotContain("restart_service");
    }

    @Test
    void withoutTheRunnerOnlyTheirOwnIsListedAndTheAnswerSaysWhy() throws Exception {
        ran("alice", "check disk space on web-server-01", "bob", TargetStatus.SUCCEEDED, "web-server-01");
        runner.vanish();
        assertThat(asked("alice", "what ran today"))
                .contains("check_disk_space on web-server-01")
                .endsWith("these are only your own.");
        assertThat(asked("dan", "what ran today"))
                .startsWith("Nothing that you may see ran")
                .endsWith("these are only your own.");
        runner.comeBack();
    }

    @Test
    void toolsAndTargetsAreToldByWhatOneMayUse() {
        runner.grant("web:dan", FIRST);
        assertThat(asked("dan", "which tools can I use on web-server-01"))
                .startsWith("These tools you may use on web-server-01;")
                .contains("Check disk space", "Restart service")
                .doesNotContain("Tail log");
        assertThat(asked("dan", "which tools can I use on web-server-02"))
                .isEqualTo("There is no tool on web-server-02 that you may use.");
        assertThat(asked("dan", "tell me about web-server-01")).isEqualTo("""
                        web-server-01:
                        - environment: production
                        - platform: linux
                        - groups: web-servers
                        2 tools that you may use are for it; ask "which tools can I use on web-server-01".""");
        assertThat(asked("dan", "which tool restarts a service"))
                .startsWith("For \"restarts a service\" there is:\n- Restart service");
        assertThat(asked("dan", "which hosts are in production"))
                .isEqualTo("In web-servers:\n- web-server-01\n- web-server-02");
    }
}
