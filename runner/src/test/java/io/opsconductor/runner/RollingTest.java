package io.opsconductor.runner;

import static io.opsconductor.runner.Fleet.machines;
import static io.opsconductor.runner.TestCaller.plan;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.plan.Batch;
import io.opsconductor.plan.ExecuteRequest;
import io.opsconductor.plan.ExecutionEvent;
import io.opsconductor.plan.ExecutionStatus;
import io.opsconductor.plan.Failures;
import io.opsconductor.plan.Pace;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.StepOptions;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches, pauses, limits of failures and verification, on real machines. */
class RollingTest {
    private static final StepOptions ONE_AT_A_TIME = StepOptions.USUAL.with(new Pace(0, Batch.ofTargets(1), 0));

    @TempDir
    private Path directory;

    private Fleet fleet;

    @BeforeEach
    void start() throws Exception {
        fleet = Fleet.start(directory);
    }

    @AfterEach
    void stop() {
        fleet.close();
    }

    @Test
    void oneTargetAtATimeIsChangedAndVerifiedBeforeTheNextOneIsTouched() {
        Plan plan = plan(
                fleet.step("change", "restart", machines(3), ONE_AT_A_TIME),
                fleet.verify("change", "restart", machines(3)));

        Fleet.Ran ran = fleet.run(plan);

        assertThat(ran.answer().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(fleet.log())
                .containsExactly(
                        "restart begins web-01",
                        "restart ends web-01",
                        "check begins web-01",
                        "check ends web-01",
                        "restart begins web-02",
                        "restart ends web-02",
                        "check begins web-02",
                        "check ends web-02",
                        "restart begins web-03",
                        "restart ends web-03",
                        "check begins web-03",
                        "check ends web-03");
    }

    @Test
    void aTargetThatDoesNotStandUpToItsVerificationStopsTheRest() {
        fleet.failing("check", "web-02", 1);
        Plan plan = plan(
                fleet.step("change", "restart", machines(4), ONE_AT_A_TIME),
                fleet.verify("change", "restart", machines(4)),
                fleet.step("look", "after", machines(4), StepOptions.USUAL));

        Fleet.Ran ran = fleet.run(plan);

        assertThat(ran.answer().status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(ran.results())
                .containsExactly(
                        "0 web-01 succeeded",
                        "0 web-02 succeeded",
                        "0 web-03 skipped",
                        "0 web-04 skipped",
                        "1 web-01 succeeded",
                        "1 web-02 failed",
                        "1 web-03 skipped",
                        "1 web-04 skipped",
                        "2 web-01 skipped",
                        "2 web-02 skipped",
                        "2 web-03 skipped",
                        "2 web-04 skipped");
        assertThat(ran.reason(2)).isEqualTo("Not started, because it failed on web-02 before.");
        assertThat(ran.reason(8)).isEqualTo("Not started, because step 1 (change) did not succeed everywhere.");
        assertThat(fleet.log()).noneMatch(line -> line.contains("web-03") || line.startsWith("after"));
    }

    @Test
    void aShareOfTheTargetsIsABatchAndTheNextWaitsForAllOfIt() {
        fleet.hold("restart", "web-01");
        StepOptions half = StepOptions.USUAL.with(new Pace(0, Batch.ofPercent(50), 0));
        ExecuteRequest request = fleet.approved(plan(fleet.step("change", "restart", machines(4), half)));
        try (Fleet.Watched watched = fleet.watch(request)) {
            watched.until("restart ends web-02");
            assertThat(fleet.log()).noneMatch(line -> line.contains("web-03") || line.contains("web-04"));
            fleet.letGo("restart", "web-01");
            watched.rest();
        }
        assertThat(fleet.log().indexOf("restart ends web-01"))
                .isLessThan(fleet.log().indexOf("restart begins web-03"));
        assertThat(fleet.answer(request).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    @Test
    void asManyMayFailAsItWasSaidAndThenWhatFollowsStartsAllTheSame() {
        fleet.failing("restart", "web-02", 1);
        Plan plan = plan(
                fleet.step("change", "restart", machines(3), ONE_AT_A_TIME.with(new Failures(1, Failures.Then.STOP))),
                fleet.step("look", "after", machines(1), StepOptions.USUAL));
        Fleet.Ran ran = fleet.run(plan);
        assertThat(ran.results())
                .containsExactly("0 web-01 succeeded", "0 web-02 failed", "0 web-03 succeeded", "1 web-01 succeeded");
        assertThat(ran.answer().status()).isEqualTo(ExecutionStatus.PARTIAL);
    }

    @Test
    void whenMoreFailThanMayNoFurtherOneIsStarted() {
        fleet.failing("restart", "web-01", 1);
        fleet.failing("restart", "web-03", 1);
        Plan plan = plan(
                fleet.step("change", "restart", machines(5), ONE_AT_A_TIME.with(new Failures(1, Failures.Then.STOP))),
                fleet.step("look", "after", machines(1), StepOptions.USUAL));
        Fleet.Ran ran = fleet.run(plan);
        assertThat(ran.results())
                .containsExactly(
                        "0 web-01 failed",
                        "0 web-02 succeeded",
                        "0 web-03 failed",
                        "0 web-04 skipped",
                        "0 web-05 skipped",
                        "1 web-01 skipped");
        assertThat(ran.reason(3)).isEqualTo("Not started, because it failed on 2 targets before, and 1 may fail.");
        assertThat(ran.reason(5))
                .isEqualTo("Not started, because step 1 (change) failed on 2 targets, and 1 may fail.");
    }

    @Test
    void whereItGoesOnEveryTargetIsStartedAndSoIsWhatFollows() {
        fleet.failing("restart", "web-01", 1);
        fleet.failing("restart", "web-02", 1);
        Plan plan = plan(
                fleet.step(
                        "change",
                        "restart",
                        machines(3),
                        ONE_AT_A_TIME.with(new Failures(null, Failures.Then.CONTINUE))),
                fleet.step("look", "after", machines(1), StepOptions.USUAL));
        assertThat(fleet.run(plan).results())
                .containsExactly("0 web-01 failed", "0 web-02 failed", "0 web-03 succeeded", "1 web-01 succeeded");
    }

    @Test
    void thePauseBetweenTwoBatchesIsKeptAndTold() {
        StepOptions paused = StepOptions.USUAL.with(new Pace(0, Batch.ofTargets(1), 1));
        Fleet.Ran ran = fleet.run(plan(fleet.step("change", "restart", machines(3), paused)));
        assertThat(ran.waits()).containsExactly("Waits 1 s before batch 2 of 3.", "Waits 1 s before batch 3 of 3.");
        assertThat(ran.answer().result().durationMs()).isGreaterThanOrEqualTo(2000);
    }

    @Test
    void neverMoreRunAtOnceThanTheStepAllows() {
        machines(6).forEach(machine -> fleet.hold("restart", machine));
        StepOptions two = StepOptions.USUAL.with(new Pace(2, null, 0));
        ExecuteRequest request = fleet.approved(plan(fleet.step("change", "restart", machines(6), two)));
        try (Fleet.Watched watched = fleet.watch(request)) {
            for (int begun = 0; begun < 6; begun++) {
                // The result repeats the output: only what comes live tells that it has begun.
                String line = watched.until("\"text\":\"restart begins ");
                machines(6).stream()
                        .filter(machine -> line.contains("begins " + machine))
                        .forEach(machine -> fleet.letGo("restart", machine));
            }
            watched.rest();
        }
        Set<String> running = new HashSet<>();
        for (String line : fleet.log()) {
            String machine = line.substring(line.length() - 6);
            boolean changed = line.contains("begins") ? running.add(machine) : running.remove(machine);
            assertThat(changed).isTrue();
            assertThat(running).hasSizeLessThanOrEqualTo(2);
        }
        assertThat(fleet.answer(request).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    @Test
    void whatWasLeftOutWithinABatchIsNotVerifiedAndToldOnce() {
        fleet.failing("restart", "web-01", 1);
        Plan plan = plan(
                fleet.step("change", "restart", machines(3), StepOptions.USUAL.with(new Pace(1, null, 0))),
                fleet.verify("change", "restart", machines(3)));

        Fleet.Ran ran = fleet.run(plan);

        assertThat(ran.results())
                .containsExactly(
                        "0 web-01 failed",
                        "0 web-02 skipped",
                        "0 web-03 skipped",
                        "1 web-01 skipped",
                        "1 web-02 skipped",
                        "1 web-03 skipped");
        assertThat(ran.reason(5)).isEqualTo("Not started, because it failed on web-01 before.");
        assertThat(ran.events().stream().filter(ExecutionEvent.TargetFinished.class::isInstance))
                .hasSize(6);
        assertThat(fleet.log()).noneMatch(line -> line.startsWith("check"));
    }

    @Test
    void aCancelInTheMiddleOfABatchEndsWhatRunsAndStartsNothingMore() {
        fleet.hold("restart", "web-03");
        Plan plan = plan(
                fleet.step("change", "restart", machines(4), ONE_AT_A_TIME),
                fleet.verify("change", "restart", machines(4)));
        ExecuteRequest request = fleet.approved(plan);
        try (Fleet.Watched watched = fleet.watch(request)) {
            watched.until("restart begins web-03");
            assertThat(fleet.chatbot()
                            .post("/executions/" + request.executionId() + "/cancel", Map.of("actor_id", "web:carol"))
                            .status())
                    .isEqualTo(202);
            watched.until("\"type\":\"finished\"");
        }
        assertThat(fleet.answer(request).status()).isEqualTo(ExecutionStatus.CANCELLED);
        assertThat(Fleet.results(fleet.answer(request)))
                .containsExactly(
                        "0 web-01 succeeded",
                        "0 web-02 succeeded",
                        "0 web-03 cancelled",
                        "0 web-04 skipped",
                        "1 web-01 succeeded",
                        "1 web-02 succeeded",
                        "1 web-03 skipped",
                        "1 web-04 skipped");
        assertThat(fleet.answer(request).stepResults().get(3).reason()).isEqualTo("Not started: carol cancelled it.");
        assertThat(fleet.log()).noneMatch(line -> line.contains("web-04") || line.equals("check begins web-03"));
    }

    @Test
    void aPlanOfWhichNothingWasSaidRunsAsBeforeOnAllTargetsSideBySide() {
        machines(4).forEach(machine -> fleet.hold("restart", machine));
        fleet.failing("restart", "web-01", 1);
        ExecuteRequest request = fleet.approved(plan(fleet.step("change", "restart", machines(4), StepOptions.USUAL)));
        try (Fleet.Watched watched = fleet.watch(request)) {
            for (int begun = 0; begun < 4; begun++) {
                watched.until("begins");
            }
            machines(4).forEach(machine -> fleet.letGo("restart", machine));
            watched.rest();
        }
        assertThat(Fleet.results(fleet.answer(request)))
                .isEqualTo(
                        List.of("0 web-01 failed", "0 web-02 succeeded", "0 web-03 succeeded", "0 web-04 succeeded"));
    }
}
