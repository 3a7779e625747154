package io.opsconductor.chat.slack.handle;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.brain.approval.Decided;
import io.opsconductor.brain.approval.Vote;
import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.chat.scripted.Rules;
import io.opsconductor.chat.scripted.ScriptedExecution;
import io.opsconductor.counterpart.slack.Channel;
import io.opsconductor.counterpart.slack.Ephemeral;
import io.opsconductor.counterpart.slack.OpenView;
import io.opsconductor.counterpart.slack.PostedMessage;
import io.opsconductor.plan.Attestation.Decision;
import io.opsconductor.plan.ExecutionStatus;
import io.opsconductor.plan.Tenant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans that are decided about in another place than that in which they were asked for. */
class SlackElsewhereTest {
    private static final String REQUEST = "check disk space on web-server-01";

    @TempDir
    Path home;

    private SlackScene scene;
    private Channel bobs;

    @BeforeEach
    void start() {
        scene = SlackScene.start(home);
        scene.runner.knows(SlackScene.identity(scene.bob), "bob");
        scene.runner.rules(Rules.someoneElse().approvedBy("bob"));
        bobs = scene.acme.direct(scene.bob, scene.ops.bot());
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void whatWasAskedForOnThePageIsApprovedInADirectMessage() throws InterruptedException {
        String page = scene.asksElsewhere("web:alice", REQUEST);
        PostedMessage card = scene.awaitAction(bobs, "ops_approve");
        assertThat(card.allText()).contains("check_disk_space", "alice");
        // Nobody has written there yet.
        assertThat(scene.tenantOf("slack-" + scene.acme.id() + "-" + bobs.id())).contains(Tenant.DEFAULT);

        scene.bob.presses(card, SlackScene.approve(card)).orFail();
        ScriptedExecution execution = scene.runner.arrived();
        var statement = execution.request().attestations().getFirst().statement();
        assertThat(statement.approver()).isEqualTo(SlackScene.identity(scene.bob));
        assertThat(statement.requester()).isEqualTo("web:alice");
        assertThat(statement.conversation()).isEqualTo("slack-" + scene.acme.id() + "-" + bobs.id());
        assertThat(scene.told(page))
                .anySatisfy(event -> assertThat(event).isInstanceOfSatisfying(ChatEvent.Message.class, said -> {
                    assertThat(said.text()).endsWith("approved \"Check disk space on web-server-01\" elsewhere.");
                    assertThat(said.named()).isEqualTo(SlackScene.identity(scene.bob));
                }));

        execution.started("web-server-01");
        execution.finished("web-server-01", "/dev/sda1 42%");
        execution.ended(ExecutionStatus.SUCCEEDED, "done");
        bobs.awaitMessage(
                message -> message.ts().equals(card.ts()) && message.allText().contains("Succeeded"));
        // The output is where it was asked for.
        assertThat(bobs.messages()).noneMatch(message -> message.allText().contains("/dev/sda1"));
    }

    @Test
    void whatRunsIsCancelledAndRunAgainFromTheDirectMessageInWhichItWasApproved() throws InterruptedException {
        scene.asksElsewhere("web:alice", REQUEST);
        PostedMessage card = scene.awaitAction(bobs, "ops_approve");
        scene.bob.presses(card, SlackScene.approve(card)).orFail();
        scene.runner.arrived().started("web-server-01");
        PostedMessage running = scene.awaitAction(bobs, "ops_cancel");
        scene.bob.presses(running, SlackScene.action(running, "ops_cancel")).orFail();
        bobs.awaitMessage(
                message -> message.ts().equals(card.ts()) && message.allText().contains("Cancelled"));

        PostedMessage ended = scene.awaitAction(bobs, "ops_run_again");
        scene.bob.presses(ended, SlackScene.action(ended, "ops_run_again")).orFail();
        PostedMessage again = scene.awaitAction(bobs, "ops_approve");
        assertThat(again.ts()).isNotEqualTo(card.ts());
        assertThat(scene.runnerAskedBy(scene.bob)).isTrue();
        assertThat(bobs.ephemeralsOf(scene.bob)).isEmpty();
    }

    @Test
    void aCardElsewhereShowsWhatWasDecidedOnThePageAlsoAfterARestart() {
        String page = scene.asksElsewhere("web:alice", REQUEST);
        PostedMessage card = scene.awaitAction(bobs, "ops_approve");
        ChatEvent.PlanCard shown = plan(page);
        scene.stop();
        scene.startAgain();
        assertThat(scene.decidesElsewhere(Vote.of(shown.approval(), "web:bob", Decision.DENY, shown.digest())
                        .because("not now")))
                .isInstanceOf(Decided.Counted.class);
        PostedMessage ended = bobs.awaitMessage(
                message -> message.ts().equals(card.ts()) && message.allText().contains("Denied"));
        assertThat(ended.allText()).contains("not now", "Nothing was run.");
        assertThat(ended.actionIds()).isEmpty();
        assertThat(cards(bobs)).hasSize(1);
    }

    @Test
    void onePersonUnderTwoIdentitiesApprovesOnce() {
        scene.runner.rules(Rules.two().approvedBy("bob", "carol"));
        String page = scene.asksElsewhere("web:alice", REQUEST);
        PostedMessage card = scene.awaitAction(bobs, "ops_approve");
        scene.bob.presses(card, SlackScene.approve(card)).orFail();
        bobs.awaitMessage(
                message -> message.ts().equals(card.ts()) && message.allText().contains("one more is needed"));
        ChatEvent.PlanCard shown = plan(page);
        assertThat(scene.decidesElsewhere(Vote.of(shown.approval(), "web:bob", Decision.APPROVE, shown.digest())))
                .isInstanceOfSatisfying(
                        Decided.Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo("already_approved"));
        assertThat(scene.decidesElsewhere(Vote.of(shown.approval(), "web:carol", Decision.APPROVE, shown.digest())))
                .isInstanceOf(Decided.Counted.class);
        bobs.awaitMessage(
                message -> message.ts().equals(card.ts()) && message.allText().contains("carol"));
        scene.awaitTrue(() -> scene.runner.executions() == 1);
    }

    @Test
    void whoIsCalledInTheChannelIsNotToldTwiceAndIsRemindedAlone() {
        scene.stop();
        scene.reminder = Duration.ofMinutes(15).minusMillis(500);
        scene.startAgain();
        PostedMessage asked = scene.alice.says(scene.general, scene.mention(REQUEST));
        PostedMessage card = scene.general.awaitReply(asked, "check_disk_space");
        assertThat(card.blocks().toString()).contains(scene.bob.id());
        bobs.awaitText("A plan still waits for you and expires in 15 min");
        scene.awaitAction(bobs, "ops_approve");
        scene.general.awaitMessage(message -> message.rootTs().equals(card.rootTs())
                && message.allText().contains("still waits for approval and expires in 15 min. bob may approve."));
        scene.stop();
        scene.startAgain();
        PostedMessage again = scene.alice.says(scene.general, scene.mention("help"));
        scene.general.awaitReply(again, "I can run these tools");
        assertThat(bobs.messages().stream().filter(message -> message.allText().contains("still waits")))
                .hasSize(1);
    }

    @Test
    void nobodyIsRemindedAfterADecision() throws InterruptedException {
        scene.stop();
        scene.reminder = Duration.ofMinutes(15).minusSeconds(2);
        scene.startAgain();
        PostedMessage asked = scene.alice.says(scene.general, scene.mention(REQUEST));
        PostedMessage card = scene.general.awaitReply(asked, "check_disk_space");
        scene.bob.presses(card, SlackScene.approve(card)).orFail();
        scene.runner.arrived();
        scene.asksElsewhere("web:alice", "restart nginx on web-server-01");
        // Reminders go out in the order in which they are due: the first one's time is over when the second one comes.
        bobs.awaitText("still waits for you");
        assertThat(bobs.messages().stream()
                        .filter(message -> message.allText().contains("still waits"))
                        .map(PostedMessage::allText))
                .singleElement()
                .asString()
                .contains("nginx");
    }

    @Test
    void whatWaitsIsListedByTheCommandAndShownInMessages() {
        scene.asksElsewhere("web:alice", REQUEST);
        scene.awaitAction(bobs, "ops_approve");
        scene.alice.says(scene.general, scene.mention("restart nginx on web-server-02"));
        scene.awaitAction(scene.general, "ops_approve");
        scene.bob.runs(scene.app, scene.general, "/ops", "approvals").orFail();
        PostedMessage list = scene.awaitAction(bobs, "ops_say");
        assertThat(list.allText()).contains("nginx");
        String show = list.actionIds().stream()
                .filter(id -> id.startsWith("ops_say"))
                .reduce((first, last) -> last)
                .orElseThrow();
        scene.bob.presses(list, show).orFail();
        bobs.awaitMessage(message -> message.allText().contains("restart_service")
                && message.actionIds().stream().anyMatch(id -> id.startsWith("ops_approve")));
    }

    @Test
    void whatDestroysIsApprovedByWhoeverTypesItsCode() {
        scene.runner.destroying();
        PostedMessage asked = scene.alice.says(scene.general, scene.mention(REQUEST));
        PostedMessage card = scene.general.awaitReply(asked, "check_disk_space");
        assertThat(card.allText()).contains("Cannot be undone on", "web-server-01 (production)");
        scene.bob.presses(card, SlackScene.approve(card)).orFail();
        OpenView form = scene.bob.awaitView("Approve: destroys");
        assertThat(form.allText()).contains("web-server-01 (production)");
        scene.bob.submits(form, Map.of("ops_code", "AAA-AAA"));
        assertThat(form.errors()).hasSize(1);
        assertThat(form.errors().values().iterator().next()).startsWith("This is not the code of this plan. Type ");
        assertThat(form.open()).isTrue();
        assertThat(scene.runner.executions()).isZero();

        String code = form.errors().values().iterator().next().replaceAll(".*Type (\\S+), or.*", "$1");
        scene.bob
                .submits(form, Map.of("ops_code", code.toLowerCase(java.util.Locale.ROOT)))
                .orFail();
        scene.awaitTrue(() -> scene.runner.executions() == 1);
    }

    @Test
    void aPlanThatChangedIsMadeAnewWithOnePress() {
        PostedMessage asked = scene.alice.says(scene.general, scene.mention(REQUEST));
        PostedMessage card = scene.general.awaitReply(asked, "check_disk_space");
        scene.runner.refuseNextCheck(
                409,
                "changed_since_preview",
                "since the preview was shown, this changed: the tool check_disk_space",
                "preview the plan again and have the new preview approved");
        scene.bob.presses(card, SlackScene.approve(card)).orFail();
        Ephemeral told = scene.general.awaitEphemeral(scene.bob, "this changed: the tool check_disk_space");
        scene.bob.presses(told, "ops_fresh").orFail();
        scene.general.awaitMessage(
                message -> message.ts().equals(card.ts()) && message.allText().contains("Replaced"));
        PostedMessage newer =
                scene.general.awaitMessage(message -> !message.ts().equals(card.ts())
                        && message.actionIds().stream().anyMatch(id -> id.startsWith("ops_approve")));
        scene.bob.presses(newer, SlackScene.approve(newer)).orFail();
        scene.awaitTrue(() -> scene.runner.executions() == 1);
    }

    private ChatEvent.PlanCard plan(String conversation) {
        return scene.told(conversation).stream()
                .filter(ChatEvent.PlanCard.class::isInstance)
                .map(ChatEvent.PlanCard.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static List<PostedMessage> cards(Channel channel) {
        return channel.messages().stream()
                .filter(message -> message.allText().contains("check_disk_space"))
                .toList();
    }
}
