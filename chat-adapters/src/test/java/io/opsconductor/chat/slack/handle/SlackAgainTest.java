package io.opsconductor.chat.slack.handle;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.chat.act.Act;
import io.opsconductor.chat.arrival.Arrival;
import io.opsconductor.chat.scripted.Rules;
import io.opsconductor.chat.scripted.ScriptedExecution;
import io.opsconductor.chat.slack.act.ActButtons;
import io.opsconductor.counterpart.slack.OpenView;
import io.opsconductor.counterpart.slack.PostedMessage;
import io.opsconductor.plan.ExecutionStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An act takes effect once, also when the process dies after its work and before it noted that: the next one repeats it. */
class SlackAgainTest {
    private static final String REQUEST = "check disk space on web-server-01";

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
    void whatIsRunAgainWithoutApprovalRunsOnce() throws InterruptedException {
        scene.runner.rules(Rules.nobody());
        PostedMessage asked = scene.alice.says(scene.general, scene.mention(REQUEST));
        PostedMessage ended = ended(scene.runner.arrived());
        scene.diesAfter(
                Arrival.Kind.ACTION,
                () -> scene.alice
                        .presses(ended, SlackScene.action(ended, "ops_run_again"))
                        .orFail());
        scene.runner.arrived();
        assertThat(plansAfterOneMore(asked)).isEqualTo(3);
        scene.runner.arrived();
        assertThat(scene.runner.executions()).isEqualTo(3);
    }

    @Test
    void anEditMakesOneNewPlanAndNobodyHearsThatItCameTooLate() throws InterruptedException {
        PostedMessage asked = scene.alice.says(scene.general, scene.mention("restart nginx on web-server-01"));
        PostedMessage card = scene.general.awaitReply(asked, "restart_service");
        scene.alice.presses(card, SlackScene.action(card, "ops_edit")).orFail();
        OpenView form = scene.alice.awaitView("nginx");
        scene.diesAfter(
                Arrival.Kind.SUBMISSION,
                () -> scene.alice
                        .submits(form, Map.of(form.actionIds().getFirst(), "haproxy"))
                        .orFail());
        assertThat(plansAfterOneMore(asked)).isEqualTo(3);
        assertThat(scene.general.ephemeralsOf(scene.alice)).isEmpty();
    }

    @Test
    void aCommandIsSaidAndAskedOnce() throws InterruptedException {
        scene.diesAfter(
                Arrival.Kind.COMMAND,
                () -> scene.alice
                        .runs(scene.app, scene.general, "/ops", REQUEST)
                        .orFail());
        PostedMessage said = scene.general.awaitText("asked: " + REQUEST);
        assertThat(plansAfterOneMore(said)).isEqualTo(2);
        assertThat(scene.general.messages())
                .filteredOn(message -> message.text().contains("asked: "))
                .hasSize(1);
    }

    @Test
    void aMessageIsAskedAboutOnce() throws InterruptedException {
        PostedMessage alert = scene.bob.says(scene.general, "web-server-01 has no space left");
        scene.alice.usesMessageShortcut(scene.app, alert, "ask").orFail();
        OpenView form = scene.alice.awaitView("no space left");
        scene.diesAfter(
                Arrival.Kind.SUBMISSION,
                () -> scene.alice.submits(form, Map.of("ops_request", REQUEST)).orFail());
        scene.general.awaitReply(alert, "asked: " + REQUEST);
        assertThat(plansAfterOneMore(alert)).isEqualTo(2);
        assertThat(scene.general.thread(alert.ts()))
                .filteredOn(message -> message.text().contains("asked: "))
                .hasSize(1);
    }

    @Test
    void anOutputIsBroughtOnce() throws InterruptedException {
        scene.runner.rules(Rules.nobody());
        PostedMessage asked = scene.alice.says(scene.general, scene.mention(REQUEST));
        ScriptedExecution execution = scene.runner.arrived();
        ended(execution);
        Act output = new Act.FullOutput(execution.request().executionId(), 0, "web-server-01");
        scene.diesAfter(
                Arrival.Kind.ACTION,
                () -> scene.presses(
                        scene.bob,
                        scene.general,
                        asked.ts(),
                        asked.rootTs(),
                        ActButtons.id(output, 0),
                        ActButtons.value(output)));
        scene.general.awaitMessage(message -> !message.fileIds().isEmpty());
        plansAfterOneMore(asked);
        assertThat(scene.general.thread(asked.ts()))
                .filteredOn(message -> !message.fileIds().isEmpty())
                .hasSize(1);
    }

    private PostedMessage ended(ScriptedExecution execution) {
        execution.started("web-server-01");
        execution.finished("web-server-01", "/dev/sda1 42%");
        execution.ended(ExecutionStatus.SUCCEEDED, "done");
        return scene.awaitAction(scene.general, "ops_run_again");
    }

    /** What is told in a thread is told in order: with one more plan, every plan before it is there. */
    private int plansAfterOneMore(PostedMessage asked) {
        scene.bob.repliesTo(asked, scene.mention("show the last 7 lines of /var/log/syslog on web-server-02"));
        scene.general.awaitReply(asked, "/var/log/syslog");
        scene.awaitTrue(() -> plans(asked).getLast().allText().contains("tail_log"));
        return plans(asked).size();
    }

    private List<PostedMessage> plans(PostedMessage asked) {
        return scene.general.thread(asked.rootTs()).stream()
                .filter(message -> message.allText().contains("Asked by"))
                .toList();
    }
}
