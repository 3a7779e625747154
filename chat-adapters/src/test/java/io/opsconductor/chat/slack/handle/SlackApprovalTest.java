package io.opsconductor.chat.slack.handle;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.chat.act.Act;
import io.opsconductor.chat.scripted.Rules;
import io.opsconductor.chat.scripted.ScriptedExecution;
import io.opsconductor.chat.slack.act.ActButtons;
import io.opsconductor.counterpart.slack.OpenView;
import io.opsconductor.counterpart.slack.PostedMessage;
import io.opsconductor.plan.ExecuteRequest;
import io.opsconductor.plan.ExecutionStatus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlackApprovalTest {
    @TempDir
    Path home;

    private SlackScene scene;

    @BeforeEach
    void start() {
        scene = SlackScene.start(home);
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void anApprovedPlanRunsAndItsResultComesIntoTheThread() throws InterruptedException {
        PostedMessage card = card();
        scene.bob.presses(card, SlackScene.approve(card)).orFail();
        ScriptedExecution execution = scene.runner.arrived();
        assertThat(execution.request().attestations().getFirst().statement().approver())
                .isEqualTo(SlackScene.identity(scene.bob));
        execution.started("web-server-01");
        execution.finished("web-server-01", "/dev/sda1 42%");
        execution.ended(ExecutionStatus.SUCCEEDED, "done");
        scene.general.awaitMessage(message ->
                message.rootTs().equals(card.rootTs()) && message.allText().contains("/dev/sda1 42%"));
    }

    @Test
    void whoMayNotApproveIsToldWhyAndWhoMay() {
        PostedMessage card = card();
        scene.alice.presses(card, SlackScene.approve(card)).orFail();
        assertThat(scene.general.awaitEphemeral(scene.alice, "may not approve").threadTs())
                .isEqualTo(card.rootTs());
        assertThat(scene.runner.executions()).isZero();
    }

    @Test
    void aPressOnAStaleCardIsAnsweredAndChangesNothing() throws InterruptedException {
        PostedMessage card = card();
        String approve = SlackScene.approve(card);
        scene.bob.presses(card, approve).orFail();
        scene.runner.arrived();
        scene.bob.pressesAsSeen(card, 0, approve).orFail();
        scene.general.awaitEphemeral(scene.bob, "approved this plan");
        assertThat(scene.runner.executions()).isEqualTo(1);
    }

    @Test
    void aDenialAsksForAReasonAndSaysIt() {
        PostedMessage card = card();
        scene.bob.presses(card, SlackScene.action(card, "ops_deny")).orFail();
        OpenView form = scene.bob.awaitView("Deny this plan");
        scene.bob.submits(form, Map.of("ops_reason", "not during the sale")).orFail();
        scene.general.awaitMessage(message ->
                message.rootTs().equals(card.rootTs()) && message.allText().contains("not during the sale"));
        assertThat(scene.runner.executions()).isZero();
    }

    @Test
    void theRequesterBreaksTheGlassWithAReasonAndNobodyElseDoes() throws InterruptedException {
        scene.runner.rules(
                Rules.someoneElse().approvedBy(SlackScene.identity(scene.bob)).withGlass());
        PostedMessage card = card();
        String press = SlackScene.action(card, "ops_break_glass");
        scene.bob.presses(card, press).orFail();
        scene.general.awaitEphemeral(scene.bob, "may not break the glass for this plan");
        assertThat(scene.bob.modal()).isEmpty();

        scene.alice.presses(card, press).orFail();
        OpenView form = scene.alice.awaitView("Why can it not wait?");
        scene.alice.submits(form, Map.of("ops_reason", "the shop is down")).orFail();
        scene.general.awaitMessage(message -> message.ts().equals(card.ts())
                && message.allText().contains("break glass: decide about the newer plan"));
        PostedMessage newer =
                scene.general.awaitMessage(message -> message.rootTs().equals(card.rootTs())
                        && !message.ts().equals(card.ts())
                        && message.allText().contains("nobody else approves this. The reason:")
                        && message.allText().contains("the shop is down"));
        scene.alice.presses(newer, SlackScene.approve(newer)).orFail();
        ScriptedExecution execution = scene.runner.arrived();
        assertThat(execution.request().attestations().getFirst().statement().approver())
                .isEqualTo(SlackScene.identity(scene.alice));
        assertThat(scene.runner.executions()).isEqualTo(1);
    }

    @Test
    void aFormForADecidedPlanDoesNotOpen() throws InterruptedException {
        PostedMessage card = card();
        String deny = SlackScene.action(card, "ops_deny");
        scene.bob.presses(card, SlackScene.approve(card)).orFail();
        scene.runner.arrived();
        scene.bob.pressesAsSeen(card, 0, deny).orFail();
        scene.general.awaitEphemeral(scene.bob, "approved this plan");
        assertThat(scene.bob.modal()).isEmpty();
    }

    @Test
    void aFormThatOpensTooLateIsAnswered() {
        PostedMessage card = card();
        scene.slack.letTriggersLive(Duration.ZERO);
        scene.bob.presses(card, SlackScene.action(card, "ops_deny")).orFail();
        scene.general.awaitEphemeral(scene.bob, "press again");
    }

    @Test
    void theRequesterEditsAPlanAndANewCardComes() {
        PostedMessage asked = scene.alice.says(scene.general, scene.mention("restart nginx on web-server-01"));
        PostedMessage card = scene.general.awaitReply(asked, "restart_service");
        scene.alice.presses(card, SlackScene.action(card, "ops_edit")).orFail();
        OpenView form = scene.alice.awaitView("nginx");
        scene.alice
                .submits(form, Map.of(form.actionIds().getFirst(), "haproxy"))
                .orFail();
        scene.general.awaitMessage(message -> message.rootTs().equals(asked.ts())
                && message.allText().contains("haproxy")
                && !message.ts().equals(card.ts())
                && message.author().isBot());
    }

    @Test
    void aValueThatMayNotBeIsToldInTheFormWhichStaysOpen() {
        PostedMessage asked = scene.alice.says(
                scene.general, scene.mention("show the last 20 lines of /var/log/syslog on web-server-01"));
        PostedMessage card = scene.general.awaitReply(asked, "tail_log");
        scene.alice.presses(card, SlackScene.action(card, "ops_edit")).orFail();
        OpenView form = scene.alice.awaitView("/var/log/syslog");
        String path = form.actionIds().getFirst();
        scene.alice.submits(form, Map.of(path, "var/log/auth.log"));
        assertThat(form.errors()).containsOnlyKeys("0.path");
        assertThat(form.errors().get("0.path"))
                .startsWith("Expected an absolute path")
                .contains("var/log/auth.log");
        assertThat(form.open()).isTrue();
        scene.alice.submits(form, Map.of(path, "/var/log/auth.log")).orFail();
        assertThat(form.open()).isFalse();
        scene.general.awaitReply(asked, "/var/log/auth.log");
        assertThat(scene.general.ephemeralsOf(scene.alice)).isEmpty();
    }

    @Test
    void whoMayApproveIsCalledByTheCard() {
        assertThat(card().blocks().toString())
                .containsPattern("May be approved by \"[^\\]]*\"user_id\":\"" + scene.bob.id() + "\"");
    }

    @Test
    void aPersonIsNamedByAMentionAndInWordsByTheNameAlone() throws InterruptedException {
        scene.runner.letExecutesStick();
        PostedMessage card = card();
        String approve = SlackScene.approve(card);
        scene.bob.presses(card, approve).orFail();
        ExecuteRequest request = scene.runner.stuck();
        scene.alice.repliesTo(card, scene.mention("cancel"));
        PostedMessage told = scene.general.awaitText("asked to cancel what is running");
        assertThat(told.blocks().toString()).contains("\"user_id\":\"" + scene.alice.id() + "\"");
        scene.bob.pressesAsSeen(card, 0, approve).orFail();
        scene.general.awaitEphemeral(scene.bob, "Not done: bob approved this plan");
        scene.runner.letThrough(request);
    }

    @Test
    void onlyTheRequesterWithdraws() {
        PostedMessage card = card();
        String withdraw = SlackScene.action(card, "ops_withdraw");
        scene.bob.presses(card, withdraw).orFail();
        scene.general.awaitEphemeral(scene.bob, "may not withdraw");
        scene.alice.presses(card, withdraw).orFail();
        scene.general.awaitMessage(message ->
                message.rootTs().equals(card.rootTs()) && message.allText().contains("Nothing was run"));
    }

    @Test
    void whatRunsIsCancelledByItsButtonAndRunAgainByItsResults() throws InterruptedException {
        PostedMessage card = card();
        scene.bob.presses(card, SlackScene.approve(card)).orFail();
        ScriptedExecution execution = scene.runner.arrived();
        execution.started("web-server-01");
        PostedMessage running = scene.awaitAction(scene.general, "ops_cancel");
        scene.alice.presses(running, SlackScene.action(running, "ops_cancel")).orFail();
        PostedMessage ended = scene.awaitAction(scene.general, "ops_run_again");
        scene.alice.presses(ended, SlackScene.action(ended, "ops_run_again")).orFail();
        scene.general.awaitMessage(message -> message.rootTs().equals(card.rootTs())
                && !message.ts().equals(card.ts())
                && message.actionIds().stream().anyMatch(id -> id.startsWith("ops_approve")));
    }

    @Test
    void aChoiceIsTakenAsIfItWereTyped() {
        PostedMessage asked = scene.alice.says(scene.general, scene.mention("restart nginx"));
        PostedMessage question = scene.general.awaitReply(asked, "on which target");
        scene.alice.presses(question, SlackScene.action(question, "ops_say")).orFail();
        scene.general.awaitReply(asked, "restart_service");
    }

    @Test
    void slowWorkShows() throws InterruptedException {
        PostedMessage asked = scene.alice.says(scene.general, scene.mention("restart nginx on web-server-01"));
        PostedMessage card = scene.general.awaitReply(asked, "restart_service");
        scene.bob.presses(card, SlackScene.approve(card)).orFail();
        ScriptedExecution execution = scene.runner.arrived();
        execution.started("web-server-01");
        execution.finished("web-server-01", "");
        execution.ended(ExecutionStatus.SUCCEEDED, "done");
        PostedMessage ended = scene.awaitAction(scene.general, "ops_run_again");
        CountDownLatch latch = new CountDownLatch(1);
        scene.runner.holdPreviews(latch);
        scene.alice.presses(ended, SlackScene.action(ended, "ops_run_again")).orFail();
        scene.general.awaitEphemeral(scene.alice, "Working on it");
        latch.countDown();
    }

    @Test
    void twoApprovalsAreCountedByPersonAcrossTheCard() {
        scene.runner.rules(Rules.two().approvedBy(SlackScene.identity(scene.bob), SlackScene.identity(scene.alice)));
        PostedMessage card = card();
        scene.bob.presses(card, SlackScene.approve(card)).orFail();
        scene.bob.presses(card, SlackScene.approve(card)).orFail();
        scene.general.awaitEphemeral(scene.bob, "already");
        assertThat(scene.runner.executions()).isZero();
        scene.alice.presses(card, SlackScene.approve(card)).orFail();
        scene.awaitTrue(() -> scene.runner.executions() == 1);
    }

    @Test
    void theHomeShowsWhatWaitsAndIsBroughtUpToDate() {
        card();
        scene.bob.opensHome(scene.ops);
        scene.awaitTrue(() -> scene.bob
                .home(scene.ops)
                .map(home -> home.allText().contains("isk space"))
                .orElse(false));
    }

    @Test
    void whatTheHomeSuggestsIsAskedInTheDirectTalk() {
        scene.alice.opensHome(scene.ops);
        scene.awaitTrue(() -> scene.alice.home(scene.ops).isPresent());
        OpenView home = scene.alice.home(scene.ops).orElseThrow();
        String say = home.actionIds().stream()
                .filter(id -> id.startsWith("ops_say"))
                .findFirst()
                .orElseThrow();
        scene.alice.presses(home, say).orFail();
        scene.acme.direct(scene.alice, scene.ops.bot()).awaitText("check_disk_space");
    }

    @Test
    void theWholeOutputComesAsAFile() throws InterruptedException {
        PostedMessage card = card();
        scene.bob.presses(card, SlackScene.approve(card)).orFail();
        ScriptedExecution execution = scene.runner.arrived();
        execution.started("web-server-01");
        execution.finished("web-server-01", "/dev/sda1 42%");
        execution.ended(ExecutionStatus.SUCCEEDED, "done");
        scene.awaitAction(scene.general, "ops_run_again");
        Act output = new Act.FullOutput(execution.request().executionId(), 0, "web-server-01");
        scene.presses(
                scene.bob, scene.general, card.ts(), card.rootTs(), ActButtons.id(output, 0), ActButtons.value(output));
        scene.awaitTrue(() -> scene.slack.files().stream()
                .anyMatch(file -> new String(file.content(), StandardCharsets.UTF_8).contains("/dev/sda1 42%")));
    }

    private PostedMessage card() {
        PostedMessage asked = scene.alice.says(scene.general, scene.mention("check disk space on web-server-01"));
        return scene.general.awaitReply(asked, "check_disk_space");
    }
}
