package io.opsconductor.chat.slack.handle;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.chat.scripted.ScriptedExecution;
import io.opsconductor.counterpart.slack.PostedMessage;
import io.opsconductor.plan.Batch;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rolling restart in a Slack thread: its card, its dry run, its waiting. */
class SlackFleetTest {
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

    private PostedMessage card() {
        PostedMessage asked = scene.alice.says(
                scene.general,
                scene.mention("restart nginx on all web servers, one at a time, then check that they answer"));
        return scene.general.awaitReply(asked, "one target at a time, stops when one fails");
    }

    @Test
    void theCardSaysHowItRunsAndSoItIsSentToTheRunner() throws InterruptedException {
        PostedMessage card = card();
        assertThat(card.allText()).contains("verifies step 1 after each batch of it");
        scene.bob.presses(card, SlackScene.approve(card)).orFail();
        ScriptedExecution execution = scene.runner.arrived();
        assertThat(execution
                        .request()
                        .plan()
                        .steps()
                        .getFirst()
                        .options()
                        .pace()
                        .batch())
                .isEqualTo(Batch.ofTargets(1));
        execution.started("web-server-01");
        execution.waits("web-server-02", "Waits, because restart_service of execution x1 changes the same machine.");
        scene.general.awaitMessage(message -> message.rootTs().equals(card.rootTs())
                && message.allText().contains("web-server-02: Waits, because restart_service of execution x1"));
    }

    @Test
    void theButtonMakesAPlanOfTheChecksAndTheCardGoesOnWaiting() throws InterruptedException {
        PostedMessage card = card();
        scene.bob.presses(card, SlackScene.action(card, "ops_dry_run")).orFail();
        PostedMessage checks =
                scene.general.awaitMessage(message -> message.rootTs().equals(card.rootTs())
                        && message.allText().contains("Dry run of restart service nginx")
                        && message.actionIds().stream().anyMatch(id -> id.startsWith("ops_approve")));
        scene.bob.presses(checks, SlackScene.approve(checks)).orFail();
        assertThat(scene.runner.arrived().request().plan().steps())
                .singleElement()
                .satisfies(step -> assertThat(step.options().check()).isTrue());
        scene.bob.presses(card, SlackScene.approve(card)).orFail();
        assertThat(scene.runner.arrived().request().plan().steps()).hasSize(2);
    }
}
